"""Rows told apart by the cells of some columns: each distinct row of cells is read once, and has a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from exportctl.problem import Problem, Refused

SEEDS = (0x9E3779B9, 0x85EBCA6B)
ROOM, MOST_PLACES = 32, 2**22
APART = "screen it in two tables, so that these rows are apart"


Hashed = tuple[pl.Series, pl.Series]


def hashed(frame: pl.DataFrame, columns: Sequence[str]) -> Hashed:
    """Return two hashes of 64 bits of the cells of each row in some columns; without columns all rows are alike."""
    if not columns:
        return (alike := pl.repeat(0, frame.height, dtype=pl.UInt64, eager=True)), alike
    chosen = frame.select(columns)
    return chosen.hash_rows(SEEDS[0]), chosen.hash_rows(SEEDS[1])


@dataclass(eq=False)
class Signatures:
    """The distinct rows of some columns met so far, by two hashes that must agree.

    `places` are where keys stand among those met, by their last bits; where two end alike it holds one of them.
    """

    keys: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    checks: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    numbers: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.Int32))
    places: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt32))

    def number(self, hashed: Hashed, read: Callable[[pl.Series], Sequence[int]]) -> pl.Series:
        """Return the number of each row of a table; `read` gives those of the rows, by position, that are new.

        Raises:
            Refused: two different rows have the same hash.
        """
        key, check = hashed
        at = self._at(key)
        if at.has_nulls():
            new = at.is_null().arg_true()
            self._learn(key, check, new, read)
            at = at.scatter(new, self._at(key.gather(new)))
        if not (self.checks.gather(at) == check).all():
            raise Refused([Problem("the table", "", "two different rows have the same hash", APART)])
        return self.numbers.gather(at)

    def _at(self, key: pl.Series) -> pl.Series:
        """Return where each key stands among those met, null for no place."""
        if self.keys.is_empty():
            return pl.repeat(None, len(key), dtype=pl.UInt32, eager=True)
        at = self.places.gather(_ending(key, len(self.places)))
        others = (self.keys.gather(at) != key).arg_true()
        return at if others.is_empty() else at.scatter(others, self._searched(key.gather(others)))

    def _searched(self, key: pl.Series) -> pl.Series:
        places = pl.int_range(len(self.keys), dtype=pl.UInt32, eager=True)
        return key.replace_strict(self.keys, places, default=None, return_dtype=pl.UInt32)

    def _learn(
        self, key: pl.Series, check: pl.Series, new: pl.Series, read: Callable[[pl.Series], Sequence[int]]
    ) -> None:
        """Keep the numbers of rows that are met for the first time."""
        index = pl.DataFrame({"key": key.gather(new), "row": new})
        rows = index.unique("key", keep="first", maintain_order=True)["row"]
        numbers = pl.Series(read(rows), dtype=pl.Int32)
        self.keys = self.keys.append(key.gather(rows)).rechunk()
        self.checks = self.checks.append(check.gather(rows)).rechunk()
        self.numbers = self.numbers.append(numbers).rechunk()
        self._place(len(self.keys) - len(rows))

    def _place(self, known: int) -> None:
        """Give a place to the keys behind those known; where places are too few, all keys get others."""
        size = min(2 ** (ROOM * len(self.keys)).bit_length(), MOST_PLACES)
        if size > len(self.places):
            self.places, known = pl.repeat(0, size, dtype=pl.UInt32, eager=True), 0
        new = pl.int_range(known, len(self.keys), dtype=pl.UInt32, eager=True)
        self.places = self.places.scatter(_ending(self.keys.slice(known), size), new)


def _ending(key: pl.Series, size: int) -> pl.Series:
    """Return the last bits of each key, a number below a power of two."""
    return (key & (size - 1)).cast(pl.UInt32)
