"""From the cells of a row to the raw facts of an item, as the `item` block of a case file writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from exportctl.case.bom.table import Sheet
from exportctl.case.headings import STRUCTURE
from exportctl.case.words import count, country, currency, magnet, mass, money, says_nothing, substance
from exportctl.case.words.mass import GRAMS
from exportctl.exact import DIGITS_AFTER
from exportctl.problem import Problem

NONE = "none"
MONEY = ("unit_value", "value", "price_per_kg", "cn_part1_value")
SHARED_SIGNS = {
    "$": ("USD", "CAD", "AUD", "HKD", "SGD", "TWD", "NZD", "MXN"),
    "¥": ("JPY", "CNY"),
    "元": ("CNY", "TWD", "HKD"),
    "kr": ("SEK", "NOK", "DKK"),
}
KEPT = ("description", "part_number", "supplier", "manufacturer")
ASIDE = (*STRUCTURE, "marking", "currency")
MOST_PROBLEMS = 1000


@dataclass
class Cells:
    """Reads the rows of a sheet into raw facts; keeps every fault, and what was read in a way that has to be said."""

    sheet: Sheet
    problems: list[Problem] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)

    def facts(self, row: int) -> dict[str, Any]:
        """Return what the cells of a row say, by the keys of an `item` block.

        A blank cell, or one that says that nothing is known, is absent; a quantity not known is None, for an absent one
        would mean 1.
        """
        found: dict[str, Any] = {}
        for name in self.sheet.columns:
            text = self.sheet.text(row, name)
            if name in ASIDE:
                continue
            if name in KEPT:
                found |= {name: self.sheet.cell(row, name) if name == "description" else text} if text else {}
            elif not text or says_nothing(text):
                found |= {"quantity": None} if name == "quantity" else {}
            else:
                self._take(found, row, name, text)
        self._currency(found, row)
        return found

    def warnings(self) -> list[str]:
        """Return one sentence for each kind of thing that has to be said, with the row it first stood in."""
        return [
            f"{self.sheet.at(self.first[note])}: {note}" + (f" ({times} rows)" if times > 1 else "")
            for note, times in self.notes.items()
        ]

    def _take(self, found: dict[str, Any], row: int, name: str, text: str) -> None:
        try:
            self._read(found, row, name, text)
        except ValueError as error:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(self.sheet.problem(row, name, str(error)))

    def _read(self, found: dict[str, Any], row: int, name: str, text: str) -> None:
        unit, mark = self.sheet.units.get(name), self.sheet.mark
        if name in MONEY:
            self._money(found, row, name, text)
        elif name == "elements":
            read = _substance(text, mark)
            found |= {"elements": dict(read.elements)} | ({"magnet": read.magnet} if read.magnet else {})
            self._grade(row, read.grade.text if read.grade else None)
        elif name == "magnet":
            found["magnet"] = _magnet(text)
            self._grade(row, _grade_of(text))
        elif name == "unit_mass":
            found["unit_mass_g"] = mass(text, unit, mark)
        elif name == "unit_mass_g":
            found[name] = mass(text, "g", mark)
        elif name == "quantity":
            found[name] = self._quantity(row, text)
        elif name in _PLAIN:
            found[name] = _PLAIN[name](text)
        else:
            found[name] = text

    def _quantity(self, row: int, text: str) -> Any:
        read = count(text, self.sheet.mark)
        unit = self.sheet.text(row, "unit").casefold()
        if read == "0":
            self._note(row, "the quantity is 0: such a line adds nothing to its parent")
        if unit in GRAMS or unit in ("m", "mm", "cm", "l", "ml", "m2", "m²", "米", "升"):
            self._note(
                row, f"quantities in `{unit}` are not pieces; values and masses of the line are for one `{unit}`"
            )
        return bounds(read) if isinstance(read, str) else read

    def _money(self, found: dict[str, Any], row: int, name: str, text: str) -> None:
        read = money(text, self.sheet.mark)
        own = self.sheet.text(row, "currency")
        stated = None if says_nothing(own) else currency(own)
        named = _one_currency(text, stated, read.currency, self.sheet.units.get(name))
        if not Decimal(read.amount) and name != "cn_part1_value":
            self._note(row, f"a {name} of 0 is read as not known: what is given away has a value too")
            return
        found[name] = bounds(read.amount)
        if named:
            found["currency"] = _one_currency(text, found.get("currency"), named)

    def _currency(self, found: dict[str, Any], row: int) -> None:
        text = self.sheet.text(row, "currency")
        if any(name in found for name in MONEY) and "currency" not in found and not says_nothing(text):
            found["currency"] = currency(text)

    def _grade(self, row: int, grade: str | None) -> None:
        if grade:
            self._note(row, f"grade `{grade}` names the alloy and the heat resistance, not whether Dy or Tb is in it")

    def _note(self, row: int, text: str) -> None:
        self.notes[text] += 1
        self.first.setdefault(text, row)


def bounds(amount: str) -> Any:
    """Return an amount as it is, or between two numbers of nine places when it is written with more."""
    whole, _, places = amount.partition(".")
    if len(places.rstrip("0")) <= DIGITS_AFTER:
        return amount
    low = Decimal(f"{whole}.{places[:DIGITS_AFTER]}")
    step = Decimal(1).scaleb(-DIGITS_AFTER)
    ends = (low - step, low) if amount.startswith("-") else (low, low + step)
    return {"low": format(ends[0], "f"), "high": format(ends[1], "f")}


def several(text: str) -> list[str]:
    """Return the values of a cell that may hold several, split at `;`. `none` is none of them, for certain.

    Raises:
        ValueError: the cell holds nothing but `;`, which may mean none or not known.
    """
    if text.casefold() == NONE:
        return []
    found = [part.strip() for part in text.split(";") if part.strip()]
    if not found:
        raise ValueError(f"`{text}` names no value; write `none` for none, and nothing for not known")
    return found


def _one_currency(text: str, *named: str | None) -> str | None:
    """Return the one currency that all who name one mean; a sign such as `$` fits each that uses it."""
    codes = {name for name in named if name}
    exact = codes - SHARED_SIGNS.keys()
    for sign in codes & SHARED_SIGNS.keys():
        if exact and not exact <= set(SHARED_SIGNS[sign]):
            raise ValueError(f"`{text}` is in `{sign}`, but the currency is `{exact.pop()}`")
    if len(exact) > 1 or (not exact and len(codes) > 1):
        raise ValueError(f"`{text}` names one currency and its column or heading another")
    return next(iter(exact or codes), None)


def _lower(text: str) -> str:
    return text.lower()


def _grade_of(text: str) -> str | None:
    read = None if text.casefold() == "other" else _substance(text, None)
    return read.grade.text if read and read.grade else None


_substance = lru_cache(maxsize=4096)(substance)
_magnet = lru_cache(maxsize=4096)(magnet)
_PLAIN: dict[str, Callable[[str], Any]] = {
    "made_in": lru_cache(maxsize=4096)(country),
    "origin": lru_cache(maxsize=4096)(country),
    "chinese_technology": several,
    "form": _lower,
    "composition": _lower,
}
