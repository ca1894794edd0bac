"""Cells of a sheet by their name, `D8`, for forms whose answers stand in fixed places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exportctl.case.bom.table import Row
from exportctl.case.bom.workbook import Grid

_NAME = re.compile(r"([A-Z]{1,3})([0-9]+)")
LETTERS = 26


class Form:
    """One sheet of a form."""

    def __init__(self, grid: Grid) -> None:
        self._rows = {row.number: row for row in grid.rows}

    def __getitem__(self, name: str) -> str:
        match = _NAME.fullmatch(name)
        if match is None:
            raise KeyError(name)
        row = self._rows.get(int(match[2]))
        return "" if row is None else text(row, match[1])

    def rows(self, first: int) -> Iterator[Row]:
        """Yield the rows that hold any text, from a row on."""
        return (row for number, row in self._rows.items() if number >= first)


def text(row: Row, column: str) -> str:
    """Return the cell of a row in a column named by letters."""
    position = 0
    for letter in column:
        position = position * LETTERS + ord(letter) - ord("A") + 1
    return row.cells[position - 1].strip() if position <= len(row.cells) else ""
