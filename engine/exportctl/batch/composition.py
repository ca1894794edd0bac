"""Compositions no clause tells apart: what counts is which elements are in it, and whether one metal prevails."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import lcm

from exportctl.case.item import Composition
from exportctl.decide.element import NOT_METALS, WHOLE

LITTLE, MORE, MOST = 1, 2, 60
KEPT = 2**14
Percents = tuple[tuple[str, int | None], ...]


def standing_for(made_of: Composition) -> Composition:
    """Return the composition that stands for all with the same elements and the same prevailing metal.

    A metal prevails when it is more than every other, and it is the main element when it is also more than what is not
    accounted for (`exportctl.decide.element`). Elements that are absent or of unknown amount stay what they are.
    """
    known = {element: percent for element, percent in made_of.percent.items() if percent}
    whole = lcm(*(percent.denominator for percent in known.values()))
    parts = {element: percent.numerator * (whole // percent.denominator) for element, percent in known.items()}
    metals = {element: part for element, part in parts.items() if element not in NOT_METALS}
    amounts: dict[str, int] = dict.fromkeys(known, LITTLE)
    greatest = max(metals.values(), default=0)
    first = [element for element, part in metals.items() if part == greatest]
    if len(first) == 1:
        amounts[first[0]] = MOST if greatest + sum(metals.values()) > WHOLE * whole else MORE
    alike = tuple(
        (element, None if percent is None else amounts.get(element, 0)) for element, percent in made_of.percent.items()
    )
    return _of(alike, made_of.complete, made_of.perhaps)


@lru_cache(KEPT)
def _of(percents: Percents, complete: bool, perhaps: frozenset[str]) -> Composition:
    """Return a composition of whole percents, the same object each time."""
    found = {element: None if percent is None else Fraction(percent) for element, percent in percents}
    return Composition(found, complete, perhaps)
