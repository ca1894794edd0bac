"""The exact list of headings: a heading matches as a whole or not at all, with the unit it may name behind it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from exportctl.case.words.mass import GRAMS
from exportctl.case.words.money import currency
from exportctl.strict_yaml import parse

IGNORED = "ignored"
STRUCTURE = ("level", "parent", "item_number", "unit")
MONEY = ("unit_value", "value", "cn_part1_value", "price_per_kg")
MASS = "unit_mass"
_BEHIND = re.compile(r"(?P<name>.*?)\s*(?:[(\[]\s*(?:in )?(?P<inside>[^()\[\]]+)[)\]]|(?:,| in)\s+(?P<after>\S+))")


@dataclass(frozen=True)
class Meaning:
    """The field a heading means, and the currency or the unit of mass it names behind that."""

    field: str
    unit: str | None = None


def bom_field(heading: str, company: Collection[str] = ()) -> Meaning | None:
    """Return what a heading of a bill of materials means; None when the list lacks it.

    `company` are all headings of the table: beside Footprint or Designator, `Value` is what is printed on a part
    (100nF) and no money.
    """
    word = plain(heading)
    beside = {plain(other) for other in company}
    for rule in _lists()["beside"]:
        if word == plain(rule["heading"]) and beside & {plain(other) for other in rule["with"]}:
            return Meaning(rule["means"])
    return _meaning(word, bom_fields())


def case_path(heading: str) -> Meaning | None:
    """Return the path of the case that a heading of a shipment table means: `item.origin`, `transfer.to`.

    The columns `shipment_id`, `line`, `end_user_lists` and `end_user_owned_by_listed_share`, which are no plain paths
    of a case, come back by these names, `ignored` as such. None when the list lacks the heading.
    """
    return _meaning(plain(heading), _shipment_paths())


def plain(heading: str) -> str:
    """Return a heading without what does not count: letter case, width of characters, spaces, underscores."""
    return " ".join(unicodedata.normalize("NFKC", heading).casefold().replace("_", " ").split())


@cache
def bom_fields() -> Mapping[str, str]:
    """Return the field that each known heading of a bill of materials means, by the heading in its plain form."""
    lists = {**_lists()["structure"], **_lists()["item"], IGNORED: _lists()["ignored"]}
    own = {plain(prefix + name): name for name in lists for prefix in ("", "item.")}
    return own | _by_word(lists)


@cache
def _shipment_paths() -> Mapping[str, str]:
    item = {f"item.{name}": rows for name, rows in _lists()["item"].items()}
    own = {plain(name): path for path in item for name in (path, path.removeprefix("item."))}
    columns = {plain(column): path for path, column in _lists()["columns"].items()}
    shipment = _lists()["shipment"]
    paths = {plain(path): path for path in shipment}
    return _by_word({IGNORED: _lists()["ignored"]}) | own | _by_word(item) | paths | _by_word(shipment) | columns


def _meaning(word: str, known: Mapping[str, str]) -> Meaning | None:
    if name := known.get(word):
        return Meaning(name)
    match = _BEHIND.fullmatch(word)
    field = known.get(match["name"]) if match else None
    if match is None or field is None:
        return None
    unit, name = match["inside"] or match["after"], field.removeprefix("item.")
    if name in MONEY and (money := _currency(unit)):
        return Meaning(field, money)
    return Meaning(field, unit) if name == MASS and unit in GRAMS else None


def _currency(text: str) -> str | None:
    try:
        return currency(text)
    except ValueError:
        return None


def _by_word(lists: Mapping[str, Any]) -> dict[str, str]:
    return {plain(str(word)): name for name, rows in lists.items() for row in rows for word in row}


@cache
def _lists() -> Mapping[str, Any]:
    text = files("exportctl.case.headings").joinpath("headings.yaml").read_text("utf-8")
    data: Mapping[str, Any] = parse(text, "headings.yaml")[0].data
    return data
