import pytest

from exportctl.case.item import Composition
from exportctl.decide.membership import of_elements, of_names
from exportctl.kleene import NO, UNKNOWN, YES


@pytest.mark.parametrize(
    ("percent", "complete", "within"),
    [
        ({"Ga": 48, "N": 52}, True, YES),
        ({"Ga": 48, "N": 52}, False, UNKNOWN),
        ({"Ga": 48, "As": 52}, True, NO),
        ({"Ga": 48, "As": 52}, False, NO),
        ({"Ga": 0}, False, UNKNOWN),
        ({"Ga": 0, "N": 0}, False, NO),
        ({"Ga": 0}, True, NO),
        ({}, False, UNKNOWN),
        ({}, True, NO),
    ],
)
def test_elements_are_within_a_set_only_when_none_is_outside_and_one_is_inside(percent, complete, within):
    assert of_elements(Composition(percent, complete)).within(["Ga", "N"]) is within


def test_names_that_are_all_allowed_are_within():
    assert of_names(["civil", "wmd"]).within(["wmd", "civil", "military"]) is YES
    assert of_names(["civil"]).within(["wmd"]) is NO
    assert of_names([]).within(["wmd"]) is NO
