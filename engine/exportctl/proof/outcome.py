"""The outcome of a shipment as formulas: for each outcome, when what is certain, and what is possible, is that strict.

Source: the contract on outcomes. Written from the text, not from the plain evaluator, so that the two can differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from exportctl.decide.outcome import Outcome
from exportctl.law.book import RuleBook
from exportctl.law.rule import Lift, Rule
from exportctl.proof.truth import NO, YES, Formula, Truth, any_of, chosen, every, negated, some
from exportctl.proof.world import World

LEVELS = tuple(outcome for outcome in Outcome if outcome > Outcome.NO_REQUIREMENT_FOUND)
Level = dict[Outcome, Formula]
Applies = Mapping[str, Truth]
States = Mapping[str, Mapping[str, Formula]]
IN_STATE = {"not_yet_effective": Outcome.NOT_YET_REQUIRED, "suspended": Outcome.SUSPENDED}


def level(outcome: Outcome, when: Formula = True) -> Level:
    """Return an outcome that stands where a formula holds, and the mildest elsewhere."""
    return {each: when if each <= outcome else False for each in LEVELS}


def strictest(levels: Iterable[Level]) -> Level:
    """Return the strictest of several outcomes; of none, the mildest."""
    listed = list(levels)
    return {each: some(one[each] for one in listed) for each in LEVELS}


def milder_of(first: Level, second: Level) -> Level:
    """Return the milder of two outcomes."""
    return {each: every([first[each], second[each]]) for each in LEVELS}


def picked(condition: Formula, here: Level, otherwise: Level) -> Level:
    """Return one outcome where a condition holds, and another where it does not."""
    return {each: chosen(condition, here[each], otherwise[each]) for each in LEVELS}


def stricter(first: Level, second: Level) -> Formula:
    """Return when the first outcome is stricter than the second."""
    return some(every([first[each], negated(second[each])]) for each in LEVELS)


def differ(first: Level, second: Level) -> Formula:
    """Return when two outcomes differ."""
    return some([stricter(first, second), stricter(second, first)])


@dataclass(frozen=True, eq=False)
class Bounds:
    """The outcome that is certain and the one that is possible."""

    certain: Level
    possible: Level

    def changed(self, change: Callable[[Formula], Formula]) -> Bounds:
        """Return the bounds with every formula changed."""
        certain, possible = (
            {each: change(reached[each]) for each in LEVELS} for reached in (self.certain, self.possible)
        )
        return Bounds(certain, possible)


def together(each: Iterable[Bounds]) -> Bounds:
    """Return the strictest of several bounds."""
    listed = list(each)
    return Bounds(strictest(b.certain for b in listed), strictest(b.possible for b in listed))


def differing(first: Bounds, second: Bounds) -> Formula:
    """Return when one bound differs."""
    return some([differ(first.certain, second.certain), differ(first.possible, second.possible)])


@dataclass(frozen=True, eq=False)
class Deciding:
    """What decides: whether each rule applies, and how its provision stands, by rule id. `without` leaves rules out."""

    book: RuleBook
    applies: Applies
    states: States
    world: World
    without: frozenset[str] = frozenset()

    def bounds(self, instrument: str | None = None) -> Bounds:
        """Return the outcome of the shipment, or what the controls of one instrument make of it."""
        controls = [rule for rule in self.book.of_kind("control") if rule.id not in self.without]
        each = [self.control(rule) for rule in controls if instrument in (None, rule.instrument)]
        return Bounds(strictest(b.certain for b in each), strictest(b.possible for b in each))

    def control(self, rule: Rule, states: Mapping[str, Formula] | None = None) -> Bounds:
        """Return what one control contributes; `states` may be assumed instead of those of the day."""
        now = states or self.states[rule.id]
        applies = self.applies[rule.id]
        stated = Outcome[(rule.then.outcome or "licence_required").upper()]
        plain = strictest([level(stated, now["in_force"]), *(level(o, now[name]) for name, o in IN_STATE.items())])
        reviews = [(review, self._live(review, rule, now)) for review in self._reviews(rule)]
        sure = strictest([plain, *(level(_states(r), every([live.yes])) for r, live in reviews)])
        most = strictest([plain, *(level(_states(r), live.maybe) for r, live in reviews)])
        certain, possible = self._after_lifts(rule, sure, most)
        issued = negated(now["not_issued"])
        return Bounds(
            picked(every([applies.yes, issued]), certain, level(Outcome.NO_REQUIREMENT_FOUND)),
            picked(every([applies.maybe, issued]), possible, level(Outcome.NO_REQUIREMENT_FOUND)),
        )

    def _reviews(self, control: Rule) -> list[Rule]:
        return [rule for rule in self.book.reviewing(control.id) if rule.id not in self.without]

    def _live(self, review: Rule, control: Rule, now: Mapping[str, Formula]) -> Truth:
        """Return whether a review raises a control: both in force, the review with the limb it reviews."""
        own = True if review.instrument == control.instrument else self.states[review.id]["in_force"]
        in_force = every([now["in_force"], own])
        counts = self.counts(review)
        return Truth(every([in_force, counts.yes]), every([in_force, counts.maybe]))

    def counts(self, rule: Rule) -> Truth:
        """Return whether a rule applies and its provision exists on the day."""
        return NO.within(self.states[rule.id]["not_issued"], self.applies[rule.id])

    def lift(self, rule: Rule, named: Lift) -> Truth:
        """Return whether a rule lifts another: it counts, and the readings are taken under which it does so."""
        taken = every(self.world.taken(reading, choice) for reading, choice in named.under.items())
        return self.counts(rule).within(taken, NO)

    def lifts(self, control: Rule) -> list[tuple[Rule, Truth, Truth]]:
        """Return what lifts a control: the rule, whether it does, and whether a review sets it aside."""
        found = []
        for rule in self.book.lifting(control.id):
            if rule.id in self.without:
                continue
            named = next(part for part in rule.lifts if part.rule == control.id)
            against = [
                self.lift(review, part)
                for review in self._reviews(control)
                for part in review.lifts
                if part.rule == rule.id
            ]
            found.append((rule, self.lift(rule, named), any_of(against) if against else NO))
        return found

    def _after_lifts(self, control: Rule, sure: Level, most: Level) -> tuple[Level, Level]:
        lifts = self.lifts(control)
        if not lifts:
            return sure, most
        proved = some(works.yes for _, works, _ in lifts)
        scoped = some(works.yes for rule, works, _ in lifts if rule.kind == "scope")
        left = level(Outcome.EXEMPT, negated(scoped))
        frees = some(every([works.yes, negated(aside.yes)]) for _, works, aside in lifts)
        stands = every(some([negated(works.yes), aside.maybe]) for _, works, aside in lifts)
        certain = picked(every([proved, frees]), milder_of(sure, left), sure)
        possible = picked(every([proved, negated(stands)]), left, most)
        return certain, possible


def _states(review: Rule) -> Outcome:
    return Outcome[(review.then.outcome or "").upper()]


__all__ = ["YES", "Bounds", "Deciding", "Level", "differ", "differing", "level", "stricter", "strictest"]
