"""The table of value shares: at every Part 2 item, and at the exported one, under each reading that matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from exportctl.decide.apply import Application
from exportctl.decide.determination import Portion, Share
from exportctl.decide.examine import Examination
from exportctl.decide.share import Content, value_of
from exportctl.decide.subject import Subject
from exportctl.decide.tree import Tree
from exportctl.determine.flip import flips
from exportctl.determine.money import money
from exportctl.determine.portion import Held, Made, Portions
from exportctl.determine.view import View, said
from exportctl.exact import Interval, written
from exportctl.fork import World, join, leaves, worlds
from exportctl.kleene import NO, UNKNOWN, YES, Kleene
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Derived


def value_shares(exam: Examination, applied: Mapping[str, Application], view: View) -> list[Share]:
    """Return the shares that rules test, for items about which something is known; those of like items are one."""
    if exam.tree is None:
        return []
    found: list[Share] = []
    for application in applied.values():
        for clause in application.rule.when.walk():
            derived = exam.vocabulary.derived.get(clause.fact or "")
            if derived is not None and derived.primitive == "value_share":
                subjects = sorted((s for some in application.alike for s in some if s.item), key=exam.tree.place)
                shown = [s for s in subjects if _worth_showing(exam, derived, s, view)]
                found += _Shares(exam, exam.tree, application, clause, derived).all(shown)
    return found


def _worth_showing(exam: Examination, derived: Derived, subject: Subject, view: View) -> bool:
    """Return whether an item is, or may well be, one whose share counts."""
    truth = view.value(exam.look(derived.shown_for, subject))
    if subject is exam.root or truth is True:
        return True
    hinted = subject.item is not None and bool(subject.item.hints)
    return truth is None and (hinted or _says_something(exam, derived, subject))


def _says_something(exam: Examination, derived: Derived, subject: Subject) -> bool:
    """Return whether the share of an item is narrower than from nothing to all."""
    ratios = leaves(exam.shares.share(derived, subject))
    return bool(subject.children) and any(ratio.low > 0 or 0 < (ratio.high or 1) < 1 for ratio in ratios)


@dataclass(eq=False)
class _Shares:
    """The shares that one clause of a rule tests; `made` is what makes them up, by the readings taken."""

    exam: Examination
    tree: Tree
    application: Application
    clause: Clause
    derived: Derived
    made: dict[tuple[tuple[str, str], ...], Made] = field(default_factory=dict)

    def all(self, subjects: Iterable[Subject]) -> Iterator[Share]:
        """Yield the share of each subject, under each reading that matters."""
        limit = Fraction(self.application.rule.parameters[str(self.clause.operand)].on(self.exam.case.on))
        for subject in subjects:
            shares = self.exam.shares
            content, ratio = shares.content(self.derived, subject), shares.share(self.derived, subject)
            for world, (held, part) in worlds(join(lambda *both: both, content, ratio)):
                if subject.item is not None:
                    parts = self._made(world).of(subject, subject.item)
                    yield _share(self.tree.names([subject]), subject, world, held, part, limit, parts)

    def _made(self, world: World) -> Made:
        key = tuple(sorted(world.items()))
        if key not in self.made:
            self.made[key] = Made(self.exam, self.derived, world)
        return self.made[key]


def _share(
    names: list[str], subject: Subject, world: World, held: Content, ratio: Interval, limit: Fraction, parts: Portions
) -> Share:
    worth, item = value_of(subject), subject.item
    most = ratio.high if ratio.high is not None else Fraction(1)
    currency = item.currency if item else None
    reaches: Kleene = YES if ratio.low >= limit else NO if ratio.high is not None and ratio.high < limit else UNKNOWN
    even = None if worth is None or not worth.exact else f"{money(worth.low * limit)} {currency or ''}".strip()
    return Share(
        item=subject.name,
        items=names,
        description=item.description if item else "",
        denominator=subject.name,
        readings={name.removeprefix("reading:"): choice for name, choice in world.items()},
        numerator=_ends(held.counted),
        worth=None if worth is None else _ends(worth),
        currency=currency,
        low=written(ratio.low),
        high=written(most),
        threshold=written(limit),
        distance=(written(ratio.low - limit), written(most - limit)),
        reaches=said(reaches),
        portions=[_portion(part) for part in parts.greatest],
        unlisted=parts.unlisted,
        flips=list(flips(subject, held.counted, parts, limit)),
        break_even=None
        if even is None
        else f"{even} of Chinese-origin Part 1 content in one piece reaches the threshold",
        break_even_zh=None if even is None else f"每件中原产于中国的第一部分物项价值达到{even}即达到门槛",
    )


def _portion(part: Held) -> Portion:
    return Portion(
        item=part.item.id,
        description=part.item.description,
        counts=said(part.counts),
        amount=_ends(part.amount),
    )


def _ends(interval: Interval) -> tuple[str, str | None]:
    return money(interval.low), None if interval.high is None else money(interval.high)
