"""The main metal of an item."""

from __future__ import annotations

from exportctl.case.item import Composition

NOT_METALS = frozenset(["H", "He", "B", "C", "N", "O", "F", "Ne", "P", "S", "Cl", "Ar", "Br", "Kr", "I", "Xe"])
HALF, WHOLE = 50, 100


def main_element(form: str | None, made_of: Composition | None) -> str | None:
    """Return the metal an item consists of or mostly consists of, None where that is not known.

    `none` means that a complete composition names no metal. A metal of which one element is named, without an amount,
    is that metal.
    """
    if made_of is None:
        return None
    metals = {e: made_of.percent[e] for e in made_of.present if e not in NOT_METALS}
    if not metals:
        return "none" if made_of.complete and not made_of.perhaps else None
    if len(metals) == 1:
        ((element, percent),) = metals.items()
        named_so = percent is None and form == "metal"
        return element if made_of.complete or named_so or (percent or 0) > HALF else None
    amounts = {e: p for e, p in metals.items() if p is not None}
    if not amounts:
        return None
    element = max(sorted(amounts), key=lambda e: amounts[e])
    others = [p for e, p in amounts.items() if e != element]
    unlisted = 0 if made_of.complete else WHOLE - sum(amounts.values())
    unstated = WHOLE - sum(amounts.values()) if len(amounts) < len(metals) else 0
    return element if amounts[element] > max([unlisted, unstated, *others]) else None
