from dataclasses import replace

import pytest
from in_child import in_child
from made_cases import made_cases

from exportctl.decide.apply import apply_all
from exportctl.decide.examine import Examination
from exportctl.decide.outcome import Bounds, Outcome, decide
from exportctl.fork import join
from exportctl.law.clause import Clause
from exportctl.law.read import shipped_book
from exportctl.second_opinion.compile import compile_book
from exportctl.second_opinion.opinion import Disagreement, compare, second_opinion


def decided(book):
    """Return every case made by hand, decided by the reference."""
    for case in made_cases(book):
        exam = Examination(book, case)
        applied = apply_all(exam)
        yield exam, applied, decide(book, applied)


def disagreement(rule_id, **changes):
    """Return what is said when durable-rules is given a rule book in which one rule was changed."""
    book = shipped_book()
    rule = book.rules[rule_id]
    changed = rule.model_copy(update={key: change(getattr(rule, key)) for key, change in changes.items()})
    compiled = compile_book(replace(book, rules={**book.rules, rule_id: changed}))
    for exam, applied, bounds in decided(book):
        try:
            compare(compiled, exam, applied, bounds)
        except Disagreement as found:
            return found
    return None


def rewritten(clause, old, new):
    """Return a clause with one word of its form replaced, wherever it stands."""
    text = clause.model_dump_json(by_alias=True, exclude_none=True)
    assert old in text
    return Clause.model_validate_json(text.replace(old, new))


def check(found, rule_id, reference, durable_rules):
    assert found is not None
    assert rule_id in found.about
    assert f"! {reference}" in found.reference
    assert f"! {durable_rules}" in found.durable_rules
    assert found.reference in str(found)
    assert found.durable_rules in str(found)


@in_child
def test_another_operator_is_noticed():
    name = "mofcom-2025-61.art-1-1"
    found = disagreement(name, when=lambda when: rewritten(when, '"at_least"', '"above"'))
    check(found, name, f"rule {name}: yes", f"rule {name}: unknown")


@in_child
def test_another_parameter_is_noticed():
    name = "mofcom-2025-61.art-1-1"
    found = disagreement(
        name, parameters=lambda known: {"min_share": known["min_share"].model_copy(update={"unit": "percent"})}
    )
    check(found, name, f"rule {name}: yes", f"rule {name}: unknown")


@in_child
def test_any_instead_of_all_is_noticed():
    name = "mofcom-2025-61.art-1-3"
    found = disagreement(name, when=lambda when: rewritten(when, '"all"', '"any"'))
    check(found, name, f"rule {name}: no", f"rule {name}: yes")


@in_child
def test_a_condition_that_is_left_out_is_noticed():
    name = "mofcom-2025-62.art-1-a"
    found = disagreement(name, when=lambda when: Clause(all=list(when.parts[:1])))
    assert name in found.about


@in_child
def test_a_reading_that_is_left_out_is_noticed():
    name = "mofcom-2025-61.art-1-2"
    found = disagreement(name, when=lambda when: rewritten(when, '"technology-and-rare-earths"', '"technology-only"'))
    assert name in found.about


@in_child
def test_a_lift_that_is_left_out_is_noticed():
    name = "mofcom-2025-61.art-5-humanitarian"
    found = disagreement(name, lifts=lambda lifts: lifts[:-1])
    control = "control mofcom-2025-61.art-1-3"
    nothing = f"{control}: certain exempt, possible exempt"
    check(found, "mofcom-2025-61.art-1-3", nothing, f"{control}: certain refusal_presumed, possible refusal_presumed")


@in_child
def test_a_scope_taken_for_an_exemption_is_noticed():
    found = disagreement("faq-18.rotor-stator", kind=lambda _: "exemption")
    assert "mofcom-gac-2025-18.list" in found.about


@in_child
def test_a_review_that_touches_one_control_less_is_noticed():
    assert disagreement("mofcom-2025-61.art-3-terrorism", touches=lambda touches: touches[:-1]) is not None


@in_child
def test_a_review_with_another_outcome_is_noticed():
    for review in ("mofcom-2025-61.art-2-listed", "mofcom-2025-61.art-2-military"):
        milder = disagreement(review, then=lambda then: then.model_copy(update={"outcome": "case_by_case"}))
        assert "mofcom-2025-61.art-1-3" in milder.about


@in_child
def test_a_rule_that_is_missing_is_noticed():
    book = shipped_book()
    compiled = compile_book(replace(book, rules=dict(list(book.rules.items())[1:])))
    exam, applied, bounds = next(decided(book))
    with pytest.raises(Disagreement) as found:
        compare(compiled, exam, applied, bounds)
    assert found.value.about == ["the rules there are"]
    assert ": not there" in found.value.durable_rules


@in_child
def test_a_wrong_outcome_of_the_reference_is_noticed():
    book = shipped_book()
    exam, applied, bounds = next(decided(book))
    milder = join(lambda found: Bounds(Outcome.NO_REQUIREMENT_FOUND, found.possible), bounds)
    with pytest.raises(Disagreement) as found:
        second_opinion(exam, applied, milder)
    assert found.value.about == ["the outcome"]
