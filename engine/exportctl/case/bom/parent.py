"""Structure by a parent column: each row names the row that it is a component of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from exportctl.case.bom.arrangement import SHOWN, Arrangement, numbers
from exportctl.case.bom.columns import NAMES
from exportctl.case.bom.table import Sheet
from exportctl.problem import did_you_mean

MANY_NAMES, MANY_PROBLEMS = 1000, 20


def by_parent(sheet: Sheet, title: str) -> Arrangement:
    """Return the arrangement the parent column gives, by the description, part number or item number of a row.

    Several rows without a parent become components of an item called `title`, and a warning says so.
    """
    found = Arrangement()
    if not any(name in sheet.columns for name in NAMES):
        return found
    named: dict[str, list[int]] = defaultdict(list)
    for row in range(len(sheet)):
        for name in sheet.names(row):
            named[name].append(row)
    found.parents = [_parent(sheet, row, named, found) for row in range(len(sheet))]
    for cycle in _cycles(found.parents):
        found.problems.append(sheet.problem(min(cycle), "parent", *_circular(sheet, cycle)))
    _check_top(sheet, title, found)
    return found


def _parent(sheet: Sheet, row: int, named: dict[str, list[int]], found: Arrangement) -> int | None:
    name = sheet.text(row, "parent")
    if not name:
        return None
    rows = named.get(name, ())
    if len(rows) == 1:
        return rows[0]
    text = f"parent `{name}` is not a row of this table"
    near = did_you_mean(name, named) if len(named) <= MANY_NAMES and len(found.problems) < MANY_PROBLEMS else ""
    hint = near or "add a row for it; the row of the whole names no parent"
    if rows:
        text = f"parent `{name}` may be any of {numbers(sheet, rows)}"
        hint = "give each of them its own part number and name that, or add a level column"
    found.problems.append(sheet.problem(row, "parent", text, hint))
    return None


def _cycles(parents: Sequence[int | None]) -> Iterator[list[int]]:
    """Yield the rows of each circle of parents, in the order of the file."""
    reached: dict[int, int] = {}
    for start in range(len(parents)):
        row: int | None = start
        while row is not None and row not in reached:
            reached[row] = start
            row = parents[row]
        if row is not None and reached[row] == start:
            yield [*_circle(parents, row)]


def _circular(sheet: Sheet, cycle: Sequence[int]) -> tuple[str, str]:
    """Return what is wrong with rows that hold one another, and what to do: `A is inside B, B is inside A`."""
    if len(cycle) == 1:
        return f"{numbers(sheet, cycle)} is inside itself", "name the row it is a component of, or leave that blank"
    named = [f"`{sheet.text(row, 'parent')}`" for row in cycle]
    steps = " inside ".join([named[-1], *named[: SHOWN - 1], *(["…"] if len(cycle) >= SHOWN else [])])
    return f"{numbers(sheet, sorted(cycle))} are inside one another: {steps}", "correct the parent of one of them"


def _circle(parents: Sequence[int | None], start: int) -> Iterator[int]:
    row: int | None = start
    while row is not None:
        yield row
        row = parents[row] if parents[row] != start else None


def _check_top(sheet: Sheet, title: str, found: Arrangement) -> None:
    tops = [row for row, parent in enumerate(found.parents) if parent is None]
    found.rootless = len(tops) > 1
    if found.rootless and not found.problems:
        text = f"{numbers(sheet, tops)} name no parent and are read as components of `{title}`"
        found.warnings.append(f"{sheet.at(tops[1])}: {text}")
