"""From rows to nested raw items, by the first kind of column that says which row is a component of which."""

from __future__ import annotations

from typing import Any

from exportctl.case.bom.arrangement import Arrangement
from exportctl.case.bom.cells import raw_facts
from exportctl.case.bom.level import by_level
from exportctl.case.bom.parent import by_parent
from exportctl.case.bom.position import by_position, has_positions, unread_positions
from exportctl.case.bom.table import Sheet
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Path_

LARGEST_TREE = 120_000_000
"""The most steps that the paths to all items of a table may have together; 10 000 levels of one item are 100 million."""


def arrange(sheet: Sheet, title: str) -> Arrangement:
    """Return which row is a component of which: by level, else by parent, else by item numbers such as 1.1.2.

    Where no column says so, all rows are components of one item called `title`. A column without any text says nothing.
    """
    warnings = unread_positions(sheet)
    if _filled(sheet, "level"):
        found = by_level(sheet, title)
    elif _filled(sheet, "parent"):
        found = by_parent(sheet, title)
    elif has_positions(sheet):
        return by_position(sheet)
    else:
        found = Arrangement([None] * len(sheet), rootless=True)
    found.warnings += warnings
    return found


def nest(sheet: Sheet, arrangement: Arrangement, title: str) -> tuple[dict[str, Any], dict[Path_, int]]:
    """Return the raw item with everything inside it, and the row number of each path that a row stands for.

    Raises:
        Refused: the tree is too deep and too wide to be held.
    """
    inside: dict[int | None, list[int]] = {}
    for row, parent in enumerate(arrangement.parents):
        inside.setdefault(parent, []).append(row)
    top = None if arrangement.rootless else inside[None][0]
    root = {"id": "1", **({"description": title} if top is None else raw_facts(sheet, top))}
    lines: dict[Path_, int] = {} if top is None else {("item",): sheet.number(top)}
    waiting: list[tuple[int | None, dict[str, Any], Path_]] = [(top, root, ("item",))]
    steps = 0
    while waiting:
        row, item, path = waiting.pop()
        for number, component in enumerate(inside.get(row, ())):
            ...
    return root, lines


def _filled(sheet: Sheet, field: str) -> bool:
    return any(sheet.text(row, field) for row in range(len(sheet)))
