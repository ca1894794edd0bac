"""The same rules for durable-rules: a rule for each line of the annex, and one for each outcome.

An event goes to one rule only: the first line that it meets takes it, and the last of the annex takes what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from operator import and_
from typing import Any

import by_plain
import polars as pl
from annex import HELD, LINES, PART_2, Line
from by_plain import FROM_DAY_OF_ISSUE, FROM_DECEMBER, HALF, SMALL_NM, SUSPENDED
from durable.lang import m, post, pri, ruleset, when_all

ISSUED, DECEMBER = FROM_DAY_OF_ISSUE.toordinal(), FROM_DECEMBER.toordinal()
FIRST, LAST = (day.toordinal() for day in SUSPENDED)
AT_ONCE = 100
parts: dict[int, int] = {}
found: dict[int, str] = {}


def _meets(line: Line) -> Any:
    asked = [m.form == line.form]
    asked += [m.main == line.main] if line.main else []
    asked += [m.magnet == line.magnet] if line.magnet else []
    return reduce(and_, asked + [getattr(m, element) == True for element in line.holds])  # noqa: E712


def _puts(part: int) -> Callable[[Any], None]:
    return lambda context: parts.__setitem__(context.m.number, part)


def _say(text: str) -> Callable[[Any], None]:
    return lambda context: found.__setitem__(context.m.number, text)


with ruleset("annex"):
    for number, line in enumerate(LINES):
        when_all(pri(number), _meets(line))(_puts(line.part))
    when_all(pri(len(LINES)), +m.form)(_puts(0))

with ruleset("announcement61"):
    origin, beyond = m.origin == "CN", (m.part == PART_2) & (m.beyond >= 0)
    content = (m.part > 0) & ((m.chinese_technology == True) | beyond)  # noqa: E712
    no_content = (m.chinese_technology == False) & ((m.part != PART_2) | (m.beyond < 0))  # noqa: E712
    caught = (m.start != "CN") & (m.to != "CN") & (m.part > 0) & (origin | content)
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
    free = (m.start == "CN") | (m.to == "CN") | (m.part == 0) | ((m.origin != "CN") & no_content)
    when_all(free)(_say("no_requirement_found"))
    when_all(caught & fine & (m.purpose == "disaster-relief"))(_say("exempt"))
    when_all(liable & (m.on >= FIRST) & (m.on <= LAST))(_say("suspended"))
    when_all(running & early)(_say("not_yet_required"))
    when_all(works & refused)(_say("refusal_presumed"))
    when_all(works & fine & small)(_say("case_by_case"))
    when_all(works & fine & large)(_say("licence_required"))


def prepare(frame: pl.DataFrame) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return rows as events to post: what the annex asks of an item, and the rest.

    It multiplies no amounts, so how far one is from the threshold is a fact.
    """
    return [
        (_item(row) | {"number": number}, _shipment(row) | {"number": number})
        for number, row in enumerate(by_plain.prepare(frame))
    ]


def _item(row: by_plain.Row) -> dict[str, Any]:
    held = {element: element in row.holds for element in HELD}
    return held | {"form": row.form, "magnet": row.magnet, "main": row.main}


def _shipment(row: by_plain.Row) -> dict[str, Any]:
    facts = row._asdict() | {"on": row.on.toordinal(), "beyond": row.cn_part1_value * 1000 - row.value}
    del facts["holds"]
    return facts


def outcomes(rows: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[str]:
    """Return the outcome of each row; events posted by the hundred are decided faster than one by one."""
    found.clear()
    for some in batched(rows):
        post("annex", [item for item, _ in some])
        post("announcement61", [shipment | {"part": parts[shipment["number"]]} for _, shipment in some])
    return [found[number] for number in range(len(rows))]


def batched(rows: list[Any]) -> Iterator[list[Any]]:
    """Return rows by the hundred."""
    return (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))
