import copy
import itertools
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from exportctl.decide.gap import verdict
from exportctl.decide.outcome import Outcome, decide
from exportctl.fork import leaves, settle
from exportctl.kleene import NO, UNKNOWN, YES
from exportctl.law.read import shipped_book
from properties.decided import case_of, examined, verdict_on
from properties.generated import dated

book = shipped_book()


@given(dated)
def test_what_is_certain_never_exceeds_what_is_possible(raw):
    found = verdict_on(case_of(raw, book), book)
    assert found.certain <= found.possible
    if found.outcome in {str(outcome) for outcome in Outcome}:
        assert found.outcome == str(found.certain)
        assert found.certain == found.possible or found.certain >= Outcome.LICENCE_REQUIRED


@given(dated, st.randoms(use_true_random=False))
def test_the_order_of_rules_lists_and_parties_never_matters(raw, random):
    rules = list(book.rules.items())
    random.shuffle(rules)
    lists = list(book.lists.items())
    random.shuffle(lists)
    shuffled = replace(book, rules=dict(rules), lists=dict(lists))
    assert verdict_on(case_of(raw, book), book) == verdict_on(case_of(raw, shuffled), shuffled)


CERTAINLY_NONE = {("item", "technology"), ("item", "service"), ("technology", "goods")}


def unknown_places(raw):
    """Return the paths in a raw case where a fact could still be filled in."""
    found = []
    blocks = {
        ("transfer",): {"from": ["CN", "JP"], "to": ["CN", "KR"], "kind": ["goods", "technology"]},
        ("parties", "end_user"): {"military": [True, False], "lists": [[], ["control-list"]]},
        ("parties", "exporter"): {"chinese_person": [True, False], "country": ["CN", "JP"]},
        ("end_use",): {"purposes": [["civil"], ["military"], ["disaster-relief"]]},
        ("technology",): {"public_domain": [True, False]},
        ("item",): {
            "form": ["magnet", "component"],
            "origin": ["CN", "JP"],
            "made_in": ["CN", "JP"],
            "value": ["1000"],
        },
    }
    kind = raw.get("transfer", {}).get("kind")
    for path, facts in blocks.items():
        if path[0] not in raw and (path[0], kind) in CERTAINLY_NONE:
            continue
        block = raw
        for step in path:
            block = block.get(step, {}) if isinstance(block, dict) else {}
        found += [(path, name, value) for name, values in facts.items() if name not in block for value in values]
    return found


def filled(raw, path, name, value):
    changed = copy.deepcopy(raw)
    block = changed
    for step in path:
        block = block.setdefault(step, {})
    block[name] = value
    return changed


@given(dated, st.data())
def test_an_answer_never_ends_above_possible_and_below_certain_only_by_a_lift_it_proves(raw, data):
    places = unknown_places(raw)
    assume(places and "kind" in raw.get("transfer", {}))
    answer = data.draw(st.sampled_from([place for place in places if place[1] != "kind"] or places))
    before, after = case_of(raw, book), case_of(filled(raw, *answer), book)
    assume("transfer.kind" in before.facts)
    first, second = verdict_on(before, book), verdict_on(after, book)
    assert second.possible <= first.possible
    if second.certain < first.certain:
        assert lifts_proved(after, book) - lifts_proved(before, book)


def lifts_proved(case, book):
    _, applied = examined(case, book)
    return {rule.id for rule in book.of_kind("scope", "exemption") if YES in set(leaves(applied[rule.id].applies))}


DESCRIBED = {"form": "magnet", "magnet": "NdFeB", "origin": "CN", "made_in": "JP", "chinese_technology": []}


@given(dated, st.sampled_from(sorted(DESCRIBED)))
def test_no_rule_that_is_decided_changes_its_mind_when_the_item_is_described_further(raw, name):
    item = {key: value for key, value in raw.get("item", {"elements": {"Dy": None}}).items() if key != name}
    _, before = examined(case_of({**raw, "item": item}, book), book)
    _, after = examined(case_of({**raw, "item": {**item, name: DESCRIBED[name]}}, book), book)
    for rule, application in before.items():
        for value in (NO, YES):
            if set(leaves(application.applies)) == {value}:
                assert set(leaves(after[rule].applies)) == {value}, rule


@given(dated)
def test_suspended_rules_apply_as_if_in_force(raw):
    _, applied = examined(case_of(raw, book), book)
    revived = list(leaves(decide(book, applied, revived=True)))
    for bounds in leaves(decide(book, applied)):
        assert bounds.possible <= max(b.possible for b in revived)


@given(dated)
def test_more_chinese_part_1_value_never_frees(raw):
    item = {**raw.get("item", {}), "value": "1000"}
    item.pop("components", None)
    shares = []
    for amount in ("0", "0.999999", "1", "500"):
        case = case_of({**raw, "item": {**item, "cn_part1_value": amount}}, book)
        shares.append(verdict_on(case, book))
    for less, more in itertools.pairwise(shares):
        assert less.certain <= more.certain
        assert less.possible <= more.possible


@given(dated)
def test_a_military_end_user_never_makes_an_outcome_milder(raw):
    civil, military = (
        verdict_on(case_of(filled(raw, ("parties", "end_user"), "military", value), book), book)
        for value in (False, True)
    )
    assert civil.certain <= military.certain
    assert civil.possible <= military.possible


@given(dated)
def test_each_reading_alone_stays_within_the_bounds_over_all(raw):
    _, applied = examined(case_of(raw, book), book)
    bounds = decide(book, applied)
    whole = verdict(book, bounds, {})
    for name, reading in book.readings.items():
        for choice in reading.choices:
            part = verdict(book, bounds, {name: choice})
            assert whole.certain <= part.certain
            assert part.possible <= whole.possible


@given(dated)
def test_unknown_is_never_no_when_a_fact_is_taken_away(raw):
    item = raw.get("item", {})
    assume("origin" in item and item.get("origin") is not None)
    known = case_of(raw, book)
    blank = case_of({**raw, "item": {k: v for k, v in item.items() if k != "origin"}}, book)
    _, before = examined(known, book)
    _, after = examined(blank, book)
    for rule, application in after.items():
        settled = {settle(application.applies, {}), settle(before[rule].applies, {})}
        if set(leaves(application.applies)) == {NO}:
            assert set(leaves(before[rule].applies)) <= {NO, UNKNOWN}, (rule, settled)
