"""Warnings that say the same of several rows of a file, told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_PLACE = re.compile(r"(.+?):(\d+): (.*)", re.DOTALL)


def gathered(warnings: Iterable[str]) -> list[str]:
    """Return the warnings in order; those that differ in their row only stand together: `bom.csv:5, 8-20: …`."""
    rows: dict[tuple[str, str], list[int]] = {}
    for warning in warnings:
        place = _PLACE.fullmatch(warning)
        key = (place[1], place[3]) if place else ("", warning)
        rows.setdefault(key, []).extend([int(place[2])] if place else [])
    return [f"{file}:{', '.join(_runs(found))}: {text}" if found else text for (file, text), found in rows.items()]


def _runs(rows: list[int]) -> Iterator[str]:
    """Yield rows that follow one another as one run."""
    start = before = None
    for row in [*sorted(set(rows)), None]:
        if start is not None and before is not None and row != before + 1:
            yield str(start) if start == before else f"{start}-{before}"
            start = None
        start = row if start is None else start
        before = row
