"""The amount at which a value share reaches its threshold, for one item whose worth is not known."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
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
    if len(group.names) != 1 or exam.tree is None:
        return None
    subject = group.subject
    currency = (subject.item.currency if subject.item else None) or ""
    if group.fact == "item.price_per_kg":
        currency = f"{currency}/kg"
    holding = [exam.tree.of(item) for item in exam.tree.above(group.names[0])]
    above = [subject, *holding] if group.fact == "item.cn_part1_value" else holding
    at = _Amounts(exam, group)
    for rule, derived, limit in _tests(exam):
        own = _of_whole(exam, group, subject, derived, limit, world)
        if own is not None:
            return Even(own, currency, frees=True)
        for whole in above:
            found = at.reaching(whole, derived, limit, world) if _may_apply(exam, rule, whole, limit) else None
            if found is not None and found > 0:
                return Even(found, currency, frees=False)
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


@dataclass(eq=False)
class _Amounts:
    """The case with the amount that is asked for."""

    exam: Examination
    group: Group

    def reaching(self, whole: Subject, derived: Derived, limit: Fraction, world: World) -> Fraction | None:
        """Return what a part must be worth for the whole to reach the threshold; content grows in a straight line."""
        worth = value_of(whole)
        if worth is None or not worth.exact:
            return None
        at_nothing, at_one = (_counted_in(other, whole, derived, world) for other in (self._at(0), self._at(1)))
        if at_nothing is None or at_one is None or at_one == at_nothing:
            return None
        return (limit * worth.low - at_nothing) / (at_one - at_nothing)

    @cached_property
    def _known(self) -> dict[int, Examination]:
        return {}

    def _at(self, amount: int) -> Examination:
        if amount not in self._known:
            exam, group = self.exam, self.group
            case = answered(exam.case, exam.book, group.fact, group.names, Interval.at(amount))
            self._known[amount] = exam.with_case(case, other_item=True)
        return self._known[amount]


def _counted_in(exam: Examination, whole: Subject, derived: Derived, world: World) -> Fraction | None:
    """Return the content of the item of a name in another examination."""
    same = next((item for item in exam.case.item.walk() if item.id == whole.name), None) if exam.case.item else None
    return None if same is None or exam.tree is None else _counted(exam, derived, exam.tree.of(same), world)


def _counted(exam: Examination, derived: Derived, subject: Subject, world: World) -> Fraction | None:
    found = {content.counted for content in leaves(settle(exam.shares.content(derived, subject), world))}
    only = found.pop()
    return only.low if not found and only.exact else None
