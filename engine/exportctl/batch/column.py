"""A column of few distinct values over many rows: each row holds the number of its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

WIDEST = 2**62
SMALL = 2**16
FEW = 2**10


@dataclass(frozen=True)
class Column:
    """`codes` are positions in `values`, one a row; `values` are hashable."""

    codes: pl.Series
    values: tuple[Any, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def map(self, change: Callable[[Any], Any]) -> Column:
        """Return the column with every value changed."""
        numbers: dict[Any, int] = {}
        codes = [numbers.setdefault(change(value), len(numbers)) for value in self.values]
        if len(numbers) == len(codes):
            return Column(self.codes, tuple(numbers))
        if len(numbers) == 1:
            return constant(next(iter(numbers)), len(self))
        return Column(pl.Series(codes, dtype=pl.UInt32)[self.codes], tuple(numbers))

    def texts(self, write: Callable[[Any], Any], dtype: pl.DataType | type[pl.DataType] = pl.String) -> pl.Series:
        """Return the column as plain values of a type, one a row."""
        return pl.Series([write(value) for value in self.values], dtype=dtype)[self.codes]

    def take(self, rows: pl.Series) -> Column:
        """Return the column at other rows, by position."""
        return Column(self.codes[rows], self.values)


def constant(value: Any, height: int) -> Column:
    """Return a column of one value."""
    return Column(_zeros(height), (value,))


@lru_cache(maxsize=8)
def _zeros(height: int) -> pl.Series:
    return pl.repeat(0, height, dtype=pl.UInt32, eager=True)


def column(values: Sequence[Any]) -> Column:
    """Return a column of plain values, given one a row."""
    numbers: dict[Any, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in values]
    return Column(pl.Series(codes, dtype=pl.UInt32), tuple(numbers))


def combine(columns: Sequence[Column], merge: Callable[[tuple[Any, ...]], Any]) -> Column:
    """Return `merge` of the values in each row, worked out once for each distinct combination of them."""
    height = len(columns[0])
    varying = [position for position, part in enumerate(columns) if len(part.values) > 1]
    fixed = [part.values[0] if len(part.values) == 1 else None for part in columns]
    if not varying:
        return constant(merge(tuple(fixed)), height)
    if height <= FEW:
        return _combined_one_by_one(columns, merge, varying)
    key = _key(columns, varying)
    numbers: dict[Any, int] = {}
    found: dict[int, int] = {}
    for code in key.unique().to_list():
        row = list(fixed)
        for position, value in _split(code, columns, varying):
            row[position] = value
        found[code] = numbers.setdefault(merge(tuple(row)), len(numbers))
    return Column(_mapped(key, found), tuple(numbers))


def _combined_one_by_one(
    columns: Sequence[Column], merge: Callable[[tuple[Any, ...]], Any], varying: Sequence[int]
) -> Column:
    """Return the same of few rows, without the calls that pay for many only."""
    row = [part.values[0] if part.values else None for part in columns]
    rows = list(zip(*(columns[position].codes.to_list() for position in varying), strict=True))
    numbers: dict[Any, int] = {}
    found: dict[tuple[int, ...], int] = {}
    for codes in dict.fromkeys(rows):
        for position, code in zip(varying, codes, strict=True):
            row[position] = columns[position].values[code]
        found[codes] = numbers.setdefault(merge(tuple(row)), len(numbers))
    return Column(pl.Series([found[codes] for codes in rows], dtype=pl.UInt32), tuple(numbers))


def pairs(columns: Sequence[Column]) -> Column:
    """Return the columns as one column of tuples."""
    return combine(columns, lambda values: values)


def _key(columns: Sequence[Column], varying: Sequence[int]) -> pl.Series:
    """Return one number a row for the combination of values."""
    key = columns[varying[0]].codes.cast(pl.UInt64)
    for position in varying[1:]:
        key = key * len(columns[position].values) + columns[position].codes
    return key


def _split(code: int, columns: Sequence[Column], varying: Sequence[int]) -> list[tuple[int, Any]]:
    found = []
    for position in reversed(varying):
        code, rest = divmod(code, len(columns[position].values))
        found.append((position, columns[position].values[rest]))
    return found


def _mapped(key: pl.Series, found: dict[int, int]) -> pl.Series:
    """Return what was found for each key, one a row."""
    if (most := max(found)) < SMALL:
        table = [0] * (most + 1)
        for code, number in found.items():
            table[code] = number
        return pl.Series(table, dtype=pl.UInt32)[key]
    old, new = pl.Series(list(found), dtype=pl.UInt64), pl.Series(list(found.values()), dtype=pl.UInt32)
    return key.replace_strict(old, new, return_dtype=pl.UInt32)


def fold(columns: Sequence[Column], merge: Callable[[tuple[Any, ...]], Any]) -> Column:
    """Return `merge` of many columns; those too many for one key are brought together in stages."""
    wide = 1
    stages: list[list[Column]] = [[]]
    for part in columns:
        if wide * len(part.values) > WIDEST:
            wide, stages = 1, [*stages, []]
        wide *= len(part.values)
        stages[-1].append(part)
    if len(stages) == 1:
        return combine(columns, merge)
    grouped = [combine(stage, lambda values: values) for stage in stages]
    return fold(grouped, lambda values: merge(tuple(one for group in values for one in group)))


def gather(columns: Sequence[Column], merge: Callable[[Any, Any], Any]) -> Column:
    """Return many columns merged two by two; `merge` does not mind the order."""
    found = columns[0]
    for part in columns[1:]:
        found = combine([found, part], lambda pair: merge(*pair))
    return found
