"""Columns of few rows and of many are combined in two ways that give one answer."""

import polars as pl
import pytest

from exportctl.batch.column import FEW, column, combine
from exportctl.batch.sample import spread


def rows_of(found):
    return [found.values[code] for code in found.codes.to_list()]


@pytest.mark.parametrize("height", [1, FEW, FEW + 1])
def test_each_row_is_merged_from_its_own_values(height):
    plain = [[row * row % most for row in range(height)] for most in (1, 3, 7, 41)]
    found = combine([column(values) for values in plain], lambda values: sum(values) // 2)
    assert rows_of(found) == [sum(values) // 2 for values in zip(*plain, strict=True)]


@pytest.mark.parametrize("height", [0, 1, FEW, FEW + 1])
def test_only_numbers_that_occur_are_spread(height):
    numbers = [2 * (row % 5) for row in range(height)]
    found = spread(pl.Series(numbers, dtype=pl.UInt64), "abcdefghijkl")
    assert rows_of(found) == ["abcdefghijkl"[number] for number in numbers]
    assert set(found.values) == {"abcdefghijkl"[number] for number in numbers}
