"""Warnings that say the same of several rows of a file, told once; of many that differ in amounts only, some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MANY, SHOWN = 8, 4
_AMOUNT = re.compile(r"\d[\d.]*")
_PLACE = re.compile(r"(.+?):(\d+): (.*)", re.DOTALL)


class Warned(NamedTuple):
    """What is warned of in rows of a file; no file: of the whole."""

    file: str
    rows: list[int]
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{', '.join(_runs(self.rows))}: {self.text}" if self.rows else self.text


def gathered(warnings: Iterable[str]) -> list[Warned]:
    """Return the warnings in order; those that differ in their row only stand together: `bom.csv:5, 8-20: …`."""
    rows: dict[tuple[str, str], list[int]] = {}
    for warning in warnings:
        place = _PLACE.fullmatch(warning)
        key = (place[1], place[3]) if place else ("", warning)
        rows.setdefault(key, []).extend([int(place[2])] if place else [])
    return [Warned(file, found, text) for (file, text), found in rows.items()]


def families(warned: Iterable[Warned]) -> Iterator[tuple[list[Warned], list[Warned]]]:
    """Yield warnings that differ in their amounts only: those to show, and the rest where there are many."""
    alike: dict[tuple[str, str], list[Warned]] = {}
    for one in warned:
        alike.setdefault((one.file, _AMOUNT.sub("", one.text)), []).append(one)
    for family in alike.values():
        shown = family if len(family) <= MANY else family[:SHOWN]
        yield shown, family[len(shown) :]


def _runs(rows: list[int]) -> Iterator[str]:
    """Yield rows that follow one another as one run."""
    start = before = None
    for row in [*sorted(set(rows)), None]:
        if start is not None and before is not None and row != before + 1:
            yield str(start) if start == before else f"{start}-{before}"
            start = None
        start = row if start is None else start
        before = row
