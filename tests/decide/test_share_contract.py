"""The value share of a node, rule by rule: what counts, what may count, what a missing value leaves open."""

from fractions import Fraction

import pytest

from exportctl.decide.examine import Examination
from exportctl.exact import Interval
from exportctl.fork import settle
from properties.decided import case_of

ONE = Fraction(1)
DY = {"form": "metal", "kind": "other", "elements": {"Dy": "99.5", "Fe": "0.5"}, "composition": "complete"}
COPPER = {"form": "metal", "kind": "other", "elements": {"Cu": "99.9", "O": "0.1"}, "composition": "complete"}
BLANK = {"description": "insert"}
READINGS = {"reading:numerator": "part-1-content", "reading:chemical-change": "still-contained"}


def of(book, readings=READINGS, **item):
    case = case_of({"title": "share", "on": "2026-01-15", "item": {"form": "component", **item}}, book)
    exam = Examination(book, case)
    found = settle(exam.look("share.cn_part1", exam.root), readings)
    assert isinstance(found, Interval), found
    return found.low, found.high


def test_topmost_chinese_part_1_items_add_up_at_any_depth(book):
    deep = {"form": "component", "value": 70, "components": [{**DY, "origin": "CN", "value": 3}]}
    assert of(book, value=1000, components=[deep, {**DY, "origin": "CN", "value": 4}]) == (
        Fraction(7, 1000),
        Fraction(7, 1000),
    )


def test_what_stands_inside_an_item_that_counts_is_not_counted_twice(book):
    inner = {**DY, "origin": "CN", "value": 3}
    assert of(book, value=1000, components=[{**DY, "origin": "CN", "value": 4, "components": [inner]}]) == (
        Fraction(4, 1000),
        Fraction(4, 1000),
    )


@pytest.mark.parametrize("origin", [{}, {"origin": "CN"}])
def test_an_item_of_unknown_origin_or_listing_counts_only_in_the_high_end(book, origin):
    open_listing = {"form": "alloy", **origin, "value": 6} if origin else {**DY, "value": 6}
    assert of(book, value=1000, components=[open_listing]) == (0, Fraction(6, 1000))


def test_a_value_interval_divides_crosswise(book):
    part = {**DY, "origin": "CN", "unit_mass_g": 20, "price_per_kg": {"low": 300, "high": 420}}
    assert of(book, unit_mass_g=500, price_per_kg={"low": 80, "high": 96}, components=[part]) == (
        Fraction(6, 48),
        Fraction("8.4") / 40,
    )


def test_a_candidate_without_a_price_may_take_what_the_value_leaves(book):
    rest = {**COPPER, "origin": "CL", "value": 870}
    assert of(book, value=1000, components=[{**DY, "origin": "CN"}, rest]) == (0, Fraction(130, 1000))


def test_without_a_value_the_share_is_bounded_by_what_the_other_components_cost(book):
    rest = {**COPPER, "origin": "CL", "value": 90}
    assert of(book, components=[{**DY, "origin": "CN", "value": 10}, rest]) == (0, Fraction(1, 10))
    assert of(book, components=[{**DY, "origin": "CN"}, rest]) == (0, ONE)


@pytest.mark.parametrize(
    ("leaf", "high"),
    [
        (COPPER, 0),
        ({**DY, "origin": "JP"}, 0),
        ({"form": "alloy", "elements": {"Fe": 70, "Y": 30}, "composition": "complete", "origin": "JP"}, 1),
        ({"form": "alloy", "elements": {"Fe": 70, "Nd": 30}, "composition": "complete", "origin": "CN"}, 0),
        ({"form": "alloy", "elements": {"Fe": 70}, "origin": "JP"}, 1),
        (BLANK, 1),
    ],
    ids=["copper", "Japanese metal", "yttrium alloy", "no element of the seven", "partly known alloy", "blank"],
)
def test_a_leaf_counts_nothing_only_when_none_of_it_can_be_chinese_part_1(book, leaf, high):
    assert of(book, value=50, components=[{**leaf, "value": 5}]) == (0, Fraction(high * 5, 50))


def test_a_stated_value_replaces_the_sum(book):
    assert of(book, value=1000, cn_part1_value="1.5", components=[{**DY, "origin": "CN", "value": 400}]) == (
        Fraction(3, 2000),
        Fraction(3, 2000),
    )


def test_an_empty_list_of_components_proves_nothing(book):
    assert of(book, value=1000, components=[]) == (0, ONE)


def test_components_that_may_not_be_all_leave_the_rest_of_the_value_open(book):
    known = [{**DY, "origin": "CN", "value": 2}, {**COPPER, "value": 700}]
    assert of(book, value=1000, components_complete=False, components=known) == (Fraction(2, 1000), Fraction(3, 10))


def test_components_that_cost_more_than_their_parent_are_warned_of_and_the_share_stays_within_one(book):
    costly = {
        "form": "component",
        "description": "rotor",
        "value": 8,
        "components": [{**DY, "origin": "CN", "value": 9}],
    }
    case = case_of({"on": "2026-01-15", "item": costly}, book)
    assert [text.partition(": ")[2] for text in case.warnings] == [
        "its components cost 9, more than its own value 8; transfer prices?"
    ]
    assert of(book, **{k: v for k, v in costly.items() if k != "form"}) == (ONE, ONE)


def test_a_transfer_price_in_between_never_hides_content_from_what_is_exported(book):
    cheap = {"form": "component", "value": "0.01", "components": [{**DY, "origin": "CN", "value": 2}]}
    assert of(book, value=1000, components=[cheap]) == (Fraction(2, 1000), Fraction(2, 1000))


def test_open_content_may_exceed_what_a_transfer_price_leaves(book):
    parts = [{**DY, "value": 20}, {**COPPER, "value": 90}]
    assert of(book, value=100, components_complete=False, components=parts) == (0, Fraction(1, 5))


def test_a_line_value_is_shared_by_its_pieces(book):
    magnet = {"form": "component", "quantity": 4, "value": 80, "components": [{**DY, "origin": "CN", "value": 3}]}
    assert of(book, value=1000, components=[magnet]) == (Fraction(12, 1000), Fraction(12, 1000))


def test_amounts_that_contradict_each_other_are_warned_of(book):
    wrong = {"description": "arc", "quantity": 24, "unit_value": "1.25", "value": 31}
    case = case_of({"on": "2026-01-15", "item": {"description": "rotor", "components": [wrong]}}, book)
    assert [text.partition(": ")[2] for text in case.warnings] == [
        "24 pieces of 1.25 are 30, and the line says 31",
    ]


def test_a_warning_about_amounts_reaches_the_determination(book):
    from exportctl.determine.determine import determine  # noqa: PLC0415

    raw = {"value": 8, "cn_part1_value": 9, "form": "magnet"}
    found = determine(book, case_of({"on": "2026-01-15", "item": raw}, book))
    assert "more than its own value 8" in found.warnings[0]
