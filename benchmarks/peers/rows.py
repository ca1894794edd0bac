"""Shipments on which every engine of the comparison decides: no fact of them missing.

The rules are those of Announcement No. 61: annex 1, under which an item falls or does not, three controls, the reviews
behind them, the humanitarian exemption, and the days on which they were not yet in force, in force, and suspended.
Every open reading is fixed, and no item meets a line of the annex that was not seen, since no other engine here knows
an open question.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
from annex import METALS

from exportctl.batch.heading import read_headings
from exportctl.batch.screening import Screening
from exportctl.decide.gap import defaults
from exportctl.law.book import RuleBook
from exportctl.law.read import shipped_book

INSTRUMENT, SUSPENDED_BY = "mofcom-2025-61", "mofcom-gac-2025-70"
FIRST, LAST = date(2025, 10, 9), date(2026, 11, 10)
SAME = {"composition": "complete", "transfer_kind": "goods", "currency": "EUR"}
LOTS = 12
TECHNOLOGY = {
    "magnet": "magnet-making", "metal": "metal-smelting", "alloy": "metal-smelting", "oxide": "smelting-separation",
    "target": "recycling",
}  # fmt: skip
DRAWN: dict[str, list[Any]] = {
    "on": [(FIRST + timedelta(days=day)).isoformat() for day in range((LAST - FIRST).days + 1)],
    "from": ["JP", "DE", "SG", "CN"],
    "to": ["KR", "US", "VN", "MX", "CN"],
    "made_in": ["JP", "DE"],
    "origin": ["JP", "JP", "CN"],
    "is_technology": [True] + [False] * 4,
    "end_user_military": ["yes"] + ["no"] * 30,
    "end_user_lists": ["control-list"] + ["none"] * 50,
    "end_user_owned_by_listed_share": ["none"] * 4 + ["49", "50", "80"],
    "purposes": ["civil"] * 7 + ["military", "logic-chips", "disaster-relief", "wmd"],
    "logic_nm": ["7", "14", "28"],
    "held": [2, -2, 0, 0, 0, 1, 10, 180],
}
# Form, kind, magnet, and mass percent from lot to lot, in tenths; the element without a range is what is left.
KINDS = [
    ("magnet", "sintered-magnet", "SmCo", "Sm 33.0-36.5; Co"),
    ("magnet", "sintered-magnet", "SmCo", "Sm 23.5-27.0; Fe 12.0-18.0; Cu 4.0-7.5; Zr 2.0-3.5; Co"),
    ("magnet", "sintered-magnet", "NdFeB", "Nd 21.0-25.0; Pr 5.0-8.0; B 0.9-1.1; Fe"),
    ("magnet", "bonded-magnet", "NdFeB", "Nd 26.0-29.0; C 2.0-3.5; B 0.8-1.0; Fe"),
    ("magnet", "sintered-magnet", "NdFeB", "Nd 25.0-30.0; Dy 1.0-6.0; B 0.9-1.1; Fe"),
    ("magnet", "sintered-magnet", "NdFeB", "Nd 26.0-30.0; Tb 0.4-2.0; B 0.9-1.1; Fe"),
    ("magnet", "sintered-magnet", "NdFeB", "Nd 25.0-29.0; Dy 1.0-4.0; Tb 0.3-1.5; Co 1.0-2.0; B 0.9-1.1; Fe"),
    ("magnet", "sintered-magnet", "other", "Sr 8.0-9.0; O 27.5-29.0; Fe"),
    ("metal", "", "", "Fe 0.1-0.6; O 0.1-0.4; Sm"),
    ("metal", "", "", "Tb 0.1-0.9; Fe 0.1-0.3; Dy"),
    ("metal", "", "", "Dy 20.0-40.0; Gd"),
    ("metal", "", "", "Dy 0.2-1.5; O 0.1-0.3; Tb"),
    ("metal", "", "", "Yb 0.1-0.8; O 0.1-0.3; Lu"),
    ("metal", "", "", "Al 0.1-0.5; O 0.1-0.5; Sc"),
    ("metal", "", "", "Gd 0.1-0.7; O 0.1-0.4; Y"),
    ("metal", "", "", "Dy 1.0-4.0; Fe 0.1-0.5; Nd"),
    ("metal", "", "", "Ce 0.2-1.2; Fe 0.1-0.4; La"),
    ("alloy", "", "", "Sm 32.0-40.0; Co"),
    ("alloy", "", "", "Fe 18.0-30.0; Tb"),
    ("alloy", "", "", "Fe 15.0-25.0; Dy"),
    ("alloy", "", "", "Tb 17.0-20.0; Dy 38.0-43.0; Fe"),
    ("alloy", "", "", "Fe 10.0-18.0; Nd"),
    ("alloy", "", "", "Fe 25.0-32.0; Gd"),
    ("oxide", "", "", "O 12.5-12.9; Tm 0.1-0.4; Dy"),
    ("oxide", "", "", "O 14.9-15.3; Eu 0.1-0.3; Tb"),
    ("oxide", "", "", "O 14.1-14.4; Pr 0.2-0.9; Nd"),
    ("target", "", "", "Fe 0.1-0.4; O 0.1-0.3; Sm"),
    ("target", "", "", "Fe 40.0-60.0; Co 5.0-9.0; Gd"),
    ("target", "", "", "Ag 0.1-0.9; O 0.1-0.2; Cu"),
    ("target", "", "", "Nd 0.5-2.5; Al"),
]


def table(count: int, seed: int = 11) -> pl.DataFrame:
    """Return shipments as texts, as a file of them is read; of one in four the content is 0.1 % or a cent less."""
    return next(tables(count, count, seed))


def tables(count: int, most: int, seed: int = 11) -> Iterator[pl.DataFrame]:
    """Yield shipments of the same lots, at most so many at a time."""
    chance = random.Random(seed)  # noqa: S311 - a ledger, no secret
    lots = pl.DataFrame([_item(chance, *kind) for kind in KINDS for _ in range(LOTS)])
    for done in range(0, count, most):
        yield _shipped(chance, lots, min(most, count - done))


def names() -> list[str]:
    """Return the names of the columns."""
    return table(1).columns


def _shipped(chance: random.Random, lots: pl.DataFrame, count: int) -> pl.DataFrame:
    drawn = lots.sample(count, with_replacement=True, seed=chance.randrange(2**32)).with_columns(
        _drawn(chance, count, values).alias(name) for name, values in DRAWN.items()
    )
    thousandth = pl.Series("thousandth", [int(10 ** chance.uniform(1, 8)) for _ in range(count)])
    technology = pl.when("is_technology").then(pl.col("form").replace_strict(TECHNOLOGY)).otherwise(pl.lit("none"))
    held = pl.when(pl.col("elements").str.contains_any([f"{metal} " for metal in METALS])).then(_held()).otherwise(0)
    return drawn.with_columns(thousandth).select(
        pl.col(*lots.columns, *DRAWN).exclude("held", "is_technology"),
        technology.alias("chinese_technology"),
        _amount(pl.col("thousandth") * 1000).alias("value"),
        _amount(held).alias("cn_part1_value"),
        *(pl.lit(text).alias(name) for name, text in SAME.items()),
    )


def _item(chance: random.Random, form: str, kind: str, magnet: str, mix: str) -> dict[str, str]:
    *ranges, rest = mix.split("; ")
    tenths = {}
    for element, limits in (text.split() for text in ranges):
        least, most = (round(float(limit) * 10) for limit in limits.split("-"))
        tenths[element] = chance.randint(least, most)
    tenths[rest] = 1000 - sum(tenths.values())
    elements = "; ".join(f"{element} {amount // 10}.{amount % 10}" for element, amount in tenths.items())
    return {"form": form, "kind": kind, "magnet": magnet, "elements": elements}


def _drawn(chance: random.Random, count: int, values: list[Any]) -> pl.Series:
    return pl.Series(values).sample(count, with_replacement=True, seed=chance.randrange(2**32))


def _held() -> pl.Expr:
    """Return the content in cents: halves of a thousandth of the worth, or a cent less than that."""
    return pl.col("thousandth") * pl.col("held").abs() // 2 - (pl.col("held") < 0)


def _amount(cents: pl.Expr) -> pl.Expr:
    return (cents // 100).cast(pl.String) + "." + (cents % 100).cast(pl.String).str.zfill(2)


def book() -> RuleBook:
    """Return the rule book without other announcements, their days among them."""
    whole = shipped_book()
    return replace(
        whole,
        instruments={name: whole.instruments[name] for name in (INSTRUMENT, SUSPENDED_BY)},
        rules={name: rule for name, rule in whole.rules.items() if rule.instrument == INSTRUMENT},
        lists={name: listing for name, listing in whole.lists.items() if listing.instrument == INSTRUMENT},
    )


def screening(names: list[str]) -> Screening:
    """Return what decides tables with these headings, every reading fixed to the one that the rule book names first."""
    rules = book()
    readings = {name.removeprefix("reading:"): choice for name, choice in defaults(rules, {}).items()}
    return Screening(rules, read_headings(names, rules, "rows"), LAST, readings=readings)
