"""The chemical elements by symbol, by name in four languages, and by the CAS number of a metal or an oxide."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from exportctl.strict_yaml import parse

_SYMBOLS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb "
    "Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au "
    "Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts "
    "Og"
)
ELEMENTS = frozenset(_SYMBOLS.split())


@cache
def known() -> Mapping[str, Any]:
    """Return the lists of `substances.yaml`."""
    text = files("exportctl.case.words").joinpath("substances.yaml").read_text("utf-8")
    data: Mapping[str, Any] = parse(text, "substances.yaml")[0].data
    return data


def plain(text: str) -> str:
    """Return a text without what does not count: letter case, width of characters, several spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def symbol(word: str) -> str | None:
    """Return the symbol a word is or names; None when it is no element."""
    return word if word in ELEMENTS else _names().get(plain(word))


def elements_of_cas(number: str) -> tuple[str, ...] | None:
    """Return the elements of a substance by its CAS number; None for a substance that is not listed here."""
    found = known()["cas"].get(number.strip())
    return None if found is None else tuple(found)


@cache
def _names() -> Mapping[str, str]:
    return {plain(name): element for element, names in known()["elements"].items() for name in names}
