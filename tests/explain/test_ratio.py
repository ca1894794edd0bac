from __future__ import annotations

from fractions import Fraction

import pytest

from exportctl.explain.ratio import both, interval, percent, with_percent


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        ("0.0125", "1.25 %"),
        ("0.001", "0.1 %"),
        ("0", "0 %"),
        ("1", "100 %"),
        ("-0.00005", "-0.005 %"),
        ("1/4", "25 %"),
        ("0.000999999", "0.0999999 %"),
        ("1/3", "1/3 (about 33.33 %)"),
        ("not a ratio", "not a ratio"),
        ("1e999999999", "1e999999999"),
        ("1/0", "1/0"),
    ],
)
def test_a_ratio_in_percent_is_exact_or_says_about(ratio, shown):
    assert percent(ratio, "en") == shown


def test_chinese_says_about_too():
    assert percent("1/3", "zh") == "1/3（约33.33 %）"


@pytest.mark.parametrize("ratio", ["1/1001", "1/999", "10000/10000001", "1000000000/999999999999"])
def test_rounding_never_moves_a_share_onto_or_across_its_threshold(ratio):
    about = percent(ratio, "en", "0.001").partition("about ")[2].removesuffix(" %)")
    shown, exact, limit = Fraction(about) / 100, Fraction(ratio), Fraction(1, 1000)
    assert shown != limit
    assert (shown > limit) == (exact > limit)


def test_a_tiny_share_is_never_shown_as_nothing_nor_a_large_one_as_all():
    assert percent("1/3000000", "en") == "1/3000000 (about 0.00003 %)"
    assert "100 %" not in percent("2999999/3000000", "en")


def test_a_share_is_shown_as_fraction_and_percent():
    assert both("0.0125", "en") == "0.0125 (1.25 %)"
    assert both("1", "en") == "1 (100 %)"
    assert interval("0.001", "1/3", "en") == "0.001 (0.1 %) to 1/3 (about 33.33 %)"
    assert interval("0.5", "0.5", "zh") == "0.5（50 %）"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at least 0.001", "at least 0.001 (0.1 %)"),
        ("0..0.02", "0 (0 %) to 0.02 (2 %)"),
        ("0.5..", "0.5 (50 %) or more"),
        ("min_share 1.2.3 v0.5", "min_share 1.2.3 v0.5"),
    ],
)
def test_ratios_inside_a_text_get_their_percentage(text, shown):
    assert with_percent(text, "en") == shown
