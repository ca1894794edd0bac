"""What one question looks at in a row: rows it cannot tell apart are put to it once, and share an answer."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from exportctl.batch.column import Column
from exportctl.batch.item_table import SLOTS
from exportctl.batch.reads import numbers_on
from exportctl.batch.sample import Parts, Sample, spread
from exportctl.batch.table import Touch
from exportctl.fork import join
from exportctl.law.state import standing

BITS = {"item": 20, "about": 22, "day": 9, "worth": 12}
DATED = 2 ** (BITS["day"] - 1)
NOBODY = frozenset[Touch]()


class Drawn:
    """Distinct rows by the numbers of their parts; `parts` are the numbers on each axis, `codes` their positions."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self.rows = rows
        each = {axis: spread(rows[axis], range(int(rows[axis].max() or 0) + 1)) for axis in BITS}  # type: ignore[arg-type]
        self.parts = {axis: found.values for axis, found in each.items()}
        self.codes = {axis: found.codes for axis, found in each.items()}


@dataclass(eq=False)
class Aspect:
    """A question put to rows, and its answers so far: `values` by number."""

    ask: Callable[[Sample], Column]
    touched: frozenset[Touch] | None = None
    classes: dict[str, dict[int, int]] = field(default_factory=lambda: {axis: {} for axis in (*BITS, "dated")})
    seen: dict[str, dict[Hashable, int]] = field(default_factory=lambda: {axis: {} for axis in BITS})
    keys: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    codes: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt32))
    numbers: dict[Any, int] = field(default_factory=dict)

    def answers(self, parts: Parts, drawn: Drawn) -> Column:
        """Return the answer in each row."""
        if self.touched is None:
            first = Sample(parts, drawn.rows.head(1))
            self.ask(first)
            self.touched = frozenset(first.touched)
        key = self._key(parts, drawn)
        found = key.replace_strict(self.keys, self.codes, default=None, return_dtype=pl.UInt32)
        if found.null_count():
            new = pl.DataFrame({"key": key}).with_row_index("row").filter(found.is_null()).unique("key", keep="first")
            self._learn(new["key"], Sample(parts, drawn.rows[new["row"]]))
            found = key.replace_strict(self.keys, self.codes, return_dtype=pl.UInt32)
        return Column(found, tuple(self.numbers))

    def _learn(self, keys: pl.Series, sample: Sample) -> None:
        found = self.ask(sample)
        if not sample.touched <= (self.touched or NOBODY):
            raise AssertionError("a clause looked at more than its first row showed")
        numbers = [self.numbers.setdefault(value, len(self.numbers)) for value in found.values]
        self.keys = self.keys.append(keys)
        self.codes = self.codes.append(pl.Series(numbers, dtype=pl.UInt32).gather(found.codes))

    def _key(self, parts: Parts, drawn: Drawn) -> pl.Series:
        """Return one number a row for all that the question sees in it."""
        look = Look(parts, self.touched or NOBODY)
        key, shift = pl.repeat(0, drawn.rows.height, dtype=pl.UInt64, eager=True), 0
        for axis, bits in BITS.items():
            classes = [self._class(look, axis, part) for part in drawn.parts[axis]]
            if max(classes) >= 2 ** (bits - (axis == "day")):
                raise OverflowError(f"more than {max(classes)} kinds of {axis} in one run")
            if len(self.seen[axis]) > 1 or axis == "day":
                of_rows = pl.Series(classes, dtype=pl.UInt64).gather(drawn.codes[axis])
                key = key + (self._by_day(look, drawn, of_rows) if axis == "day" else of_rows) * 2**shift
            shift += bits
        return key

    def _class(self, look: Look, axis: str, part: int) -> int:
        """Return the number of what is seen of a part: alike parts have one."""
        known = self.classes[axis]
        if part not in known:
            numbers = self.seen[axis]
            known[part] = numbers.setdefault(tuple(look.at(axis, part)), len(numbers))
        return known[part]

    def _by_day(self, look: Look, drawn: Drawn, days: pl.Series) -> pl.Series:
        """Return the classes of days; where a party is listed by a notice every stretch is a class of its own."""
        known = self.classes["dated"]
        for part in drawn.parts["about"]:
            if part not in known:
                known[part] = look.is_dated(part)
        dated = pl.Series([bool(known[part]) for part in drawn.parts["about"]], dtype=pl.Boolean)
        if not dated.any():
            return days
        own: pl.Series = drawn.rows["day"].cast(pl.UInt64) + DATED
        return own.zip_with(dated.gather(drawn.codes["about"]), days)


@dataclass(frozen=True, eq=False)
class Look:
    """What is seen of each part through what a question touches."""

    parts: Parts
    touched: frozenset[Touch]

    def at(self, axis: str, part: int) -> Iterator[Hashable]:
        """Yield everything that is seen of a part on an axis."""
        if axis == "item":
            return self._of_item(part // 2, part % 2)
        if axis == "about":
            return self._of_around(part)
        if axis == "day":
            return self._of_day(self.parts.days[part])
        return iter((part,) if ("worth",) in self.touched else ())

    @cached_property
    def sorted(self) -> list[Touch]:
        """What is touched, in one order."""
        return sorted(self.touched, key=repr)

    def is_dated(self, part: int) -> bool:
        """Return whether a party is listed by a notice that is looked at."""
        at = {key: position for position, key in enumerate(self.parts.halves.keys)}
        dated = [touch[2:] for touch in self.touched if touch[:2] == ("day", "dated")]
        values = self.parts.arounds[part].values
        return any(values[at[key]].dated for key in dated if key in at)

    def _of_item(self, kind: int, described: int) -> Iterator[Hashable]:
        known = self.parts.halves.items
        for touch in self.sorted:
            if touch[0] == "seen":
                yield known.answers[touch[1:]].codes[kind]
            elif touch[0] == "nothing":
                yield known.empty[touch[1]][kind]
            elif touch[0] == "exists" and touch[1] in SLOTS:
                yield described, known.there[touch[1]][kind]

    def _of_around(self, part: int) -> Iterator[Hashable]:
        around, halves = self.parts.arounds[part], self.parts.halves
        for touch in self.sorted:
            if touch[0] == "fact" and touch[1:] in halves.keys:
                yield around.values[halves.keys.index(touch[1:])]
            elif touch[0] == "same":
                yield around.same[halves.compared.index(touch[1])]
            elif touch[0] == "exists":
                yield around.imported if touch[1] == "importer" else around.of_goods if touch[1] in SLOTS else None

    def _of_day(self, day: datetime.date) -> Iterator[Hashable]:
        book = self.parts.meaning.book
        for touch in self.sorted:
            if touch[:2] == ("day", "numbers"):
                yield tuple(numbers_on(book.rules[str(touch[2])], day).items())
            elif touch[:2] == ("day", "works"):
                yield from (self.parts.works(instrument, day) for instrument in touch[2])
            elif touch[:2] == ("day", "notices"):
                stands = (standing(book, notice, "", day, self.parts.known_on) for notice in touch[2])
                yield from (join(lambda one: one.state, found) for found in stands)
