"""Shipments on which every engine of the comparison decides: no fact of them missing.

The rules are those of Announcement No. 61: three controls, the reviews behind them, the humanitarian exemption, and the
days on which they were not yet in force, in force, and suspended. Every open reading is fixed, since no other engine of
the comparison knows one.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from exportctl.batch.heading import read_headings
from exportctl.batch.screening import Screening
from exportctl.decide.gap import defaults
from exportctl.law.book import RuleBook
from exportctl.law.read import shipped_book

INSTRUMENT = "mofcom-2025-61"
FIRST, LAST = date(2025, 10, 9), date(2026, 11, 10)
MAGNET = {
    "form": "magnet", "kind": "sintered-magnet", "magnet": "NdFeB",
    "elements": "Nd 29; Dy 2.5; Fe 67.5; B 1", "composition": "complete", "transfer_kind": "goods", "currency": "EUR",
}  # fmt: skip
PURPOSES = ["civil"] * 7 + ["military", "logic-chips", "disaster-relief", "wmd"]


def table(count: int, seed: int = 11) -> pl.DataFrame:
    """Return shipments as texts, as a file of them is read; of one in four the content is 0.1 % or a cent less."""
    chance = random.Random(seed)  # noqa: S311 - a ledger, no secret
    rows = [_row(chance) for _ in range(count)]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    fixed = {name: [text] * count for name, text in MAGNET.items()}
    return pl.DataFrame(columns | fixed, schema_overrides=dict.fromkeys([*columns, *fixed], pl.String))


def _row(chance: random.Random) -> dict[str, str]:
    thousandth = int(10 ** chance.uniform(1, 8))
    held = chance.choice([thousandth, thousandth - 1, 0, 0, thousandth * 5, thousandth // 2, thousandth * 90, 0])
    return {
        "on": (FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))).isoformat(),
        "from": chance.choice(["JP", "DE", "SG", "CN"]),
        "to": chance.choice(["KR", "US", "VN", "MX", "CN"]),
        "made_in": chance.choice(["JP", "DE"]),
        "origin": chance.choice(["JP", "JP", "CN"]),
        "chinese_technology": chance.choice(["magnet-making", "none", "none", "none", "none"]),
        "end_user_military": chance.choice(["yes"] + ["no"] * 30),
        "end_user_lists": chance.choice(["control-list"] + ["none"] * 50),
        "end_user_owned_by_listed_share": chance.choice(["none", "none", "none", "none", "49", "50", "80"]),
        "purposes": chance.choice(PURPOSES),
        "logic_nm": chance.choice(["7", "14", "28"]),
        "value": _amount(thousandth * 1000),
        "cn_part1_value": _amount(held),
    }


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def book() -> RuleBook:
    """Return the rule book without what other announcements say of shipments."""
    whole = shipped_book()
    return replace(
        whole,
        rules={name: rule for name, rule in whole.rules.items() if rule.instrument == INSTRUMENT},
        lists={name: listing for name, listing in whole.lists.items() if listing.instrument == INSTRUMENT},
    )


def screening(names: list[str]) -> Screening:
    """Return what decides tables with these headings, every reading fixed to the one that the rule book names first."""
    rules = book()
    readings = {name.removeprefix("reading:"): choice for name, choice in defaults(rules, {}).items()}
    return Screening(rules, read_headings(names, rules, "rows"), LAST, readings=readings)
