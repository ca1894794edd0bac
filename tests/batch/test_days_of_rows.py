"""The day of a row is written as 2026-01-15, or it is rejected."""

import datetime

import polars as pl
import pytest

from exportctl.batch.heading import read_headings
from exportctl.batch.screening import Screening

NO_DAYS = ["+026-01-15", "-026-01-15", " 2026-1-15", "2026- 1-15", "2026-01- 5", "0000-01-01", "2025-02-30",
           "2025-2-30", "2026-1-015", "45678", "2026/01/15", "2026-01-1\t",
           "２０２６-01-15", "2026-01-15\n"]  # fmt: skip


@pytest.fixture(scope="module")
def screening(book):
    return Screening(book, read_headings(["on", "from", "to"], book, "days"), today=datetime.date(2026, 1, 15))


def screened(screening, days):
    return screening.screen(pl.DataFrame({"on": days, "from": "JP", "to": "KR"}))


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_rejected(screening, text):
    rejected = screened(screening, [text]).rejected.to_dicts()
    assert [(row["column"], row["value"], row["problem"]) for row in rejected] == [
        ("on", text, f"`{text}` is not a day")
    ]


def test_a_blank_day_is_today_whatever_it_is_blank_with(screening):
    found = screened(screening, ["2026-01-15", None, "", " ", "\x1c", "\u2028", "\x85"])
    assert found.rejected.is_empty()
    assert found.answers.unique().height == 1


def test_the_first_and_the_last_day_there_are_can_be_read(screening):
    assert screened(screening, ["0001-01-01", "9999-12-31", "2024-02-29"]).rejected.is_empty()
