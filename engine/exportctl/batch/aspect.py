"""What one question looks at in a row: rows it cannot tell apart are put to it once, and share an answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from exportctl.batch.column import Column
from exportctl.batch.look import Look
from exportctl.batch.sample import Parts, Sample, spread
from exportctl.batch.table import Touch
from exportctl.problem import Problem, Refused

AXES = ("item", "about", "day", "worth")
DATED = "dated"
MISSING, MANY = 2**32 - 1, 2**20


class Drawn:
    """Distinct rows by the numbers of their parts; `parts` are the numbers on each axis, `codes` their positions."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self.rows = rows
        each = {axis: spread(rows[axis], range(int(rows[axis].max() or 0) + 1)) for axis in AXES}  # type: ignore[arg-type]
        self.parts = {axis: found.values for axis, found in each.items()}
        self.codes = {axis: found.codes for axis, found in each.items()}


@dataclass(eq=False)
class Aspect:
    """A question put to rows, and its answers so far: `numbers` of them, and which one each `cell` of classes has."""

    ask: Callable[[Sample], Column]
    touched: frozenset[Touch] | None = None
    classes: dict[str, dict[int, int]] = field(default_factory=lambda: {axis: {} for axis in (*AXES, DATED)})
    seen: dict[str, dict[Hashable, int]] = field(default_factory=lambda: {axis: {} for axis in AXES})
    cells: dict[tuple[int, ...], int] = field(default_factory=dict)
    numbers: dict[Any, int] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    table: pl.Series | None = None

    def answers(self, parts: Parts, drawn: Drawn) -> Column:
        """Return the answer in each row."""
        if self.touched is None:
            first = Sample(parts, drawn.rows.head(1))
            self.ask(first)
            self.touched = frozenset(first.touched)
        look = Look(parts, self.touched)
        each = [self._classes(look, axis, drawn) for axis in AXES]
        sizes = [len(self.seen[axis]) for axis in AXES]
        place = _placed(each, sizes, drawn.rows.height)
        found = self._at(place, sizes)
        if (missing := found == MISSING).any():
            new = pl.DataFrame({"place": place}).with_row_index("row").filter(missing).unique("place", keep="first")
            self._learn(new["place"].to_list(), sizes, Sample(parts, drawn.rows[new["row"]]))
            found = self._at(place, sizes)
        return Column(found, tuple(self.numbers))

    def _at(self, place: pl.Series, sizes: list[int]) -> pl.Series:
        """Return the number of the answer of each place, `MISSING` where there is none yet."""
        if sizes != self.sizes:
            self.sizes, self.table = sizes, self._table(sizes)
        if self.table is not None:
            return self.table.gather(place)
        each = place.unique()
        codes = [self.cells.get(_cell(one, sizes), MISSING) for one in each.to_list()]
        return place.replace_strict(each, pl.Series(codes, dtype=pl.UInt32), return_dtype=pl.UInt32)

    def _table(self, sizes: list[int]) -> pl.Series | None:
        """Return the number of the answer of each cell, by place; None where there are too many places."""
        if (many := math.prod(sizes)) > MANY:
            return None
        table = pl.repeat(MISSING, many, dtype=pl.UInt32, eager=True)
        return _put(table, [_place(cell, sizes) for cell in self.cells], list(self.cells.values()))

    def _learn(self, places: list[int], sizes: list[int], sample: Sample) -> None:
        found = self.ask(sample)
        if not sample.touched <= (self.touched or frozenset()):
            raise AssertionError("a clause looked at more than its first row showed")
        numbers = [self.numbers.setdefault(value, len(self.numbers)) for value in found.values]
        codes = [numbers[code] for code in found.codes.to_list()]
        self.cells |= zip((_cell(place, sizes) for place in places), codes, strict=True)
        if self.table is not None:
            self.table = _put(self.table, places, codes)

    def _classes(self, look: Look, axis: str, drawn: Drawn) -> pl.Series | None:
        """Return the class of each row on an axis; None where there is only one."""
        classes = [self._class(look, axis, part) for part in drawn.parts[axis]]
        by_notice = self._by_notice(look, drawn) if axis == "day" else None
        if by_notice is None:
            return _spread(classes, drawn.codes[axis]) if len(self.seen[axis]) > 1 else None
        stretches = [self._number("day", (DATED, part)) for part in drawn.parts["day"]]
        own, all_ = _spread(stretches, drawn.codes["day"]), _spread(classes, drawn.codes["day"])
        return own.zip_with(by_notice, all_)

    def _class(self, look: Look, axis: str, part: int) -> int:
        """Return the number of what is seen of a part: alike parts have one."""
        known = self.classes[axis]
        if part not in known:
            known[part] = self._number(axis, tuple(look.at(axis, part)))
        return known[part]

    def _number(self, axis: str, seen: Hashable) -> int:
        return self.seen[axis].setdefault(seen, len(self.seen[axis]))

    def _by_notice(self, look: Look, drawn: Drawn) -> pl.Series | None:
        """Return which rows have a party listed by a notice, None for no row: there each stretch is a class."""
        known = self.classes[DATED]
        for part in drawn.parts["about"]:
            if part not in known:
                known[part] = look.is_dated(part)
        dated = [bool(known[part]) for part in drawn.parts["about"]]
        return pl.Series(dated, dtype=pl.Boolean).gather(drawn.codes["about"]) if any(dated) else None


def _put(table: pl.Series, places: list[int], codes: list[int]) -> pl.Series:
    return table.scatter(places, codes) if places else table


def _spread(classes: list[int], codes: pl.Series) -> pl.Series:
    return pl.Series(classes, dtype=pl.UInt64).gather(codes)


def _placed(each: list[pl.Series | None], sizes: list[int], height: int) -> pl.Series:
    """Return the place of each row in a table with one cell for each combination of classes."""
    if math.prod(sizes) >= 2**63:
        text = "more than 2^63 kinds of rows at a time"
        raise Refused([Problem("the table", "", text, "screen it in several tables")])
    place: pl.Series | None = None
    for classes, size in zip(each, sizes, strict=True):
        place = place if place is None or size == 1 else place * size
        if classes is not None:
            place = classes if place is None else place + classes
    return pl.repeat(0, height, dtype=pl.UInt64, eager=True) if place is None else place


def _place(cell: tuple[int, ...], sizes: list[int]) -> int:
    place = 0
    for number, size in zip(cell, sizes, strict=True):
        place = place * size + number
    return place


def _cell(place: int, sizes: list[int]) -> tuple[int, ...]:
    found = []
    for size in reversed(sizes):
        place, number = divmod(place, size)
        found.append(number)
    return tuple(reversed(found))
