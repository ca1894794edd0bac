"""Which rows of the control lists each item of a table falls under: in columns, row by row of the lists."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from exportctl.batch.clauses import Clauses
from exportctl.batch.column import Column, column, combine, constant, fold
from exportctl.batch.item_table import ITEM, SLOTS
from exportctl.batch.reads import NOT_TESTED, Reads
from exportctl.batch.seen import Meaning, Seen
from exportctl.batch.table import Table
from exportctl.batch.value import Values
from exportctl.case.case import Case
from exportctl.decide import compare
from exportctl.decide.element import main_element
from exportctl.decide.examine import Examination
from exportctl.decide.listed import LISTED, NOT_LISTED, UNLISTED
from exportctl.decide.subject import Subject
from exportctl.fork import fork, join
from exportctl.kleene import NO, UNKNOWN, YES, any_of
from exportctl.law.book import Entry, RuleBook
from exportctl.law.clause import Clause


@dataclass(eq=False)
class Classification:
    """Items put to the clauses that look at items alone."""

    reads: Reads
    meaning: Meaning
    values: Values
    items: Sequence[dict[str, Subject]]
    under: dict[Any, Column] = field(default_factory=dict)
    alone: dict[Hashable, Seen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clauses = Clauses(self._table(), self.reads, self.meaning, self._special)

    def seen(self, clause: Clause, slot: str) -> Column:
        """Return what a clause amounts to for every item, or for what may be hidden in it."""
        return self.clauses.seen(clause, slot)

    def _table(self) -> Table:
        height = len(self.items)
        paths = {path for path in self.reads.tests if path.startswith("item.") and path not in NOT_TESTED}
        paths |= {"item.form", "item.elements", "item.control_code"}
        facts = {(slot, path): partial(self._values, slot, path) for slot in SLOTS for path in paths}
        present = {slot: column([slot in item for item in self.items]) for slot in SLOTS}
        return Table(height, self.values, facts, present, constant(datetime.date.min, height), {})

    def _values(self, slot: str, path: str) -> Column:
        name = path.removeprefix("item.")
        subjects = [item.get(slot) for item in self.items]
        return column([self.values.of(path, subject.facts.get(name) if subject else None) for subject in subjects])

    def _special(self, clause: Clause, slot: str, _rule: Any) -> Column | None:
        if clause.kind != "test":
            return None
        if clause.fact == "item.entries":
            return self._entries(clause, slot)
        derived = self.reads.derived(clause)
        if derived is None or derived.primitive is None:
            return None
        if derived.band is not None:
            return self._nearly(clause, slot)
        return (
            self._main_element(clause, slot) if derived.primitive == "main_element" else self._looked_up(clause, slot)
        )

    def _entries(self, clause: Clause, slot: str) -> Column:
        names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
        rows = list({e.code: e for name in names for e in self.meaning.book.entries[name]}.values())
        columns = [self._falls_under(entry, slot) for entry in rows]
        code = self.clauses.table.fact(slot, "item.control_code")

        def merge(values: tuple[Any, ...]) -> Seen:
            each = list(zip(rows, values[1:], strict=True))
            behind = [] if values[0].raw is not None else [(entry.row.when, seen) for entry, (_, seen) in each]
            return self._tested(clause, {entry.code: held for entry, (held, _) in each}, behind)

        return fold([code, *columns], merge)

    def _tested(self, clause: Clause, under: dict[str, Any], behind: list[tuple[Clause, Seen]]) -> Seen:
        found = join(lambda *values: any_of(values), *under.values())
        holds = join(lambda value: ~value, found) if clause.operator == "excludes" else found
        truth = self.meaning.view.truth
        named = tuple(code for code, held in under.items() if truth(held) is YES or held not in (NO, UNKNOWN))
        perhaps = tuple(code for code, held in under.items() if held is UNKNOWN)
        return replace(self.meaning.test(clause, holds, frozenset(), behind), named=named, perhaps=perhaps)

    def _falls_under(self, entry: Entry, slot: str) -> Column:
        """Return whether an item falls under a row, forked, with what the row's own clauses amount to."""
        key = (entry.listing.id, entry.code, slot)
        if key not in self.under:
            code = self.clauses.table.fact(slot, "item.control_code")
            seen = self.seen(entry.row.when, slot)
            self.under[key] = combine([code, seen], lambda pair: (_held(entry, pair[0].raw, pair[1].holds), pair[1]))
        return self.under[key]

    def _nearly(self, clause: Clause, slot: str) -> Column:
        """Return a test of the entries an item misses by a little, as the reference works it out."""

        def near(exam: Examination, subject: Subject) -> Seen:
            return self._tested(clause, dict(exam.tried(clause, subject, {}).value.known), [])

        return self._each(clause, slot, near)

    def _looked_up(self, clause: Clause, slot: str) -> Column:
        """Return a test of a fact that the reference works out from the item and its place."""
        path, view = clause.fact or "", self.meaning.view

        def test(exam: Examination, subject: Subject) -> Seen:
            fact, _ = exam.facts.look(path, subject)
            holds = compare.holds(clause.operator, fact, clause.operand, {})
            open_still = view.truth(holds) is UNKNOWN
            asks = frozenset(ask.fact for ask in exam.facts.asks(path, subject, fact)) if open_still else frozenset()
            return self.meaning.test(clause, holds, asks)

        return self._each(clause, slot, test)

    def _each(self, clause: Clause, slot: str, work: Callable[[Examination, Subject], Seen]) -> Column:
        """Return what the reference works out of each item, or of what may be hidden in it: once for all alike.

        Where nothing can be hidden it is what it is for the item; nobody looks at it there.
        """
        found = []
        for item in self.items:
            subject = item.get(slot, item[ITEM])
            key = (self.reads.number(clause), subject.stands_for is None, subject.signature)
            if key not in self.alone:
                self.alone[key] = work(_alone(self.meaning.book, item), subject)
            found.append(self.alone[key])
        return column(found)

    def _main_element(self, clause: Clause, slot: str) -> Column:
        form, made_of = self.clauses.table.fact(slot, "item.form"), self.clauses.table.fact(slot, "item.elements")
        vocabulary = self.meaning.book.vocabulary
        ask = frozenset(["item.elements" if slot == ITEM else vocabulary.first_asked])

        def test(pair: tuple[Any, Any]) -> Seen:
            fact = main_element(pair[0].raw, pair[1].raw)
            return self.meaning.test(clause, compare.holds(clause.operator, fact, clause.operand, {}), ask)

        return combine([form, made_of], test)


def _alone(book: RuleBook, item: dict[str, Subject]) -> Examination:
    """Return an examination of an item with nothing around it."""
    exam = Examination(book, Case("", datetime.date.min, {}, (), None))
    exam.root = item[ITEM]
    return exam


def _held(entry: Entry, classified_as: str | None, holds: Any) -> Any:
    if classified_as == UNLISTED:
        return NO
    if classified_as and classified_as in (entry.code, entry.row.alias):
        return YES
    return holds if entry.row.evidence != "unseen" else fork(f"unseen:{entry.code}", {LISTED: holds, NOT_LISTED: NO})
