import datetime
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app
from exportctl.law.change import changes
from exportctl.law.read import read_book, rules_folder
from exportctl.proof.meaning import Comparison

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
only_long = pytest.mark.skipif(not LONG, reason="takes a minute")
DAY = datetime.date


def changed(folder, name, old, new, count=1):
    """Return a copy of the shipped rules with one text replaced."""
    copied = Path(shutil.copytree(rules_folder(), folder / "rules"))
    path = copied / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return read_book(copied)


def compared(book, other):
    comparison = Comparison(book, other)
    return comparison, list(comparison.decided())


def test_a_reworded_meaning_is_a_change_of_text_and_proved_to_decide_nothing_otherwise(book, tmp_path):
    other = changed(tmp_path, "cn/mofcom-2025-61/art-5-humanitarian.yaml", "Humanitarian relief", "Relief of need")
    (change,) = changes(book, other)
    assert (change.about, change.where) == ("mofcom-2025-61.art-5-humanitarian", "title.en")
    comparison, decided = compared(book, other)
    assert (decided, comparison.silent, comparison.unproved()) == ([], [], [])


def test_above_instead_of_at_least_changes_exactly_the_threshold(book, tmp_path):
    other = changed(tmp_path, "cn/mofcom-2025-61/art-1-1.yaml", "at_least: min_share", "above: min_share")
    _, decided = compared(book, other)
    assert {one.instrument for one in decided} == {"mofcom-2025-61"}
    turns = [turn for one in decided for turn in one.turns]
    assert min(turn.first for turn in turns) == DAY(2025, 10, 9)
    assert {turn.after for turn in turns} == {"no_requirement_found"}
    assert "suspended" in {turn.before for turn in turns}
    for one in decided:
        (item,) = [item for item in _items(one.witness.case["item"]) if "cn_part1_value" in item]
        assert float(item["cn_part1_value"]) / float(item["value"]) == 0.001


@only_long
def test_a_threshold_twice_as_high_frees_what_lies_between(book, tmp_path):
    other = changed(tmp_path, "cn/mofcom-2025-61/art-1-1.yaml", 'value: "0.001"', 'value: "0.002"')
    _, decided = compared(book, other)
    assert {one.instrument for one in decided} == {"mofcom-2025-61"}
    for one in decided:
        (item,) = [item for item in _items(one.witness.case["item"]) if "cn_part1_value" in item]
        assert 0.001 <= float(item["cn_part1_value"]) / float(item["value"]) < 0.002


@only_long
def test_a_suspension_that_ends_a_day_later_changes_its_last_days_only(book, tmp_path):
    other = changed(tmp_path, "instruments.yaml", "until: 2026-11-10", "until: 2026-11-11")
    _, decided = compared(book, other)
    turns = [turn for one in decided for turn in one.turns]
    assert {turn.first for turn in turns} == {DAY(2026, 11, 10), DAY(2026, 11, 11)}
    assert {turn.last for turn in turns} == {DAY(2026, 11, 10), DAY(2026, 11, 11)}


def test_a_removed_row_frees_an_item_of_that_row_from_the_first_day_of_its_instrument(book, tmp_path):
    name = "lists/mofcom-gac-2025-18.yaml"
    text = (rules_folder() / name).read_text(encoding="utf-8")
    start = text.index("  - code: 1C902.a.3.a\n")
    other = changed(tmp_path, name, text[start : text.index("  - code: 1C902.a.3.b\n")], "")
    comparison, decided = compared(book, other)
    assert comparison.unproved() == []
    resting_on_the_list = {"mofcom-2024-46", "mofcom-2026-1", "export-control-law"}
    assert {one.instrument for one in decided} == {"mofcom-gac-2025-18"} | resting_on_the_list
    of_the_list = next(one for one in decided if one.instrument == "mofcom-gac-2025-18")
    first = of_the_list.turns[0]
    assert (first.first, first.before, first.after) == (DAY(2025, 4, 4), "licence_required", "no_requirement_found")
    assert of_the_list.witness.case["item"]["form"] == "target"
    assert "Sm" in of_the_list.witness.case["item"]["elements"]


def _items(item):
    yield item
    for part in item.get("components", ()):
        yield from _items(part)


def test_a_name_that_is_no_version_is_refused_in_one_line_with_a_hint():
    found = CliRunner().invoke(app, ["rules", "diff", "no-such-version", "rules"])
    assert found.exit_code == 1
    assert "no-such-version" in found.output
    assert "hint" in found.output
