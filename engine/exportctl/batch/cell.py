"""From the text of one cell to the fact it states."""

from __future__ import annotations

import json
from typing import Any

from exportctl.batch.heading import LISTED_OWNER_SHARE
from exportctl.case.bom.cells import elements, several
from exportctl.case.fact_type import read_fact
from exportctl.exact import number
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Fact

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
    if path == "item.control_code" and found != "none" and found not in book.entries:
        raise ValueError(f"`{found}` is not a code of any control list here")
    return found


def raw(text: str, path: str, book: RuleBook) -> Any:
    """Return what a cell says as a case file would write it; None when the cell is blank."""
    text = text.strip()
    if not text:
        return None
    kind = fact_at(path, book).type
    if path == LISTED_OWNER_SHARE and not text.startswith("["):
        return _owners(text)
    if kind in ("lists", "owners", "mapping") and text.startswith("["):
        return _json(text)
    if kind == "elements":
        return elements(text)
    return several(text) if kind in ("choices", "countries", "texts", "lists", "owners") else text


def fact_at(path: str, book: RuleBook) -> Fact:
    """Return the fact a column means."""
    found = book.vocabulary.find(path)
    if not isinstance(found, Fact):
        raise AssertionError(f"{path} is not a fact")
    return found


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
