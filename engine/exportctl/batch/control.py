"""What each control contributes to the outcome of a row, by the reference's own reckoning of bounds and lifts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exportctl.batch.seen import Meaning
from exportctl.decide.apply import Application
from exportctl.decide.outcome import NOTHING, control_bounds, under
from exportctl.fork import leaves
from exportctl.kleene import NO, UNKNOWN, YES
from exportctl.law.rule import Rule
from exportctl.law.state import standing


@dataclass(frozen=True)
class Contribution:
    """What a control adds: its bounds (forked), the rules proved to lift it, the rules whose answer is waited for.

    It `counts` where it may apply and its provision exists; it `works` where it may apply, its provision may be in
    force and nothing lifts it.
    """

    bounds: Any
    lifted_by: tuple[str, ...] = ()
    waiting: frozenset[str] = frozenset()
    counts: bool = False
    works: bool = False


@dataclass(eq=False)
class Controls:
    """Controls with what lifts and reviews them."""

    meaning: Meaning
    known_on: datetime.date | None
    applied: dict[Any, Application] = field(default_factory=dict)
    standings: dict[Any, Any] = field(default_factory=dict)
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def around(self, name: str) -> tuple[str, ...]:
        """Return a control with the rules that lift and review it."""
        if name not in self.beside:
            book = self.meaning.book
            beside = (rule.id for rule in (*book.lifting(name), *book.reviewing(name)))
            self.beside[name] = tuple(dict.fromkeys([name, *beside]))
        return self.beside[name]

    def contribution(self, name: str, applies: Callable[[str], Any], day: datetime.date) -> Contribution:
        """Return what a control contributes on a day; `applies` gives the forked truth of a rule."""
        return self._contribution(self.meaning.book.rules[name], {one: applies(one) for one in self.around(name)}, day)

    def application(self, rule: Rule, applies: Any, day: datetime.date) -> Application:
        """Return a rule applied on a day, as the reference has it."""
        key = (rule.id, applies, day)
        if key not in self.applied:
            self.applied[key] = Application(rule, (), applies, self._standing(rule, day))
        return self.applied[key]

    def state(self, rule: Rule, applies: Any, day: datetime.date) -> str:
        """Return the state of a rule's provision on a day, as the default readings have it."""
        return self.meaning.view.standing(self.application(rule, applies, day).standing).state

    def _standing(self, rule: Rule, day: datetime.date) -> Any:
        key = (rule.instrument, rule.name, day)
        if key not in self.standings:
            self.standings[key] = standing(self.meaning.book, rule.instrument, rule.name, day, self.known_on)
        return self.standings[key]

    def _contribution(self, rule: Rule, applies: Mapping[str, Any], day: datetime.date) -> Contribution:
        book, truth = self.meaning.book, self.meaning.view.truth
        applied = {name: self.application(book.rules[name], value, day) for name, value in applies.items()}
        own = applied[rule.id]
        if all(leaf is NO for leaf in leaves(own.counts)):
            return Contribution(NOTHING)
        bounds = control_bounds(book, applied, own) if rule.kind == "control" else NOTHING
        may_apply = truth(own.applies) is not NO
        lifted = tuple(self._lifting(rule, applied)) if may_apply else ()
        in_force = self.state(rule, own.applies, day) in ("in_force", "unverified")
        waiting = frozenset(self._waiting(rule, applied))
        return Contribution(bounds, lifted, waiting, truth(own.counts) is not NO, may_apply and in_force and not lifted)

    def _lifting(self, rule: Rule, applied: Mapping[str, Application]) -> Iterator[str]:
        book, truth = self.meaning.book, self.meaning.view.truth
        for lift in book.lifting(rule.id):
            named = next(part for part in lift.lifts if part.rule == rule.id)
            against = (
                truth(under(book, part, applied[review.id].counts)) is YES
                for review in book.reviewing(rule.id)
                for part in review.lifts
                if part.rule == lift.id
            )
            if truth(under(book, named, applied[lift.id].counts)) is YES and not any(against):
                yield lift.id

    def _waiting(self, rule: Rule, applied: Mapping[str, Application]) -> Iterator[str]:
        """Yield the rules whose answer is open and could matter to this control."""
        book, view = self.meaning.book, self.meaning.view
        truth, state = view.truth(applied[rule.id].applies), view.standing(applied[rule.id].standing).state
        if rule.kind != "control" or truth is NO or state == "not_issued":
            return
        if truth is UNKNOWN:
            yield rule.id
        beside: Sequence[Rule] = book.lifting(rule.id)
        if state in ("in_force", "unverified"):
            beside = [*beside, *book.reviewing(rule.id)]
        yield from (r.id for r in beside if view.truth(applied[r.id].counts) is UNKNOWN)
