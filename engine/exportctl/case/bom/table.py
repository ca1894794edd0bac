"""A table of text: a header and rows that know on which line of a file, or in which row of a sheet, they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exportctl.problem import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file on which it begins, or its number in the sheet, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header and the rows under it; rows without any text are left out, and a short row ends in blank cells.

    `problems` are the faults of its form. `broken`: some rows could not be told apart, so they are missing in `rows`.
    `read_as` says in words what was found out on the way: an encoding, a sheet, the row of the header.
    """

    place: str
    header: Row
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    read_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table whose columns are understood: `columns` holds the position of the column of each field.

    `units` is the currency or unit of mass that the heading of a field names; `mark` the decimal mark of the numbers.
    """

    table: Table
    columns: Mapping[str, int]
    units: Mapping[str, str]
    mark: str | None = None

    def __len__(self) -> int:
        return len(self.table.rows)

    def cell(self, row: int, field: str) -> str:
        """Return a cell as it stands in the file, empty when the row or the table has none."""
        column, cells = self.columns.get(field), self.table.rows[row].cells
        return "" if column is None or column >= len(cells) else cells[column]

    def text(self, row: int, field: str) -> str:
        """Return a cell without the space around it."""
        return self.cell(row, field).strip()

    def names(self, row: int) -> tuple[str, ...]:
        """Return what other rows may call a row: its description, its part number, its item number."""
        found = (self.text(row, field) for field in ("description", "part_number", "item_number"))
        return tuple(dict.fromkeys(name for name in found if name))

    def number(self, row: int) -> int:
        """Return the line of the file on which a row begins, or its number in the sheet."""
        return self.table.rows[row].number

    def at(self, row: int) -> str:
        """Return `file:row`."""
        return f"{self.table.place}:{self.number(row)}"

    def problem(self, row: int, field: str, text: str, hint: str = "") -> Problem:
        """Return a fault of a cell, under the heading of its column."""
        return Problem(self.at(row), self.table.header.cells[self.columns[field]].strip(), text, hint)
