"""Which row of a bill of materials is a component of which: what every way of finding it out comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exportctl.case.bom.table import Sheet
from exportctl.problem import Problem

SHOWN = 12


@dataclass
class Arrangement:
    """The row that each row is a component of; None for a row that is a component of no other.

    `rootless`: no row is the whole, so an item that holds all the uppermost rows has to be made.
    """

    parents: list[int | None] = field(default_factory=list)
    rootless: bool = False
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def numbers(sheet: Sheet, rows: Sequence[int]) -> str:
    """Return rows as people write them: `rows 3, 5 and 8`, cut short after a dozen."""
    shown = [str(sheet.number(row)) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        shown.append(f"{len(rows) - SHOWN} more")
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else f"row {shown[0]}"
