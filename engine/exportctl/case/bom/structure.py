"""From rows to nested raw items, by the first kind of column that says which row is a component of which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exportctl.case.bom.arrangement import Arrangement
from exportctl.case.bom.cells import Cells
from exportctl.case.bom.indentation import by_indentation, indented_column
from exportctl.case.bom.level import by_level
from exportctl.case.bom.parent import by_parent
from exportctl.case.bom.position import by_position, has_positions, unread_positions
from exportctl.case.bom.table import Sheet
from exportctl.strict_yaml import Path_

_Node = tuple[int | None, dict[str, Any], int]
DEEPEST_NUMBERED = 60
"""Levels below this are called by their row: a number such as 1.4.2 would grow with every level."""


@dataclass(frozen=True)
class Nested:
    """The raw item with everything inside it; the row of each mapping, by the paths of `Document.rows`."""

    item: dict[str, Any]
    lines: dict[Path_, int]
    rows: dict[int, Path_]


def arrange(sheet: Sheet, title: str) -> Arrangement:
    """Return which row is a component of which: by level, parent, item number such as 1.1.2 or indentation.

    Where no column says so, all rows are components of one item called `title`. A column without any text says nothing.
    """
    warnings = unread_positions(sheet)
    if _filled(sheet, "level"):
        found = by_level(sheet, title)
    elif _filled(sheet, "parent"):
        found = by_parent(sheet, title)
    elif has_positions(sheet):
        return by_position(sheet)
    elif indented := indented_column(sheet):
        found = by_indentation(sheet, indented)
    else:
        found = Arrangement([None] * len(sheet), rootless=True)
    found.warnings += warnings
    return found


def nest(cells: Cells, arrangement: Arrangement, title: str) -> Nested:
    """Return the raw item with everything inside it, and the rows that its mappings stand for.

    The faults of cells are kept in `cells`.
    """
    tree = _Tree(cells, _inside(arrangement))
    top = None if arrangement.rootless else tree.inside[None][0]
    root = {"id": "1", **({"description": title} if top is None else cells.facts(top))}
    if top is not None:
        tree.lines["item",] = cells.sheet.number(top)
    waiting: list[_Node] = [(top, root, 1)]
    while waiting:
        waiting += tree.components(*waiting.pop())
    return Nested(root, tree.lines, tree.rows)


@dataclass
class _Tree:
    """A tree that grows by the components of one item at a time. `inside` are the rows that each row holds."""

    cells: Cells
    inside: dict[int | None, list[int]]
    lines: dict[Path_, int] = field(default_factory=dict)
    rows: dict[int, Path_] = field(default_factory=dict)

    def components(self, row: int | None, item: dict[str, Any], level: int) -> Iterator[_Node]:
        """Yield the components of an item, which it then holds."""
        rows = self.inside.get(row, [])
        if rows:
            item["components"] = []
        for number, inner in enumerate(rows, 1):
            place = self.cells.sheet.number(inner)
            name = f"{item['id']}.{number}" if level <= DEEPEST_NUMBERED else f"row {place}"
            component = {"id": name, **self.cells.facts(inner)}
            self.rows[id(component)] = path = ("item", place)
            self.lines[path] = place
            item["components"].append(component)
            yield inner, component, level + 1


def _inside(arrangement: Arrangement) -> dict[int | None, list[int]]:
    inside: dict[int | None, list[int]] = {}
    for row, parent in enumerate(arrangement.parents):
        inside.setdefault(parent, []).append(row)
    return inside


def _filled(sheet: Sheet, name: str) -> bool:
    return any(sheet.text(row, name) for row in range(len(sheet)))
