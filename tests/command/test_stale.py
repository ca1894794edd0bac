"""`exportctl rules stale`: both sides of every day on which something becomes stale, or stops being it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BOOK = Path(__file__).parent.parent / "law" / "book"
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "FORCE_COLOR")}


def run(*arguments):
    command = [sys.executable, "-m", "exportctl", "rules", "stale", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=ENVIRONMENT)


def said(*arguments):
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    return done.stdout


def found(on, *arguments, rules=BOOK):
    return json.loads(said("--on", on, "--format", "json", "--rules", str(rules), *arguments))


def until(data):
    return [(one["until"], one["days"]) for one in data["suspensions"]]


# the made-up law: suspended to 2031-09-10, then in force; one provision again 2031-11-12 to 2032-01-13, then unverified


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2031-08-08", []),
        ("2031-08-09", [("2031-09-10", 32)]),
        ("2031-09-10", [("2031-09-10", 0)]),
        ("2031-09-11", []),
        ("2031-11-13", []),
        ("2031-11-14", [("2032-01-13", 60)]),
        ("2032-01-14", [("2032-01-13", -1)]),
        ("2033-06-01", [("2032-01-13", -505)]),
    ],
)
def test_a_suspension_is_listed_while_it_ends_soon_and_after_it_ended_unverified(on, expected):
    assert until(found(on)) == expected


def test_how_soon_is_the_users_choice():
    assert until(found("2031-11-13", "--within", "61")) == [("2032-01-13", 61)]
    assert until(found("2031-08-10", "--within", "30")) == []


def test_a_suspension_says_which_provisions_it_holds_and_what_is_known():
    (one,) = found("2032-02-01")["suspensions"]
    assert one["instruments"] == [
        {"id": "decree-7", "provisions": ["share"], "note": {"en": "Suspended again", "zh": "再次暂停"}}
    ]
    text = said("--on", "2032-02-01", "--rules", str(BOOK))
    assert "ended after 2032-01-13, 19 days ago; by No. 9" in text
    assert "what follows is not verified" in text
    assert "decree-7 (Decree No. 7): share" in text


def test_an_ended_suspension_that_another_one_followed_is_not_listed(tmp_path):
    folder = Path(shutil.copytree(BOOK, tmp_path / "rules"))
    path = folder / "instruments.yaml"
    text = path.read_text(encoding="utf-8").replace("then: in_force", "then: unverified")
    path.write_text(text, encoding="utf-8")
    assert until(found("2031-10-01", rules=folder)) == [("2031-09-10", -21)]
    path.write_text(text.replace("        provisions: [share]\n        by", "        by"), encoding="utf-8")
    assert until(found("2031-11-11", rules=folder)) == [("2031-09-10", -62)]
    assert until(found("2031-11-12", "--within", "9", rules=folder)) == []


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2032-03-15", []),
        ("2032-03-16", [("decree-7/gazette", 1)]),
        ("2033-02-14", [("decree-7/gazette", 336)]),
        ("2033-02-15", [("decree-7/gazette", 337), ("decree-7/commentary", 1)]),
    ],
)
def test_a_source_is_listed_from_the_day_after_its_last(on, expected):
    assert [(one["id"], one["days_overdue"]) for one in found(on)["sources"]] == expected


def test_a_source_is_shown_with_where_it_is_and_what_it_carries():
    text = said("--on", "2032-03-20", "--rules", str(BOOK))
    assert "sources past their date: 1 of 2" in text
    assert "decree-7/gazette: last opened 2032-02-14; that held for 30 days, to 2032-03-15" in text
    assert "https://gazette.example/7" in text
    assert "Carries: decree-7" in text


@pytest.mark.parametrize(
    ("on", "text"),
    [
        ("2032-01-11", "ends after 2032-01-13, in 2 days"),
        ("2032-01-12", "ends after 2032-01-13, tomorrow"),
        ("2032-01-13", "2032-01-13 is its last day"),
        ("2032-01-14", "ended after 2032-01-13, yesterday"),
        ("2032-01-15", "ended after 2032-01-13, 2 days ago"),
    ],
)
def test_a_suspension_says_how_far_its_end_is(on, text):
    assert text in said("--on", on, "--rules", str(BOOK))


def test_a_rule_book_without_records_says_so(tmp_path):
    folder = shutil.copytree(BOOK, tmp_path / "rules")
    text = said("--on", "2040-01-01", "--rules", str(folder))
    assert "no sources are recorded beside this rule book" in text
    assert found("2040-01-01", rules=folder)["sources"] is None


def test_the_end_of_no_70_is_seen_from_both_sides():
    def of_no_70(on):
        listed = json.loads(said("--on", on, "--format", "json"))["suspensions"]
        return [one["days"] for one in listed if one["by"] == "mofcom-gac-2025-70"]

    assert [of_no_70(on) for on in ("2025-11-06", "2026-09-10", "2026-09-11", "2026-11-10", "2026-11-11")] == [
        [], [], [60], [0], [-1],
    ]  # fmt: skip


def test_it_speaks_chinese():
    text = said("--on", "2026-11-20", "--lang", "zh")
    assert "已于2026-11-10届满，距今10日；依据2025年第70号" in text


def test_a_day_or_a_number_that_is_none_is_wrong_usage():
    assert run("--on", "soon").returncode == 2
    assert run("--within", "-1").returncode == 2
