"""The chart of `docs/performance.md`: what screening costs against the floor, and how it grows with the rule book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

WIDE, ROW, LABEL, SPACE = 720, 26, 230, 300
MINE, FLOOR, INK = "#2f6f8f", "#b9c4cc", "#1c2430"


def drawn(lines: Sequence[Any], books: Sequence[Any]) -> str:
    """Return the chart as SVG."""
    bars = [*_of_ledgers(lines), *_of_books(books)]
    height = ROW * len(bars) + 16
    body = "".join(_bar(at, *bar) for at, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Cost of screening" '
        f'viewBox="0 0 {WIDE} {height}" font-family="system-ui,sans-serif" font-size="13" fill="{INK}">'
        f'<rect width="{WIDE}" height="{height}" '
        f'fill="#ffffff"/>{body}</svg>\n'
    )


def _of_ledgers(lines: Sequence[Any]) -> Iterator[tuple[str, float, str, str]]:
    """Yield microseconds a row: the floor, then screening."""
    most = max((each.wall / line.rows for line in lines for each in (line.screening, line.floor)), default=1)
    for line in lines:
        name = f"{line.rows / 1e6:g} million rows" + (", lots" if line.name == "lots" else "")
        for label, each, colour in ((f"{name}: floor", line.floor, FLOOR), ("screening", line.screening, MINE)):
            spent = each.wall / line.rows
            yield label, spent / most, colour, f"{spent * 1e6:.1f} µs a row"


def _of_books(books: Sequence[Any]) -> Iterator[tuple[str, float, str, str]]:
    most = max((book.seconds for book in books), default=1)
    for book in books:
        name = f"{book.rules + book.rows} rules and rows: deciding"
        yield name, book.seconds / most, MINE, f"{book.seconds:.1f} s a million rows"


def _bar(at: int, label: str, part: float, colour: str, said: str) -> str:
    top, wide = at * ROW + 8, max(2, round(SPACE * part))
    return (
        f'<text x="{LABEL - 8}" y="{top + 16}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{LABEL}" y="{top + 3}" width="{wide}" height="{ROW - 8}" fill="{colour}"/>'
        f'<text x="{LABEL + wide + 6}" y="{top + 16}">{escape(said)}</text>'
    )
