"""The rules as somebody writes them by hand in Python: one outcome, no reason, nothing that is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import polars as pl
from annex import LINES, PART_2

SUSPENDED = date(2025, 11, 7), date(2026, 11, 10)
FROM_DAY_OF_ISSUE, FROM_DECEMBER = date(2025, 10, 9), date(2025, 12, 1)
HALF, SMALL_NM = 50, 14
LINES_OF = {form: [line for line in LINES if line.form == form] for form in {line.form for line in LINES}}


class Row(NamedTuple):
    """An item that moves from one place to another, its main element and all of them; amounts in cents."""

    form: str
    magnet: str
    main: str
    holds: frozenset[str]
    on: date
    start: str
    to: str
    origin: str
    chinese_technology: bool
    military: bool
    listed: bool
    owned_percent: int
    purpose: str
    logic_nm: int
    value: int
    cn_part1_value: int


def prepare(frame: pl.DataFrame) -> list[Row]:
    """Return the texts of a table as typed facts."""
    return [
        Row(
            row["form"], row["magnet"], *mix(row["elements"]),
            date.fromisoformat(row["on"]), row["from"], row["to"], row["origin"], row["chinese_technology"] != "none",
            row["end_user_military"] == "yes", row["end_user_lists"] != "none",
            0 if row["end_user_owned_by_listed_share"] == "none" else int(row["end_user_owned_by_listed_share"]),
            row["purposes"], int(row["logic_nm"]), _cents(row["value"]), _cents(row["cn_part1_value"]),
        )
        for row in frame.iter_rows(named=True)
    ]  # fmt: skip


@cache
def mix(text: str) -> tuple[str, frozenset[str]]:
    """Return the element of which there is most, and all elements."""
    percent = {element: Decimal(amount) for element, amount in (part.split() for part in text.split("; "))}
    return max(percent, key=lambda element: percent[element]), frozenset(percent)


def _cents(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part)


def outcomes(rows: Sequence[Any]) -> list[str]:
    """Return what Announcement No. 61 asks of each row."""
    return [outcome(row) for row in rows]


def part_of_annex(row: Row) -> int | None:
    """Return the part of the annex under which an item falls; None: under neither."""
    for line in LINES_OF.get(row.form, []):
        if line.main in (None, row.main) and line.magnet in (None, row.magnet) and row.holds.issuperset(line.holds):
            return line.part
    return None


def outcome(row: Row) -> str:
    """Return what Announcement No. 61 asks of a row."""
    if row.start == "CN" or row.to == "CN" or (part := part_of_annex(row)) is None:
        return "no_requirement_found"
    origin = row.origin == "CN"
    made_with = row.chinese_technology or (part == PART_2 and row.cn_part1_value * 1000 >= row.value)
    if not (origin or made_with):
        return "no_requirement_found"
    refused = row.military or row.listed or row.owned_percent >= HALF or row.purpose in {"military", "wmd"}
    if row.purpose == "disaster-relief" and not refused:
        return "exempt"
    if SUSPENDED[0] <= row.on <= SUSPENDED[1]:
        return "suspended"
    if not ((origin and row.on >= FROM_DAY_OF_ISSUE) or (made_with and row.on >= FROM_DECEMBER)):
        return "not_yet_required"
    small = row.purpose == "logic-chips" and row.logic_nm <= SMALL_NM
    return "refusal_presumed" if refused else "case_by_case" if small else "licence_required"
