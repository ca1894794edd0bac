"""Distinct rows, by item, what stands around it, stretch of days and worth: each is decided once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import polars as pl

from exportctl.batch import answer, share_column
from exportctl.batch.clauses import Clauses
from exportctl.batch.column import Column, combine, constant, fold
from exportctl.batch.control import Controls
from exportctl.batch.decided import Decided
from exportctl.batch.groups import Around, Halves
from exportctl.batch.item_table import HIDDEN, ITEM, SLOTS
from exportctl.batch.put import put
from exportctl.batch.seen import Meaning, Seen
from exportctl.batch.share_column import Worth
from exportctl.batch.table import TRANSFER, Table
from exportctl.batch.value import Value
from exportctl.decide.listed import works
from exportctl.exact import ZERO
from exportctl.fork import World, join
from exportctl.kleene import NO, YES, any_of
from exportctl.law.clause import Clause
from exportctl.law.rule import Rule
from exportctl.law.state import standing
from exportctl.law.vocabulary import ENTRIES_IN_FORCE, LIST_RULE

PARTS = ("item", "about", "day", "worth")
BITS = (20, 24, 8, 12)
KEPT = {name: pl.String for name in answer.COLUMNS if name != "rulebook"} | {"stated": pl.Boolean}


@dataclass(eq=False)
class Rows:
    """The distinct rows met so far and their answers; `answers` has one row for each number."""

    halves: Halves
    meaning: Meaning
    known_on: datetime.date | None
    fixed: World
    keys: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    answers: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=KEPT))

    def __post_init__(self) -> None:
        self.controls = Controls(self.meaning, self.known_on)

    def numbers(
        self, parts: pl.DataFrame, arounds: Sequence[Around], worths: Sequence[Worth], days: Sequence[datetime.date]
    ) -> pl.Series:
        """Return the number of each row, deciding those that were not met before.

        `parts` are the numbers of its item (twice, and one more when it is described), of what stands around it, of the
        stretch of days and of the worth.
        """
        key = pl.Series(dtype=pl.UInt64) if parts.is_empty() else _key(parts)
        new = key.filter(~key.is_in(self.keys.implode())).unique()
        if not new.is_empty():
            item, about, day, worth = _split(new)
            batch = _Batch(self, item // 2, (item % 2).cast(pl.Boolean), arounds, about, days, day, worths, worth)
            self.answers = pl.concat([self.answers, batch.frame().select(*KEPT)])
            self.keys = self.keys.append(new)
        return key.replace_strict(self.keys, pl.int_range(len(self.keys), dtype=pl.UInt32, eager=True))


def _key(parts: pl.DataFrame) -> pl.Series:
    for name, bits in zip(PARTS, BITS, strict=True):
        if parts.select(pl.col(name).max() >= 2**bits).item():
            raise OverflowError(f"more than {2**bits} kinds of {name} in one run")
    found = pl.lit(0, dtype=pl.UInt64)
    for name, bits in zip(PARTS, BITS, strict=True):
        found = found * 2**bits + pl.col(name)
    return parts.select(found).to_series()


def _split(key: pl.Series) -> tuple[pl.Series, ...]:
    found = []
    for bits in reversed(BITS):
        found.append(key % 2**bits)
        key = key // 2**bits
    return tuple(reversed(found))


class _Batch:
    """Distinct rows not met before, decided together."""

    def __init__(
        self,
        rows: Rows,
        items: pl.Series,
        described: pl.Series,
        arounds: Sequence[Around],
        about: pl.Series,
        days: Sequence[datetime.date],
        day: pl.Series,
        worths: Sequence[Worth],
        worth: pl.Series,
    ) -> None:
        self.rows, self.items, self.known = rows, items, rows.halves.items
        self.meaning, self.reads = rows.meaning, rows.halves.reads
        self.around = _spread(about, arounds)
        self.worth, self.day = _spread(worth, worths), _spread(day, days)
        self.described = Column(described.cast(pl.UInt32), (False, True))
        self.table = self._table()
        self.clauses = Clauses(self.table, self.reads, self.meaning, self._special)

    def frame(self) -> pl.DataFrame:
        """Return the answers, in the order of the rows."""
        puts = {rule.id: put(self.clauses, self.meaning, rule) for _, rule in sorted(self.meaning.book.rules.items())}
        stated = {path: self.known.is_stated(path, self.items) for path in self.known.stated}
        decided = Decided(self.meaning, self.rows.controls, self.rows.fixed, puts, self.day, stated).frame()
        return decided.with_columns(**self._shares())

    def _table(self) -> Table:
        halves = self.rows.halves
        facts = {key: self.around.map(partial(_value, at)) for at, key in enumerate(halves.keys)}
        same = {paths: self.around.map(partial(_same, at)) for at, paths in enumerate(halves.compared)}
        there = combine([self.described, self.around], lambda pair: pair[0] or pair[1].of_goods)
        present = {slot: combine([there, self.known.exists(slot, self.items)], all) for slot in SLOTS}
        present["importer"] = self.around.map(lambda around: around.imported)
        present |= {slot: constant(value=True, height=len(self.items)) for slot in ("end_user", TRANSFER)}
        return Table(len(self.items), halves.cells.classes.values, facts, present, self.day, same)

    def _special(self, clause: Clause, slot: str, rule: Rule | None) -> Column | None:
        if slot in SLOTS and self.reads.only_items(clause):
            return self.known.seen(clause, slot, self.items)
        if clause.fact == ENTRIES_IN_FORCE:
            return self._in_force(clause, slot)
        derived = self.reads.derived(clause) if clause.kind == "test" else None
        if derived is None or derived.primitive != "value_share" or rule is None:
            return None
        columns = (self.worth, self.known.holds_nothing(clause.fact or "", self.items), self.day)
        return share_column.tested(clause, rule, self.meaning, columns, hidden=slot in HIDDEN)

    def _in_force(self, clause: Clause, slot: str) -> Column:
        """Return a test of the entries of lists that work on the day of a row."""
        parts = self.reads.by_list(clause)
        columns = [self.known.seen(part, slot, self.items) for _, part in parts]

        def merge(values: tuple[Any, ...]) -> Seen:
            *seen, day = values
            now = [self._works(instrument, day) for instrument, _ in parts]
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

        return fold([*columns, self.day], merge)

    def _named(self, part: Clause, seen: Seen, working: Any) -> list[str]:
        """Return the codes a list names: while it is open whether the list works, those that are open too."""
        if working is NO or working is YES:
            return [] if working is NO else list(seen.named)
        known = {*seen.named, *seen.perhaps}
        return [entry.code for entry in self.meaning.book.entries[str(part.operand)] if entry.code in known]

    def _works(self, instrument: str, day: datetime.date) -> Any:
        now = standing(self.meaning.book, instrument, LIST_RULE, day, self.rows.known_on)
        return join(lambda one: works(one, instrument), now)

    def _shares(self) -> dict[str, pl.Series]:
        """Return the share of each row as text, and whether it is the ratio that was stated."""
        names = [name for name in self.known.empty if self._tested(name)]
        each = [self._share(name) for name in names]
        shown = combine(each, _greatest) if each else self.day.map(lambda _: (None, None, False))
        return {
            "share_low": shown.texts(lambda share: share[0]),
            "share_high": shown.texts(lambda share: share[1]),
            "stated": shown.texts(lambda share: share[2], pl.Boolean),
        }

    def _tested(self, name: str) -> bool:
        return any(clause.fact == name for rule in self.meaning.book.rules.values() for clause in rule.when.walk())

    def _share(self, name: str) -> Column:
        """Return the ends of the share of the exported item as text, and whether it is the ratio that was stated."""
        columns = [self.table.exists(ITEM), self.worth, self.known.holds_nothing(name, self.items)]

        def merge(values: tuple[Any, ...]) -> tuple[str | None, str | None, bool]:
            there, worth, holds_nothing = values
            if not there:
                return None, None, False
            share = worth.share(holds_nothing=holds_nothing, hidden=False)
            return ("0", "0" if share == ZERO else "1", share.low == share.high and share != ZERO)

        return combine(columns, merge)


def _spread(codes: pl.Series, values: Sequence[Any]) -> Column:
    """Return a column of numbered values in which only those that occur have a code."""
    seen = codes.unique()
    mapped = codes.replace_strict(seen, pl.int_range(len(seen), dtype=pl.UInt32, eager=True), return_dtype=pl.UInt32)
    return Column(mapped, tuple(values[code] for code in seen.to_list()))


def _value(at: int, around: Around) -> Value:
    return around.values[at]


def _same(at: int, around: Around) -> tuple[bool, bool, bool]:
    return around.same[at]


def _greatest(shares: tuple[Any, ...]) -> Any:
    return next((share for share in shares if share[0] is not None), shares[0])
