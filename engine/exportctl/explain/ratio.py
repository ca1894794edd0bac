"""Ratios as people read them: `0.0125 (1.25 %)`, `1/3 (about 33.33 %)`. Exact; what is rounded says `about`."""

from __future__ import annotations

import re
from fractions import Fraction

from exportctl.exact import written
from exportctl.explain.phrase import Lang, say

_RATIO = re.compile(r"-?\d+(?:\.\d+|/0*[1-9]\d*)?")
_NUMBER = re.compile(r"(?<![\w./-])-?\d+(?:\.\d+|/0*[1-9]\d*)?(?![\w/.])")
LEAST_PLACES, MOST_PLACES = 2, 40


def percent(ratio: str, lang: Lang, limit: str = "") -> str:
    """Return a ratio in percent: `1.25 %`, or `1/3 (about 33.33 %)` where it does not end.

    What is rounded stays on its own side of `limit`, of nothing and of all. A text that is no ratio comes back as is.
    """
    if not _RATIO.fullmatch(ratio):
        return ratio
    exact = Fraction(ratio) * 100
    if "/" in written(exact):
        return say(lang, "value.about", ratio=ratio, percent=f"{written(_rounded(exact, limit))} %")
    return f"{written(exact)} %"


def both(ratio: str, lang: Lang, limit: str = "") -> str:
    """Return a ratio and its percentage: `0.0125 (1.25 %)`."""
    shown = percent(ratio, lang, limit)
    ends = _RATIO.fullmatch(ratio) and "/" not in written(Fraction(ratio))
    return say(lang, "value.exactly", ratio=ratio, percent=shown) if ends else shown


def interval(low: str, high: str | None, lang: Lang, limit: str = "") -> str:
    """Return two ends of a ratio: `0.0125 (1.25 %)`, or `0 (0 %) to 0.02 (2 %)`."""
    return span_of(both(low, lang, limit), None if high is None else both(high, lang, limit), lang)


def span_of(low: str, high: str | None, lang: Lang) -> str:
    """Return two ends as people write them: `10`, `10 to 12`, `10 or more` where the high end has no bound."""
    if high is None:
        return say(lang, "value.or_more", low=low)
    return low if low == high else say(lang, "value.range", low=low, high=high)


def with_percent(text: str, lang: Lang, limit: str = "") -> str:
    """Return a text such as `at least 0.001` or `0..0.02` with the percentage behind every ratio in it."""
    low, dots, high = text.partition("..")
    if dots and _RATIO.fullmatch(low) and (not high or _RATIO.fullmatch(high)):
        return interval(low, high or None, lang, limit)
    return _NUMBER.sub(lambda found: both(found[0], lang, limit), text)


def _rounded(exact: Fraction, limit: str) -> Fraction:
    marks = [Fraction(0), Fraction(100), *([Fraction(limit) * 100] if _RATIO.fullmatch(limit) else [])]
    for places in range(LEAST_PLACES, MOST_PLACES):
        shown = Fraction(round(exact * 10**places), 10**places)
        if all((shown > mark, shown < mark) == (exact > mark, exact < mark) for mark in marks):
            return shown
    return shown
