"""Each share as a bar on a scale of powers of ten, against its threshold."""

from __future__ import annotations

import math
from fractions import Fraction

from exportctl.decide.determination import Determination, Share
from exportctl.exact import written
from exportctl.explain.phrase import Lang, say
from exportctl.explain.ratio import percent
from exportctl.picture.paint import Drawing

LEFT, RIGHT, ROW = 330, 860, 30
LEAST_POWER, MOST_SHARES = -6, 12
_FIRST = {"yes": 0, "unknown": 1, "no": 2}


def shares_against_the_line(drawing: Drawing, determination: Determination, lang: Lang, top: float) -> float:
    """Draw the shares, those over the line first, and return where the next thing can begin."""
    shares = sorted(determination.shares, key=lambda share: (_FIRST[share.reaches], -Fraction(share.high)))
    if not shares:
        return top
    drawing.text(24, top, say(lang, "picture.shares"), "mid")
    rows = shares[:MOST_SHARES]
    first, last = top + 34, top + 34 + ROW * len(rows)
    _axis(drawing, first - 8, last)
    for number, share in enumerate(rows):
        _bar(drawing, share, lang, first + ROW * number)
    limit = _at(Fraction(rows[0].threshold))
    drawing.line(limit, first - 12, limit, last + 2, "line")
    drawing.text(limit, first - 16, percent(rows[0].threshold, lang), "mid centre")
    if len(shares) > len(rows):
        drawing.text(24, last + 16, say(lang, "picture.more", many=str(len(shares) - len(rows))), "small")
    return last + 52


def _axis(drawing: Drawing, top: float, bottom: float) -> None:
    for power in range(LEAST_POWER, 1):
        x = _at(Fraction(10) ** power)
        drawing.line(x, top, x, bottom, "grid")
        mark = "0" if power == LEAST_POWER else f"{written(100 * Fraction(10) ** power)} %"
        drawing.text(x, bottom + 14, mark, "small centre")


def _bar(drawing: Drawing, share: Share, lang: Lang, y: float) -> None:
    low, high = Fraction(share.low), Fraction(share.high)
    readings = ", ".join(share.readings.values())
    name = f"{share.item} {share.description}" + (f" ({readings})" if readings else "")
    drawing.text(24, y + 14, name, width=LEFT - 40)
    left, right = _at(low), _at(high)
    said = percent(share.low, lang) if low == high else f"{percent(share.low, lang)} … {percent(share.high, lang)}"
    drawing.box(left - 4, y + 2, right - left + 8, ROW - 12, share.reaches, f"{name}: {said}", 4)
    drawing.text(RIGHT + 16, y + 15, f"{say(lang, f'truth.{share.reaches}')} · {said}", width=1100 - RIGHT - 24)


def _at(ratio: Fraction) -> float:
    """Return where a ratio stands; the least power stands for everything below it."""
    power = math.log10(ratio) if ratio > 0 else LEAST_POWER
    return LEFT + (max(LEAST_POWER, min(0.0, power)) - LEAST_POWER) / -LEAST_POWER * (RIGHT - LEFT)
