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
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Path_

_Node = tuple[int | None, dict[str, Any], Path_]
LARGEST_TREE = 60_000_000
"""The most that the levels of all rows may add up to; a chain of 10 000 levels comes to 50 million."""


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


def nest(cells: Cells, arrangement: Arrangement, title: str) -> tuple[dict[str, Any], dict[Path_, int]]:
    """Return the raw item with everything inside it, and the row number of each path that a row stands for.

    The faults of cells are kept in `cells`.

    Raises:
        Refused: the tree is too deep and too wide to be held.
    """
    sheet = cells.sheet
    tree = _Tree(cells, _inside(arrangement))
    top = None if arrangement.rootless else tree.inside[None][0]
    if tree.size(top) > LARGEST_TREE:
        raise Refused([Problem(sheet.table.place, "", "the tree is too deep for so many rows", "split the file")])
    root = {"id": "1", **({"description": title} if top is None else cells.facts(top))}
    if top is not None:
        tree.lines["item",] = sheet.number(top)
    waiting: list[_Node] = [(top, root, ("item",))]
    while waiting:
        waiting += tree.components(*waiting.pop())
    return root, tree.lines


@dataclass
class _Tree:
    """A tree that grows by the components of one item at a time. `inside` are the rows that each row holds."""

    cells: Cells
    inside: dict[int | None, list[int]]
    lines: dict[Path_, int] = field(default_factory=dict)

    def components(self, row: int | None, item: dict[str, Any], path: Path_) -> Iterator[_Node]:
        """Yield the components of an item, which it then holds."""
        rows = self.inside.get(row, [])
        if rows:
            item["components"] = []
        for number, inner in enumerate(rows):
            component = {"id": f"{item['id']}.{number + 1}", **self.cells.facts(inner)}
            where = (*path, "components", number)
            self.lines[where] = self.cells.sheet.number(inner)
            item["components"].append(component)
            yield inner, component, where

    def size(self, top: int | None) -> int:
        """Return the sum of the levels on which the rows stand, which is what their ids and paths need."""
        size, depth, rows = 0, 1, self.inside.get(top, [])
        while rows:
            size += depth * len(rows)
            rows = [inner for row in rows for inner in self.inside.get(row, ())]
            depth += 1
        return size


def _inside(arrangement: Arrangement) -> dict[int | None, list[int]]:
    inside: dict[int | None, list[int]] = {}
    for row, parent in enumerate(arrangement.parents):
        inside.setdefault(parent, []).append(row)
    return inside


def _filled(sheet: Sheet, name: str) -> bool:
    return any(sheet.text(row, name) for row in range(len(sheet)))
