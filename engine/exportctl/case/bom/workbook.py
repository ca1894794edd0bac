"""The sheets of an XLSX, XLS or ODS workbook as rows of text; formulas by the value they had when it was saved."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exportctl.case.bom.open_workbook import FIRST_VISIBLE
from exportctl.case.bom.table import Row
from exportctl.problem import Problem, Refused

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
LARGEST_WORKBOOK = 200_000_000
_CHILD = "exportctl.case.bom.open_workbook"


@dataclass(frozen=True)
class Merged:
    """A cell that spans several rows or columns.

    `first` and `last` are its rows, counted from 1, `column` the first of its `columns`, counted from 0.
    """

    first: int
    last: int
    column: int
    columns: int = 1


@dataclass
class Grid:
    """The cells of one sheet. Rows without any text are left out; the others know their number in the sheet."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merged: tuple[Merged, ...] = ()


def sheet_names(path: Path) -> list[str]:
    """Return the names of the visible worksheets.

    Raises:
        Refused: the file is no workbook, is protected, broken, or unpacks to more than it should.
    """
    return [line[1] for line in _lines(path, 0, ()) if line[0] == "sheet" and line[2]]


def grids(path: Path, names: Sequence[str], head: int = 0) -> dict[str, Grid]:
    """Return sheets by name, with their first `head` rows; all rows for 0.

    Raises:
        Refused: as `sheet_names`.
    """
    found: dict[str, Grid] = {}
    number, left = 0, 0
    for kind, *line in _lines(path, head, names):
        if kind == "rows":
            name, left, number = line[0], line[1], 0
            grid = found[name] = Grid(name, merged=tuple(_merged(line[2])))
        elif kind == "row":
            number += 1
            if any(cell.strip() for cell in line):
                grid.rows.append(Row(number, ("",) * left + tuple(line)))
    return found


def first_sheet(path: Path) -> tuple[int, Iterator[Row]]:
    """Return how many rows the first visible worksheet has, and those with any text, read while they are taken.

    Raises:
        Refused: as `sheet_names`, or there is no such sheet; also while rows are taken.
    """
    lines = _lines(path, 0, (FIRST_VISIBLE,))
    about = next((line for line in lines if line[0] == "rows"), None)
    if about is None:
        raise Refused([Problem(str(path), "", "has no visible worksheet")])
    left = ("",) * about[2]
    rows = (Row(number, left + tuple(cells)) for number, (_, *cells) in enumerate(lines, 1))
    return about[4], (row for row in rows if any(cell.strip() for cell in row.cells))


def _merged(ranges: Sequence[Any]) -> Iterator[Merged]:
    for (first, column), (last, end) in ranges:
        yield Merged(first + 1, last + 1, column, end - column + 1)


def _lines(path: Path, head: int, names: Sequence[str]) -> Iterator[list[Any]]:
    """Yield what the process that opens the workbook prints.

    Raises:
        Refused: it found a fault, or needed more memory than it may have.
    """
    _check_size(path)
    command = [sys.executable, "-m", _CHILD, str(path), str(head), *names]
    with subprocess.Popen(  # noqa: S603 - this program's own module, without a shell
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as child:
        for text in child.stdout or ():
            line = json.loads(text)
            if line[0] == "fault":
                raise Refused([Problem(str(path), "", line[1], line[2])])
            yield line
    if child.returncode:
        raise Refused([Problem(str(path), "", "the workbook needs too much memory to open", "save the sheet as CSV")])


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Refused([Problem(str(path), "", f"cannot be read: {error.strerror}")]) from None
    if size > LARGEST_WORKBOOK:
        text = f"larger than {LARGEST_WORKBOOK // 1_000_000} MB"
        raise Refused([Problem(str(path), "", text, "split the file, or save the sheet as CSV")])
