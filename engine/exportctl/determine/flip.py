"""What would take a share across its threshold: which value, price, mass or origin, everything else as it is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from exportctl.case.item import Item
from exportctl.decide.determination import Flip
from exportctl.decide.share import value_of
from exportctl.decide.subject import Subject
from exportctl.determine.money import money
from exportctl.determine.portion import Portions, others
from exportctl.exact import Interval
from exportctl.kleene import YES

GRAMS = 1000
Turns = Literal["reached", "not_reached"]


def flips(subject: Subject, counted: Interval, parts: Portions, limit: Fraction) -> Iterator[Flip]:
    """Yield what would flip the answer of a share test, first of the whole, then of the parts that make it up."""
    worth = value_of(subject)
    if counted.exact and counted.low > 0 and subject.item is not None:
        yield from _amounts(subject.item, counted.low / limit, "not_reached")
    if worth is None or not worth.exact:
        return
    for part, other in others(parts):
        needed = limit * worth.low - other
        if needed > 0 and part.pieces.exact and part.pieces.low > 0:
            yield from _amounts(part.item, needed / part.pieces.low, "reached")
        if needed > 0 and part.amount.low >= needed and part.item is not subject.item and part.counts is YES:
            yield Flip(item=part.item.id, fact="item.origin", at=None, unit="", turns="not_reached")


def _amounts(item: Item, worth: Fraction, turns: Turns) -> Iterator[Flip]:
    """Yield the worth of one piece as a value, and as a price and a mass where it comes from these."""
    currency = item.currency or ""
    yield Flip(item=item.id, fact="item.value", at=money(worth), unit=currency, turns=turns)
    if item.mass is None or item.price is None or item.line_value is not None:
        return
    if item.mass.exact and item.mass.low > 0:
        price = worth * GRAMS / item.mass.low
        yield Flip(
            item=item.id, fact="item.price_per_kg", at=money(price), unit=f"{currency}/kg".strip("/"), turns=turns
        )
    if item.price.exact and item.price.low > 0:
        mass = worth * GRAMS / item.price.low
        yield Flip(item=item.id, fact="item.unit_mass_g", at=money(mass), unit="g", turns=turns)
