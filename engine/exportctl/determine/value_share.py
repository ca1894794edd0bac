"""The table of value shares: at every Part 2 item, and at the exported one, under each reading that matters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exportctl.decide.apply import Application
from exportctl.decide.determination import Share
from exportctl.decide.examine import Examination
from exportctl.decide.share import Content, value_of
from exportctl.decide.subject import Subject
from exportctl.determine.view import View, said
from exportctl.exact import Interval, written
from exportctl.fork import join, worlds
from exportctl.kleene import NO, UNKNOWN, YES, Kleene
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Derived

PLACES = 2


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
    node = exam.look(derived.shown_for, subject)
    truth = view.value(node)
    item = subject.item
    return truth is True or (
        truth is None
        and item is not None
        and (bool(item.hints) or value_of(subject) is not None or subject is exam.root)
    )


def _shares(exam: Examination, application: Application, clause: Clause, subject: Subject) -> Iterator[Share]:
    derived = exam.vocabulary.derived[clause.fact or ""]
    parameter = application.rule.parameters[str(clause.operand)]
    limit = Fraction(parameter.on(exam.case.on))
    both = join(
        lambda held, ratio: (held, ratio), exam.shares.content(derived, subject), exam.shares.share(derived, subject)
    )
    for world, (held, ratio) in worlds(both):
        yield _share(subject, world, held, ratio, limit)


def _share(subject: Subject, world: dict[str, str], held: Content, ratio: Interval, limit: Fraction) -> Share:
    worth, item = value_of(subject), subject.item
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
        high=written(ratio.high if ratio.high is not None else Fraction(1)),
        threshold=written(limit),
        reaches=said(reaches),
        break_even=None
        if even is None
        else f"{even} of Chinese-origin Part 1 content in one piece reaches the threshold",
        break_even_zh=None if even is None else f"每件中原产于中国的第一部分物项价值达到{even}即达到门槛",
    )


def money(amount: Fraction) -> str:
    """Return an amount with at least two decimals, exactly."""
    text = written(amount)
    if "/" in text:
        return text
    whole, _, part = text.partition(".")
    return f"{whole}.{part:0<{PLACES}}"


def _ends(interval: Interval) -> tuple[str, str | None]:
    return money(interval.low), None if interval.high is None else money(interval.high)
