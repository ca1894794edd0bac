"""What each control contributes to the outcome of a row, by the reference's own reckoning of bounds and lifts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from exportctl.batch.column import Column, combine, fold
from exportctl.batch.seen import Meaning
from exportctl.decide.apply import Application
from exportctl.decide.outcome import NOTHING, control_bounds, under
from exportctl.fork import leaves
from exportctl.kleene import NO, UNKNOWN, YES
from exportctl.law.rule import Rule
from exportctl.law.state import standing


@dataclass(frozen=True)
class Contribution:
    """What a control adds: its bounds (forked), the rules proved to lift it, the rules whose answer is waited for."""

    bounds: Any
    lifted_by: tuple[str, ...] = ()
    waiting: frozenset[str] = frozenset()


@dataclass(eq=False)
class Controls:
    """Controls with what lifts and reviews them."""

    meaning: Meaning
    known_on: datetime.date | None
    applied: dict[Any, Application] = field(default_factory=dict)

    def contribution(self, rule: Rule, applies: Mapping[str, Column], days: Column) -> Column:
        """Return what a control contributes in each row; `applies` are the forked truths of every rule."""
        book = self.meaning.book
        beside = [r.id for r in (*book.lifting(rule.id), *book.reviewing(rule.id))]
        own = applies[rule.id]
        live = combine([own, days], lambda pair: self.may_count(rule, *pair))
        names = list(dict.fromkeys(beside))
        columns = [own, days, *(_where(live, applies[name]) for name in names)]

        def merge(values: tuple[Any, ...]) -> Contribution:
            return self._contribution(
                rule, dict(zip([rule.id, *names], (values[0], *values[2:]), strict=True)), values[1]
            )

        return fold(columns, merge)

    def application(self, rule: Rule, applies: Any, day: datetime.date) -> Application:
        """Return a rule applied on a day, as the reference has it."""
        key = (rule.id, applies, day)
        if key not in self.applied:
            now = standing(self.meaning.book, rule.instrument, rule.name, day, self.known_on)
            self.applied[key] = Application(rule, (), applies, now)
        return self.applied[key]

    def counts(self, rule: Rule, applies: Any, day: datetime.date) -> Any:
        """Return whether a rule applies and its provision exists, as the default readings have it."""
        return self.meaning.view.truth(self.application(rule, applies, day).counts)

    def may_count(self, rule: Rule, applies: Any, day: datetime.date) -> bool:
        """Return whether a rule is not surely off, however the open questions are answered."""
        return applies is not NO and any(leaf is not NO for leaf in leaves(self.application(rule, applies, day).counts))

    def _contribution(self, rule: Rule, applies: Mapping[str, Any], day: datetime.date) -> Contribution:
        book = self.meaning.book
        applied = {name: self.application(book.rules[name], value, day) for name, value in applies.items()}
        if not self.may_count(rule, applies[rule.id], day):
            return Contribution(NOTHING)
        bounds = control_bounds(book, applied, applied[rule.id]) if rule.kind == "control" else NOTHING
        lifted = tuple(self._lifting(rule, applied)) if self.meaning.view.truth(applies[rule.id]) is not NO else ()
        return Contribution(bounds, lifted, frozenset(self._waiting(rule, applied)))

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


def _where(live: Column, column: Column) -> Column:
    """Return a column in which rows that do not matter have all the same value."""
    flags = pl.Series([bool(value) for value in live.values], dtype=pl.Boolean).gather(live.codes)
    return Column(column.codes.zip_with(flags, pl.repeat(0, len(column), dtype=pl.UInt32, eager=True)), column.values)
