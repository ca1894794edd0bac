"""Amounts of money as a determination writes them."""

from __future__ import annotations

from fractions import Fraction

from exportctl.exact import written

PLACES = 2


def money(amount: Fraction) -> str:
    """Return an amount with at least two decimals, exactly."""
    text = written(amount)
    if "/" in text:
        return text
    whole, _, part = text.partition(".")
    return f"{whole}.{part:0<{PLACES}}"
