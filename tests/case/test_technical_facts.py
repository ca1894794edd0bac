"""Technical parameters, kinds and codes as a case gives them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from exportctl.case.case import Case
from exportctl.case.read import read_cases
from exportctl.exact import Interval
from exportctl.law.book import RuleBook
from exportctl.problem import Refused
from exportctl.strict_yaml import parse


def read(book: RuleBook, text: str, given: dict[str, Any] | None = None) -> Case:
    (document,) = parse(text, "case.yaml")
    return read_cases(document, book, given)[0]


def faults(book: RuleBook, text: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(book, text)
    return [str(problem) for problem in refused.value.problems]


def test_a_parameter_is_a_fact_of_its_item(book: RuleBook) -> None:
    item = read(book, "item: {parameters: {mixing_chamber_m3: 0.49, graphite_anode: no}}").item
    assert item is not None
    assert item.facts["parameters.mixing_chamber_m3"] == Interval.at(Fraction(49, 100))
    assert item.facts["parameters.graphite_anode"] is False


def test_a_parameter_stated_on_the_command_line_wins_over_the_file(book: RuleBook) -> None:
    text = "item: {kind: extraction-tank, parameters: {mixing_chamber_m3: 3, charge_kg: 8}}"
    item = read(book, text, {"item.parameters.mixing_chamber_m3": "15"}).item
    assert item is not None
    assert item.facts["parameters.mixing_chamber_m3"] == Interval.at(15)
    assert item.facts["parameters.charge_kg"] == Interval.at(8)


def test_an_unknown_parameter_is_named_with_its_neighbour(book: RuleBook) -> None:
    (fault,) = faults(book, "item:\n  parameters:\n    mixing_chamber_m2: 3\n")
    assert "case.yaml:3" in fault
    assert "mixing_chamber_m3" in fault


def test_a_parameter_below_nothing_is_refused(book: RuleBook) -> None:
    (fault,) = faults(book, "item:\n  parameters:\n    charge_kg: -1\n")
    assert "case.yaml:3" in fault


def test_the_kind_says_the_form_where_nobody_gave_it(book: RuleBook) -> None:
    machine, chemical = (read(book, f"item: {{kind: {kind}}}").item for kind in ("roasting-kiln", "P507"))
    assert machine is not None
    assert machine.facts["form"] == "equipment"
    assert chemical is not None
    assert chemical.facts["form"] == "chemical"
    assert chemical.facts["elements"].present == ("P",)


def test_a_form_that_was_given_is_never_changed(book: RuleBook) -> None:
    item = read(book, "item: {kind: roasting-kiln, form: assembly}").item
    assert item is not None
    assert item.facts["form"] == "assembly"


def test_a_control_code_may_be_the_one_a_row_was_meant_to_carry(book: RuleBook) -> None:
    item = read(book, "item: {control_code: 3C901.b.2}").item
    assert item is not None
    assert item.facts["kind"] == "mixed-graphite-anode-material"


def test_the_name_of_a_list_is_no_control_code(book: RuleBook) -> None:
    (fault,) = faults(book, "item: {control_code: mofcom-gac-2025-57.items}")
    assert "not a code of any control list" in fault


def test_a_technology_classified_by_its_code_is_known_by_kind(book: RuleBook) -> None:
    facts = read(book, "transfer: {kind: technology}\ntechnology: {control_code: 3E901.b}").facts
    assert facts["technology.kind"] == "graphite-anode-production"
    assert facts["technology.activities"] == ("other",)


def test_a_code_of_a_technology_that_no_rule_encodes_is_refused(book: RuleBook) -> None:
    (fault,) = faults(book, "transfer: {kind: technology}\ntechnology:\n  control_code: 2E903\n")
    assert "case.yaml:3" in fault
    assert "2E903" in fault
