"""Chemical formulas: which elements they name, and their amounts where those can only be mass percent."""

from __future__ import annotations

import re
from decimal import Decimal

from exportctl.case.words.symbol import ELEMENTS

_PAIR = re.compile(r"([A-Z][a-z]?)([0-9]+(?:\.[0-9]+)?)?")
_FLAT = re.compile(r"(?:[A-Z][a-z]?(?:[0-9]+(?:\.[0-9]+)?)?)+")
_GROUPED = re.compile(r"[A-Za-z0-9.,()\[\]-]+")
_WORD = re.compile(r"[A-Z]{2,}[0-9]*|[A-Z][0-9]{2,}")
_SUM = (Decimal(98), Decimal("100.5"))
MOST_BORON_BY_MASS, MOST_ATOMS = Decimal(2), Decimal(100)


def formula(text: str) -> dict[str, str | None]:
    """Return the elements of a formula, with mass percent or None; empty when the text is none.

    `Dy2O3` counts atoms, so it says what is in it and not how much by mass. `Nd29Dy2.5Fe67B1` may count either; its
    amounts are read as mass percent only in an alloy of Nd, Fe and B whose numbers add up to about 100 with boron at
    or below 2: by atoms a magnet of that family holds more than 5 of boron. `PVC`, `SUS304` and `C45` are names.
    """
    if _WORD.fullmatch(text) or not _balanced(text):
        return {}
    symbols = [match[1] for match in _PAIR.finditer(text)]
    rest = _PAIR.sub("", text)
    counts = [Decimal(match[2]) for match in _PAIR.finditer(text) if match[2]]
    if not symbols or set(symbols) - ELEMENTS or re.search("[A-Za-z]", rest) or max(counts, default=0) > MOST_ATOMS:
        return {}
    amounts = {match[1]: match[2] for match in _PAIR.finditer(text)} if _FLAT.fullmatch(text) else {}
    if len(amounts) == len(symbols) and _mass_percent(amounts):
        return {element: amounts[element] for element in symbols}
    return dict.fromkeys(symbols)


def _balanced(text: str) -> bool:
    return bool(_GROUPED.fullmatch(text)) and text.count("(") == text.count(")") and text.count("[") == text.count("]")


def _mass_percent(amounts: dict[str, str | None]) -> bool:
    numbers = [Decimal(amount) for amount in amounts.values() if amount]
    if len(numbers) < len(amounts) or not {"Nd", "Fe", "B"} <= amounts.keys():
        return False
    boron = Decimal(amounts["B"] or 0)
    return _SUM[0] <= sum(numbers) <= _SUM[1] and boron <= MOST_BORON_BY_MASS
