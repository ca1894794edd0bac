"""From applications to the least and the greatest outcome, in every world the open questions leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from exportctl.decide.apply import Application
from exportctl.fork import fork, join
from exportctl.kleene import NO, YES, Kleene
from exportctl.law.book import RuleBook
from exportctl.law.rule import Lift


class Outcome(IntEnum):
    """The definite outcomes, mildest first."""

    NO_REQUIREMENT_FOUND = 0
    EXEMPT = 1
    NOT_YET_REQUIRED = 2
    SUSPENDED = 3
    LICENCE_REQUIRED = 4
    CASE_BY_CASE = 5
    REFUSAL_PRESUMED = 6
    PROHIBITED = 7

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Bounds:
    """The outcome that is certain and the one that is possible, over facts that are not known."""

    certain: Outcome
    possible: Outcome


NOTHING = Bounds(Outcome.NO_REQUIREMENT_FOUND, Outcome.NO_REQUIREMENT_FOUND)
_IN_STATE = {
    "not_issued": Outcome.NO_REQUIREMENT_FOUND,
    "not_yet_effective": Outcome.NOT_YET_REQUIRED,
    "suspended": Outcome.SUSPENDED,
}


@dataclass(frozen=True)
class Review:
    """A review of one control: whether it applies, whether it is in force, what it states."""

    applies: Kleene
    in_force: bool
    states: Outcome


@dataclass(frozen=True)
class Lifted:
    """Something that lifts one control: whether it applies, whether a review sets it aside."""

    applies: Kleene
    exempts: bool
    set_aside: Kleene


def decide(book: RuleBook, applied: Mapping[str, Application], *, revived: bool = False) -> Any:
    """Return the bounds of the outcome, forked over readings, unverified law and unseen lines.

    With `revived`, provisions that are suspended or unverified count as in force.
    """
    controls = (applied[rule.id] for rule in book.of_kind("control"))
    each = [control_bounds(book, applied, control, revived=revived) for control in controls]
    return join(strictest, *each)


def control_bounds(
    book: RuleBook, applied: Mapping[str, Application], control: Application, *, revived: bool = False
) -> Any:
    """Return what one control contributes to the outcome, forked."""
    lifting = [applied[rule.id] for rule in book.lifting(control.rule.id)]
    reviewing = [applied[rule.id] for rule in book.reviewing(control.rule.id)]
    state = _revived(control.state) if revived else control.state
    lifts = [_lifted(book, applied, lift, control) for lift in lifting]
    reviews = [_review(review, control, state, revived) for review in reviewing]
    states = Outcome[control.rule.then.outcome.upper()] if control.rule.then.outcome else Outcome.LICENCE_REQUIRED
    return join(
        lambda applies, now, *rest: _contribution(applies, now, states, rest[: len(lifts)], rest[len(lifts) :]),
        control.applies,
        state,
        *lifts,
        *reviews,
    )


def _lifted(book: RuleBook, applied: Mapping[str, Application], lift: Application, control: Application) -> Any:
    named = next(part for part in lift.rule.lifts if part.rule == control.rule.id)
    applies = under(book, named, lift.counts)
    against = [
        under(book, part, review.counts)
        for review in (applied[rule.id] for rule in book.reviewing(control.rule.id))
        for part in review.rule.lifts
        if part.rule == lift.rule.id
    ]
    exempts = lift.rule.kind == "exemption"
    return join(lambda a, *set_aside: Lifted(a, exempts, max(set_aside, default=NO)), applies, *against)


def under(book: RuleBook, lift: Lift, value: Any) -> Any:
    """Return whether a lift works: only where the readings it stands under are taken so."""
    for reading, choice in lift.under.items():
        choices = book.readings[reading].choices
        value = fork(f"reading:{reading}", {name: value if name == choice else NO for name in choices})
    return value


def _review(review: Application, control: Application, state: Any, revived: bool) -> Any:
    """Return a review of a control; in the control's own instrument it has the state of the limb it reviews."""
    same = review.rule.instrument == control.rule.instrument
    own = state if same else _revived(review.state) if revived else review.state
    states = Outcome[(review.rule.then.outcome or "").upper()]
    return join(lambda applies, now: Review(applies, now == "in_force", states), review.counts, own)


def _revived(state: Any) -> Any:
    return join(lambda now: "in_force" if now == "suspended" else now, state)


def _contribution(
    applies: Kleene, state: str, states: Outcome, lifts: tuple[Lifted, ...], reviews: tuple[Review, ...]
) -> Bounds:
    """Return what a control contributes in one world."""
    if applies is NO or state == "not_issued":
        return NOTHING
    plain = _IN_STATE.get(state, states)
    live = [review for review in reviews if review.in_force and plain is states and review.applies is not NO]
    sure = max([plain, *(r.states for r in live if r.applies is YES)])
    most = max([plain, *(r.states for r in live)])
    certain, possible = _after_lifts(sure, most, lifts)
    return Bounds(certain if applies is YES else Outcome.NO_REQUIREMENT_FOUND, possible)


def _after_lifts(sure: Outcome, most: Outcome, lifts: tuple[Lifted, ...]) -> tuple[Outcome, Outcome]:
    """Return both bounds after what is proved to lift the control; a review that sets a lift aside restores it."""
    proved = [lift for lift in lifts if lift.applies is YES]
    if not proved:
        return sure, most
    left = Outcome.EXEMPT if all(lift.exempts for lift in proved) else Outcome.NO_REQUIREMENT_FOUND
    certain = min(sure, left) if any(lift.set_aside is not YES for lift in proved) else sure
    possible = most if all(lift.set_aside is not NO for lift in proved) else left
    return certain, possible


def strictest(*each: Bounds) -> Bounds:
    """Return the bounds of several controls together; none of them is no requirement found."""
    certain = max((bounds.certain for bounds in each), default=Outcome.NO_REQUIREMENT_FOUND)
    return Bounds(certain, max((bounds.possible for bounds in each), default=Outcome.NO_REQUIREMENT_FOUND))
