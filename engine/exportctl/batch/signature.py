"""Rows told apart by the cells of some columns: each distinct row of cells is read once, and has a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from exportctl.problem import Problem, Refused

SEEDS = (0x9E3779B9, 0x85EBCA6B)
APART = "screen it in two tables, so that these rows are apart"


@dataclass(eq=False)
class Signatures:
    """The distinct rows of some columns met so far, by two hashes of 64 bits that must agree."""

    columns: tuple[str, ...]
    keys: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    checks: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    numbers: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.Int32))

    def hashed(self, frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        """Return both hashes of each row."""
        chosen = frame.select(self.columns)
        return chosen.hash_rows(SEEDS[0]), chosen.hash_rows(SEEDS[1])

    def new(self, key: pl.Series) -> pl.Series:
        """Return the positions of rows that stand for those not met before, one for each."""
        index = pl.DataFrame({"key": key}).with_row_index("row").filter(~pl.col("key").is_in(self.keys.implode()))
        return index.unique("key", keep="first", maintain_order=True)["row"]

    def learn(self, key: pl.Series, check: pl.Series, rows: pl.Series, numbers: Sequence[int]) -> None:
        """Keep the numbers of rows that were met for the first time."""
        self.keys = self.keys.append(key.gather(rows))
        self.checks = self.checks.append(check.gather(rows))
        self.numbers = self.numbers.append(pl.Series(numbers, dtype=pl.Int32))

    def number(self, key: pl.Series, check: pl.Series) -> pl.Series:
        """Return the number of each row, all of which have been met.

        Raises:
            Refused: two different rows have the same hash.
        """
        at = key.replace_strict(self.keys, pl.int_range(len(self.keys), dtype=pl.UInt32, eager=True))
        if not (self.checks.gather(at) == check).all():
            raise Refused([Problem("the table", "", "two different rows have the same hash", APART)])
        return self.numbers.gather(at)
