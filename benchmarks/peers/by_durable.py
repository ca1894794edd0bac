"""The same rules for durable-rules: one condition for each outcome, a fact posted for each row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import by_plain
import polars as pl
from by_plain import FROM_DAY_OF_ISSUE, FROM_DECEMBER, HALF, SMALL_NM, SUSPENDED
from durable.lang import m, post, ruleset, when_all

ISSUED, DECEMBER = FROM_DAY_OF_ISSUE.toordinal(), FROM_DECEMBER.toordinal()
FIRST, LAST = (day.toordinal() for day in SUSPENDED)
found: dict[int, str] = {}


def _say(text: str) -> Callable[[Any], None]:
    return lambda context: found.__setitem__(context.m.number, text)


with ruleset("announcement61"):
    origin, content = m.origin == "CN", (m.chinese_technology == True) | (m.beyond >= 0)  # noqa: E712
    no_content = (m.chinese_technology == False) & (m.beyond < 0)  # noqa: E712
    caught = (m.start != "CN") & (m.to != "CN") & (origin | content)
    listed = (m.military == True) | (m.listed == True) | (m.owned_percent >= HALF)  # noqa: E712
    refused = listed | (m.purpose == "military") | (m.purpose == "wmd")
    unlisted = (m.military == False) & (m.listed == False) & (m.owned_percent < HALF)  # noqa: E712
    fine = unlisted & (m.purpose != "military") & (m.purpose != "wmd")
    liable = caught & (refused | (m.purpose != "disaster-relief"))
    running = liable & ((m.on < FIRST) | (m.on > LAST))
    works = running & ((origin & (m.on >= ISSUED)) | (content & (m.on >= DECEMBER)))
    early = ((m.origin != "CN") | (m.on < ISSUED)) & (no_content | (m.on < DECEMBER))
    small = (m.purpose == "logic-chips") & (m.logic_nm <= SMALL_NM)
    large = (m.purpose != "logic-chips") | (m.logic_nm > SMALL_NM)
    when_all((m.start == "CN") | (m.to == "CN") | ((m.origin != "CN") & no_content))(_say("no_requirement_found"))
    when_all(caught & fine & (m.purpose == "disaster-relief"))(_say("exempt"))
    when_all(liable & (m.on >= FIRST) & (m.on <= LAST))(_say("suspended"))
    when_all(running & early)(_say("not_yet_required"))
    when_all(works & refused)(_say("refusal_presumed"))
    when_all(works & fine & small)(_say("case_by_case"))
    when_all(works & fine & large)(_say("licence_required"))


def prepare(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return rows as facts to post; it multiplies no amounts, so how far one is from the threshold is a fact."""
    return [
        row._asdict() | {"on": row.on.toordinal(), "beyond": row.cn_part1_value * 1000 - row.value, "number": number}
        for number, row in enumerate(by_plain.prepare(frame))
    ]


def outcomes(rows: list[dict[str, Any]]) -> list[str]:
    """Return the outcome of each row."""
    found.clear()
    for row in rows:
        post("announcement61", row)
    return [found[row["number"]] for row in rows]
