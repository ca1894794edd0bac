"""Structure by an item-number column that counts 1, 1.1, 1.1.2: a row is a component of the number cut by one step."""

from __future__ import annotations

import re

from exportctl.case.bom.arrangement import Arrangement, numbers
from exportctl.case.bom.table import Sheet

FIELD = "item_number"
_POSITION = re.compile(r"[0-9]+(\.[0-9]+)*\.?")


def has_positions(sheet: Sheet) -> bool:
    """Return whether some item number has steps, as 1.2 has."""
    found = (sheet.text(row, FIELD) for row in range(len(sheet)))
    return any(_POSITION.fullmatch(text) and "." in text.removesuffix(".") for text in found)


def by_position(sheet: Sheet) -> Arrangement:
    """Return the arrangement the item numbers give. `2.` and `2.0` are the same number as `2`."""
    found = Arrangement()
    rows: dict[str, int] = {}
    for row in range(len(sheet)):
        if (position := _position(sheet, row, found)) is None:
            continue
        if (first := rows.setdefault(position, row)) != row:
            text = f"`{position}` stands in {numbers(sheet, (first, row))}"
            hint = "a spreadsheet turns 1.10 into 1.1 unless the column is formatted as text"
            found.problems.append(sheet.problem(row, FIELD, text, hint))
    found.parents = [_parent(sheet, row, rows, found) for row in range(len(sheet))]
    found.rootless = found.parents.count(None) > 1
    return found


def unread_positions(sheet: Sheet) -> list[str]:
    """Return a warning when the item numbers look like part numbers, which nothing reads."""
    for row in range(len(sheet)):
        text = sheet.text(row, FIELD)
        if text and not _POSITION.fullmatch(text):
            heading = sheet.table.header.cells[sheet.columns[FIELD]].strip()
            what = f"column `{heading}` holds `{text}`, which is no position such as 1.2, and is kept aside"
            return [f"{sheet.at(row)}: {what}; `--map` can make it `part_number`"]
    return []


def _position(sheet: Sheet, row: int, found: Arrangement) -> str | None:
    text = sheet.text(row, FIELD)
    if _POSITION.fullmatch(text):
        return _shortest(text)
    fault = f"`{text}` is not a position such as 1.1.2" if text else "the position is missing"
    hint = "other rows have one; `--map` the column to `ignored` when it says nothing of the structure"
    found.problems.append(sheet.problem(row, FIELD, fault, hint))
    return None


def _parent(sheet: Sheet, row: int, rows: dict[str, int], found: Arrangement) -> int | None:
    text = sheet.text(row, FIELD)
    position = _shortest(text) if _POSITION.fullmatch(text) else ""
    above = _shortest(position.rpartition(".")[0])
    if not above:
        return None
    if above not in rows:
        found.problems.append(sheet.problem(row, FIELD, f"`{position}` has no row `{above}`", "add a row for it"))
    return rows.get(above)


def _shortest(position: str) -> str:
    steps = position.removesuffix(".").split(".")
    while len(steps) > 1 and steps[-1] == "0":
        steps.pop()
    return ".".join(steps)
