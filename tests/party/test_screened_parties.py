import datetime
from pathlib import Path

import pytest

from exportctl.case.case import AtLeast
from exportctl.case.read import read_cases
from exportctl.determine.determine import determine
from exportctl.party.decision import read_decisions
from exportctl.party.read import read_party_list
from exportctl.party.screen import Screening, screen_case
from exportctl.party.search import Search
from exportctl.strict_yaml import parse

LISTS = Path(__file__).parent / "lists"
CASE = """
title: Dysprosium metal, Japan to Korea
on: 2025-10-20
transfer: {kind: goods, from: JP, to: KR, via: [], bonded: no}
parties:
  exporter: {country: JP, chinese_person: no, knows_overseas_rare_earth_use: no, informed_of_risk: no}
  importer: {name: Example Trading, country: KR, military: no, lists: [], owners: []}
  end_user: {country: KR, military: no, onward_transfer: no}
end_use: {purposes: [civil]}
item:
  {form: metal, kind: other, elements: {Dy: 99.7, Tb: 0.3}, composition: complete, made_in: CN, origin: CN,
   chinese_technology: [], value: 2940, currency: EUR}
"""
OWNERS = {"parties.end_user.owners": []}


@pytest.fixture(scope="module")
def search(book):
    return Search(read_party_list(LISTS / "plain.csv", book))


@pytest.fixture
def decide(book, search):
    def deciding(end_user, on=datetime.date(2025, 10, 20), decisions=None, known_on=None, **given):
        stated = {"on": on, "parties.end_user.name": end_user, **given}
        (case,) = read_cases(parse(CASE, "case.yaml")[0], book, stated)
        held, screened = screen_case(case, Screening(book, search, decisions, known_on))
        return held, determine(book, held, known_on=known_on, screened=screened)

    return deciding


def of(determination, party="end_user"):
    (found,) = [each for each in determination.parties.screened if each.party == party]
    return found


def effects(determination):
    return [(hit.list, hit.effect) for hit in of(determination).hits]


def lists(case):
    return case.parties[-1].facts.get("lists")


# ---- a match


def test_a_match_sets_its_list_and_leaves_the_others_unknown(decide):
    case, found = decide("通用动力公司", **OWNERS)
    assert lists(case) == AtLeast([("control-list", "mofcom-2025-1")])
    assert isinstance(lists(case), AtLeast)
    assert (of(found).found, effects(found)[0]) == ("match", ("control-list", "on-list"))
    assert found.certain == "refusal_presumed"


def test_a_match_on_one_list_never_says_that_the_party_is_on_no_other(decide):
    _, found = decide("Sentinel Brook Corporation", **OWNERS)
    assert effects(found) == [("unreliable-entity", "on-list")]
    (point,) = [point for point in found.open_points if point.id == "party.lists"]
    assert "no others" in point.if_
    assert point.if_["control-list"] == "refusal_presumed"
    assert "unreliable-entity" not in point.if_


@pytest.mark.parametrize(
    ("day", "effect", "law"),
    [
        ("2025-03-03", "idle", "not_issued"),
        ("2025-03-04", "on-list", "in_force"),
        ("2025-11-09", "on-list", "in_force"),
        ("2025-11-10", "idle", "suspended"),
    ],
)
def test_a_listing_that_was_stopped_follows_the_dates_of_its_notice(decide, day, effect, law):
    case, found = decide("Northvale Sensors", datetime.date.fromisoformat(day))
    (hit,) = of(found).hits
    assert (hit.effect, hit.law, hit.notice) == (effect, law, "mofcom-2025-13")
    assert (lists(case) is None) == (effect == "idle")


def test_after_a_suspension_of_which_the_end_was_not_seen_the_listing_is_open(decide):
    case, found = decide("Kestrel Uplands", datetime.date(2026, 11, 20))
    assert (of(found).hits[0].effect, of(found).hits[0].law) == ("on-list", "unverified")
    assert lists(case) == AtLeast([("control-list", "mofcom-2025-21")])


@pytest.mark.parametrize(
    ("day", "effect"),
    [("2026-03-04", "not-yet"), ("2026-03-05", "on-list"), ("2026-08-06", "on-list"), ("2026-08-07", "ended")],
)
def test_a_listing_without_a_notice_follows_the_days_in_the_file(decide, day, effect):
    _, found = decide("Ostmark Feinwerk", datetime.date.fromisoformat(day))
    assert effects(found) == [("control-list", effect)]


def test_a_list_that_no_rule_asks_about_is_shown_and_sets_nothing(decide):
    case, found = decide("Greyfield Institute")
    assert effects(found) == [(None, "other-list")]
    assert lists(case) is None


def test_listings_after_the_day_of_knowledge_are_left_out(decide):
    _, found = decide("Sentinel Brook", known_on=datetime.date(2025, 10, 8))
    assert of(found).hits == []
    _, found = decide("Sentinel Brook", known_on=datetime.date(2025, 10, 9))
    assert effects(found) == [("unreliable-entity", "on-list")]


# ---- what the case states


def test_what_the_case_states_is_followed_and_the_contradiction_is_a_warning(decide):
    case, found = decide("General Dynamics", **{"parties.end_user.lists": []}, **OWNERS)
    assert lists(case) == ()
    assert effects(found)[0] == ("control-list", "as-stated")
    (warning,) = found.warnings
    assert "end_user: the case says lists: none" in warning
    assert "`General Dynamics`" in warning
    assert found.certain == "licence_required"


def test_a_case_that_states_the_same_list_is_no_contradiction(decide):
    _, found = decide("General Dynamics", **{"parties.end_user.lists": ["control-list"]}, **OWNERS)
    assert found.warnings == []


def test_a_case_that_says_unlisted_while_the_listing_is_suspended_is_no_contradiction(decide):
    _, found = decide("Kestrel Uplands", datetime.date(2026, 5, 1), **{"parties.end_user.lists": []}, **OWNERS)
    assert found.warnings == []


# ---- affiliates, weak hits, no hit


def test_an_affiliate_opens_the_question_of_ownership_and_names_the_listed_firm(decide):
    case, found = decide("General Dynamics NASSCO", **{"parties.end_user.lists": []})
    assert lists(case) == ()
    assert "owners" not in case.parties[-1].facts
    assert ("control-list", "asks-owners") in effects(found)
    (point,) = [point for point in found.open_points if point.id == "party.owners"]
    assert "possible affiliate of General Dynamics" in point.question.en
    assert "General Dynamics" in point.question.zh
    assert point.if_["General Dynamics 50 %"] == "refusal_presumed"
    assert point.if_["none"] == "licence_required"


def test_owners_that_the_case_states_answer_the_question(decide):
    _, found = decide("General Dynamics NASSCO", **{"parties.end_user.lists": []}, **OWNERS)
    assert ("control-list", "owners-stated") in effects(found)
    assert "party.owners" not in {point.id for point in found.open_points}


def test_an_owner_that_matches_is_listed_and_counts_from_a_half(decide):
    for share, outcome in ((49.9, "licence_required"), (50, "refusal_presumed")):
        owners = [{"name": "通用动力", "share": str(share)}]
        _, found = decide("Meadowgate", **{"parties.end_user.lists": [], "parties.end_user.owners": owners})
        assert of(found, "end_user.owners[0]").found == "match"
        assert found.certain == outcome


def test_a_weak_hit_is_only_shown(decide):
    case, found = decide("Northvale Optics Trading")
    plain, without = decide("Meadowgate Optics Trading")
    assert of(found).found == "weak"
    assert effects(found) == [("control-list", "none")]
    assert lists(case) is lists(plain) is None
    assert (found.certain, found.possible) == (without.certain, without.possible)


def test_a_name_that_is_not_found_stays_unknown(decide):
    case, found = decide("General Motors", **OWNERS)
    assert of(found).found == "not_found"
    assert lists(case) is None
    assert "party.lists" in {point.id for point in found.open_points}


def test_a_party_without_a_name_is_said_to_have_none(decide):
    _, found = decide("")
    assert of(found).found == "no_name"


def test_the_determination_says_which_copy_of_the_list_was_searched(decide, search):
    _, found = decide("General Motors")
    assert (found.parties.file, found.parties.rows, found.parties.dated) == ("plain.csv", 9, "2026-08-06")
    assert found.parties.sha256 == search.parties.sha256
    assert [each.party for each in found.parties.screened] == ["importer", "end_user"]


# ---- decisions


@pytest.fixture
def made(tmp_path):
    def making(name, listed, decision, until="2025-10-20"):
        file = tmp_path / "decisions.yaml"
        file.write_text(
            f"decisions: [{{name: {name}, listed: {listed}, decision: {decision}, reason: no common owner, by: desk,"
            f" on: 2025-04-01, until: {until}}}]",
            encoding="utf-8",
        )
        return read_decisions(file)

    return making


def test_a_false_positive_is_honoured_until_its_last_day_and_then_said_to_be_over(decide, made):
    decisions = made("General Dynamics", "通用动力公司", "false-positive")
    case, found = decide("General Dynamics", decisions=decisions)
    hit = of(found).hits[0]
    assert (hit.effect, hit.decision.expired, hit.decision.reason) == ("set-aside", False, "no common owner")
    assert lists(case) is None
    case, found = decide("General Dynamics", datetime.date(2025, 10, 21), decisions)
    hit = of(found).hits[0]
    assert (hit.effect, hit.decision.expired) == ("on-list", True)
    assert lists(case) is not None


def test_a_hit_that_a_person_found_to_be_the_same_party_counts_as_a_match(decide, made):
    case, found = decide("Northvale Optics", decisions=made("Northvale Optics", "Northvale Sensors", "same-party"))
    hit = of(found).hits[0]
    assert (hit.class_, hit.why, hit.effect) == ("match", "decided", "on-list")
    assert lists(case) == AtLeast([("control-list", "mofcom-2025-13")])


def test_a_decision_about_a_party_that_is_not_listed_is_said(decide, made):
    _, found = decide("General Dynamics", decisions=made("Meadowgate", "Nowhere Forge", "false-positive"))
    (note,) = found.parties.notes
    assert "`Nowhere Forge`, which is not in the list supplied" in note.en
