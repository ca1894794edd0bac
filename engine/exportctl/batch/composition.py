"""Compositions no clause tells apart: what counts is which elements are in it, and whether one metal prevails."""

from __future__ import annotations

from fractions import Fraction

from exportctl.case.item import Composition
from exportctl.decide.element import NOT_METALS, WHOLE

LITTLE, MORE, MOST = Fraction(1), Fraction(2), Fraction(60)


def standing_for(made_of: Composition) -> Composition:
    """Return the composition that stands for all with the same elements and the same prevailing metal.

    A metal prevails when it is more than every other, and it is the main element when it is also more than what is not
    accounted for (`exportctl.decide.element`). Elements that are absent or of unknown amount stay what they are.
    """
    known = {element: percent for element, percent in made_of.percent.items() if percent}
    metals = {element: percent for element, percent in known.items() if element not in NOT_METALS}
    amounts = dict.fromkeys(known, LITTLE)
    greatest = max(metals.values(), default=LITTLE)
    first = [element for element, percent in metals.items() if percent == greatest]
    if len(first) == 1:
        amounts[first[0]] = MOST if greatest > WHOLE - sum(metals.values()) else MORE
    alike = {element: amounts.get(element, percent) for element, percent in made_of.percent.items()}
    return Composition(alike, made_of.complete, made_of.perhaps)
