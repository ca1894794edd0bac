"""The main metal of an item."""

from __future__ import annotations

from fractions import Fraction

from exportctl.case.item import Composition
from exportctl.decide.membership import Membership, of_names
from exportctl.kleene import NO, UNKNOWN

NOT_METALS = frozenset(["H", "He", "B", "C", "N", "O", "F", "Ne", "P", "S", "Cl", "Ar", "Br", "Kr", "I", "Xe"])
HALF, WHOLE = 50, 100


def main_element(form: str | None, made_of: Composition | None) -> Membership | None:
    """Return the metal an item consists of or mostly consists of, as a set of one; None where nothing is known.

    The set is empty when a complete composition names no metal. Where the metal is open but the composition complete,
    the set says which metals it could be. A metal of which one element is named, without an amount, is that metal.
    """
    if made_of is None:
        return None
    metals = {e: made_of.percent[e] for e in made_of.present if e not in NOT_METALS}
    if not metals and made_of.complete and not made_of.perhaps - NOT_METALS:
        return of_names([])
    element = _greatest(form, made_of, metals)
    if element is not None:
        return of_names([element])
    possible = {*metals, *(made_of.perhaps - NOT_METALS)}
    return Membership(dict.fromkeys(possible, UNKNOWN), NO if made_of.complete else UNKNOWN)


def _greatest(form: str | None, made_of: Composition, metals: dict[str, Fraction | None]) -> str | None:
    if made_of.perhaps or not metals:
        return None
    if len(metals) == 1:
        ((element, percent),) = metals.items()
        named_so = percent is None and form == "metal"
        return element if made_of.complete or named_so or (percent or 0) > HALF else None
    amounts = {e: p for e, p in metals.items() if p is not None}
    if not amounts:
        return None
    element = max(sorted(amounts), key=lambda e: amounts[e])
    others = [p for e, p in amounts.items() if e != element]
    left = WHOLE - sum(amounts.values())
    open_still = [left] if not made_of.complete or len(amounts) < len(metals) else []
    return element if amounts[element] > max([*open_still, *others]) else None
