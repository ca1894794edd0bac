"""Rows that cannot be read: one line each, with the first cell that is wrong and how many more there are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import polars as pl

from exportctl.batch.amounts import Amounts
from exportctl.batch.reading import Bad, Cells

SCHEMA = {"row": pl.Int64, "column": pl.String, "value": pl.String, "problem": pl.String, "hint": pl.String}
DAY_HINT = "write the day as 2026-01-15"


def rejected(frame: pl.DataFrame, bad: pl.Series, cells: Cells, amounts: Amounts, numbers: pl.Series) -> pl.DataFrame:
    """Return what is wrong with each bad row of a table, by row number."""
    rows = bad.arg_true()
    lines = []
    for number, texts in zip(numbers.gather(rows), frame[rows].iter_rows(named=True), strict=True):
        found = [one for name in cells.headings.facts for one in _faults(name, texts[name], cells, amounts)]
        lines.append((number, *_line(found)))
    return pl.DataFrame(lines, schema=SCHEMA, orient="row")


def _faults(name: str, text: str | None, cells: Cells, amounts: Amounts) -> Iterator[tuple[str, str | None, Bad]]:
    path = cells.headings.facts[name]
    if path in amounts.columns:
        if text is not None and (bad := amounts.bad.get((name, text))) is not None:
            yield name, text, bad
        return
    if path == "on":
        if text and not _is_day(text):
            yield name, text, Bad(f"`{text}` is not a day", DAY_HINT)
        return
    found = cells.read(name, text)
    if isinstance(found, Bad):
        yield name, text, found


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return not text.strip()


def _line(found: list[tuple[str, str | None, Bad]]) -> tuple[str, str | None, str, str]:
    if not found:
        raise AssertionError("a row was rejected without a reason")
    name, text, bad = found[0]
    more = "".join(f"; also `{other}`: {one.problem}" for other, _, one in found[1:])
    return name, text, bad.problem + more, bad.hint
