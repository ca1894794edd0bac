"""Limits moved outwards: what an item just outside a row of a control list meets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportctl.decide import compare
from exportctl.exact import Interval, number
from exportctl.kleene import NO, UNKNOWN, YES
from exportctl.law import near
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause

VOLUME = "item.parameters.mixing_chamber_m3"
TENTH = Decimal("0.1")


def clause(**given: Any) -> Clause:
    return Clause.model_validate(given)


@pytest.mark.parametrize(
    ("operator", "limit", "moved"),
    [
        ("at_least", Decimal("1.5"), Decimal("1.35")),
        ("above", Decimal("17.5"), Decimal("15.75")),
        ("at_most", Decimal(45), Decimal("49.5")),
        ("below", Decimal(50), Decimal(55)),
        ("between", [Decimal("0.5"), Decimal("14.2")], [Decimal("0.45"), Decimal("15.62")]),
    ],
)
def test_a_limit_moves_out_by_a_tenth_of_itself(operator: str, limit: Any, moved: Any) -> None:
    assert near.widened(clause(fact=VOLUME, **{operator: limit}), TENTH).operand == moved


def test_what_compares_no_number_stays_as_it_is() -> None:
    form = clause(fact="item.form", is_="equipment")
    assert near.widened(form, TENTH) is form
    assert not near.tests_numbers(form)


def test_inside_not_a_limit_moves_the_other_way() -> None:
    turned = near.widened(clause(not_={"fact": VOLUME, "at_least": Decimal(40)}), TENTH)
    assert turned.parts[0].operand == Decimal(44)


def test_a_reading_and_the_words_of_a_clause_survive() -> None:
    written = clause(fact=VOLUME, at_least=Decimal(2), words="以上", under={"incorporated": "looked-through"})
    moved = near.widened(clause(all_=[written]), TENTH).parts[0]
    assert (moved.words, moved.under, moved.operand) == ("以上", {"incorporated": "looked-through"}, Decimal("1.8"))


amounts = st.decimals(min_value=0, max_value=40, places=3)


@given(st.sampled_from(["at_least", "above", "at_most", "below"]), amounts, amounts)
def test_what_meets_a_limit_meets_the_wider_one_too(operator: str, limit: Decimal, value: Decimal) -> None:
    test = clause(fact=VOLUME, **{operator: limit})
    seen = Interval.at(number(value))
    before = compare.holds(operator, seen, test.operand, {})
    after = compare.holds(operator, seen, near.widened(test, TENTH).operand, {})
    assert after >= before


def test_only_rows_with_numbers_can_be_missed_by_a_little(book: RuleBook) -> None:
    assert book.widened(book.coded["2B902.a"], TENTH) is None
    tank = book.widened(book.coded["2B902.d"], TENTH)
    assert tank is not None
    assert tank is book.widened(book.coded["2B902.d"], TENTH)


def test_the_values_of_truth_are_ordered_as_the_comparison_above_takes_for_granted() -> None:
    assert NO < UNKNOWN < YES
