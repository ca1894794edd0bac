"""Shares worked out in whole columns are those of exact fractions, on both sides of every mark."""

import re
from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from batch.flat import screened
from exportctl.batch import ratio
from exportctl.exact import number, written

MARKS = [Fraction(1, 1000), Fraction(1, 4)]
plain = st.builds(
    lambda whole, places, digits: (
        f"{whole}.{digits:0{places}d}"[: len(str(whole)) + 1 + places] if places else str(whole)
    ),
    st.integers(0, 999_999_999),
    st.integers(0, 4),
    st.integers(0, 9999),
).filter(lambda text: number(text) > 0)


@given(st.lists(st.tuples(plain, plain, st.integers(1, 9999)), min_size=1))
def test_ratios_in_columns_are_exact(rows):
    texts = pl.DataFrame({"c": [c for c, _, _ in rows], "w": [w for _, w, _ in rows], "q": [str(q) for *_, q in rows]})
    frame = texts.select(map(ratio.amount, "cwq"))
    assert frame.select(ratio.is_usual("c", "w", "q")).to_series().all()
    found = ratio.ratios(frame, "c", "w", "q")
    wanted = [min(Fraction(1), number(c) * q / number(w)) for c, w, q in rows]
    assert ratio.texts(found).to_list() == list(map(written, wanted))
    assert ratio.sides(found, MARKS).to_list() == [ratio.side_of(one, MARKS) for one in wanted]


def test_without_marks_all_ratios_lie_on_one_side():
    assert ratio.sides(pl.DataFrame({"top": [1, 2, 3], "below": [7, 3, 3]}), []).to_list() == [0, 0, 0]


def test_marks_that_do_not_fit_are_not_compared_in_columns():
    assert ratio.fits([Fraction(1, 10**21)])
    assert not ratio.fits([Fraction(1, 10**22)])


def test_amounts_in_columns_and_one_by_one_give_the_same_row(book):
    """A trailing zero behind the fourth place makes an amount unusual and leaves it what it was."""
    row = {
        "from": "JP",
        "to": "KR",
        "form": "magnet",
        "magnet": "NdFeB",
        "elements": "Nd 29; Dy 2.5",
        "on": "2026-01-15",
    }
    pairs = [
        ("1000", "1"),
        ("1000", "0.9999"),
        ("7", "3"),
        ("3", "7"),
        ("0", "1"),
        ("5", "0"),
        ("999999999", "1000000.5"),
    ]
    longer = lambda text: text + ("0" * 5 if "." in text else ".00000")  # noqa: E731
    both = [{**row, "value": v, "cn_part1_value": c} for v, c in pairs]
    both += [{**row, "value": longer(v), "cn_part1_value": longer(c)} for v, c in pairs]
    found, rejected = screened(book, both)
    assert rejected.is_empty()
    assert found[: len(pairs)] == found[len(pairs) :]
    assert [one["share_high"] for one in found[:4]] == ["0.001", "0.0009999", "3/7", "1"]


@given(st.lists(st.text("0019.+-e ５", max_size=30) | st.from_regex(ratio.PLAIN, fullmatch=True), min_size=1))
def test_plain_amounts_are_exact_and_anything_else_is_left_to_the_reader_of_cells(texts):
    found = pl.DataFrame({"a": texts}).select(ratio.amount("a"))["a"].to_list()
    plain = [re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,9})?", text) is not None for text in texts]
    assert [one is not None for one in found] == plain
    assert all(one == number(text) * ratio.ONE for one, text in zip(found, texts, strict=True) if one is not None)


def test_the_greatest_plain_amount_is_exact():
    found = pl.DataFrame({"a": ["9" * 18 + "." + "9" * 9, "9" * 19]}).select(ratio.amount("a"))["a"]
    assert found.to_list() == [10**27 - 1, None]


def test_decimals_of_more_places_than_fit_are_written_whole():
    found = pl.DataFrame({"top": [1, 3, 1], "below": [2**40, 5**20, 2 * 3**20]})
    assert ratio.texts(found).to_list() == [written(Fraction(*pair)) for pair in found.iter_rows()]


def test_columns_in_pieces_some_of_them_empty():
    """One way of joining texts breaks down when every row of a piece was taken away before."""
    pieces = [pl.DataFrame({"top": [1], "below": [top]}) for top in (1, 3, 7)]
    found = pl.concat(pieces, rechunk=False)
    assert found.n_chunks() == len(pieces)
    assert ratio.texts(found).to_list() == ["1", "1/3", "1/7"]
