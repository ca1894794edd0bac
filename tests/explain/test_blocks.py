from __future__ import annotations

import pytest
from determinations import EXEMPT, MANY, NEEDS_FACTS, PRESUMED, SUSPENDED, by_share, finding, reason
from test_both_languages import texts

from exportctl.decide.determination import Suspect
from exportctl.explain.blocks import blocks
from exportctl.explain.document import Bullets, Heading, Span, Table
from exportctl.explain.warned import gathered
from exportctl.explain.why_not import failing
from exportctl.law.strict import Text


def english(determination):
    return "\n".join(texts(blocks(determination, "en")))


def headings(determination):
    return [block.text.text for block in blocks(determination, "en") if isinstance(block, Heading) and block.level < 3]


def test_the_answer_comes_first_then_why_then_what_to_do():
    assert headings(SUSPENDED) == [
        SUSPENDED.headline.en,
        "Taken for granted",
        "Warnings",
        "What applies or may apply",
        "Value shares",
        "Why not",
        "Scopes, exemptions, reviews and duties without effect here",
        "If the suspended provisions worked again",
        "Not checked",
        "Basis",
    ]


def test_sections_without_content_are_left_out():
    assert "What to find out" not in headings(EXEMPT)
    assert "Value shares" not in headings(EXEMPT)


def test_a_provision_that_does_not_apply_says_what_failed_and_how_far_from_the_limit():
    line = next(line for line in english(SUSPENDED).split("\n") if line.startswith("Article 1(2) (mofcom"))
    assert "found share.cn_part1 = 0.00095 (0.095 %), needed: at least 0.001 (0.1 %)" in line
    assert "0.00005 (0.005 percentage points) below the limit" in line
    assert "found item.chinese_technology = none, needed: includes magnet-making" in line
    assert "item.made_in" not in line


def test_a_provision_with_nothing_to_test_it_on_takes_one_short_line():
    assert "list of items (mofcom-gac-2025-18.list): nothing in the case to test it on" in english(SUSPENDED)


def test_the_clause_nearest_to_its_limit_is_told_first_and_each_clause_once():
    told = failing(
        finding("a.b", "x", "no", reasons=[reason("no"), reason("no", subject="2"), by_share("no", "0", "-1")])
    )
    assert [each.fact for each in told] == ["share.cn_part1", "item.made_in"]


def test_a_value_exactly_at_its_limit_says_so():
    assert "exactly at the limit" in english(EXEMPT)


def test_how_far_an_open_value_is_from_its_limit_is_an_upper_end():
    open_share = finding("a.b", "x", "unknown", reasons=[by_share("unknown", "0..0.5", "0.499")])
    text = english(NEEDS_FACTS.model_copy(update={"findings": [open_share]}))
    assert "up to 0.499 (49.9 percentage points) above the limit" in text


def test_clauses_that_say_the_same_of_several_items_stand_in_one_row():
    table = next(block for block in blocks(SUSPENDED, "en") if isinstance(block, Table))
    assert len(table.rows) == 2
    assert Span("1.2", "code") in table.rows[0][2]


def test_what_lifts_a_control_and_that_it_is_presumed_are_said():
    text = english(PRESUMED)
    assert "Lifted by: faq-18.rotor-stator" in text
    assert "Presumed: the official FAQ says generally not covered" in text
    assert "Contained: the listed thing is inside the exported item" in text


def test_forty_findings_take_one_line_each_under_their_instruments():
    lists = [block for block in blocks(MANY, "en") if isinstance(block, Bullets)]
    told = [line for block in lists for line in block.lines if ".art-" in "".join(s.text for s in line.spans)]
    assert len(told) == 20
    assert sum(len(line.below) for block in lists for line in block.lines) == 20
    assert all("and 6 more" in "".join(span.text for span in line.spans) for line in told)


def test_a_review_that_bears_on_nothing_here_is_told_in_short_only():
    review = finding("mofcom-2025-61.art-2-listed", "Article 2", "unknown", kind="review")
    bearing = review.model_copy(update={"rule": "a.b", "bears_on": ["mofcom-2025-61.art-1-1"]})
    found = blocks(NEEDS_FACTS.model_copy(update={"findings": [review, bearing]}), "en")
    where = "\n".join(texts(found)).index("without effect here")
    text = "\n".join(texts(found))
    assert text.index("art-2-listed") > where > text.index("a.b")


def test_parts_that_raise_a_question_stand_before_everything_else_with_their_pieces():
    suspect = Suspect(
        item="1.2",
        description="rotor magnet",
        suggests=[Text(en="names a magnet", zh="提到磁体")],
        pieces=("288", "288"),
    )
    told = list(texts(blocks(NEEDS_FACTS.model_copy(update={"suspects": [suspect]}), "en")))
    assert told.index("288 × 1.2 rotor magnet: names a magnet") < told.index("What applies or may apply")


def test_pieces_that_are_not_known_say_so():
    suspect = Suspect(item="1.2", description="magnet", suggests=[], pieces=("0", None))
    assert "0 or more × 1.2 magnet" in english(NEEDS_FACTS.model_copy(update={"suspects": [suspect]}))


def test_questions_about_the_same_part_stand_together_and_say_once_that_none_decides():
    point = NEEDS_FACTS.open_points[0].model_copy(update={"if_": {"CN": "needs_facts", "other": "needs_facts"}})
    other = point.model_copy(update={"id": "item.value", "items": ["1.4", "1.3"], "item": "1.4"})
    text = english(NEEDS_FACTS.model_copy(update={"open_points": [point, other]}))
    assert text.count("Concerns:") == 1
    assert text.count("no answer to one of these alone changes the outcome") == 1
    assert "(item.origin)" in text
    assert "(item.value)" in text


def test_shares_under_several_readings_say_which():
    text = english(NEEDS_FACTS)
    assert "(under numerator: part-1-content)" in text
    assert "(share of the value of 1)" in text
    assert "0 (0 %) to 1/3 (about 33.33 %)" in text
    assert "10.00 or more" in text


def test_open_points_are_numbered_in_the_order_given_and_say_where_each_answer_leads():
    points = next(block for block in blocks(NEEDS_FACTS, "en") if isinstance(block, Bullets) and block.numbered)
    said = ["\n".join("".join(span.text for span in line.spans) for line in point.below) for point in points.lines]
    assert "1.3, 1.4 (magnet" in said[0]
    assert "if CN: suspended\nif other: no requirement found" in said[0]
    assert "if in force: licence required\nif suspended: needs facts" in said[1]


@pytest.mark.parametrize(
    ("answer", "chinese"), [("below 0.02 USD", "低于0.02 USD"), ("1/3 EUR or more", "1/3 EUR及以上"), ("SmCo", "SmCo")]
)
def test_amounts_as_answers_are_told_in_chinese(answer, chinese):
    point = NEEDS_FACTS.open_points[0].model_copy(update={"if_": {answer: "suspended"}})
    document = blocks(NEEDS_FACTS.model_copy(update={"open_points": [point]}), "zh")
    assert f"若为{chinese}：暂停实施" in list(texts(document))


def test_duties_say_who_when_and_under_what():
    text = english(EXEMPT)
    for part in (
        "Who: the exporter outside China",
        "Due: 2025-10-28",
        "Provision: No. 61 of 2025, Article 5",
        "arises",
    ):
        assert part in text


def test_the_basis_names_the_rules_the_engine_and_the_second_opinion():
    text = english(SUSPENDED)
    assert "Rule book: 2026.11 (0123456789ab)" in text
    assert "Engine: 0.1.0" in text
    assert "Second opinion: a second engine came to the same result" in text
    assert "Second opinion: no second engine was available" in english(NEEDS_FACTS)


def test_warnings_that_differ_in_their_row_only_stand_on_one_line():
    told = [f"bom.csv:{row}: no such parent" for row in (5, 6, 8, 9, 10)] + ["bom.csv:7: costs more", "one more thing"]
    assert [str(one) for one in gathered(told)] == [
        "bom.csv:5-6, 8-10: no such parent",
        "bom.csv:7: costs more",
        "one more thing",
    ]
