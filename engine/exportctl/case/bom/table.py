"""A table of text: from a CSV file to a header and rows that know on which line they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import read_text

DELIMITERS = (",", ";", "\t")
LONGEST_CELL = csv.field_size_limit()


@dataclass(frozen=True)
class Row:
    """One row: the line of the file on which it begins, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header and the rows under it; rows without any text are left out, and a short row ends in blank cells.

    `problems` are the faults of its form. `broken`: some rows could not be told apart, so they are missing in `rows`.
    """

    place: str
    header: Row
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    broken: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table whose columns are understood: `columns` holds the position of the column of each field."""

    table: Table
    columns: Mapping[str, int]

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
        """Return the line of the file on which a row begins."""
        return self.table.rows[row].number

    def at(self, row: int) -> str:
        """Return `file:row`."""
        return f"{self.table.place}:{self.number(row)}"

    def problem(self, row: int, field: str, text: str, hint: str = "") -> Problem:
        """Return a fault of a cell, under the heading of its column."""
        return Problem(self.at(row), self.table.header.cells[self.columns[field]].strip(), text, hint)


def read_table(path: Path, known: Callable[[str], bool]) -> Table:
    """Return the table in a CSV file; comma, semicolon or tab, whichever makes most of the header `known` headings.

    Raises:
        Refused: the file is not text, or its header cannot be read.
    """
    text, place = read_text(path), str(path)
    records = list(_records(text, _delimiter(text, known), place))
    header = records[0] if records else Problem(place, "", "every cell is blank")
    if isinstance(header, Problem):
        raise Refused([header])
    rows = [record for record in records[1:] if isinstance(record, Row)]
    faults = [record for record in records if isinstance(record, Problem)]
    ragged = [_ragged(row, header, place) for row in rows if len(row.cells) > len(header.cells)]
    if len(records) == 1:
        ragged.append(Problem(f"{place}:{header.number}", "", "the table has a header and no rows"))
    return Table(place, header, tuple(rows), (*faults, *ragged), bool(faults))


def _delimiter(text: str, known: Callable[[str], bool]) -> str:
    def likeness(delimiter: str) -> tuple[int, int]:
        header = next(_records(text, delimiter, ""), None)
        cells = header.cells if isinstance(header, Row) else ()
        return sum(known(cell) for cell in cells), len(cells)

    return max(DELIMITERS, key=likeness)


def _records(text: str, delimiter: str, place: str) -> Iterator[Row | Problem]:
    """Yield each row that holds any text, or the fault that keeps it from being read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        record = _next(reader, number, place)
        if record is None:
            return
        if isinstance(record, Problem) or any(cell.strip() for cell in record.cells):
            yield record


def _next(reader: Iterator[list[str]], number: int, place: str) -> Row | Problem | None:
    try:
        return Row(number, tuple(next(reader)))
    except StopIteration:
        return None
    except csv.Error as error:
        if "limit" in str(error):
            return Problem(f"{place}:{number}", "", f"a cell is longer than {LONGEST_CELL} characters")
        hint = 'a cell that begins with `"` ends with `"`, and every `"` inside it is doubled'
        return Problem(f"{place}:{number}", "", "a quoted cell does not end where it should", hint)


def _ragged(row: Row, header: Row, place: str) -> Problem:
    text = f"{len(row.cells)} cells under {len(header.cells)} headings"
    return Problem(f"{place}:{row.number}", "", text, 'put a cell that holds the separator between `"`')
