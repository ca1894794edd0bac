"""What a text says a thing consists of: elements with their mass percent, the magnet alloy, a grade."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from exportctl.case.words.formula import formula
from exportctl.case.words.grade import Grade, grade
from exportctl.case.words.number import plain_number, short
from exportctl.case.words.symbol import known, plain, symbol

LONGEST, KEPT = 2000, 2**14
NONE, OTHER = frozenset(["none", "无", "無", "keine", "なし"]), "other"
_PARTS = re.compile(r"[;；、\n]|,\s+(?=[A-Z\u4e00-\u9fff])")
_UNIT = r"(?:wt\.?\s?%|mass\s?%|ma\.?-?%|gew\.?-?%|%)?"
_AMOUNT = re.compile(
    rf"(?P<name>[^\W\d_]+(?: [^\W\d_]+)?)\s*[:=]?\s*(?P<number>[0-9][0-9.,]*)\s*{_UNIT}", re.IGNORECASE
)
_FIRST = re.compile(rf"(?P<number>[0-9][0-9.,]*)\s*{_UNIT}\s*(?P<name>[^\W\d_]+)", re.IGNORECASE)
_BALANCE = re.compile(r"(?P<name>[^\W\d_]+)\s*[:=]?\s*(?:balance|bal\.?|rest|余量|余|残部|残)", re.IGNORECASE)
_RANGE = re.compile(
    r"(?P<name>[^\W\d_]+)\s*[:=]?\s*(?P<low>[0-9][0-9.]*)\s*%?\s*(?:-|–|~|to)\s*[0-9][0-9.]*\s*%?", re.IGNORECASE
)
_SPACED = re.compile(r"[A-Z][a-z]?[0-9.]+(?: [A-Z][a-z]?[0-9.]+)+")
_BOUND = re.compile(r"[<≤>≥]|\b(?:max|min|up to)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Substance:
    """What a text names. `elements`: mass percent as plain decimal text, None for an element of unknown amount.

    `magnet` is the alloy (`NdFeB`, `SmCo`, `other`) where the text names one. `grade` is set where the text is a
    magnet grade, which says nothing for certain of dysprosium or terbium.
    """

    elements: Mapping[str, str | None] = field(default_factory=dict)
    magnet: str | None = None
    grade: Grade | None = None


def substance(text: str, mark: str | None = None) -> Substance:
    """Return what a text says a thing consists of. `none` is no element, for certain. `mark` as in `plain_number`.

    `Nd 29; Dy 2.5; Fe 66; B 1`, `NdFeB+Dy`, `Dy2O3`, `Nd29Dy2.5Fe67B1`, `SmCo 2:17`, 钕铁硼 and `N42SH` are read.

    Raises:
        ValueError: the text is none of these; a bound such as `Dy < 0.1` leaves open whether there is any.
    """
    if plain(short(text, LONGEST)) in NONE:
        return Substance()
    if found := _whole(text):
        return found
    if _BOUND.search(text):
        raise ValueError(f"`{text}` leaves open whether it is in it; write `Dy 0` for none, `Dy` for an unknown amount")
    elements: dict[str, str | None] = {}
    magnet: str | None = None
    for part in (part.strip() for part in _PARTS.split(unicodedata.normalize("NFKC", text))):
        read = _part(part, mark) if part else Substance()
        if read is None or any(elements[key] or read.elements[key] for key in elements.keys() & read.elements.keys()):
            raise ValueError(f"`{part if read is None else text}` is not a composition such as `Nd 29; Dy 2.5; Fe 66`")
        elements |= read.elements
        magnet = magnet or read.magnet
    if not elements and magnet is None:
        raise ValueError(f"`{text}` is not a composition such as `Nd 29; Dy 2.5; Fe 66`")
    return Substance(elements, magnet)


def magnet(text: str) -> str:
    """Return the alloy that a cell of a magnet column names: `NdFeB`, `SmCo` or `other`.

    Raises:
        ValueError: it names none.
    """
    if plain(text) == OTHER:
        return OTHER
    read = substance(text)
    held = set(read.elements)
    if read.magnet is None and (held == {"Nd"} or held >= {"Nd", "Fe", "B"}):
        return "NdFeB"
    if read.magnet is None and (held == {"Sm"} or held >= {"Sm", "Co"}):
        return "SmCo"
    if read.magnet is None:
        raise ValueError(f"`{text}` is not a magnet alloy: NdFeB, SmCo or other")
    return read.magnet


def _whole(text: str) -> Substance | None:
    if found := grade(text):
        return Substance(dict.fromkeys(known()["alloys"][found.magnet]["elements"]), found.magnet, found)
    return _alloy(text)


@lru_cache(KEPT)
def _part(part: str, mark: str | None) -> Substance | None:
    for pattern in (_AMOUNT, _FIRST):
        if (match := pattern.fullmatch(part)) and (element := symbol(match["name"])):
            return Substance({element: plain_number(match["number"], mark)}) if _stated(match) else None
    for pattern in (_BALANCE, _RANGE):
        if (match := pattern.fullmatch(part)) and (element := symbol(match["name"])):
            zero = match.groupdict().get("low") and not match["low"].strip("0.")
            return None if zero else Substance({element: None})
    return _sum(part)


def _stated(match: re.Match[str]) -> bool:
    """Tell an amount, `Nd 29` or `Nd29%`, from the formula `Nd2`."""
    return not re.fullmatch(r"[A-Z][a-z]?[0-9.]+", match[0])


def _sum(part: str) -> Substance | None:
    """Return what `NdFeB + Dy` names."""
    elements: dict[str, str | None] = {}
    magnet: str | None = None
    for term in (term.strip() for term in part.split("+")):
        read = _alloy(term) or _named(term)
        if read is None:
            return None
        elements |= read.elements
        magnet = magnet or read.magnet
    return Substance(elements, magnet)


def _named(term: str) -> Substance | None:
    if term == "No":
        return None
    found = formula(term) or (formula(term.replace(" ", "")) if _SPACED.fullmatch(term) else {})
    if not found and (element := symbol(term) or symbol(_without(term))):
        found = {element: None}
    if not found:
        bare = plain(term)
        for word in known()["oxides"]["words"]:
            if word in bare and (element := symbol(bare.replace(word, " ").strip())):
                found = {element: None, "O": None}
    return Substance(found) if found else None


def _alloy(text: str) -> Substance | None:
    for bare in (plain(text), _without(text)):
        if name := _alloys().get(bare):
            return Substance(dict.fromkeys(known()["alloys"][name]["elements"]), name)
    return None


def _without(text: str) -> str:
    """Return a name without the words beside it that change nothing: `sintered NdFeB magnet` is NdFeB."""
    bare = plain(text)
    for word, pattern in _beside():
        if word in bare:
            bare = pattern.sub(" ", bare)
    return " ".join(bare.split())


@cache
def _beside() -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return the words that change nothing, the longest first; those in Latin letters count as whole words only."""
    words = sorted(known()["beside"], key=len, reverse=True)
    return [(word, re.compile(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word))) for word in words]


@cache
def _alloys() -> Mapping[str, str]:
    listed = known()["alloys"].items()
    return {plain(word): name for name, row in listed for word in (*row["names"], *row["more"])}
