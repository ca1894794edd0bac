from __future__ import annotations

from typing import get_args

import pytest
from determinations import LIMB_1, LIMB_2, LIST_18, NO_18, NO_61

from exportctl.decide.determination import Definite
from exportctl.explain.headline import OPEN, headline

ON = "2026-01-15"


def said(outcome, certain=None, possible=None, deciding=(), presumed=False):
    return headline(outcome, certain or outcome, possible or certain or outcome, list(deciding), presumed, ON)


def test_a_suspended_provision_is_named_with_the_day():
    text = said("suspended", deciding=[LIMB_1])
    assert text.en == "Would need a MOFCOM licence, but No. 61 of 2025 Article 1(1) is suspended on 2026-01-15"
    assert text.zh == "本须取得商务部许可，但2025年第61号第一条第（一）项在2026-01-15处于暂停实施状态"


def test_several_provisions_of_one_instrument_name_it_once():
    text = said("suspended", deciding=[LIMB_1, LIMB_2, LIMB_1])
    assert "but No. 61 of 2025 Article 1(1) and Article 1(2) are suspended" in text.en
    assert "2025年第61号第一条第（一）项和第一条第（二）项在2026-01-15均处于" in text.zh


def test_a_needed_licence_names_the_list():
    text = said("licence_required", deciding=[LIST_18])
    assert text.en == "A MOFCOM dual-use licence is needed before export: No. 18 of 2025, list of items"


def test_a_provision_may_come_in_one_language():
    text = said("licence_required", deciding=[(NO_18, "list"), (NO_61, "Article 1(1)")])
    assert text.en.endswith(": No. 18 of 2025, list and No. 61 of 2025 Article 1(1)")
    assert text.zh.endswith("：2025年第18号, list和2025年第61号 Article 1(1)")


def test_more_than_three_provisions_are_counted():
    many = [(NO_61, f"Article {number}") for number in range(1, 7)]
    assert said("prohibited", deciding=many).en.endswith("Article 1, Article 2, Article 3 and 3 more")


def test_an_open_outcome_says_both_bounds():
    text = said("needs_facts", "no_requirement_found", "suspended")
    assert text.en == "Facts are missing: between no requirement found and suspended; see what to ask below"
    assert "“未发现许可要求”与“暂停实施”之间" in text.zh


def test_an_open_outcome_names_what_it_hangs_on():
    text = said("verify_law", "suspended", "licence_required", [LIMB_1])
    assert "between suspended and licence required (No. 61 of 2025 Article 1(1));" in text.en


def test_a_stricter_outcome_that_is_possible_is_said():
    text = said("licence_required", "licence_required", "prohibited", [LIST_18])
    assert text.en.endswith("list of items; up to prohibited is possible, see below")
    assert text.zh.endswith("；最严可能为“禁止出口”，见下")


def test_a_presumed_exclusion_says_presumed():
    text = said("no_requirement_found", deciding=[LIST_18], presumed=True)
    assert "No requirement found on the facts given" in text.en
    assert "(presumed: the official FAQ says generally not covered by No. 18 of 2025, list of items)" in text.en
    assert "推定" in text.zh


@pytest.mark.parametrize("outcome", ["no_requirement_found", "suspended"])
def test_presumed_is_said_without_a_name_too(outcome):
    assert "(presumed: the official FAQ says generally not covered" in said(outcome, presumed=True).en


@pytest.mark.parametrize("presumed", [False, True])
@pytest.mark.parametrize("deciding", [[], [LIMB_1], [LIMB_1, LIMB_2, LIST_18]])
@pytest.mark.parametrize("outcome", [*get_args(Definite), *OPEN])
def test_every_outcome_has_a_headline_in_both_languages(outcome, deciding, presumed):
    bounds = ("no_requirement_found", "licence_required") if outcome in OPEN else (outcome, outcome)
    text = said(outcome, *bounds, deciding, presumed)
    for sentence in (text.en, text.zh):
        assert sentence.strip()
        assert "{" not in sentence
        assert "\n" not in sentence
        assert "clear" not in sentence.lower()
