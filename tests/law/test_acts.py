"""The acts around the rare-earth announcements, on both sides of every date that the law notes state."""

import datetime

import pytest

from exportctl.decide.gap import defaults
from exportctl.fork import leaves, settle
from exportctl.law.instrument import Suspension
from exportctl.law.read import shipped_book
from exportctl.law.state import standing

BOOK = shipped_book()
NOTE = {"en": "words", "zh": "文字"}


def state(instrument, day, provision="", known_on=None):
    found = standing(BOOK, instrument, provision, datetime.date.fromisoformat(day), known_on)
    return next(iter(leaves(settle(found, defaults(BOOK, {}))))).state


@pytest.mark.parametrize(
    ("instrument", "day", "expected"),
    [
        ("export-control-law", "2020-10-16", "not_issued"),
        ("export-control-law", "2020-11-30", "not_yet_effective"),
        ("export-control-law", "2020-12-01", "in_force"),
        ("dual-use-regs", "2024-11-30", "not_yet_effective"),
        ("dual-use-regs", "2024-12-01", "in_force"),
        ("mofcom-2024-51", "2024-11-14", "not_issued"),
        ("mofcom-2024-51", "2024-12-01", "in_force"),
        ("mofcom-2024-46", "2024-12-02", "not_issued"),
        ("mofcom-2024-46", "2024-12-03", "in_force"),
        ("gac-2025-123", "2025-06-15", "not_issued"),
        ("gac-2025-123", "2025-06-16", "in_force"),
        ("mofcom-2026-1", "2026-01-05", "not_issued"),
        ("mofcom-2026-1", "2026-01-06", "in_force"),
        ("mofcom-2026-26", "2026-06-30", "not_yet_effective"),
        ("mofcom-2026-26", "2026-07-01", "in_force"),
        ("mofcom-2026-34", "2026-08-04", "not_issued"),
        ("mofcom-2026-34", "2026-08-05", "in_force"),
    ],
)
def test_an_act_works_from_its_own_day(instrument, day, expected):
    assert state(instrument, day) == expected


@pytest.mark.parametrize(
    ("notice", "day", "expected"),
    [
        ("mofcom-2025-1", "2025-01-01", "not_issued"),
        ("mofcom-2025-1", "2026-11-25", "in_force"),
        ("mofcom-2025-13", "2025-11-09", "in_force"),
        ("mofcom-2025-13", "2025-11-10", "suspended"),
        ("mofcom-2025-13", "2031-03-04", "suspended"),
        ("mofcom-2025-22", "2025-08-11", "in_force"),
        ("mofcom-2025-22", "2025-08-12", "suspended"),
        ("uel-2025-8", "2025-08-11", "in_force"),
        ("uel-2025-8", "2025-08-12", "suspended"),
        ("uel-2025-6", "2025-11-10", "suspended"),
        ("uel-2025-10", "2025-10-08", "not_issued"),
        ("uel-2025-10", "2026-11-25", "in_force"),
        ("mofcom-2026-12", "2026-02-23", "not_issued"),
        ("mofcom-2026-12", "2026-02-24", "in_force"),
    ],
)
def test_a_stopped_notice_never_works_again_and_an_active_one_does(notice, day, expected):
    assert state(notice, day) == expected


@pytest.mark.parametrize("notice", ["mofcom-2025-21", "uel-2025-7"])
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-04-03", "not_issued"),
        ("2025-04-04", "in_force"),
        ("2025-04-30", "in_force"),
        ("2025-05-01", "unverified"),
        ("2025-08-11", "unverified"),
        ("2025-08-12", "suspended"),
        ("2025-11-09", "suspended"),
        ("2025-11-10", "suspended"),
        ("2026-11-10", "suspended"),
        ("2026-11-11", "unverified"),
    ],
)
def test_the_listings_of_4_april_2025_were_suspended_for_a_time(notice, day, expected):
    assert state(notice, day) == expected


def test_who_knew_only_the_first_statement_knew_no_suspension_beyond_ninety_days():
    known_on = datetime.date(2025, 8, 20)
    assert state("mofcom-2025-21", "2025-11-09", known_on=known_on) == "suspended"
    assert state("mofcom-2025-21", "2025-11-10", known_on=known_on) == "unverified"


def test_a_suspension_that_nobody_saw_settles_nothing():
    found = standing(BOOK, "mofcom-2025-21", "", datetime.date(2025, 6, 9), None)
    assert (found.state, found.evidence) == ("unverified", "unseen")
    assert "believed" in found.note.en


def test_a_suspension_that_ends_must_say_what_follows():
    given = {"from": datetime.date(2031, 3, 4), "by": "decree-9", "note": NOTE, "evidence": "confirmed"}
    assert Suspension.model_validate(given).for_good
    with pytest.raises(ValueError, match="what is established about the day after"):
        Suspension.model_validate({**given, "until": datetime.date(2031, 5, 9)})


def dual_use_controls():
    """Return the controls that ask for a licence because an item or a technology stands on a dual-use list."""
    of_62 = {"mofcom-2025-62.art-1-a", "mofcom-2025-62.art-1-b"}
    return {
        rule.id
        for rule in BOOK.of_kind("control")
        if rule.instrument.startswith("mofcom-gac-") or rule.id in of_62 | {"mofcom-2026-34.drones"}
    }


@pytest.mark.parametrize(
    "review",
    [
        "mofcom-2024-46.para-1",
        "mofcom-2026-1.para-1",
        "export-control-law.art-18-control-list",
        "dual-use-regs.art-26-watch-list",
    ],
)
def test_what_is_said_of_dual_use_items_is_said_of_every_dual_use_list(review):
    assert set(BOOK.rules[review].touches) == dual_use_controls()


def test_every_list_of_items_counts_as_dual_use():
    named = BOOK.vocabulary.derived["item.dual_use"].when.operand
    lists = {name for name, listing in BOOK.lists.items() if listing.instrument.startswith("mofcom-gac-")}
    assert set(named) == lists
    assert all(f"{BOOK.lists[name].instrument}.list" in BOOK.rules for name in named)
