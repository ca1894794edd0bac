"""Magnet grades such as N42SH: what they name, and what they only make likely."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HEAT_RESISTANT = ("SH", "UH", "EH", "AH", "VH", "TH")
_HEAT = "|".join(HEAT_RESISTANT)
_WHOLE = re.compile(rf"(?P<n>N)?-?(?P<energy>2[7-9]|[345][0-9])\s?(?P<heat>M|H|{_HEAT})?(?P<end>Z|T|R)?")
_IN_TEXT = re.compile(rf"(?<![A-Za-z0-9])N(?:2[7-9]|[345][0-9])(?P<heat>{_HEAT})(?![A-Za-z0-9])")
_SMCO = re.compile(r"(?:YXG|YX|XGS?)-?[0-9]{2}[A-Z]{0,2}")


@dataclass(frozen=True)
class Grade:
    """A grade: the magnet alloy its letters stand for, and whether magnets of it usually hold dysprosium or terbium.

    `usually_heavy` is a hint and never proof: grain-boundary diffusion and fine grain make SH without either.
    """

    text: str
    magnet: str
    usually_heavy: bool


def grade(text: str) -> Grade | None:
    """Return the grade that a whole cell of a magnet or material column is; None when it is none.

    `42SH` counts here; in a running text it may be anything, for 47UH is an inductor's 47 µH as well.
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if match := _WHOLE.fullmatch(plain):
        named = match["n"] or match["heat"]
        return Grade(plain, "NdFeB", match["heat"] in HEAT_RESISTANT) if named else None
    return Grade(plain, "SmCo", usually_heavy=False) if _SMCO.fullmatch(plain) else None


def grades_in(description: str) -> tuple[Grade, ...]:
    """Return the heat-resistant grades a running text names with their N: `rotor magnet N42SH`."""
    found = _IN_TEXT.finditer(unicodedata.normalize("NFKC", description))
    return tuple(Grade(match[0], "NdFeB", usually_heavy=True) for match in found)
