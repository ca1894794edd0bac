"""Rows that cannot be read: one line each, with the first cell that is wrong and how many more there are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import polars as pl

from exportctl.batch.amounts import Amounts
from exportctl.batch.reading import Bad, Cells

SCHEMA = {"row": pl.Int64, "column": pl.String, "value": pl.String, "problem": pl.String, "hint": pl.String}
Fault = tuple[str, str | None, Bad]
DAY_HINT = "write the day as 2026-01-15"


def rejected(frame: pl.DataFrame, bad: pl.Series, cells: Cells, amounts: Amounts, numbers: pl.Series) -> pl.DataFrame:
    """Return what is wrong with each bad row of a table, by row number."""
    rows = bad.arg_true()
    if rows.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    texts = {name: frame[name].gather(rows) for name in cells.headings.facts if name in frame.columns}
    faults = {name: _faulty(name, column, cells, amounts) for name, column in texts.items()}
    wrong = [(known, texts[name].to_list()) for name, known in faults.items() if known]
    found = ([known[row[at]] for known, row in wrong if row[at] in known] for at in range(len(rows)))
    lines = [(number, *_line(faults)) for number, faults in zip(numbers.gather(rows).to_list(), found, strict=True)]
    return pl.DataFrame(lines, schema=SCHEMA, orient="row")


def _faulty(name: str, column: pl.Series, cells: Cells, amounts: Amounts) -> dict[str | None, Fault]:
    """Return what is wrong with each distinct text of a column, where something is."""
    found = (fault for text in column.unique().to_list() for fault in _faults(name, text, cells, amounts))
    return {text: (name, text, bad) for name, text, bad in found}


def _faults(name: str, text: str | None, cells: Cells, amounts: Amounts) -> Iterator[Fault]:
    path = cells.headings.facts[name]
    if path in amounts.columns:
        if (bad := amounts.fault(text, path)) is not None:
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


def _line(found: list[Fault]) -> tuple[str, str | None, str, str]:
    if not found:
        raise AssertionError("a row was rejected without a reason")
    name, text, bad = found[0]
    more = "".join(f"; also `{other}`: {one.problem}" for other, _, one in found[1:])
    return name, text, bad.problem + more, bad.hint
