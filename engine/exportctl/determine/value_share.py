"""The table of value shares: at every Part 2 item, and at the exported one, under each reading that matters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exportctl.decide.apply import Application
from exportctl.decide.determination import Portion, Share
from exportctl.decide.examine import Examination
from exportctl.decide.share import Content, value_of
from exportctl.decide.subject import Subject
from exportctl.determine.flip import flips
from exportctl.determine.money import money
from exportctl.determine.portion import Held, portions
from exportctl.determine.view import View, said
from exportctl.exact import Interval, written
from exportctl.fork import join, leaves, worlds
from exportctl.kleene import NO, UNKNOWN, YES, Kleene
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Derived

MOST_PORTIONS = 12


def value_shares(exam: Examination, applied: dict[str, Application], view: View) -> list[Share]:
    """Return the shares that rules test, for items about which something is known."""
    found: list[Share] = []
    for application in applied.values():
        for clause in application.rule.when.walk():
            derived = exam.vocabulary.derived.get(clause.fact or "")
            if derived is not None and derived.primitive == "value_share":
                for subject, _ in application.tried:
                    if subject.stands_for is None and _worth_showing(exam, derived, subject, view):
                        found += _shares(exam, application, clause, subject)
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


def _shares(exam: Examination, application: Application, clause: Clause, subject: Subject) -> Iterator[Share]:
    derived = exam.vocabulary.derived[clause.fact or ""]
    parameter = application.rule.parameters[str(clause.operand)]
    limit = Fraction(parameter.on(exam.case.on))
    both = join(
        lambda held, ratio: (held, ratio), exam.shares.content(derived, subject), exam.shares.share(derived, subject)
    )
    for world, (held, ratio) in worlds(both):
        parts = portions(exam, derived, subject, world)
        yield _share(subject, world, held, ratio, limit, parts)


def _share(
    subject: Subject, world: dict[str, str], held: Content, ratio: Interval, limit: Fraction, parts: list[Held]
) -> Share:
    worth, item = value_of(subject), subject.item
    most = ratio.high if ratio.high is not None else Fraction(1)
    currency = item.currency if item else None
    reaches: Kleene = YES if ratio.low >= limit else NO if ratio.high is not None and ratio.high < limit else UNKNOWN
    even = None if worth is None or not worth.exact else f"{money(worth.low * limit)} {currency or ''}".strip()
    return Share(
        item=subject.name,
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
        portions=[_portion(part) for part in parts[:MOST_PORTIONS]],
        unlisted=max(0, len(parts) - MOST_PORTIONS),
        flips=list(flips(subject, held.counted, parts, limit)),
        break_even=None
        if even is None
        else f"{even} of Chinese-origin Part 1 content in one piece reaches the threshold",
        break_even_zh=None if even is None else f"每件中原产于中国的第一部分物项价值达到{even}即达到门槛",
    )


def _portion(part: Held) -> Portion:
    item = part.subject.item
    return Portion(
        item=part.subject.name,
        description=item.description if item else "",
        counts=said(part.counts),
        amount=_ends(part.amount),
    )


def _ends(interval: Interval) -> tuple[str, str | None]:
    return money(interval.low), None if interval.high is None else money(interval.high)
