"""When the law was last checked: the oldest look at an instrument that decides, not at any that does not."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from exportctl.case.read import read_cases
from exportctl.determine.determine import determine
from exportctl.explain.blocks import blocks
from exportctl.strict_yaml import parse

METAL = """
on: 2026-03-18
transfer: {kind: goods, from: %s, to: DE, via: [], bonded: no}
parties:
  exporter: {country: %s, chinese_person: no, knows_overseas_rare_earth_use: no, informed_of_risk: no}
  end_user: {country: DE, military: no, lists: [], owners: [], onward_transfer: no}
end_use: {purposes: [civil]}
item: {form: %s, kind: other, elements: {%s: 99.4, Cu: 0.6}, composition: complete, made_in: CN, origin: CN,
       chinese_technology: [], value: 73, currency: EUR}
"""


def checked(book, leaving, form, element, **days):
    """Return the day a determination states, where the named instruments were checked on other days than the rest."""
    names = {f"mofcom-{key.replace('_', '-')}": datetime.date(2026, 11, day) for key, day in days.items()}
    late = datetime.date(2026, 11, 21)
    acts = {
        name: act.model_copy(update={"checked_on": names.get(name, late)}) for name, act in book.instruments.items()
    }
    (document,) = parse(METAL % (leaving, leaving, form, element), "metal.yaml")
    (case,) = read_cases(document, book)
    return determine(replace(book, instruments=acts), case)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({}, "2026-11-21"),
        ({"gac_2025_18": 9}, "2026-11-09"),
        ({"gac_2025_57": 9}, "2026-11-21"),
        ({"2025_61": 9, "gac_2025_18": 17}, "2026-11-17"),
    ],
)
def test_the_day_is_that_of_the_instrument_which_decides(book, days, expected):
    assert checked(book, "CN", "metal", "Dy", **days).law_checked_on == expected


def test_the_instrument_that_suspends_decides_too(book):
    found = checked(book, "SG", "metal", "Dy", gac_2025_70=6, gac_2025_18=3)
    assert (found.outcome, found.law_checked_on) == ("suspended", "2026-11-06")


def test_where_nothing_was_found_every_instrument_matters(book):
    found = checked(book, "CN", "metal", "Fe", gac_2025_57=4)
    assert (found.outcome, found.law_checked_on) == ("no_requirement_found", "2026-11-04")


@pytest.mark.parametrize(("lang", "line"), [("en", "Law last checked on: "), ("zh", "法律最后核对日期：")])
def test_the_day_stands_in_the_text(book, lang, line):
    found = checked(book, "CN", "metal", "Dy", gac_2025_18=9)
    lines = [line for block in blocks(found, lang) for line in getattr(block, "lines", ())]
    assert f"{line}2026-11-09" in ["".join(span.text for span in each.spans) for each in lines]
