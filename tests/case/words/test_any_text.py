"""Whatever stands in a cell is read or refused with a sentence, at once; nothing else comes out of it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportctl.case.words import (
    Money,
    count,
    country,
    currency,
    decimal_mark,
    grades_in,
    magnet,
    mass,
    money,
    plain_number,
    says_nothing,
    substance,
)
from exportctl.exact import number

READERS = (country, currency, magnet, mass, money, plain_number, substance, count)
PIECES = st.sampled_from(
    ["Nd", "Dy", "2.5", "29", "%", ";", "+", "(", ")", "Fe", " ", ",", ".", "1", "000", "x", "/", "€", "kg", "pcs",
     "NdFeB", "SmCo", "2:17", "磁体", "中国", "China", "Made in ", "N42SH", "-", "<", "balance", "oxide", "²", "٣"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=8).map("".join))


def refusal(read, text):
    try:
        read(text)
    except ValueError as refused:
        return str(refused)
    return None


@pytest.mark.parametrize("read", READERS)
@given(text=TEXTS)
def test_a_text_is_read_or_refused_with_a_sentence(read, text):
    said = refusal(read, text)
    assert said is None or "`" in said


@given(text=TEXTS)
def test_a_number_that_is_read_is_one(text):
    try:
        read = plain_number(text)
    except ValueError:
        return
    assert all(letter in "0123456789.-" for letter in read)


@given(text=TEXTS)
def test_an_amount_that_is_read_is_plain_decimal_text_or_a_fraction(text):
    try:
        read = count(text)
    except ValueError:
        return
    assert read is None or isinstance(read, Fraction) or all(letter in "0123456789.-" for letter in read)


@given(text=TEXTS)
def test_what_is_searched_in_any_text_never_refuses_it(text):
    says_nothing(text)
    grades_in(text)
    decimal_mark([text])


@given(amount=st.decimals(min_value=0, max_value=10**9, places=3), sign=st.sampled_from(["€", "USD ", "US$"]))
def test_an_amount_of_money_written_in_thousands_is_that_amount(amount, sign):
    read = money(f"{sign}{amount:,}", ".")
    assert number(read.amount) == number(amount)
    assert read == Money(read.amount, "EUR" if sign == "€" else "USD")


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", ["1" * 100_000, "2 x " * 30_000, "Nd" * 60_000, "a, " * 40_000, "+" * 100_000])
def test_a_cell_that_is_far_too_long_is_refused_at_once(read, text):
    with pytest.raises(ValueError, match=r"is longer than|is not a currency"):
        read(text)
