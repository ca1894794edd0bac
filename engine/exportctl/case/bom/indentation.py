"""Structure by indentation: the name of a component begins further to the right than that of what holds it."""

from __future__ import annotations

import re

from exportctl.case.bom.arrangement import Arrangement, numbers
from exportctl.case.bom.columns import NAMES
from exportctl.case.bom.table import Sheet

NARROWEST = 2
_LEADING = re.compile(r"[ \t\u3000\u00a0│├└─|+`.·•-]*")
_SPACE = re.compile(r"[ \t\u3000\u00a0│├└]")


def indented_column(sheet: Sheet) -> str | None:
    """Return the name column whose cells step to the right; None when none does.

    A step is two spaces, a tab, a full-width space or a drawn branch: one space alone is carelessness.
    """
    for name in NAMES:
        if name in sheet.columns and any(_width(sheet.cell(row, name)) >= NARROWEST for row in range(len(sheet))):
            return name
    return None


def by_indentation(sheet: Sheet, name: str) -> Arrangement:
    """Return the arrangement the indentation gives, and a warning that says so."""
    found = Arrangement(
        warnings=[f"{sheet.at(0)}: the structure is read from the indentation of `{_heading(sheet, name)}`"]
    )
    above: list[tuple[int, int]] = []
    for row in range(len(sheet)):
        width, stepped_back = _width(sheet.cell(row, name)), False
        while above and above[-1][0] > width:
            above.pop()
            stepped_back = True
        if above and above[-1][0] == width:
            above.pop()
        elif stepped_back:
            text = "begins at no place where a row above it begins"
            found.problems.append(sheet.problem(row, name, text, "indent it like the rows it stands beside"))
        found.parents.append(above[-1][1] if above else None)
        above.append((width, row))
    tops = [row for row, parent in enumerate(found.parents) if parent is None]
    found.rootless = len(tops) > 1
    if found.rootless:
        text = f"{numbers(sheet, tops)} are not indented and are read as components of one item"
        found.warnings.append(f"{sheet.at(tops[1])}: {text}")
    return found


def _width(cell: str) -> int:
    """Return how far a cell is indented, in spaces; a branch drawn of lines counts as its characters."""
    leading = (_LEADING.match(cell) or [""])[0]
    if not _SPACE.search(leading):
        return 0
    return len(leading.replace("\t", "    ").replace("\u3000", "  "))


def _heading(sheet: Sheet, name: str) -> str:
    return sheet.table.header.cells[sheet.columns[name]].strip()
