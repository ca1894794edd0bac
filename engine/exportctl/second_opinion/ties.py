"""What lifts and what reviews a control, as formulas over the values of rules and the states of their provisions.

Source: interface, section 2. Written from the text, not from the plain evaluator, so that the two can differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exportctl.law.book import RuleBook
from exportctl.law.rule import Lift, Rule
from exportctl.second_opinion.formula import Formula, Is, all_, any_, not_
from exportctl.second_opinion.names import Names

STATES = ("not_issued", "not_yet_effective", "in_force", "suspended")
TRUTHS = ("yes", "unknown", "no")
PLAIN = {"not_yet_effective": "not_yet_required", "suspended": "suspended"}
"""What a control contributes in the states in which it does not work."""


@dataclass(frozen=True)
class LiftOf:
    """A scope or exemption of one control: how it names the control, and which reviews name it in turn."""

    rule: Rule
    named: Lift
    against: tuple[tuple[Rule, Lift], ...]


@dataclass(frozen=True)
class Ties:
    """A control with everything that can lift or review it."""

    control: Rule
    lifts: tuple[LiftOf, ...]
    reviews: tuple[Rule, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule whose value or state bears on what the control contributes."""
        return (self.control, *(lift.rule for lift in self.lifts), *self.reviews)


def ties_of(book: RuleBook, control: Rule) -> Ties:
    """Return what lifts and reviews a control."""
    reviews = tuple(book.reviewing(control.id))
    lifts = [(rule, next(lift for lift in rule.lifts if lift.rule == control.id)) for rule in book.lifting(control.id)]
    against = {
        rule.id: tuple((review, lift) for review in reviews for lift in review.lifts if lift.rule == rule.id)
        for rule, _ in lifts
    }
    return Ties(control, tuple(LiftOf(rule, named, against[rule.id]) for rule, named in lifts), reviews)


def gates(names: Names, under: dict[str, str]) -> Iterator[Formula]:
    """Yield whether each reading is taken as something stands under it."""
    for reading, choice in under.items():
        yield Is(names.reading(reading, choice), ("on",), ("off",))


def lifting(names: Names, ties: Ties) -> Iterator[tuple[str, Formula]]:
    """Yield three-valued results: which lift works, which is set aside, which review counts."""
    for lift in ties.lifts:
        against = [_counts(names, review, how) for review, how in lift.against]
        yield names.lift(ties.control.id, lift.rule.id), _counts(names, lift.rule, lift.named)
        yield names.aside(ties.control.id, lift.rule.id), any_(*against)
    for review in ties.reviews:
        yield names.counts(review.id), _counts(names, review, None)


def contribution(names: Names, ties: Ties) -> Iterator[tuple[str, Formula]]:
    """Yield the literals of what a control contributes to either bound; the strictest one derived counts."""
    state = names.state(ties.control.id)
    applies = names.rule(ties.control.id)
    issued = not_(_in(state, STATES, "not_issued"))
    for bound, here, freed, least in (
        ("certain", _in(applies, TRUTHS, "yes"), _freed(names, ties, "no", "unknown"), ("yes",)),
        ("possible", _in(applies, TRUTHS, "yes", "unknown"), _freed(names, ties, "no"), ("yes", "unknown")),
    ):
        bound_to = all_(here, not_(freed))
        for outcome, when in _outcomes(names, ties, least):
            yield names.bound(ties.control.id, bound, outcome), all_(bound_to, when)
        left = all_(here, issued, freed, not_(_scoped(names, ties)))
        yield names.bound(ties.control.id, bound, "exempt"), left


def _outcomes(names: Names, ties: Ties, least: tuple[str, ...]) -> Iterator[tuple[str, Formula]]:
    """Yield what an unlifted control comes to in each state, and what its reviews raise it to."""
    state = names.state(ties.control.id)
    in_force = _in(state, STATES, "in_force")
    for name, outcome in PLAIN.items():
        yield outcome, _in(state, STATES, name)
    yield ties.control.then.outcome or "licence_required", in_force
    for review in ties.reviews:
        counts = _in(names.counts(review.id), TRUTHS, *least)
        same = review.instrument == ties.control.instrument
        own = all_() if same else _in(names.state(review.id), STATES, "in_force")
        yield review.then.outcome or "", all_(in_force, own, counts)


def _freed(names: Names, ties: Ties, *aside: str) -> Formula:
    """Return whether a proved lift works although a review may set it aside, to the degree given."""
    pairs = [(_proved(names, ties, lift), names.aside(ties.control.id, lift.rule.id)) for lift in ties.lifts]
    return any_(*(all_(proved, _in(name, TRUTHS, *aside)) for proved, name in pairs))


def _scoped(names: Names, ties: Ties) -> Formula:
    """Return whether a proved lift takes the control away altogether, not only its licence."""
    return any_(*(_proved(names, ties, lift) for lift in ties.lifts if lift.rule.kind == "scope"))


def _proved(names: Names, ties: Ties, lift: LiftOf) -> Formula:
    return _in(names.lift(ties.control.id, lift.rule.id), TRUTHS, "yes")


def _counts(names: Names, rule: Rule, how: Lift | None) -> Formula:
    """Return whether a rule applies, its provision exists, and the readings are taken under which it does this."""
    issued = not_(_in(names.state(rule.id), STATES, "not_issued"))
    return all_(Is(names.rule(rule.id)), issued, *gates(names, how.under if how else {}))


def _in(name: str, every: tuple[str, ...], *wanted: str) -> Formula:
    """Return whether a value that is always known is one of those wanted."""
    return Is(name, wanted, tuple(other for other in every if other not in wanted))
