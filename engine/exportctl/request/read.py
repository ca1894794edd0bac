"""A filled request read back: every answer checked, with who gave it and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exportctl.case.bom.table import Row
from exportctl.case.bom.workbook import grids, sheet_names
from exportctl.case.fact_type import read_fact
from exportctl.case.words import country, money, says_nothing, substance
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Fact
from exportctl.problem import Problem, Refused
from exportctl.request import columns as c
from exportctl.request.inside import components

_MONEY = ("money", "money per kilogram")


@dataclass(frozen=True)
class Answer:
    """What somebody said of one item. `value` is raw, as a case file writes it; `also` are fields said with it."""

    item: str
    fact: str
    value: Any
    also: dict[str, Any]
    shown: str
    by: str
    on: datetime.date
    place: str
    known_by: str


@dataclass
class _Reading:
    path: Path
    book: RuleBook
    problems: list[Problem] = field(default_factory=list)
    found: list[Answer] = field(default_factory=list)
    inside: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def row(self, row: Row) -> None:
        cells = [cell.strip() for cell in row.cells] + [""] * len(c.HEADINGS)
        text = cells[c.ANSWER]
        if not text or says_nothing(text) or text == c.UNKNOWN:
            return
        place = f"{self.path}: {c.QUESTIONS}: row {row.number}"
        faults = list(self._faults(cells))
        self.problems += [Problem(place, c.HEADINGS[column], fault) for column, fault in faults]
        if faults:
            return
        fact = self.book.vocabulary.facts[cells[c.FACT]]
        try:
            inside = cells[c.FACT] == c.COMPONENTS
            value, also = (
                self._components(text, cells[c.ITEM])
                if inside
                else self._value(text, fact, cells[c.FACT], cells[c.UNIT])
            )
        except ValueError as error:
            self.problems.append(Problem(place, c.HEADINGS[c.ANSWER], str(error)))
            return
        known_by = cells[c.PART] or cells[c.DESCRIPTION]
        on = datetime.date.fromisoformat(cells[c.ON])
        self.found.append(Answer(cells[c.ITEM], cells[c.FACT], value, also, text, cells[c.BY], on, place, known_by))

    def _faults(self, cells: list[str]) -> Iterator[tuple[int, str]]:
        if cells[c.FACT] not in self.book.vocabulary.facts:
            yield c.FACT, f"`{cells[c.FACT]}` is no field of an item; leave this column as it was sent"
        if not cells[c.BY]:
            yield c.BY, "nobody is named who gave the answer"
        try:
            datetime.date.fromisoformat(cells[c.ON])
        except ValueError:
            yield c.ON, f"`{cells[c.ON]}` is not a date such as 2026-01-15"

    def _components(self, text: str, item: str) -> tuple[Any, dict[str, Any]]:
        """Return the components listed for an item, and whether they are all.

        Raises:
            ValueError: none are listed, or nobody said whether they are all.
        """
        said = {c.word_of(c.ALL_LISTED): True, c.word_of(c.SOME_LISTED): False}
        if c.word_of(text) not in said:
            raise ValueError(f"`{text}` is neither `{c.ALL_LISTED}` nor `{c.SOME_LISTED}`")
        self.used.add(item)
        if item not in self.inside:
            raise ValueError(f"no component of item {item} stands on the sheet `{c.INSIDE}`")
        return self.inside[item], {"components_complete": said[c.word_of(text)]}

    def _value(self, text: str, fact: Fact, name: str, unit: str) -> tuple[Any, dict[str, Any]]:
        """Return an answer as a case file writes it, checked.

        Raises:
            ValueError: it does not fit the fact.
        """
        also: dict[str, Any] = {}
        value: Any = text
        if fact.type in ("boolean", "choice"):
            value = c.word_of(text)
        elif fact.type == "choices":
            value = [] if text.casefold() == "none" else [part.strip() for part in text.split(";") if part.strip()]
        elif fact.type == "country":
            value = country(text)
        elif fact.type == "elements":
            read = substance(text)
            value, also = dict(read.elements), ({"magnet": read.magnet} if read.magnet else {})
        elif fact.unit in _MONEY:
            amount = money(text)
            currency = amount.currency or unit.partition("/")[0]
            if not currency or currency == "?":
                raise ValueError(f"`{text}` names no currency")
            value, also = str(amount.amount), {"currency": currency}
        elif name == "item.currency":
            value = text.upper()
        read_fact(value, fact, self.book.vocabulary)
        return value, also


def read_answers(path: Path, book: RuleBook) -> list[Answer]:
    """Return the answers in a filled request; a blank one, or one that says unknown, is none.

    Raises:
        Refused: with every fault, by sheet, row and column.
    """
    if c.QUESTIONS not in sheet_names(path):
        raise Refused([Problem(str(path), "", f"there is no sheet `{c.QUESTIONS}`; is this a filled request?")])
    rows = grids(path, [c.QUESTIONS])[c.QUESTIONS].rows
    if not rows or [cell.strip() for cell in rows[0].cells[: len(c.HEADINGS)]] != list(c.HEADINGS):
        raise Refused([Problem(f"{path}: {c.QUESTIONS}: row 1", "", "the headings are not those of a request")])
    reading = _Reading(path, book)
    if c.INSIDE in sheet_names(path) and (listed := grids(path, [c.INSIDE])[c.INSIDE].rows):
        reading.inside, faults = components(path, listed)
        reading.problems += faults
    for row in rows[1:]:
        reading.row(row)
    for item in reading.inside.keys() - reading.used if not reading.problems else ():
        text = f"components of item {item} are listed, but no answer says whether these are all"
        reading.problems.append(Problem(f"{path}[{c.INSIDE}]", "", text, f"answer its question in `{c.QUESTIONS}`"))
    if reading.problems:
        raise Refused(reading.problems)
    return reading.found
