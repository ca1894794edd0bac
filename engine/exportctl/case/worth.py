"""What one piece and a whole line are worth, from value or from mass and price, and where amounts contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from exportctl.case.item import Item
from exportctl.exact import ZERO, Interval, written

PER_GRAM = Interval.at(Fraction(1, 1000))


def worth_of(given: Mapping[str, Any]) -> tuple[Interval | None, Interval | None]:
    """Return what one piece and what the whole line is worth, as far as it was given.

    A value wins over mass and price. Source: Announcement 61 of 2025, Article 1(1), which does not say how value is
    measured.
    """
    if "unit_value" in given:
        return given["unit_value"], given.get("value")
    if "value" in given:
        return None, given["value"]
    if "unit_mass_g" in given and "price_per_kg" in given:
        return given["unit_mass_g"] * PER_GRAM * given["price_per_kg"], None
    return None, None


def contradictions(item: Item) -> Iterator[str]:
    """Yield a sentence for each pair of amounts of one item that cannot both be right."""
    one, many, whole = item.value, item.quantity, item.line_value
    if one is not None and many is not None and whole is not None and _apart(product := one * many, whole):
        yield f"{many} pieces of {one} are {product}, and the line says {whole}"
    worth = item.worth
    if worth is None or worth.high is None:
        return
    inside = sum((part.line_worth or ZERO for part in item.components or ()), ZERO)
    if inside.low > worth.high:
        yield f"its components cost {written(inside.low)}, more than its own value {worth}; transfer prices?"
    known = item.cn_part1_value
    if known is not None and known.low > worth.high:
        yield f"its Chinese-origin Part 1 content is worth {known}, more than its own value {worth}"


def _apart(one: Interval, other: Interval) -> bool:
    """Return whether two intervals have no number in common."""
    below = one.high is not None and one.high < other.low
    return below or (other.high is not None and other.high < one.low)
