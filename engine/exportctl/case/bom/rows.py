"""What has to be settled about rows before they are parts: cells that span several, sums at the end, decimal marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exportctl.case.bom.columns import NAMES
from exportctl.case.bom.table import Row, Table
from exportctl.case.bom.workbook import Merged
from exportctl.case.words import decimal_mark
from exportctl.problem import Problem

AMOUNTS = ("quantity", "unit_value", "value", "cn_part1_value", "price_per_kg", "unit_mass", "unit_mass_g")
SUMS = frozenset(
    ["total", "total:", "sum", "sum:", "grand total", "subtotal", "sub-total", "合计", "总计", "小计", "共计", "summe",
     "gesamt", "gesamtsumme", "zwischensumme", "合計", "小計", "総計"]
)  # fmt: skip


@dataclass
class Settled:
    """The table with its rows settled, the decimal mark of its numbers, and what was found on the way."""

    table: Table
    mark: str | None = None
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def settle(table: Table, merged: Sequence[Merged], columns: Mapping[str, int]) -> Settled:
    """Return the rows that are parts.

    A cell that spans several rows says the same of each of them; an amount that does is a problem, for it may be for
    all of them together. Rows that add up others are set aside with a warning.
    """
    found = Settled(table)
    if spanned := [span for span in merged if span.last > span.first > table.header.number]:
        _fill(found, spanned, {position: name for name, position in columns.items()})
    sums = {row.number for row in found.table.rows if _adds_up(row, columns)}
    if sums:
        kept = tuple(row for row in found.table.rows if row.number not in sums)
        found.warnings += [f"{table.place}:{number}: this row adds up others and is no part" for number in sorted(sums)]
        found.table = replace(found.table, rows=kept)
    found.mark = decimal_mark(_numbers(found.table, columns))
    return found


def _fill(found: Settled, spanned: Sequence[Merged], names: Mapping[int, str]) -> None:
    rows = {row.number: row for row in found.table.rows}
    for span in spanned:
        name, first = names.get(span.column), rows.get(span.first)
        text = first.cells[span.column] if first and span.column < len(first.cells) else ""
        if name is None or not text.strip():
            continue
        if name in AMOUNTS:
            found.problems.append(_shared(found.table, span, text))
            continue
        for number in range(span.first + 1, span.last + 1):
            if number in rows:
                rows[number] = _with(rows[number], span.column, text)
    found.table = replace(found.table, rows=tuple(rows.values()))


def _with(row: Row, column: int, text: str) -> Row:
    cells = row.cells + ("",) * (column + 1 - len(row.cells))
    return Row(row.number, (*cells[:column], text, *cells[column + 1 :]))


def _shared(table: Table, span: Merged, text: str) -> Problem:
    fault = f"`{text}` is one cell for rows {span.first} to {span.last}: an amount for each of them, or for all"
    heading = table.header.cells[span.column].strip()
    return Problem(
        f"{table.place}:{span.first}", heading, fault, "undo the merged cell and give each row its own amount"
    )


def _adds_up(row: Row, columns: Mapping[str, int]) -> bool:
    first = next((cell for cell in row.cells if cell.strip()), "").strip().casefold()
    names = [row.cells[columns[name]].strip() for name in NAMES if name in columns and columns[name] < len(row.cells)]
    return first in SUMS and all(not name or name.casefold() in SUMS for name in names)


def _numbers(table: Table, columns: Mapping[str, int]) -> Iterator[str]:
    positions = [columns[name] for name in AMOUNTS if name in columns]
    for row in table.rows:
        for position in positions:
            if position < len(row.cells) and ("," in row.cells[position] or "." in row.cells[position]):
                yield row.cells[position]
