"""The sheet on which a supplier lists what is inside an item: one row a component."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from exportctl.case.bom.cells import Cells
from exportctl.case.bom.table import Row, Sheet, Table
from exportctl.problem import Problem
from exportctl.request import columns as c


def components(path: Path, rows: Sequence[Row]) -> tuple[dict[str, list[dict[str, Any]]], list[Problem]]:
    """Return the components that are listed, as the blocks of a case, by the item that holds them; and every fault.

    Rows without any answer are left out.
    """
    place = f"{path}[{c.INSIDE}]"
    filled = (row for row in rows[1:] if any(cell.strip() for cell in row.cells[1:]))
    table = Table(place, rows[0], tuple(Row(row.number, tuple(_words(row.cells))) for row in filled))
    sheet = Sheet(table, {name: column for column, name in enumerate(c.OF_COMPONENT)}, {})
    cells, found, problems = Cells(sheet), dict[str, list[dict[str, Any]]](), []
    for row in range(len(sheet)):
        item = sheet.text(row, "parent")
        if item:
            found.setdefault(item, []).append(cells.facts(row))
        else:
            problems.append(sheet.problem(row, "parent", "it does not say inside which item this is"))
    return found, [*problems, *cells.problems]


def _words(cells: Sequence[str]) -> Iterator[str]:
    """Yield cells with the words of a case for choices, which stand with their Chinese."""
    for cell, name in zip_longest(cells[: len(c.OF_COMPONENT)], c.OF_COMPONENT, fillvalue=""):
        yield c.word_of(cell.strip()) if name in c.CHOSEN else cell
