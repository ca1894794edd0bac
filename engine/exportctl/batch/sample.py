"""Rows drawn by the numbers of their parts, as a table that clauses can be put to."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import polars as pl

from exportctl.batch import share_column
from exportctl.batch.clauses import Clauses
from exportctl.batch.column import FEW, Column, column, combine, constant, fold
from exportctl.batch.groups import Around, Halves
from exportctl.batch.item_table import HIDDEN, ITEM, SLOTS
from exportctl.batch.seen import Meaning, Seen
from exportctl.batch.share_column import Worth
from exportctl.batch.table import TRANSFER, Table, Touch
from exportctl.batch.value import Value
from exportctl.decide.listed import works
from exportctl.exact import ZERO
from exportctl.fork import join
from exportctl.kleene import NO, YES, any_of
from exportctl.law.clause import Clause
from exportctl.law.rule import Rule
from exportctl.law.state import standing
from exportctl.law.vocabulary import ENTRIES_IN_FORCE, LIST_RULE

Share = tuple[str | None, str | None, bool]


@dataclass(frozen=True, eq=False)
class Parts:
    """What the numbers of a row stand for: items, what stands around them, first days of stretches, worths."""

    halves: Halves
    meaning: Meaning
    known_on: datetime.date | None
    arounds: Sequence[Around]
    days: Sequence[datetime.date]
    worths: Sequence[Worth]

    def works(self, instrument: str, day: datetime.date) -> Any:
        """Return whether the list of an instrument is in force on a day, forked."""
        now = standing(self.meaning.book, instrument, LIST_RULE, day, self.known_on)
        return join(lambda one: works(one, instrument), now)


class Sample:
    """Some rows. `touched` is what the clauses put to them looked at."""

    def __init__(self, parts: Parts, rows: pl.DataFrame) -> None:
        self.parts, self.halves, self.meaning = parts, parts.halves, parts.meaning
        self.known, self.reads = self.halves.items, self.halves.reads
        self.items = rows["item"] // 2
        self.described = Column((rows["item"] % 2).cast(pl.UInt32), (False, True))
        self.around = spread(rows["about"], parts.arounds)
        self.worth, self.day = spread(rows["worth"], parts.worths), spread(rows["day"], parts.days)
        self.touched: set[Touch] = set()
        self.table = self._table()
        self.clauses = Clauses(self.table, self.reads, self.meaning, self._special)

    def _table(self) -> Table:
        halves = self.halves
        facts = {key: partial(self.around.map, partial(_value, at)) for at, key in enumerate(halves.keys)}
        same = {paths: self.around.map(partial(_same, at)) for at, paths in enumerate(halves.compared)}
        there = combine([self.described, self.around], lambda pair: pair[0] or pair[1].of_goods)
        present = {slot: combine([there, self.known.exists(slot, self.items)], all) for slot in SLOTS}
        present["importer"] = self.around.map(lambda around: around.imported)
        present |= {slot: constant(value=True, height=len(self.items)) for slot in ("end_user", TRANSFER)}
        return Table(len(self.items), halves.cells.classes.values, facts, present, self.day, same, self.touched)

    def _special(self, clause: Clause, slot: str, rule: Rule | None) -> Column | None:
        if slot in SLOTS and self.reads.only_items(clause):
            return self._known(clause, slot)
        if clause.fact == ENTRIES_IN_FORCE:
            return self._in_force(clause, slot)
        derived = self.reads.derived(clause) if clause.kind == "test" else None
        if derived is None or derived.primitive != "value_share" or rule is None:
            return None
        columns = (*self._worth_and(clause.fact or ""), self.table.day("numbers", rule.id))
        return share_column.tested(clause, rule, self.meaning, columns, hidden=slot in HIDDEN)

    def _known(self, clause: Clause, slot: str) -> Column:
        self.touched.add(("seen", id(clause), slot))
        return self.known.seen(clause, slot, self.items)

    def _worth_and(self, name: str) -> tuple[Column, Column]:
        """Return the worth, and whether nothing inside an item can count in a share."""
        self.touched.update([("worth",), ("nothing", name)])
        return self.worth, self.known.holds_nothing(name, self.items)

    def _in_force(self, clause: Clause, slot: str) -> Column:
        """Return a test of the entries of lists that work on the day of a row."""
        parts = self.reads.by_list(clause)
        columns = [self._known(part, slot) for _, part in parts]
        instruments: Hashable = tuple(dict.fromkeys(instrument for instrument, _ in parts))

        def merge(values: tuple[Any, ...]) -> Seen:
            *seen, day = values
            now = [self.parts.works(instrument, day) for instrument, _ in parts]
            each = [join(min, working, one.holds) for working, one in zip(now, seen, strict=True)]
            found = join(lambda *held: any_of(held), *each)
            holds = join(lambda value: ~value, found) if clause.operator == "excludes" else found
            behind = [
                (part, one) for (_, part), one, working in zip(parts, seen, now, strict=True) if working is not NO
            ]
            each_named = (
                self._named(part, one, working) for (_, part), one, working in zip(parts, seen, now, strict=True)
            )
            named = tuple(dict.fromkeys(code for codes in each_named for code in codes))
            return replace(self.meaning.test(clause, holds, frozenset(), behind), named=named)

        return fold([*columns, self.table.day("works", instruments)], merge)

    def _named(self, part: Clause, seen: Seen, working: Any) -> list[str]:
        """Return the codes a list names: while it is open whether the list works, those that are open too."""
        if working is NO or working is YES:
            return [] if working is NO else list(seen.named)
        known = {*seen.named, *seen.perhaps}
        return [entry.code for entry in self.meaning.book.entries[str(part.operand)] if entry.code in known]

    def shares(self) -> Column:
        """Return the ends of the share of each row as text, and whether it is the ratio that was stated."""
        names = [name for name in self.known.empty if self._tested(name)]
        each = [self._share(name) for name in names]
        return combine(each, _greatest) if each else constant((None, None, False), len(self.items))

    def _tested(self, name: str) -> bool:
        return any(clause.fact == name for rule in self.meaning.book.rules.values() for clause in rule.when.walk())

    def _share(self, name: str) -> Column:
        """Return the ends of one share of the exported item, and whether it is the ratio that was stated."""

        def merge(values: tuple[Any, ...]) -> Share:
            there, worth, holds_nothing = values
            if not there:
                return None, None, False
            share = worth.share(holds_nothing=holds_nothing, hidden=False)
            return ("0", "0" if share == ZERO else "1", share.low == share.high and share != ZERO)

        return combine([self.table.exists(ITEM), *self._worth_and(name)], merge)


def spread(codes: pl.Series, values: Sequence[Any]) -> Column:
    """Return a column of numbered values in which only those that occur have a code."""
    if len(codes) <= FEW:
        found = column(codes.to_list())
        return Column(found.codes, tuple(values[code] for code in found.values))
    seen = codes.unique()
    places = pl.repeat(0, len(values), dtype=pl.UInt32, eager=True)
    places = places.scatter(seen, pl.int_range(len(seen), dtype=pl.UInt32, eager=True))
    return Column(places.gather(codes), tuple(values[code] for code in seen.to_list()))


def _value(at: int, around: Around) -> Value:
    return around.values[at]


def _same(at: int, around: Around) -> tuple[bool, bool, bool]:
    return around.same[at]


def _greatest(shares: tuple[Any, ...]) -> Any:
    return next((share for share in shares if share[0] is not None), shares[0])
