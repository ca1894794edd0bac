"""Structure by a level column: a row is a component of the last row above it that stands one level higher up."""

from __future__ import annotations

import re

from exportctl.case.bom.arrangement import Arrangement, numbers
from exportctl.case.bom.table import Sheet
from exportctl.problem import Problem

_LEVEL = re.compile(r"[. ]*([0-9]{1,9})")
_POSITION = re.compile(r"[0-9]+(\.[0-9]+)+")


def by_level(sheet: Sheet, title: str) -> Arrangement:
    """Return the arrangement the level column gives. A parent column may contradict it: that is a warning.

    `title` is the name of the whole where no row is the whole. Levels read `2`, or `..2` as some systems print them.
    """
    found = Arrangement()
    levels = [_level(sheet, row, found.problems) for row in range(len(sheet))]
    last: dict[int, int] = {}
    before: int | None = None
    for row, level in enumerate(levels):
        found.parents.append(None if level is None else last.get(level - 1))
        if level is not None:
            _check_step(sheet, row, before, level, found)
            last[level] = row
        before = level
    _check_top(sheet, levels, found)
    _compare_names(sheet, title, found)
    return found


def _level(sheet: Sheet, row: int, problems: list[Problem]) -> int | None:
    text = sheet.text(row, "level")
    if match := _LEVEL.fullmatch(text):
        return int(match[1])
    fault = f"`{text}` is not a level such as 0, 1, 2" if text else "the level is missing"
    hint = "`--map` this column to `item_number`: it counts 1, 1.1, 1.1.2" if _POSITION.fullmatch(text) else ""
    problems.append(sheet.problem(row, "level", fault, hint))
    return None


def _check_step(sheet: Sheet, row: int, before: int | None, level: int, found: Arrangement) -> None:
    if before is not None and level > before + 1:
        hint = "a component stands one level below what it is a component of"
        found.problems.append(sheet.problem(row, "level", f"level {level} follows level {before}", hint))


def _check_top(sheet: Sheet, levels: list[int | None], found: Arrangement) -> None:
    """Find out whether one row is the whole; the first row must stand highest up."""
    lowest = min((level for level in levels if level is not None), default=0)
    tops = [row for row, level in enumerate(levels) if level == lowest]
    if levels and levels[0] is not None and levels[0] != lowest:
        text = f"the first row has level {levels[0]}, but {numbers(sheet, tops)} below it level {lowest}"
        found.problems.append(sheet.problem(0, "level", text, "the first row must be the highest in the tree"))
    elif len(tops) > 1 and lowest == 0:
        text = f"level 0 stands in {numbers(sheet, tops)}, but only one item can be the whole"
        hint = "split the file, or let the levels begin at 1 to have them as components of one item"
        found.problems.append(sheet.problem(tops[1], "level", text, hint))
    found.rootless = len(tops) > 1


def _compare_names(sheet: Sheet, title: str, found: Arrangement) -> None:
    """Warn of every row whose parent cell does not name the row that its level makes the parent."""
    known = {name for row in range(len(sheet)) for name in sheet.names(row)}
    for row, parent in enumerate(found.parents):
        name = sheet.text(row, "parent")
        above = _names_above(sheet, parent, title if found.rootless else "")
        if name and name not in above:
            what = "is another row" if name in known else "is not a row"
            where = f"under `{above[0]}`" if above else "at the top"
            found.warnings.append(f"{sheet.at(row)}: parent `{name}` {what} of this table; its level puts it {where}")


def _names_above(sheet: Sheet, parent: int | None, title: str) -> tuple[str, ...]:
    if parent is None:
        return (title,) if title else ()
    return sheet.names(parent) or (numbers(sheet, (parent,)),)
