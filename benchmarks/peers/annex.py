"""The lines of annex 1 of Announcement No. 61, as every engine gets them but exportctl, which has its own rule book.

Left out are the line of assemblies, since the table names no components, and lines that no copy of the annex shows.
"""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """What an item must be to fall under a line: its form, then its main metal, or its magnet and what it holds."""

    code: str
    part: int
    form: str
    main: str | None = None
    magnet: str | None = None
    holds: tuple[str, ...] = ()


PART_1, PART_2 = 1, 2
METALS = ["Sm", "Dy", "Gd", "Tb", "Lu", "Sc", "Y"]
MAGNETS = ["SmCo", "NdFeB"]
LINES = [
    *(Line(f"61-P1-{number:02}", PART_1, "metal", main=metal) for number, metal in enumerate(METALS, 1)),
    Line("61-P1-08", PART_1, "alloy", holds=("Sm", "Co")),
    Line("61-P1-09", PART_1, "alloy", holds=("Tb", "Fe")),
    Line("61-P1-10", PART_1, "alloy", holds=("Dy", "Fe")),
    Line("61-P1-11", PART_1, "alloy", holds=("Tb", "Dy", "Fe")),
    Line("61-P1-12", PART_1, "oxide", holds=("Dy",)),
    Line("61-P1-13", PART_1, "oxide", holds=("Tb",)),
    Line("61-P2-I-1", PART_2, "magnet", magnet="SmCo", holds=("Sm", "Co")),
    Line("61-P2-I-2", PART_2, "magnet", magnet="NdFeB", holds=("Tb",)),
    Line("61-P2-I-3", PART_2, "magnet", magnet="NdFeB", holds=("Dy",)),
    Line("61-P2-II-1", PART_2, "target", holds=("Sm",)),
    Line("61-P2-II-2", PART_2, "target", holds=("Gd",)),
]
HELD = sorted({element for line in LINES for element in line.holds})
