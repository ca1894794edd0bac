"""Shares stated in columns: exact ratios of plain amounts in whole numbers, their text, and the side of every mark.

Amounts of at most 9 digits before and 4 behind the point, as whole ten-thousandths, times at most 9999 pieces: that is
less than 10**17, so nothing here passes 2**63. Marks are compared in 128 bits, which wrap in silence: `fits` is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

import polars as pl

from exportctl.exact import written

USUAL, FEW_PIECES = r"^[0-9]{1,9}(\.[0-9]{1,4})?$", "^[0-9]{1,4}$"
UNIT_VALUE = "item.unit_value"
PLACES = 4
GREATEST = 10 ** (9 + PLACES + 4)
POWERS = (*(2**exponent for exponent in (32, 16, 8, 4, 2, 1)), *(5**exponent for exponent in (16, 8, 4, 2, 1)))


def fits(marks: Sequence[Fraction]) -> bool:
    """Return whether usual amounts can be compared with all marks in 128 bits."""
    return all(GREATEST * max(mark.numerator, mark.denominator) < 2**127 for mark in marks)


def is_usual(content: str, worth: str, pieces: str | None, columns: Sequence[str]) -> pl.Expr:
    """Return which rows have amounts that fit; `pieces` is None where none are counted.

    The worth of one piece comes before that of a line, so a line counts where the former is blank.
    """
    plain = [pl.col(name).str.contains(USUAL) for name in (content, worth)]
    blank = [pl.col(UNIT_VALUE).is_null()] if worth != UNIT_VALUE and UNIT_VALUE in columns else []
    return pl.all_horizontal(*plain, *blank, *([pl.col(pieces).str.contains(FEW_PIECES)] if pieces else []))


def ratios(frame: pl.DataFrame, content: str, worth: str, pieces: str | None) -> pl.DataFrame:
    """Return the ratio of the content to the worth of one piece, at most 1: `top` over `below`, without common factor.

    All amounts are usual and more than nothing.
    """
    many = pl.col(pieces).cast(pl.Int64) if pieces else pl.lit(1, dtype=pl.Int64)
    whole = frame.select(top=_scaled(content) * many, below=_scaled(worth))
    top, below = whole["top"], whole["below"]
    one = top >= below
    top = top.zip_with(~one, below)
    common = _greatest_common(top, below)
    return pl.DataFrame({"top": top // common, "below": below // common})


def sides(found: pl.DataFrame, marks: Sequence[Fraction]) -> pl.Series:
    """Return one number for the sides of all marks a ratio lies on: by mark below 0, on it 1, above it 2."""
    number = pl.repeat(0, pl.len(), dtype=pl.UInt32)
    for mark in marks:
        this = pl.col("top").cast(pl.Int128) * pl.lit(mark.denominator, dtype=pl.Int128)
        that = pl.col("below").cast(pl.Int128) * pl.lit(mark.numerator, dtype=pl.Int128)
        number = number * 3 + pl.when(this < that).then(0).when(this == that).then(1).otherwise(2)
    return found.select(number.cast(pl.UInt32)).to_series()


def side_of(ratio: Fraction, marks: Sequence[Fraction]) -> int:
    """Return the number that `sides` gives a ratio."""
    return reduce(lambda number, mark: number * 3 + (ratio > mark) - (ratio < mark) + 1, marks, 0)


def texts(found: pl.DataFrame) -> pl.Series:
    """Return the ratios as `exportctl.exact.written` writes them."""
    endless = pl.concat_str(pl.col("top").cast(pl.String), pl.lit("/"), pl.col("below").cast(pl.String))
    each = found.with_columns(text=endless, ends=_ends(found["below"]))
    decimal = each.filter("ends").select("top", "below").unique()
    lines = [written(Fraction(top, below)) for top, below in decimal.iter_rows()]
    decimal = decimal.with_columns(decimal=pl.Series(lines, dtype=pl.String))
    joined = each.join(decimal, on=["top", "below"], how="left", maintain_order="left")
    return joined.select(pl.coalesce("decimal", "text").alias("ratio")).to_series()


def _scaled(name: str) -> pl.Expr:
    """Return an amount in ten-thousandths."""
    before = pl.col(name).str.extract("^([0-9]+)")
    behind = pl.col(name).str.extract(r"\.([0-9]+)$").fill_null("").str.pad_end(PLACES, "0")
    return pl.concat_str(before, behind).cast(pl.Int64)


def _greatest_common(one: pl.Series, other: pl.Series) -> pl.Series:
    """Return the greatest common divisor in each row, by Euclid's steps."""
    found = one
    while (other != 0).any():
        done = other == 0
        rest = found % other.zip_with(~done, pl.repeat(1, len(other), dtype=pl.Int64, eager=True))
        found, other = found.zip_with(done, other), other.zip_with(done, rest)
    return found


def _ends(rest: pl.Series) -> pl.Series:
    """Return whether the decimal ends: the denominator has no factors but 2 and 5."""
    for power in POWERS:
        rest = (rest // power).zip_with(rest % power == 0, rest)
    return rest == 1
