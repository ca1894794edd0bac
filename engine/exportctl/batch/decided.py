"""The answer of every distinct row of a table: outcome, rules, reasons, open points, duties."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import polars as pl

from exportctl.batch import answer
from exportctl.batch.answer import Listed
from exportctl.batch.column import Column, combine, fold, gather
from exportctl.batch.control import Controls
from exportctl.batch.put import Put
from exportctl.batch.seen import Meaning
from exportctl.decide.gap import verdict
from exportctl.decide.outcome import strictest
from exportctl.fork import World, join, questions, settle
from exportctl.kleene import NO
from exportctl.law.rule import Rule


@dataclass(eq=False)
class Decided:
    """Rules put to rows, brought together into the columns of the result.

    `fixed` are readings the user chose; `stated` tells for facts that others wait for whether they are known.
    """

    meaning: Meaning
    controls: Controls
    fixed: World
    puts: Mapping[str, Column]
    days: Column
    stated: Mapping[str, Column]
    working: dict[str, Column] = field(default_factory=dict)
    live: dict[str, Column] = field(default_factory=dict)

    def frame(self) -> pl.DataFrame:
        """Return the columns of the result, share and rule book apart."""
        book = self.meaning.book
        applies = {name: found.map(lambda put: put.applies) for name, found in self.puts.items()}
        contributions = {
            rule.id: self.controls.contribution(rule, applies, self.days)
            for rule in book.rules.values()
            if rule.kind == "control" or book.lifting(rule.id)
        }
        bounds = gather([c.map(lambda one: one.bounds) for c in contributions.values()], partial(join, strictest))
        listed = self._listed(contributions)
        columns = {**self._verdict(bounds), **self._about_rules(listed), "reasons": self._reasons(listed, bounds)}
        columns["open_points"] = self._open_points(contributions).texts(lambda asks: answer.BETWEEN.join(sorted(asks)))
        return pl.DataFrame(columns)

    def _verdict(self, bounds: Column) -> dict[str, pl.Series]:
        found = bounds.map(lambda each: verdict(self.meaning.book, each, self.fixed))
        return {
            "outcome": found.texts(lambda v: v.outcome),
            "certain": found.texts(lambda v: str(v.certain)),
            "possible": found.texts(lambda v: str(v.possible)),
        }

    def _about_rules(self, listed: Column) -> dict[str, pl.Series]:
        texts = [answer.about_rules(self.meaning.book, each) for each in listed.values]
        found = {name: pl.Series([text[name] for text in texts], dtype=pl.String)[listed.codes] for name in texts[0]}
        found["duties"] = listed.texts(lambda each: answer.duties(due for one in each for due in one.duties))
        return found

    def _reasons(self, listed: Column, bounds: Column) -> pl.Series:
        fixed = {f"reading:{name}": choice for name, choice in self.fixed.items()}
        depends = bounds.map(lambda each: tuple(_named(q) for q in questions(settle(each, fixed))))
        both = combine([listed, depends], lambda pair: answer.reasons(self.meaning.book, *pair))
        return both.texts(lambda text: text)

    def _listed(self, contributions: Mapping[str, Column]) -> Column:
        """Return the rules that each row names, by id."""
        each = [self._one(rule, contributions) for _, rule in sorted(self.meaning.book.rules.items())]
        return fold(each, lambda values: tuple(one for one in values if one is not None))

    def _one(self, rule: Rule, contributions: Mapping[str, Column]) -> Column:
        bears = self._bears(rule)
        lifted = contributions.get(rule.id)
        raises = self._raises(rule, contributions)
        columns = [self.puts[rule.id], self.days, bears, raises, *([lifted] if lifted is not None else [])]

        def merge(values: tuple[Any, ...]) -> Listed | None:
            lifts = values[4].lifted_by if len(values) > 4 else ()  # noqa: PLR2004
            found = self._listed_as(rule, values[0], values[1], bears=values[2], lifted_by=lifts)
            return found if found is None or values[3] else replace(found, duties=())

        return fold(columns, merge)

    def _raises(self, rule: Rule, contributions: Mapping[str, Column]) -> Column:
        """Return whether duties of a rule can arise: those of a review only where it touches a control that works."""
        touched = [self._works(name, contributions[name]) for name in rule.touches]
        return fold(touched, any) if touched else self.days.map(lambda _: True)

    def _works(self, name: str, contributed: Column) -> Column:
        if name not in self.working:
            self.working[name] = self._working(name, contributed)
        return self.working[name]

    def _working(self, name: str, contributed: Column) -> Column:
        rule, view = self.meaning.book.rules[name], self.meaning.view

        def works(values: tuple[Any, ...]) -> bool:
            put, day, contribution = values
            state = view.standing(self.controls.application(rule, put.applies, day).standing).state
            waiting = view.truth(put.applies) is not NO and state in ("in_force", "unverified")
            return waiting and not contribution.lifted_by

        return combine([self.puts[name], self.days, contributed], works)

    def _bears(self, rule: Rule) -> Column:
        """Return whether a rule bears on a control that may apply."""
        named = [*(lift.rule for lift in rule.lifts), *rule.touches]
        controls = [self.meaning.book.rules[name] for name in named if self.meaning.book.rules[name].kind == "control"]
        live = [self._live(control) for control in dict.fromkeys(c.id for c in controls)]
        if not live:
            return self.days.map(lambda _: False)
        return fold(live, any)

    def _live(self, name: str) -> Column:
        if name not in self.live:
            self.live[name] = self._living(name)
        return self.live[name]

    def _living(self, name: str) -> Column:
        rule = self.meaning.book.rules[name]
        applies = self.puts[name].map(lambda put: put.applies)
        return combine([applies, self.days], lambda pair: self.controls.counts(rule, *pair) is not NO)

    def _listed_as(
        self, rule: Rule, put: Put, day: datetime.date, *, bears: bool, lifted_by: tuple[str, ...]
    ) -> Listed | None:
        truth = self.meaning.view.truth(put.applies)
        if truth is NO:
            return None
        state = self.meaning.view.standing(self.controls.application(rule, put.applies, day).standing).state
        shown = state != "not_issued" and (rule.kind in ("control", "duty") or bears)
        said = tuple((words, str(holds)) for words, holds in put.said)
        arising: tuple[tuple[str, str], ...] = ()
        if not (rule.kind == "exemption" and not bears) and state in ("in_force", "unverified") and not lifted_by:
            arising = tuple((name, str(truth) if state == "in_force" else "unknown") for name in rule.then.duties)
        return Listed(rule.id, str(truth), state, put.codes, said, lifted_by, shown, arising)

    def _open_points(self, contributions: Mapping[str, Column]) -> Column:
        """Return the facts that are missing and matter, as sets."""
        waiting = gather([c.map(lambda one: one.waiting) for c in contributions.values()], frozenset.union)
        found = waiting.map(lambda _: frozenset[str]())
        for name in sorted(set().union(*waiting.values)):
            asks = self.puts[name].map(lambda put: put.asks)
            missing = combine([waiting.map(partial(_contains, name)), asks], _where_true)
            found = gather([found, missing], frozenset.union)
        for path, known in self.stated.items():
            found = combine([found, known], partial(self._in_turn, path))
        return found

    def _in_turn(self, path: str, pair: tuple[frozenset[str], bool]) -> frozenset[str]:
        """Return the facts to ask for without those that are asked only once another fact is known."""
        asks, known = pair
        facts = self.meaning.book.vocabulary.facts
        later = {name for name in asks if name in facts and facts[name].asked_after == path}
        return asks if known else asks - later


def _where_true(pair: tuple[Any, ...]) -> frozenset[str]:
    found: frozenset[str] = pair[1] if pair[0] else frozenset()
    return found


def _contains(name: str, names: frozenset[str]) -> bool:
    return name in names


def _named(question: str) -> str:
    kind, _, name = question.partition(":")
    return f"{kind} {name}"
