"""The amount at which a value share reaches its threshold, for one item whose worth is not known."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from exportctl.case.answer import answered
from exportctl.decide.examine import Examination
from exportctl.decide.share import value_of
from exportctl.decide.subject import Subject
from exportctl.determine.ask import Group
from exportctl.exact import Interval
from exportctl.fork import World, leaves, settle
from exportctl.kleene import NO
from exportctl.law.rule import Rule
from exportctl.law.vocabulary import Derived

GRAMS = 1000


class Even(NamedTuple):
    """An amount in a currency; `frees`: more than this takes the item below the threshold."""

    at: Fraction
    currency: str
    frees: bool


def break_even(exam: Examination, group: Group, world: World) -> Even | None:
    """Return the break-even amount of a group's value, None where it depends on other facts that are open too.

    `world` is how the readings are taken.
    """
    if len(group.subjects) != 1:
        return None
    subject = group.subjects[0]
    currency = (subject.item.currency if subject.item else None) or ""
    if group.fact == "item.price_per_kg":
        currency = f"{currency}/kg"
    for rule, derived, limit in _tests(exam):
        own = _of_whole(exam, group, subject, derived, limit, world)
        if own is not None:
            return Even(own, currency, frees=True)
        above = subject if group.fact == "item.cn_part1_value" else subject.parent
        while above is not None:
            found = (
                None
                if not _may_apply(exam, rule, above, limit)
                else _of_part(exam, group, above, derived, limit, world)
            )
            if found is not None and found > 0:
                return Even(found, currency, frees=False)
            above = above.parent
    return None


def _may_apply(exam: Examination, rule: Rule, subject: Subject, limit: Fraction) -> bool:
    """Return whether a rule is not surely off for an item, whatever its share."""
    trial = exam.tried(rule.when, subject, dict.fromkeys(rule.parameters, limit))
    return any(holds is not NO for holds in leaves(trial.holds))


def _tests(exam: Examination) -> list[tuple[Rule, Derived, Fraction]]:
    found = []
    for rule in exam.book.of_kind("control"):
        for clause in rule.when.walk():
            derived = exam.vocabulary.derived.get(clause.fact or "")
            if derived is not None and derived.primitive == "value_share":
                found.append((rule, derived, Fraction(rule.parameters[str(clause.operand)].on(exam.case.on))))
    return found


def _of_whole(
    exam: Examination, group: Group, subject: Subject, derived: Derived, limit: Fraction, world: World
) -> Fraction | None:
    """Return what an item may be worth at most for its known content to reach the threshold."""
    if group.fact not in ("item.value", "item.price_per_kg") or not subject.children:
        return None
    counted = _counted(exam, derived, subject, world)
    per_piece = _per_piece(group.fact, subject)
    return None if counted is None or counted == 0 or per_piece is None else counted / limit / per_piece


def _per_piece(fact: str, subject: Subject) -> Fraction | None:
    """Return what one unit of an answer makes one piece worth."""
    if fact == "item.value":
        return Fraction(1)
    mass = subject.item.mass if subject.item else None
    return mass.low / GRAMS if mass is not None and mass.exact and mass.low > 0 else None


def _of_part(
    exam: Examination, group: Group, whole: Subject, derived: Derived, limit: Fraction, world: World
) -> Fraction | None:
    """Return what a part must be worth for the whole to reach the threshold; the content grows in a straight line."""
    worth = value_of(whole)
    if worth is None or not worth.exact:
        return None
    at_nothing, at_one = (_content_if(exam, group, whole, derived, amount, world) for amount in (0, 1))
    if at_nothing is None or at_one is None or at_one == at_nothing:
        return None
    return (limit * worth.low - at_nothing) / (at_one - at_nothing)


def _content_if(
    exam: Examination, group: Group, whole: Subject, derived: Derived, amount: int, world: World
) -> Fraction | None:
    case = answered(exam.case, exam.book, group.fact, group.names, Interval.at(amount))
    other = exam.with_case(case, other_item=True)
    same = next((s for s in _items(other) if s.name == whole.name), None)
    return None if same is None else _counted(other, derived, same, world)


def _counted(exam: Examination, derived: Derived, subject: Subject, world: World) -> Fraction | None:
    found = {content.counted for content in leaves(settle(exam.shares.content(derived, subject), world))}
    only = found.pop()
    return only.low if not found and only.exact else None


def _items(exam: Examination) -> list[Subject]:
    return [] if exam.root is None else [exam.root, *(s for s in exam.root.below() if s.item is not None)]
