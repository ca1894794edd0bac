import datetime
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportctl.decide.gap import defaults
from exportctl.fork import settle
from exportctl.law.instrument import Instrument
from exportctl.law.read import shipped_book
from exportctl.law.state import standing
from exportctl.law.timeline import ONE_DAY, Window, courses, follows_its_limb, stretches

BOOK = shipped_book()
TEXT = {"en": "words", "zh": "文字"}
START = datetime.date(2031, 3, 4)
READING = "last-day-of-suspension"


def day(number):
    return START + datetime.timedelta(number)


def instrument(name="decree-7", issued=0, effective=(), suspended=()):
    dated = [{"from": day(n), "provisions": names, "evidence": "confirmed"} for n, names in effective]
    stopped = [
        {
            "from": day(first),
            "until": day(last),
            "provisions": names,
            "by": "decree-9",
            "then": then,
            "last_day": {READING: "included"} if asked else {},
            "note": TEXT,
            "evidence": "confirmed",
        }
        for first, last, names, then, asked in suspended
    ]
    return Instrument.model_validate(
        {
            "id": name,
            "number": TEXT,
            "title": TEXT,
            "short": TEXT,
            "issuer": "the Ministry",
            "issued": day(issued),
            "effective": dated or [{"from": day(issued), "evidence": "confirmed"}],
            "suspended": stopped,
            "evidence": "confirmed",
            "checked_on": day(99),
        }
    )


def book_of(*instruments):
    return replace(BOOK, instruments={one.id: one for one in instruments}, rules={}, lists={}, duties={})


def states(found):
    return [((s.first - START).days, (s.last - START).days, s.standing.state) for s in found]


def window(first, last, choice="included", known_on=None):
    return Window(day(first), day(last), defaults(BOOK, {READING: choice}), known_on)


def test_every_change_stands_on_its_own_day():
    act = instrument(issued=3, effective=[(8, [])], suspended=[(15, 21, [], "unverified", False)])
    found = stretches(book_of(act, instrument("decree-9", issued=12)), act, "share", window(0, 40))
    assert states(found) == [
        (0, 2, "not_issued"),
        (3, 7, "not_yet_effective"),
        (8, 14, "in_force"),
        (15, 21, "suspended"),
        (22, 40, "unverified"),
    ]


@pytest.mark.parametrize(("choice", "last"), [("included", 21), ("not-included", 20)])
def test_the_last_day_of_a_suspension_follows_the_reading(choice, last):
    act = instrument(suspended=[(15, 21, [], "in_force", True)])
    found = stretches(book_of(act, instrument("decree-9", issued=12)), act, "share", window(0, 40, choice))
    assert states(found) == [(0, 14, "in_force"), (15, last, "suspended"), (last + 1, 40, "in_force")]


def test_a_suspension_of_other_provisions_changes_nothing():
    act = instrument(suspended=[(15, 21, ["list"], "in_force", False)])
    book = book_of(act, instrument("decree-9", issued=12))
    assert states(stretches(book, act, "share", window(0, 40))) == [(0, 40, "in_force")]
    assert len(stretches(book, act, "list", window(0, 40))) == 3


def test_a_suspension_that_was_not_known_yet_does_not_happen():
    act = instrument(suspended=[(15, 21, [], "in_force", False)])
    book = book_of(act, instrument("decree-9", issued=12))
    assert states(stretches(book, act, "share", window(0, 40, known_on=day(11)))) == [(0, 40, "in_force")]


def test_a_window_cuts_stretches_at_its_ends():
    act = instrument(issued=3, effective=[(8, [])])
    assert states(stretches(book_of(act), act, "share", window(5, 9))) == [
        (5, 7, "not_yet_effective"),
        (8, 9, "in_force"),
    ]
    assert states(stretches(book_of(act), act, "share", window(9, 9))) == [(9, 9, "in_force")]


def test_a_suspension_without_end_is_no_trouble():
    act = instrument(suspended=[(15, (datetime.date.max - START).days, [], "unverified", False)])
    book = book_of(act, instrument("decree-9", issued=12))
    assert states(stretches(book, act, "share", window(14, 16))) == [(14, 14, "in_force"), (15, 16, "suspended")]


NAMES = st.sampled_from([[], ["share"], ["list"], ["list", "share"]])
THEN = st.sampled_from(["unverified", "in_force"])


@st.composite
def acts(draw):
    issued = draw(st.integers(0, 12))
    effective = [(issued + draw(st.integers(0, 9)), [])]
    if draw(st.booleans()):
        effective.append((issued + draw(st.integers(0, 17)), ["share"]))
    suspended, at = [], issued + draw(st.integers(0, 5))
    for _ in range(draw(st.integers(0, 3))):
        last = at + draw(st.integers(0, 7))
        suspended.append((at, last, draw(NAMES), draw(THEN), draw(st.booleans())))
        at = last + 1 + draw(st.integers(0, 4))
    return instrument(issued=issued, effective=effective, suspended=suspended)


@given(acts(), st.integers(-3, 20), st.integers(0, 50), st.sampled_from(["included", "not-included"]), st.data())
def test_stretches_are_what_a_look_at_every_day_finds(act, first, length, choice, data):
    known_on = data.draw(st.none() | st.integers(-2, 30).map(day))
    seen = window(first, first + length, choice, known_on)
    book = book_of(act, instrument("decree-9", issued=9))
    found = stretches(book, act, "share", seen)
    days = [seen.first + datetime.timedelta(n) for n in range(length + 1)]
    every = [settle(standing(book, act.id, "share", one, known_on), seen.world) for one in days]
    spread = [s.standing for s in found for _ in range((s.last - s.first).days + 1)]
    assert spread == every
    assert all(one.last + ONE_DAY == two.first for one, two in pairwise(found))
    assert all(one.standing != two.standing for one, two in pairwise(found))


SHOWN = Window(datetime.date(2025, 4, 1), datetime.date(2027, 2, 28), defaults(BOOK, {}))


def test_every_provision_of_the_shipped_book_is_in_one_course_or_follows_its_limb():
    in_courses = [rule.id for course in courses(BOOK, SHOWN) for rule in course.rules]
    following = [rule.id for rule in BOOK.rules.values() if follows_its_limb(BOOK, rule)]
    assert sorted(in_courses + following) == sorted(BOOK.rules)


def test_every_instrument_of_the_shipped_book_has_a_course():
    assert {course.instrument.id for course in courses(BOOK, SHOWN)} == set(BOOK.instruments)


def test_courses_stand_in_the_order_of_issue():
    issued = [course.instrument.issued for course in courses(BOOK, SHOWN)]
    assert issued == sorted(issued)


def test_provisions_with_dates_of_their_own_stand_apart():
    found = courses(BOOK, SHOWN, "mofcom-2025-61")
    apart = next(course for course in found if "art-1-1" in {rule.name for rule in course.rules})
    assert {rule.name for rule in apart.rules} == {"art-1-1", "art-1-2"}
    assert apart.on(datetime.date(2025, 10, 20)).state == "not_yet_effective"
    others = next(course for course in found if "art-1-3" in {rule.name for rule in course.rules})
    assert others.on(datetime.date(2025, 10, 20)).state == "in_force"
    for course in found:
        assert course.on(datetime.date(2026, 11, 10)).state == "suspended"
        assert course.on(datetime.date(2026, 11, 11)).state == "unverified"


def test_only_reviews_inside_one_instrument_follow_their_limb():
    assert follows_its_limb(BOOK, BOOK.rules["mofcom-2025-61.art-4-logic"])
    assert not follows_its_limb(BOOK, BOOK.rules["mofcom-2025-61.art-5-humanitarian"])
    elsewhere = BOOK.rules["mofcom-2025-61.art-4-logic"].model_copy(update={"touches": ["mofcom-gac-2025-18.list"]})
    assert not follows_its_limb(BOOK, elsewhere)
