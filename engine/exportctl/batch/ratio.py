"""Shares stated in columns: exact ratios of plain amounts in whole numbers, their text, and the side of every mark.

Amounts are whole billionths in 128 bits, null where a text is not plain. Those of at most 9 digits before and 4 behind
the point, as whole ten-thousandths, times at most 9999 pieces, are less than 10**17, so nothing here passes 2**63.
Marks are compared in 128 bits where they must be; those wrap in silence: `fits` is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from exportctl.exact import written

PLAIN = r"^[0-9]{1,18}(\.[0-9]{1,9})?$"
ONE = 10**9
STEP = 10**5
DIGITS, PLACES, PIECES = 9, 4, 4
GREATEST = 10 ** (DIGITS + PLACES + PIECES)
DECIMALS = 18
STATED = {"top": pl.Int64, "below": pl.Int64, "text": pl.String}
"""What is kept of a ratio that a row states: whole numbers, or its text where they do not fit."""
POWERS_OF_5 = [5**exponent for exponent in range(DECIMALS + 7)]


def amount(name: str) -> pl.Expr:
    """Return the plain amounts of a column of texts in whole billionths, null where a text is anything else."""
    text = pl.col(name)
    return pl.when(text.str.contains(PLAIN)).then(text.cast(pl.Decimal(27, 9), strict=False).to_physical())


def fits(marks: Sequence[Fraction]) -> bool:
    """Return whether usual amounts can be compared with all marks in 128 bits."""
    return all(GREATEST * max(mark.numerator, mark.denominator) < 2**127 for mark in marks)


def is_usual(content: str, worth: str, pieces: str | None) -> pl.Expr:
    """Return which rows have amounts that fit; `pieces` is None where none are counted."""
    fit = [(pl.col(name) < ONE * 10**DIGITS) & (pl.col(name) % STEP == 0) for name in (content, worth)]
    count = [(pl.col(pieces) < ONE * 10**PIECES) & (pl.col(pieces) % ONE == 0)] if pieces else []
    return pl.all_horizontal(*fit, *count).fill_null(value=False)


def ratios(frame: pl.DataFrame, content: str, worth: str, pieces: str | None) -> pl.DataFrame:
    """Return the ratio of the content to the worth of one piece, at most 1: `top` over `below`.

    All amounts are usual and more than nothing.
    """
    many = pl.col(pieces) // ONE if pieces else pl.lit(1)
    top, below = ((pl.col(name) // STEP).cast(pl.Int64) for name in (content, worth))
    return frame.select(pl.min_horizontal(top * many.cast(pl.Int64), below).alias("top"), below.alias("below"))


def sides(found: pl.DataFrame, marks: Sequence[Fraction]) -> pl.Series:
    """Return the side of all marks, the least first, that a ratio lies on: a mark reached counts 1, one passed 2."""
    greatest = int(found["below"].max() or 0)  # type: ignore[arg-type]
    terms = [part for mark in marks for part in (mark.numerator, mark.denominator)]
    kind = pl.Int64 if greatest * max(terms, default=0) < 2**63 else pl.Int128
    side = pl.repeat(0, pl.len(), dtype=pl.UInt32)
    for mark in marks:
        this = pl.col("top").cast(kind) * pl.lit(mark.denominator, dtype=kind)
        that = pl.col("below").cast(kind) * pl.lit(mark.numerator, dtype=kind)
        side += (this >= that).cast(pl.UInt32) + (this > that).cast(pl.UInt32)
    return found.select(side).to_series()


def side_of(ratio: Fraction, marks: Sequence[Fraction]) -> int:
    """Return the side that `sides` gives a ratio."""
    return sum((ratio >= mark) + (ratio > mark) for mark in marks)


def told(stated: pl.DataFrame) -> pl.Series:
    """Return the text of each ratio of a table of `STATED`, null where none is stated."""
    rows = stated["top"].is_not_null().arg_true()
    return stated["text"].scatter(rows, texts(stated.select("top", "below")[rows]))


def texts(found: pl.DataFrame) -> pl.Series:
    """Return the ratios as `exportctl.exact.written` writes them."""
    found, below = found.select(pl.all() // _greatest_common(found["top"], found["below"])), pl.col("below")
    is_short = found.select(10**DECIMALS % below == 0).to_series()
    short, rows = is_short.arg_true(), (~is_short).arg_true()
    ends = found[rows].select((below // (below & -below)).is_in(POWERS_OF_5)).to_series()
    long, endless = rows.filter(ends), rows.filter(~ends)
    written_out = [written(Fraction(*pair)) for pair in found[long].iter_rows()]
    divided = found[endless].select(pl.col("top").cast(pl.String) + "/" + below.cast(pl.String)).to_series()
    decimal = found[short].select(_decimal()).to_series()
    text = pl.repeat(None, found.height, dtype=pl.String, eager=True)
    return text.scatter(short, decimal).scatter(endless, divided).scatter(long, pl.Series(written_out, dtype=pl.String))


def _decimal() -> pl.Expr:
    """Return the text of ratios whose decimal ends after at most `DECIMALS` places."""
    digits = (pl.col("top") * (10**DECIMALS // pl.col("below"))).cast(pl.String)
    decimal = "0." + digits.str.pad_start(DECIMALS, "0").str.strip_chars_end("0")
    return pl.when(pl.col("top") == pl.col("below")).then(pl.lit("1")).otherwise(decimal).alias("text")


def _greatest_common(one: pl.Series, other: pl.Series) -> pl.Series:
    """Return the greatest common divisor in each row, by Euclid's steps; a row leaves when it is done."""
    left = pl.DataFrame({"one": one, "other": other}).with_row_index("row")
    done = [left.clear()]
    while left.height:
        left = left.with_columns(one="other", other=pl.col("one") % pl.col("other"))
        ended = left["other"] == 0
        if ended.any():
            done.append(left.filter(ended))
            left = left.filter(~ended)
    return pl.concat(done, rechunk=True).sort("row")["one"]
