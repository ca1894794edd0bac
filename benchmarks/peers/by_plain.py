"""The rules as somebody writes them by hand in Python: one outcome, no reason, nothing that is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

SUSPENDED = date(2025, 11, 7), date(2026, 11, 10)
FROM_DAY_OF_ISSUE, FROM_DECEMBER = date(2025, 10, 9), date(2025, 12, 1)
HALF, SMALL_NM = 50, 14


class Row(NamedTuple):
    """A magnet that moves from one place to another; amounts in cents."""

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
            date.fromisoformat(row["on"]), row["from"], row["to"], row["origin"], row["chinese_technology"] != "none",
            row["end_user_military"] == "yes", row["end_user_lists"] != "none",
            0 if row["end_user_owned_by_listed_share"] == "none" else int(row["end_user_owned_by_listed_share"]),
            row["purposes"], int(row["logic_nm"]), _cents(row["value"]), _cents(row["cn_part1_value"]),
        )
        for row in frame.iter_rows(named=True)
    ]  # fmt: skip


def _cents(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part)


def outcomes(rows: Sequence[Any]) -> list[str]:
    """Return what Announcement No. 61 asks of each row."""
    return [outcome(row) for row in rows]


def outcome(row: Row) -> str:
    """Return what Announcement No. 61 asks of a row."""
    abroad, origin = row.start != "CN" and row.to != "CN", row.origin == "CN"
    content = row.chinese_technology or row.cn_part1_value * 1000 >= row.value
    if not (abroad and (origin or content)):
        return "no_requirement_found"
    refused = row.military or row.listed or row.owned_percent >= HALF or row.purpose in {"military", "wmd"}
    if row.purpose == "disaster-relief" and not refused:
        return "exempt"
    if SUSPENDED[0] <= row.on <= SUSPENDED[1]:
        return "suspended"
    if not ((origin and row.on >= FROM_DAY_OF_ISSUE) or (content and row.on >= FROM_DECEMBER)):
        return "not_yet_required"
    small = row.purpose == "logic-chips" and row.logic_nm <= SMALL_NM
    return "refusal_presumed" if refused else "case_by_case" if small else "licence_required"
