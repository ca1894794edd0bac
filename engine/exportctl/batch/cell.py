"""From the text of one cell to the fact it states."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from exportctl.batch.heading import LISTED_OWNER_SHARE
from exportctl.case.bom.cells import several
from exportctl.case.fact_type import read_fact
from exportctl.case.words import country, says_nothing, substance
from exportctl.decide.listed import UNLISTED
from exportctl.exact import number
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Fact
from exportctl.problem import did_you_mean

OUT_OF_BACKTICKS = re.compile(r"; (?=[^`]*(?:`[^`]*`[^`]*)*$)")
OWNING_LIST = "control-list"


def read_cell(text: str, path: str, book: RuleBook) -> Any:
    """Return the fact a cell states, as a case holds it; None when the cell is blank.

    Raises:
        ValueError: the text does not fit the fact; what would fit stands behind a semicolon.
    """
    stated = raw(text, path, book)
    if stated is None:
        return None
    found = read_fact(stated, fact_at(path, book), book.vocabulary)
    _known(found, path, book)
    return found


def fault(error: ValueError) -> tuple[str, str]:
    """Return what is wrong with a cell, and what would be right, which stands behind a semicolon out of backticks."""
    problem, *hint = OUT_OF_BACKTICKS.split(str(error), maxsplit=1)
    return problem, "".join(hint)


def raw(text: str, path: str, book: RuleBook) -> Any:
    """Return what a cell says as a case file would write it; None when the cell is blank."""
    text = text.strip()
    if says_nothing(text):
        return None
    kind = fact_at(path, book).type
    if path == LISTED_OWNER_SHARE and not text.startswith("["):
        return _owners(text)
    if kind in ("lists", "owners", "mapping") and text.startswith("["):
        return _json(text)
    return _READERS[kind](text) if kind in _READERS else text


def fact_at(path: str, book: RuleBook) -> Fact:
    """Return the fact a column means."""
    found = book.vocabulary.find(path)
    if not isinstance(found, Fact):
        raise AssertionError(f"{path} is not a fact")
    return found


def _known(found: Any, path: str, book: RuleBook) -> None:
    """Hold codes and notices against the rule book, as the reader of cases does."""
    if path == "item.control_code" and found not in (UNLISTED, *book.coded):
        raise ValueError(f"`{found}` is not a code of any control list here")
    if path == "technology.control_code" and found not in (UNLISTED, *book.technology_codes):
        hint = did_you_mean(str(found), book.technology_codes)
        raise ValueError(f"`{found}` is not a code of any technology here; {hint}")
    for notice in _notices(found) if fact_at(path, book).type in ("lists", "owners") else ():
        if notice not in book.instruments:
            raise ValueError(f"`{notice}` is not an instrument known here")


def _notices(listed: Any) -> Iterator[str]:
    """Yield every notice by which a party or an owner of it is listed."""
    for part in listed:
        if isinstance(part, dict):
            yield from _notices(part.get("lists") or ())
            yield from _notices(part.get("owners") or ())
        elif part[1] is not None:
            yield part[1]


def _owners(text: str) -> list[dict[str, Any]]:
    """Return the listed owners behind the percent they hold together; nothing held is no listed owner."""
    if text.casefold() == "none" or number(text.removesuffix("%")) == 0:
        return []
    return [{"share": text.removesuffix("%").strip(), "lists": [OWNING_LIST]}]


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str)
    except ValueError:
        raise ValueError(f"`{text}` is not a list written as JSON") from None


_READERS: dict[str, Callable[[str], Any]] = {
    "elements": lambda text: dict(substance(text).elements),
    "country": country,
    "countries": lambda text: [country(part) for part in several(text)],
    "choices": several,
    "texts": several,
    "lists": several,
    "owners": several,
}
