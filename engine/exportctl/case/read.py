"""From a case file to cases, or to every fault that keeps it from being one."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from exportctl.case.case import Case, Party
from exportctl.case.complete import completed_technology
from exportctl.case.exchange import Exchange
from exportctl.case.item import Item
from exportctl.case.items import ItemReading
from exportctl.case.licence import read_licences
from exportctl.case.price import Tables
from exportctl.case.shape import Shape, blocks
from exportctl.case.source_text import source_text
from exportctl.law.book import RuleBook
from exportctl.law.strict import Text, faults
from exportctl.problem import Problem, Refused, did_you_mean
from exportctl.strict_yaml import Document, Path_, parse, parse_json, read_text

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
BLOCKS = ("transfer", "end_use", "technology")
KEYS = ("title", "on", "transfer", "parties", "end_use", "licences", "item", "technology", "expect")
_Read = tuple[Item | None, tuple[str, ...], tuple[Text, ...]]


def read_documents(path: Path) -> list[Document]:
    """Return the documents of a case file; `-` reads standard input.

    Raises:
        Refused: the file cannot be read, or is neither YAML nor JSON.
    """
    if str(path) == "-":
        return parse(sys.stdin.read(), "standard input")
    text = read_text(path)
    return [parse_json(text, str(path))] if path.suffix == ".json" else parse(text, str(path))


def read_cases(
    document: Document,
    book: RuleBook,
    given: Mapping[str, Any] | None = None,
    around: Document | None = None,
    tables: Tables | None = None,
) -> list[Case]:
    """Return the cases of one document: one, or one for each line of a shipment of several items.

    `given` are values from the command line by their path in the case; they win over the file's. `around` is a case
    file that says everything but the item. `tables` are the user's prices and rates.

    Raises:
        Refused: with every fault of the document.
    """
    reading = _CaseReading(book, document, around or document, tables or Tables())
    cases = reading.cases(dict(given or {}))
    if reading.problems:
        raise Refused(sorted(reading.problems, key=_in_reading_order))
    return cases


def faults_of(
    document: Document, book: RuleBook, given: Mapping[str, Any], around: Document | None, tables: Tables
) -> tuple[Problem, ...]:
    """Return every fault of a document that keeps it from being a case."""
    try:
        read_cases(document, book, given, around, tables)
    except Refused as refused:
        return tuple(refused.problems)
    return ()


def _in_reading_order(problem: Problem) -> tuple[str, int]:
    file, _, line = problem.place.rpartition(":")
    return (file, int(line)) if line.isdigit() else (problem.place, 0)


@dataclass
class _CaseReading:
    book: RuleBook
    document: Document
    around: Document
    tables: Tables
    problems: list[Problem] = field(default_factory=list)

    def cases(self, given: dict[str, Any]) -> list[Case]:
        if not isinstance(self.around.data, dict):
            self.problems.append(self.around.problem((), "a case is a mapping of title, transfer, item, …"))
            return []
        data = {**self.around.data, "item": _stated(self.document.data.get("item"), given)}
        for key in sorted(data.keys() - set(KEYS)):
            self._fault((key,), f"unknown key `{key}`", did_you_mean(key, KEYS))
        facts = self._facts(data, given)
        assumed: list[str] = []
        on = self._day(given.get("on", data.get("on")), assumed)
        parties = self._parties(data.get("parties"), given, facts, assumed)
        items = self._items(data["item"], facts)
        if (
            "technology.activities" not in facts
            and facts.get("transfer.kind") == "goods"
            and not data.get("technology")
        ):
            facts["technology.activities"] = ()
            assumed.append("no_technology")
        title = str(data.get("title") or self.document.data.get("title") or self.document.place)
        licences, faulty = read_licences(data.get("licences"), self.around)
        self.problems += faulty
        return [
            Case(_line(title, item, items), on, facts, parties, item, licences, tuple(assumed), warnings, noted)
            for item, warnings, noted in items
        ]

    def _facts(self, data: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        known = blocks(self.book.vocabulary)
        found: dict[str, Any] = {}
        for name in BLOCKS:
            raw = {**(data.get(name) or {})} if isinstance(data.get(name) or {}, dict) else data[name]
            if isinstance(raw, dict):
                raw |= {path.partition(".")[2]: v for path, v in given.items() if path.startswith(name + ".")}
            facts = self.block(known[name], raw, (name,))
            if name == "technology":
                self._technology_code(facts.get("control_code"))
                facts = completed_technology(facts, self.book.vocabulary)
            found |= {f"{name}.{key}": value for key, value in facts.items()}
        return found

    def _technology_code(self, code: str | None) -> None:
        known = self.book.technology_codes
        if code not in (None, "none") and code not in known:
            hint = did_you_mean(str(code), known)
            self._fault(("technology", "control_code"), f"`{code}` is not a code of any technology here", hint)

    def block(self, model: type[Shape], raw: Any, path: Path_) -> dict[str, Any]:
        """Return the facts of a block that are known, by their keys."""
        if raw is None:
            return {}
        if not isinstance(raw, dict):
            self._fault(path, "must be a mapping")
            return {}
        try:
            checked = model.model_validate(raw)
        except ValidationError as error:
            self.problems += faults(model, self._at(path), error, path)
            return {}
        values = {info.alias or name: getattr(checked, name) for name, info in type(checked).model_fields.items()}
        return {key: value for key, value in values.items() if value is not None}

    def _day(self, raw: Any, assumed: list[str]) -> datetime.date:
        today = datetime.datetime.now(BEIJING).date()
        if raw is None:
            assumed.append("today")
            return today
        if isinstance(raw, datetime.date):
            return raw
        self._fault(("on",), f"`{source_text(raw)}` is not a date such as 2026-01-15")
        return today

    def _parties(
        self, raw: Any, given: Mapping[str, Any], facts: dict[str, Any], assumed: list[str]
    ) -> tuple[Party, ...]:
        known = blocks(self.book.vocabulary)
        raw = _parties_stated(raw, given)
        if not isinstance(raw, dict):
            self._fault(("parties",), "must be a mapping of exporter, importer, end_user")
            return ()
        for key in raw.keys() - {"exporter", "importer", "end_user"}:
            self._fault(
                ("parties", key), f"unknown party `{key}`", did_you_mean(key, ["exporter", "importer", "end_user"])
            )
        read = {
            role: self.block(known[f"parties.{role}"], raw.get(role), ("parties", role))
            for role in ("exporter", "importer", "end_user")
        }
        for role in ("importer", "end_user"):
            self._listings(read[role], ("parties", role))
        facts |= {f"parties.exporter.{key}": value for key, value in read["exporter"].items()}
        if raw.get("importer") is None:
            assumed.append("end_user_imports")
            return (Party("end_user", read["end_user"]),)
        return (Party("importer", read["importer"]), Party("end_user", read["end_user"]))

    def _listings(self, party: Mapping[str, Any], path: Path_) -> None:
        """Hold every notice that lists a party, or an owner of it, against the instruments of the rule book."""
        for number, (_, notice) in enumerate(party.get("lists") or ()):
            if notice is not None and notice not in self.book.instruments:
                hint = did_you_mean(notice, self.book.instruments) or "the ids stand in rules/instruments.yaml"
                self._fault((*path, "lists", number, "notice"), f"`{notice}` is not an instrument known here", hint)
        for number, owner in enumerate(party.get("owners") or ()):
            self._listings(owner, (*path, "owners", number))

    def _items(self, raw: Any, facts: dict[str, Any]) -> list[_Read]:
        if raw is None:
            crosses = facts.get("transfer.kind") not in ("technology", "service")
            return [(Item("1") if crosses else None, (), ())]
        lines = raw if isinstance(raw, list) else [raw]
        found: list[_Read] = []
        for number, line in enumerate(lines):
            path: Path_ = ("item", number) if isinstance(raw, list) else ("item",)
            reading = ItemReading(self.book, self.document, self.block, exchange=Exchange(self.tables))
            item = reading.item(line, path, str(number + 1))
            found.append((item, tuple(reading.warnings), tuple(reading.exchange.used.values())))
            self.problems += reading.problems
        return found or [(Item("1"), (), ())]

    def _fault(self, path: Path_, text: str, hint: str = "") -> None:
        self.problems.append(self._at(path).problem(path, text, hint))

    def _at(self, path: Path_) -> Document:
        return self.document if path[:1] == ("item",) else self.around


def _stated(item: Any, given: Mapping[str, Any]) -> Any:
    """Return the exported item with what the command line states about it."""
    own = {path.removeprefix("item."): value for path, value in given.items() if path.startswith("item.")}
    if not own or not (item is None or isinstance(item, dict)):
        return item
    block = "parameters."
    parameters = {path.removeprefix(block): own.pop(path) for path in list(own) if path.startswith(block)}
    found = {**(item or {}), **own}
    return found | {"parameters": {**(found.get("parameters") or {}), **parameters}} if parameters else found


def _parties_stated(raw: Any, given: Mapping[str, Any]) -> Any:
    """Return the parties with what the command line states about them."""
    own = [(*path.split(".", 2)[1:], value) for path, value in given.items() if path.startswith("parties.")]
    found = {} if raw is None else raw
    for role, name, value in own if isinstance(found, dict) else ():
        found = {**found, role: {**(found.get(role) or {}), name: value}}
    return found


def _line(title: str, item: Item | None, items: list[Any]) -> str:
    return title if len(items) == 1 or item is None else f"{title}, line {item.id}"
