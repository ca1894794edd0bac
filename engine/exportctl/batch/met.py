"""Distinct rows met so far, by the numbers of their parts, and the number of the decision of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from exportctl.problem import Problem, Refused

PARTS = ("item", "about", "day", "worth")
WIDTHS = (20, 24, 8, 12)
KINDS = {"item": "items", "about": "parties and routes", "day": "days", "worth": "worth"}
KNOWN = {"key": pl.UInt64, "decision": pl.UInt32}
MISSING = 2**32 - 1
MOST_PLACES, ROOM = 2**26, 8


@dataclass(eq=False)
class Met:
    """The decisions of rows. Where parts are few, `table` has a place for each of their combinations up to `sizes`."""

    known: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=KNOWN))
    sizes: tuple[int, ...] = (0,) * len(PARTS)
    table: pl.Series | None = None

    def decisions(self, parts: pl.DataFrame) -> pl.Series:
        """Return the number of the decision of each row, `MISSING` where it was not met before.

        Raises:
            Refused: more kinds of a part than have a number.
        """
        self._widen(parts.select(pl.col(name).max() + 1 for name in PARTS).row(0))
        if self.table is not None:
            return self.table.gather(_placed(parts, self.sizes))
        keys = pl.DataFrame({"key": _placed(parts, _bounds())})
        found = keys.join(self.known, on="key", how="left", maintain_order="left")["decision"]
        return found.fill_null(MISSING)

    def learn(self, rows: pl.DataFrame, decisions: pl.Series) -> None:
        """Keep the decisions of distinct rows that were not met before."""
        learnt = pl.DataFrame({"key": _placed(rows, _bounds()), "decision": decisions}, schema=KNOWN)
        self.known = pl.concat([self.known, learnt], rechunk=True)
        if self.table is not None:
            self.table = self.table.scatter(_placed(rows, self.sizes), decisions)

    def _widen(self, needed: Sequence[int]) -> None:
        """Make room for greater numbers, and some more."""
        for name, size, bound in zip(PARTS, needed, _bounds(), strict=True):
            if size > bound:
                text = f"more than {bound:,} kinds of {KINDS[name]} at a time"
                raise Refused([Problem("the table", "", text, "screen it in several tables")])
        if all(size <= known for size, known in zip(needed, self.sizes, strict=True)):
            return
        self.sizes = tuple(max(known, size + size // ROOM) for size, known in zip(needed, self.sizes, strict=True))
        self.table = None
        if (many := math.prod(self.sizes)) <= MOST_PLACES:
            places = _placed(_split(self.known["key"]), self.sizes)
            self.table = pl.repeat(MISSING, many, dtype=pl.UInt32, eager=True).scatter(places, self.known["decision"])


def _bounds() -> tuple[int, ...]:
    return tuple(2**bits for bits in WIDTHS)


def _placed(parts: pl.DataFrame, sizes: Sequence[int]) -> pl.Series:
    """Return one number for the numbers of the parts of each row, each less than its size."""
    found = pl.lit(0, dtype=pl.UInt64)
    for name, size in zip(PARTS, sizes, strict=True):
        found = found * size + pl.col(name).cast(pl.UInt64)
    return parts.select(found).to_series()


def _split(key: pl.Series) -> pl.DataFrame:
    """Return the numbers of the parts that a number within `_bounds` stands for."""
    found = {}
    for name, size in reversed(list(zip(PARTS, _bounds(), strict=True))):
        found[name] = key % size
        key = key // size
    return pl.DataFrame(found)
