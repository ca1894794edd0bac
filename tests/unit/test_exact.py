from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportctl.exact import Interval, number, written

decimals = st.decimals(min_value=-(10**17), max_value=10**17, places=9, allow_nan=False, allow_infinity=False)


@given(decimals)
def test_a_decimal_is_read_and_written_without_loss(value):
    assert number(written(number(value))) == Fraction(value)


@given(st.fractions())
def test_a_ratio_that_does_not_end_is_written_as_a_fraction(value):
    assert Fraction(written(value)) == value


def test_thirds_do_not_become_decimals():
    assert written(Fraction(1, 3)) == "1/3"
    assert written(Fraction(-1, 8)) == "-0.125"


@pytest.mark.parametrize("text", ["", "1e5", "0x10", "1,000", "NaN", "Infinity", "1.0000000001", "1" * 19, "--1", "½"])
def test_what_is_not_a_plain_number_is_refused(text):
    with pytest.raises(ValueError, match="`"):
        number(text)


def test_a_number_keeps_its_last_digit():
    assert number("0.000999999") < Fraction(1, 1000) == number(Decimal("0.001000"))


intervals = st.tuples(st.fractions(0, 100), st.fractions(0, 100)).map(lambda ends: Interval(min(ends), max(ends)))


@given(intervals, intervals, st.data())
def test_sum_and_product_hold_every_sum_and_product(first, second, data):
    one = data.draw(st.fractions(first.low, first.high))
    other = data.draw(st.fractions(second.low, second.high))
    total, product = first + second, first * second
    assert total.low <= one + other <= total.high
    assert product.low <= one * other <= product.high


def test_nothing_times_an_unbounded_amount_is_nothing():
    assert Interval.at(0) * Interval(Fraction(0), None) == Interval.at(0)
