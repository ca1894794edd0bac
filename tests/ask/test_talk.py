import datetime

import pytest

from exportctl.ask.case_file import load, save
from exportctl.ask.talk import FIRST, Talk
from exportctl.problem import Refused

FIRST_LINES = {"on": "2026-01-15", "transfer.kind": "goods", "transfer.from": "CN", "transfer.to": "KR"}
SMCO = {"item.kind": "sintered-magnet", "item.form": "magnet", "item.elements": "Sm 34; Co 66", "item.composition": "1"}
CIVIL = {
    "end_use.purposes": "civil",
    "party.military": "no",
    "party.lists": "none",
    "party.owners": "none",
    "party.country": "KR",
    "parties.exporter.country": "CN",
    "parties.exporter.chinese_person": "yes",
    "parties.exporter.knows_overseas_rare_earth_use": "no",
    "parties.exporter.informed_of_risk": "no",
    "parties.end_user.onward_transfer": "no",
    "transfer.bonded": "no",
}


@pytest.fixture
def talk(book):
    return Talk(book, {})


def hold(talk, lines, most=40):
    """Answer every question from `lines`, with "I don't know" to all others; return the facts asked for."""
    asked = []
    while (question := talk.next()) is not None and len(asked) < most:
        asked.append(question.fact)
        if question.fact in lines:
            talk.answer(question, lines[question.fact])
        else:
            talk.unknown(question)
    return asked


def test_the_transfer_is_asked_for_first_and_then_what_decides_most(talk):
    asked = hold(talk, FIRST_LINES, most=4)
    assert tuple(asked) == FIRST
    points = [point for point in talk.determination().open_points if point.kind == "fact"]
    most = max(point.weight for point in points if point.id != "item.components")
    assert talk.next().fact in {point.id for point in points if point.weight == most}


def test_questions_end_as_soon_as_no_answer_could_change_the_outcome(talk):
    asked = hold(talk, FIRST_LINES | SMCO | CIVIL)
    found = talk.determination()
    assert found.certain == found.possible == "licence_required"
    assert {"item.value", "item.made_in", "item.chinese_technology", "item.cn_part1_value"}.isdisjoint(asked)


def test_questions_end_when_only_what_is_not_known_is_left(talk):
    asked = hold(talk, FIRST_LINES | {"transfer.from": "JP", "transfer.to": "KR"})
    found = talk.determination()
    assert found.certain != found.possible
    left = [point.id for point in found.open_points if point.kind == "fact" and point.id != "item.components"]
    assert set(left) <= set(asked)


def test_no_question_is_asked_twice(talk):
    asked = hold(talk, FIRST_LINES | {"transfer.from": "JP", "item.form": "magnet", "item.elements": "NdFeB+Dy"})
    assert len(asked) == len(set(asked))
    assert "item.composition" in asked


def test_an_answer_is_taken_back_to_where_it_was_asked(talk):
    first = talk.next()
    talk.answer(first, "2026-01-15")
    second = talk.next()
    talk.answer(second, "service")
    assert talk.back()
    assert talk.next() == second
    assert talk.back()
    assert talk.next() == first
    assert not talk.back()
    assert talk.data == {}


def test_what_is_not_known_is_written_down_and_decides_like_silence(book):
    talk = Talk(book, {})
    hold(talk, FIRST_LINES | {"transfer.from": "JP"}, most=7)
    assert talk.data["on"] == datetime.date(2026, 1, 15)
    nulls = [key for block in talk.data.values() if isinstance(block, dict) for key, v in block.items() if v is None]
    assert nulls
    silent = Talk(book, {"on": talk.data["on"], "transfer": talk.data["transfer"]})
    for each in ("outcome", "certain", "possible"):
        assert getattr(silent.determination(), each) == getattr(talk.determination(), each)


def test_an_answer_that_the_case_cannot_hold_is_refused_and_changes_nothing(book):
    talk = Talk(book, {"on": datetime.date(2026, 1, 15), "transfer": {"kind": "goods", "from": "CN", "to": "US"}})
    question = next(q for q in [talk.next()] if q)
    before = talk.data
    asked = type(question)("item.control_code", ("1",), question.wording)
    with pytest.raises(ValueError, match="`9Z999` is not a code"):
        talk.answer(asked, "9Z999")
    assert talk.data is before


def test_an_item_without_any_of_the_elements_ends_the_questions_about_it(book):
    talk = Talk(book, {"on": datetime.date(2026, 1, 15), "transfer": {"kind": "goods", "from": "CN", "to": "US"}})
    question = type(talk.next())("item.elements", ("1",), talk.next().wording)
    talk.answer(question, "none")
    assert talk.data["item"] == {"elements": {}, "composition": "complete"}


def test_a_saved_case_reads_back_as_it_was(talk, tmp_path):
    hold(talk, FIRST_LINES | SMCO | {"transfer.from": "JP", "item.value": "0.30..0.45"}, most=16)
    file = tmp_path / "case.yaml"
    save(talk.data, file)
    assert load(file) == talk.data
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_norway_and_customs_numbers_stay_text(tmp_path):
    data = {"transfer": {"from": "NO"}, "item": {"hs_code": "850511", "part_number": "010", "value": None}}
    save(data, tmp_path / "case.yaml")
    assert load(tmp_path / "case.yaml") == data


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("two.yaml", "on: 2026-01-15\n---\non: 2026-01-16\n", "holds 2 cases"),
        ("lines.yaml", "item: [{form: magnet}, {form: target}]\n", "several lines"),
        ("case.json", "{}", "is YAML"),
        ("list.yaml", "- 1\n", "a case is a mapping"),
    ],
)
def test_what_cannot_be_gone_on_with_is_refused(tmp_path, name, text, problem):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load(tmp_path / name)
    assert problem in refused.value.problems[0].problem
