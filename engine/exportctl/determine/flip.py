"""What would take a share across its threshold: which value, price, mass or origin, everything else as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from exportctl.case.item import Item
from exportctl.decide.determination import Flip
from exportctl.decide.share import value_of
from exportctl.decide.subject import Subject
from exportctl.determine.money import money
from exportctl.determine.portion import Held
from exportctl.exact import Interval
from exportctl.kleene import YES

GRAMS = 1000
MOST_FLIPS = 12
Turns = Literal["reached", "not_reached"]


def flips(subject: Subject, counted: Interval, parts: Sequence[Held], limit: Fraction) -> Iterator[Flip]:
    """Yield what would flip the answer of a share test, first of the whole, then of the parts that make it up."""
    worth = value_of(subject)
    if counted.exact and counted.low > 0 and subject.item is not None:
        yield from _amounts(subject.item, subject.name, counted.low / limit, "not_reached")
    if worth is None or not worth.exact:
        return
    for part in parts[:MOST_FLIPS]:
        others = _others(part, parts)
        if others is None or part.subject.item is None:
            continue
        needed = limit * worth.low - others
        if needed > 0 and part.pieces.exact and part.pieces.low > 0:
            yield from _amounts(part.subject.item, part.subject.name, needed / part.pieces.low, "reached")
        if needed > 0 and part.amount.low >= needed and part.subject is not subject and part.counts is YES:
            yield Flip(item=part.subject.name, fact="item.origin", at=None, unit="", turns="not_reached")


def _others(part: Held, parts: Sequence[Held]) -> Fraction | None:
    """Return what the other parts add up to, None where that is not known."""
    others = [other.amount for other in parts if other is not part]
    return sum((amount.low for amount in others), Fraction(0)) if all(a.exact for a in others) else None


def _amounts(item: Item, name: str, worth: Fraction, turns: Turns) -> Iterator[Flip]:
    """Yield the worth of one piece as a value, and as a price and a mass where it comes from these."""
    currency = item.currency or ""
    yield Flip(item=name, fact="item.value", at=money(worth), unit=currency, turns=turns)
    if item.mass is None or item.price is None or item.line_value is not None:
        return
    if item.mass.exact and item.mass.low > 0:
        price = worth * GRAMS / item.mass.low
        yield Flip(item=name, fact="item.price_per_kg", at=money(price), unit=f"{currency}/kg".strip("/"), turns=turns)
    if item.price.exact and item.price.low > 0:
        mass = worth * GRAMS / item.price.low
        yield Flip(item=name, fact="item.unit_mass_g", at=money(mass), unit="g", turns=turns)
