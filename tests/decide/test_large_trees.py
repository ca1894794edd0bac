"""A tree too large for trying every answer says so, and still lists every question."""

import pytest

from exportctl.determine import open_point
from exportctl.determine.determine import determine
from properties.decided import case_of

PLACES = ("CN", "JP", "KR", "DE", "VN")
ITEM = {
    "form": "assembly",
    "value": 900,
    "components": [{"description": "insert", "made_in": place, "value": 3} for place in PLACES]
    + [{"description": "ring magnet", "made_in": "JP", "value": 2}],
}


@pytest.fixture
def found(book):
    transfer = {"kind": "goods", "from": "JP", "to": "KR"}
    return lambda: determine(book, case_of({"on": "2026-01-15", "transfer": transfer, "item": ITEM}, book))


def facts(determination):
    return {(point.id, *point.items): bool(point.if_) for point in determination.open_points if point.kind == "fact"}


def test_a_small_tree_has_every_answer_tried(found):
    assert not any("what answers lead to" in text for text in found().warnings)


def test_a_large_tree_tries_the_most_promising_answers_and_says_for_how_many(found, monkeypatch):
    whole = found()
    monkeypatch.setattr(open_point, "MOST_VISITS", 7)
    monkeypatch.setattr(open_point, "LEAST_TRIED", 9)
    part = found()
    assert facts(part).keys() == facts(whole).keys()
    assert sum(facts(part).values()) <= 9 < sum(facts(whole).values())
    assert [text for text in part.warnings if "what answers lead to" in text] == [
        f"what answers lead to was worked out for 9 of {len(facts(whole))} questions; the tree is large"
    ]
    assert (part.outcome, part.certain, part.possible) == (whole.outcome, whole.certain, whole.possible)
