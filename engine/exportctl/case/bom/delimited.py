"""Rows of a CSV or TSV file: its separator found from the headings, its quotes checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice

from exportctl.case.bom.header import HEADER_ROWS, header_at
from exportctl.case.bom.table import Row
from exportctl.problem import Problem

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = csv.field_size_limit()


def records(text: str, place: str, known: Callable[[str], bool]) -> Iterator[Row | Problem]:
    """Yield each row that holds any text, or the fault that keeps it from being read.

    Comma, semicolon, tab or bar: whichever makes most of one of the first rows `known` headings.
    """
    return _records(text, _delimiter(text, known), place)


def _delimiter(text: str, known: Callable[[str], bool]) -> str:
    def likeness(delimiter: str) -> tuple[int, int]:
        rows = [row for row in islice(_records(text, delimiter, ""), HEADER_ROWS) if isinstance(row, Row)]
        cells = rows[header_at(rows, known)].cells if rows else ()
        return len({cell for cell in cells if known(cell)}), len(cells)

    return max(DELIMITERS, key=likeness)


def _records(text: str, delimiter: str, place: str) -> Iterator[Row | Problem]:
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
