"""Where a table begins: the row of headings, below titles and blank rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exportctl.case.bom.table import Row

HEADER_ROWS = 60
FEWEST = 2


def header_at(rows: Sequence[Row], known: Callable[[str], bool]) -> int:
    """Return the position of the row of headings: of the first rows the one with most known headings.

    The first row where no row has two of them: a title names one thing, a header several.
    """
    counts = [heading_count(row, known) for row in rows[:HEADER_ROWS]]
    most = max(counts, default=0)
    return counts.index(most) if most >= FEWEST else 0


def heading_count(row: Row, known: Callable[[str], bool]) -> int:
    """Return how many different known headings stand in a row."""
    return len({cell.strip() for cell in row.cells if known(cell)})
