"""Each kind of fault planted in the shipped rules is caught, and by what."""

import shutil
from pathlib import Path

import pytest

from exportctl.law.read import read_book, rules_folder
from exportctl.problem import Refused
from exportctl.proof.argue import Argument
from exportctl.proof.claim.conflict import consistent
from exportctl.proof.claim.gap import rows_met
from exportctl.worked.run import perform, runs_of

CASES = rules_folder().parent / "cases"
SIXTY_ONE = "cn/mofcom-2025-61"


@pytest.fixture
def planted(tmp_path):
    copied = Path(shutil.copytree(rules_folder(), tmp_path / "rules"))

    def plant(name, old, new, count=1):
        text = (copied / name).read_text(encoding="utf-8")
        assert old in text
        (copied / name).write_text(text.replace(old, new, count), encoding="utf-8")
        return copied

    return plant


def failing(folder, *cases):
    """Return whether some worked case comes out otherwise."""
    book = read_book(folder)
    return any(perform(run, book).differences for case in cases for run in runs_of(CASES / case))


def test_rules_check_catches_overlapping_dates(planted):
    again = "{from: 2025-10-09, value: 256, words: 256层及以上}, {from: 2025-10-09, value: 255, words: 255层}"
    folder = planted(f"{SIXTY_ONE}/art-4-memory.yaml", "{from: 2025-10-09, value: 256, words: 256层及以上}", again)
    with pytest.raises(Refused, match="overlap"):
        read_book(folder)


def test_rules_check_catches_a_fact_that_stands_in_for_another_type(planted):
    folder = planted(f"{SIXTY_ONE}/art-4-logic.yaml", "fact: end_use.logic_nm", "fact: end_use.purposes")
    with pytest.raises(Refused):
        read_book(folder)


def test_a_case_catches_a_threshold_off_by_one_unit(planted):
    folder = planted(f"{SIXTY_ONE}/art-1-1.yaml", 'value: "0.001"', 'value: "0.002"')
    assert failing(folder, "mofcom-2025-61/art-1-1.yaml")


def test_a_case_catches_a_swapped_field(planted):
    folder = planted(f"{SIXTY_ONE}/art-1-3.yaml", "fact: item.origin", "fact: item.made_in")
    assert failing(folder, "mofcom-2025-61/art-1-3.yaml")


def test_a_case_catches_a_missing_row(planted):
    name = "lists/mofcom-gac-2025-18.yaml"
    text = (rules_folder() / name).read_text(encoding="utf-8")
    start = text.index("  - code: 1C905.a.1\n")
    folder = planted(name, text[start : text.index("  - code:", start + 10)], "")
    assert failing(folder, "mofcom-gac-2025-18/list.yaml", "dates/no-18.yaml")


def test_the_solver_catches_a_contradiction_with_a_case_that_shows_it(planted):
    line = "lifts: [{rule: mofcom-2025-61.art-5-humanitarian, under: {humanitarian-over-refusal: refusal-prevails}}]\n"
    folder = planted(f"{SIXTY_ONE}/art-2-military.yaml", line, "")
    (first, *_) = [found for found in consistent(Argument(read_book(folder))) if not found.proved]
    assert first.about == "mofcom-2025-61.art-5-humanitarian and mofcom-2025-61.art-2-military"
    assert first.witness.case["end_use"]["purposes"]
    assert any(party.get("military") for party in first.witness.case["parties"].values())


def test_the_solver_catches_a_dead_rule(planted):
    second = "    - {words: 以上, meaning: {en: above 14, zh: 大于14}, fact: end_use.logic_nm, above: 14}\nthen:"
    folder = planted(f"{SIXTY_ONE}/art-4-logic.yaml", "then:", second)
    argument = Argument(read_book(folder))
    logic, memory = (argument.book.rules[f"mofcom-2025-61.art-4-{name}"] for name in ("logic", "memory"))
    assert argument.find(argument.reading.applies(logic).yes) is None
    assert argument.find(argument.reading.applies(memory).yes) is not None


def test_the_solver_catches_a_gap_with_a_listed_item_that_meets_no_control(planted):
    name = "cn/mofcom-gac-2025-55/list.yaml"
    narrower = "fact: transfer.leaves_china\n      is: yes"
    assert narrower in (rules_folder() / name).read_text(encoding="utf-8")
    folder = planted(name, narrower, "fact: transfer.bonded\n      is: yes")
    first = next(rows_met(Argument(read_book(folder)), "mofcom-gac-2025-55.items"))
    assert not first.proved
    assert first.witness.case["transfer"]["from"] in ("CN", "KR")
