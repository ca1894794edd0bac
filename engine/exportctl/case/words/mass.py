"""Mass as a cell writes it, in grams."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from exportctl.case.words.number import plain_number, short
from exportctl.exact import number, written

GRAMS = {
    "g": Fraction(1), "gr": Fraction(1), "gram": Fraction(1), "grams": Fraction(1), "gramm": Fraction(1),
    "克": Fraction(1), "グラム": Fraction(1),
    "kg": Fraction(1000), "kilogram": Fraction(1000), "kilograms": Fraction(1000), "kgs": Fraction(1000),
    "千克": Fraction(1000), "公斤": Fraction(1000), "キログラム": Fraction(1000),
    "mg": Fraction(1, 1000), "毫克": Fraction(1, 1000), "ug": Fraction(1, 10**6), "μg": Fraction(1, 10**6),
    "t": Fraction(10**6), "吨": Fraction(10**6),
    "lb": Fraction("453.59237"), "lbs": Fraction("453.59237"), "oz": Fraction("28.349523125"),
}  # fmt: skip
_PARTS = re.compile(r"(?P<number>[0-9.,' ]+)(?P<unit>[^0-9.,' ]+)\.?")


def mass(text: str, unit: str | None = None, mark: str | None = None) -> str:
    """Return a mass in grams as plain decimal text: `12 g`, `0.5kg`, `3 mg`, 12克.

    `unit` is the unit the heading of the column names; a text with its own unit keeps that.

    Raises:
        ValueError: it is no mass, or names no unit.
    """
    plain = unicodedata.normalize("NFKC", short(text)).strip()
    match = _PARTS.fullmatch(plain)
    amount, named = (match["number"].strip(), match["unit"].casefold()) if match else (plain, unit)
    if named is None:
        raise ValueError(f"`{text}` names no unit of mass")
    if named not in GRAMS:
        raise ValueError(f"`{named}` in `{text}` is not a unit of mass")
    return written(number(plain_number(amount, mark)) * GRAMS[named])
