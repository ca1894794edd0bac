"""What never changes the answer about a tree, and in which direction more of something may change it."""

import copy
import json
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exportctl.case.price import Rate, Tables
from exportctl.case.read import read_cases
from exportctl.decide.outcome import Outcome
from exportctl.determine.determine import determine
from exportctl.exact import written
from exportctl.fork import settle, worlds
from exportctl.law.read import shipped_book
from exportctl.law.strict import Text
from exportctl.strict_yaml import parse_json
from properties.decided import case_of, examined, verdict_on

book = shipped_book()
third = settings(max_examples=max(15, settings.default.max_examples // 3))
AROUND = {
    "title": "tree",
    "on": "2026-01-15",
    "transfer": {"kind": "goods", "from": "JP", "to": "KR"},
    "parties": {
        "exporter": {"country": "JP", "chinese_person": False, "knows_overseas_rare_earth_use": False},
        "end_user": {"country": "KR", "military": False, "lists": [], "owners": []},
    },
    "end_use": {"purposes": ["civil"]},
}
DY = {"form": "metal", "kind": "other", "elements": {"Dy": "99.4", "Fe": "0.6"}, "composition": "complete"}
ALLOY = {"form": "alloy", "kind": "other", "elements": {"Nd": 30, "Fe": 69, "B": 1}, "composition": "complete"}
BLANK = {}
amounts = st.sampled_from(["0.999999", "1", "1.000001", "2.5", "40", "333.33", "870"])
origins = st.sampled_from([{}, {"origin": "CN", "made_in": "CN"}, {"origin": "AU", "made_in": "JP"}])


@st.composite
def leaves(draw):
    known = draw(st.sampled_from([DY, DY, ALLOY, BLANK]))
    item = {**known, **draw(origins), "chinese_technology": []}
    if draw(st.integers(0, 5)):
        item["value"] = draw(amounts)
    return item


@st.composite
def magnets(draw):
    item = {
        "form": "magnet",
        "kind": "sintered-magnet",
        "magnet": "NdFeB",
        "elements": {"Nd": 29, "Dy": 2, "Fe": 68, "B": 1},
        "composition": "complete",
        "made_in": draw(st.sampled_from(["JP", "SI"])),
        "origin": "JP",
        "chinese_technology": [],
    }
    return item | ({"value": "1000"} if draw(st.integers(0, 4)) else {}) | {"components": draw(parts(leaves()))}


def parts(inner):
    return st.lists(inner, min_size=1, max_size=3)


@st.composite
def trees(draw):
    motor = {"form": "assembly", "kind": "motor", "made_in": "JP", "origin": "JP", "chinese_technology": []}
    inside = draw(st.lists(st.one_of(magnets(), leaves()), min_size=1, max_size=3))
    motor = {**motor, "value": "4000", "components": inside}
    return {**AROUND, "item": draw(st.one_of(st.just(motor), magnets()))}


def decided(raw):
    return verdict_on(case_of(raw, book), book)


def items(item):
    yield item
    for part in item.get("components", ()):
        yield from items(part)


def share_of(raw):
    exam, _ = examined(case_of(raw, book), book)
    return exam.look("share.cn_part1", exam.root)


@third
@given(trees(), st.randoms(use_true_random=False))
def test_reordering_and_renaming_parts_never_changes_the_answer(raw, random):
    changed = copy.deepcopy(raw)
    for number, item in enumerate(items(changed["item"])):
        random.shuffle(item.get("components", []))
        item |= {"part_number": f"R-{number}", "id": f"n{number}"}
    assert decided(changed) == decided(raw)
    assert share_of(changed) == share_of(raw)


@third
@given(trees(), st.data())
def test_splitting_a_line_in_two_never_changes_the_answer(raw, data):
    changed = copy.deepcopy(raw)
    homes = [i for i in items(changed["item"]) if any("value" in p for p in i.get("components", ()))]
    assume(homes)
    home = data.draw(st.sampled_from(homes))
    at = data.draw(st.sampled_from([n for n, p in enumerate(home["components"]) if "value" in p]))
    whole = home["components"][at]
    assume("components" not in whole)
    first = Fraction(whole["value"]) / 4
    one, two = ({**copy.deepcopy(whole), "value": written(part)} for part in (first, 3 * first))
    home["components"][at : at + 1] = [one, two]
    assert decided(changed) == decided(raw)
    assert share_of(changed) == share_of(raw)


@third
@given(trees(), st.data())
def test_flattening_a_wrapper_that_is_no_part_2_item_never_changes_the_share(raw, data):
    wrapped = copy.deepcopy(raw)
    inside = wrapped["item"]["components"]
    at = data.draw(st.integers(0, len(inside) - 1))
    assume("value" in inside[at])
    box = {"form": "component", "kind": "other", "made_in": "JP", "origin": "JP", "value": inside[at]["value"]}
    inside[at] = {**box, "chinese_technology": [], "components": [inside[at]]}
    assert share_of(wrapped) == share_of(raw)


@third
@given(trees(), st.sampled_from(["2", "0.5", "1.25"]))
def test_another_currency_with_its_rate_never_changes_the_answer(raw, rate):
    amounts_here = [item for item in items(raw["item"]) if "value" in item]
    assume(amounts_here)
    changed = copy.deepcopy(raw)
    for number, item in enumerate(item for item in items(changed["item"]) if "value" in item):
        item["currency"] = "EUR"
        if number % 2:
            item |= {"currency": "USD", "value": written(Fraction(item["value"]) / Fraction(rate))}
    tables = Tables(
        rates={name: Rate(Fraction(r), Text(en=name, zh=name)) for name, r in (("EUR", "1"), ("USD", rate))}
    )
    (case,) = read_cases(parse_json(json.dumps(changed), "generated"), book, tables=tables)
    assert verdict_on(case, book) == decided(raw)


@third
@given(trees(), st.sampled_from(["0", "0.5", "3"]))
def test_more_chinese_part_1_value_never_frees(raw, more):
    changed = copy.deepcopy(raw)
    counted = [
        i for i in items(changed["item"]) if i.get("form") == "metal" and i.get("origin") == "CN" and "value" in i
    ]
    assume(counted)
    counted[0]["value"] = written(Fraction(counted[0]["value"]) + Fraction(more))
    less, greater = decided(raw), decided(changed)
    assert less.certain <= greater.certain
    assert less.possible <= greater.possible


@given(st.sampled_from(["200", "250", "1000", "1000.01", "5000"]), st.sampled_from(["0.2", "1"]))
def test_more_foreign_value_may_free_and_the_break_even_says_from_where(value, content):
    magnet = {
        "form": "magnet", "kind": "sintered-magnet", "magnet": "NdFeB", "made_in": "JP", "origin": "JP",
        "elements": {"Nd": 29, "Dy": 2, "Fe": 68, "B": 1}, "composition": "complete", "chinese_technology": [],
        "value": value, "currency": "EUR",
        "components": [{**DY, "origin": "CN", "made_in": "CN", "chinese_technology": [], "value": content}],
    }  # fmt: skip
    found = determine(book, case_of({**AROUND, "item": magnet}, book))
    (share,) = found.shares
    (dilution,) = [flip for flip in share.flips if flip.item == "1" and flip.fact == "item.value"]
    assert Fraction(dilution.at) == Fraction(content) * 1000
    assert dilution.turns == "not_reached"
    assert (share.reaches == "yes") == (Fraction(value) <= Fraction(dilution.at))


FILLINGS = {
    "origin": ["CN", "AU"],
    "made_in": ["CN", "JP"],
    "value": ["0.5", "1", "12"],
    "cn_part1_value": ["0"],
}


def filled(raw, data):
    changed = copy.deepcopy(raw)
    places = [
        (item, name, value)
        for item in items(changed["item"])
        for name, values in FILLINGS.items()
        if name not in item and not (name == "cn_part1_value" and (item.get("components") or item.get("form")))
        for value in values
    ]
    assume(places)
    item, name, value = data.draw(st.sampled_from(places))
    item[name] = value
    return changed


@third
@given(trees(), st.data())
def test_filling_an_unknown_stays_within_the_bounds_that_were_announced(raw, data):
    changed = filled(raw, data)
    assume(not case_of(changed, book).warnings)
    before, after = decided(raw), decided(changed)
    assert after.possible <= before.possible
    assert after.certain >= before.certain or after.certain <= Outcome.EXEMPT


@third
@given(trees(), st.data())
def test_a_share_always_lands_inside_the_interval_that_was_announced(raw, data):
    changed = filled(raw, data)
    assume(not case_of(changed, book).warnings and not case_of(raw, book).warnings)
    before = share_of(raw)
    for world, after in worlds(share_of(changed)):
        for _, announced in worlds(settle(before, world)):
            assert announced.low <= after.low
            assert at_most(after) <= at_most(announced)


def at_most(share):
    return 1 if share.high is None else share.high
