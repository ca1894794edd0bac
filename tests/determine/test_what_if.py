import copy
from fractions import Fraction

import pytest

from exportctl.case.read import read_cases, read_documents
from exportctl.determine.determine import determine
from exportctl.determine.what_if import what_if
from exportctl.explain.text import render_text
from exportctl.law.read import rules_folder
from properties.decided import case_of

CASES = rules_folder().parent / "cases"
MAGNET = {
    "on": "2025-10-20",
    "transfer": {"kind": "goods", "from": "JP", "to": "KR"},
    "parties": {"end_user": {"country": "KR", "military": True, "lists": [], "owners": []}},
    "end_use": {"purposes": ["civil"]},
    "item": {"form": "magnet", "magnet": "NdFeB", "elements": {"Dy": 2, "Nd": 29}, "made_in": "JP", "origin": "CN"},
}


def changes(book, case):
    found = determine(book, case)
    return {one.text.en: one for one in what_if(book, case, [f for s in found.shares for f in s.flips])}


@pytest.fixture(scope="module")
def first(book):
    document = read_documents(CASES / "mofcom-2025-61" / "art-1-1.yaml")[0]
    return changes(book, read_cases(document, book)[0])


def test_less_chinese_dysprosium_is_named_with_its_amount(first):
    found = first["if 1.1 blank of dysprosium were worth less than 1.00 USD"]
    assert (found.outcome, found.direction, found.yours) == ("no_requirement_found", "milder", True)
    assert "1.00 USD" in found.text.zh
    assert "低于" in found.text.zh


def test_another_origin_destination_or_day_are_named_and_china_as_the_start_is_stricter(first):
    milder = {text for text, one in first.items() if one.direction == "milder"}
    assert "if 1.1 blank of dysprosium were of another origin than China" in milder
    assert "if it went to China" in milder
    assert "if it had been exported on 2025-10-08" in milder
    assert first["if it left from China"].direction == "stricter"
    assert first["if it left from China"].outcome == "licence_required"


def test_who_the_end_user_is_counts_but_is_not_a_matter_of_choice(book):
    found = changes(book, case_of(MAGNET, book))
    civil = found["if the end user were not a military user"]
    assert (civil.outcome, civil.direction, civil.yours) == ("licence_required", "milder", False)


def test_every_change_leads_where_it_says_when_the_case_is_written_so(book):
    found = changes(book, case_of(MAGNET, book))
    changed = copy.deepcopy(MAGNET)
    changed["item"]["origin"] = "KR"
    written = determine(book, case_of(changed, book)).outcome
    assert found["if 1 were of another origin than China"].outcome == written
    assert Fraction(len(found)) > 3


def test_a_fact_that_is_not_known_is_a_question_and_not_a_change(book):
    raw = {**MAGNET, "parties": {"end_user": {}}}
    assert not [one for one in changes(book, case_of(raw, book)).values() if one.fact.startswith("party.")]


def test_the_changes_stand_in_the_text_in_both_languages(book, capsys):
    case = case_of(MAGNET, book)
    found = determine(book, case).model_copy(update={"what_if": what_if(book, case, [])})
    from exportctl.command.report import console  # noqa: PLC0415

    for lang, heading in (("en", "What would make it milder"), ("zh", "何种变化会使结论放宽")):
        render_text(found, lang, console())
        assert heading in capsys.readouterr().out
