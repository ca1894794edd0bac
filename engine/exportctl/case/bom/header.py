"""Where a table begins: the row of headings, or the two rows that make them, below titles and blank rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from exportctl.case.bom.table import Row
from exportctl.case.bom.workbook import Merged

HEADER_ROWS = 60
FEWEST = 2
Known = Callable[[str], bool]


def header_at(rows: Sequence[Row], known: Known) -> int:
    """Return the position of the row of headings: of the first rows the one with most known headings.

    The first row where no row has two of them: a title names one thing, a header several.
    """
    counts = [heading_count(row, known) for row in rows[:HEADER_ROWS]]
    most = max(counts, default=0)
    return counts.index(most) if most >= FEWEST else 0


def heading_count(row: Row, known: Known) -> int:
    """Return how many different known headings stand in a row."""
    return len({cell.strip() for cell in row.cells if known(cell)})


def header_of(rows: Sequence[Row], known: Known, merged: Sequence[Merged] = ()) -> tuple[Row, Sequence[Row]]:
    """Return the headings, numbered as the last row they stand in, and the rows they stand in.

    Two rows are one header where together they name more than either alone: `Unit Price` over `(EUR)`, or `Material`
    over `Number` and `Name`.
    """
    at = header_at(rows, known)
    header, used = rows[at], rows[at : at + 1]
    for upper, lower in pairwise(rows[max(0, at - 1) : at + 2]):
        both = Row(lower.number, tuple(_joined(upper, lower, known, merged)))
        if upper.number + 1 == lower.number and _says_more(both, header, known):
            header, used = both, [upper, lower]
    return header, used


def _says_more(both: Row, alone: Row, known: Known) -> bool:
    """Return whether two rows together name more than one alone, or as much where that one names a thing twice."""
    more = heading_count(both, known) - heading_count(alone, known)
    named = [cell.strip() for cell in alone.cells if known(cell)]
    return more > 0 or (more == 0 and len(named) > len(set(named)))


def _joined(upper: Row, lower: Row, known: Known, merged: Sequence[Merged]) -> Iterator[str]:
    """Yield the heading of each column of two rows; a cell over several columns belongs to each of them."""
    over = {n: m.column for m in merged if m.first == upper.number for n in range(m.column, m.column + m.columns)}
    for column in range(max(len(upper.cells), len(lower.cells))):
        yield _heading(_cell(upper, over.get(column, column)), _cell(lower, column), known)


def _heading(group: str, own: str, known: Known) -> str:
    """Return a heading and the one above it as one.

    A group that is no heading itself only says where its columns belong; under one that is, a name that is not known
    with it stays unknown: the `Country` of a `Supplier` is not that of the part.
    """
    both = [f"{group} {own}", f"{own} {group}"]
    if not group or not own:
        return group or own
    return next((text for text in both if known(text)), own if known(own) and not known(group) else both[0])


def _cell(row: Row, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""
