"""Rows as lines of text: cells are quoted as Polars quotes them, and none begins like a formula."""

from __future__ import annotations

import io

import polars as pl

FORMULA = r"^[=+\-@\t\r]"
FAST = 3  # so many single bytes are searched for at once
STARTS, MINUS = "=+-@\t\r", "-"
NUMBER = r"^[+-]?\d+(\.\d+)?$"
END = "\0\n"


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table in which no cell begins like a formula: such a cell gets an apostrophe before it."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    suspect = frame.select(pl.col(name).str.contains(FORMULA).any() for name in texts).row(0) if texts else ()
    return frame.with_columns(_escaped(name) for name, is_suspect in zip(texts, suspect, strict=True) if is_suspect)


def _escaped(name: str) -> pl.Expr:
    text = pl.col(name)
    like = text.str.contains(FORMULA) & ~text.str.contains(NUMBER)
    return pl.when(like).then(pl.lit("'") + text).otherwise(text).alias(name)


def as_lines(frame: pl.DataFrame, separator: str) -> pl.Series:
    """Return each row as a line without its end."""
    found = _written(harmless(frame), separator).removesuffix(END).split(END) if frame.height else []
    if len(found) != frame.height:
        found = [_written(harmless(row), separator).removesuffix(END) for row in frame.iter_slices(1)]
    return pl.Series(found, dtype=pl.String)


def suspects(lines: pl.Series, separator: str) -> pl.Series:
    """Return which lines of unquoted cells hold one that begins like a formula."""
    rare = [start for start in STARTS if start not in (MINUS, separator)]
    maybe = lines.str.contains_any(rare[:FAST]) | lines.str.contains_any(rare[FAST:])
    maybe |= lines.str.contains(separator + MINUS, literal=True)
    rows = (maybe | lines.str.starts_with(MINUS)).arg_true()
    some = lines.gather(rows)
    pairs = [separator + start for start in (MINUS, *rare)]
    sure = rows.filter(some.str.contains_any(pairs) | some.str.contains(FORMULA))
    return pl.repeat(value=False, n=len(lines), eager=True).scatter(sure, values=True)


def _written(frame: pl.DataFrame, separator: str) -> str:
    """Return the rows as text; a mark that no cell holds stands at the end of each."""
    file = io.BytesIO()
    frame.write_csv(file, include_header=False, separator=separator, line_terminator=END)
    return file.getvalue().decode()
