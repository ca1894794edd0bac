"""From the cells of a row to the raw facts of an item, as the `item` block of a case file writes them."""

from __future__ import annotations

import re
from typing import Any

from exportctl.case.bom.headings import STRUCTURE
from exportctl.case.bom.table import Sheet

NONE = "none"
_SYMBOLS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb "
    "Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au "
    "Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts "
    "Og"
)
ELEMENTS = frozenset(_SYMBOLS.split())
_AMOUNT = re.compile(r"([A-Z][a-z]?)\s+([0-9]+(?:\.[0-9]+)?)")
_FORMULA = re.compile(r"(?:[A-Z][a-z]?[0-9]*)+")
_ONE_SYMBOL = re.compile(r"[A-Z][a-z]?")


def raw_facts(sheet: Sheet, row: int) -> dict[str, Any]:
    """Return what the cells of a row say, by the keys of an `item` block.

    A blank cell is absent, for it is not known; a blank quantity is None, for an absent one would mean 1.
    """
    found: dict[str, Any] = {}
    for name in sheet.columns:
        if name in STRUCTURE:
            continue
        if text := sheet.text(row, name):
            found[name] = sheet.cell(row, name) if name == "description" else _value(name, text)
        elif name == "quantity":
            found[name] = None
    return found


def _value(name: str, text: str) -> Any:
    if name == "elements":
        return elements(text)
    return several(text) if name == "chinese_technology" else text


def several(text: str) -> list[str]:
    """Return the values of a cell that may hold several, split at `;`. `none` is none of them, for certain."""
    if text.casefold() == NONE:
        return []
    return [part.strip() for part in text.split(";") if part.strip()]


def elements(text: str) -> dict[str, str | None] | str:
    """Return mass percent by element from `Nd 29; Dy 2.5`, or None for each element of `NdFeB+Dy` or `Dy2O3`.

    Anything else is returned as it is, for the reader of items to refuse.
    """
    found: dict[str, str | None] = {}
    for part in several(text):
        read = _one(part)
        twice = found.keys() & read.keys()
        if not read or any(found[symbol] or read[symbol] for symbol in twice):
            return text
        found |= read
    return found if found or text.casefold() == NONE else text


def _one(part: str) -> dict[str, str | None]:
    """Return an element with its amount, or the elements of a formula; nothing when it is neither."""
    if match := _AMOUNT.fullmatch(part):
        return {match[1]: match[2]} if match[1] in ELEMENTS else {}
    formulas = [formula.strip() for formula in part.split("+")]
    symbols = [symbol for formula in formulas for symbol in _ONE_SYMBOL.findall(formula)]
    whole = all(_FORMULA.fullmatch(formula) for formula in formulas)
    return dict.fromkeys(symbols) if whole and set(symbols) <= ELEMENTS else {}
