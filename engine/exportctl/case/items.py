"""From the `item` block of a case, or the rows of a bill of materials, to an item and everything inside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from exportctl.case.complete import completed
from exportctl.case.exchange import PRICED_IN, Exchange
from exportctl.case.item import Item
from exportctl.case.shape import Shape, blocks
from exportctl.case.words import grades_in
from exportctl.case.worth import contradictions, worth_of
from exportctl.exact import Interval
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Hint
from exportctl.problem import Problem
from exportctl.progress import counted
from exportctl.strict_yaml import Document, Path_

Block = Callable[[type[Shape], Any, Path_], dict[str, Any]]
NOT_FACTS = frozenset(
    ["id", "description", "part_number", "quantity", "unit_value", "value", "currency", "cn_part1_value",
     "unit_mass_g", "price_per_kg", PRICED_IN, "supplier", "manufacturer", "components", "components_complete",
     "parameters"]
)  # fmt: skip


@dataclass
class _Line:
    """One item as it was read, waiting for its components."""

    path: Path_
    facts: dict[str, Any]
    default_id: str
    quantity_unknown: bool
    raw_components: list[Any] | None
    built: list[Item] = field(default_factory=list)


@dataclass
class ItemReading:
    """One pass over a tree of items; keeps every fault and warning."""

    book: RuleBook
    document: Document
    block: Block
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    exchange: Exchange = field(default_factory=Exchange)

    def item(self, raw: Any, path: Path_, name: str) -> Item:
        """Return a raw item with everything inside it. Deep trees are read without recursion."""
        waiting: list[tuple[Any, Path_, str, _Line | None]] = [(raw, path, name, None)]
        lines: list[tuple[_Line, _Line | None]] = []
        while waiting:
            data, where, default_id, parent = waiting.pop()
            line = self._line(data, where, default_id)
            lines.append((line, parent))
            for number, part in reversed(list(enumerate(line.raw_components or ()))):
                inner = f"{line.facts.get('id', default_id)}.{number + 1}"
                waiting.append((part, self.document.path_to(part, (*where, "components", number)), inner, line))
        for where, text, hint in self.exchange.faults():
            self._fault((*where, "currency"), text, hint)
        for line, parent in counted("reading parts", lines[::-1]):
            built = self._build(line)
            if parent is not None:
                parent.built.append(built)
        return built

    def _line(self, data: Any, path: Path_, default_id: str) -> _Line:
        facts = self.block(blocks(self.book.vocabulary)["item"], _without(data, "components", "parameters"), path)
        raw = data if isinstance(data, dict) else {}
        parameters = self.block(
            blocks(self.book.vocabulary)["item.parameters"], raw.get("parameters"), (*path, "parameters")
        )
        facts |= {f"parameters.{key}": value for key, value in parameters.items()}
        facts = self.exchange.note(facts, path)
        components = raw.get("components")
        if components is not None and not isinstance(components, list):
            self._fault((*path, "components"), "must be a list of items")
            components = None
        return _Line(path, facts, default_id, "quantity" in raw and raw["quantity"] is None, components)

    def _build(self, line: _Line) -> Item:
        given = self._in_one_currency(line)
        facts = completed({k: v for k, v in given.items() if k not in NOT_FACTS}, self.book)
        code = facts.get("control_code")
        if code not in (None, "none") and code not in self.book.coded:
            self._fault((*line.path, "control_code"), f"`{code}` is not a code of any control list here")
        description = str(given.get("description", ""))
        quantity = None if line.quantity_unknown else given.get("quantity", Interval.at(1))
        one, whole = worth_of(given)
        item = Item(
            id=str(given.get("id", line.default_id)),
            description=description,
            part_number=str(given.get("part_number", "")),
            facts=facts,
            quantity=quantity,
            value=one,
            line_value=whole,
            cn_part1_value=given.get("cn_part1_value"),
            mass=given.get("unit_mass_g"),
            price=given.get("price_per_kg"),
            currency=self.exchange.currency,
            supplier=str(given.get("supplier", given.get("manufacturer", ""))),
            components=None if line.raw_components is None else tuple(reversed(line.built)),
            components_complete=given.get("components_complete", True),
            hints=tuple(h.suggests.en for h in hints_in(description, self.book.vocabulary.hints)),
            place=self.document.at(line.path),
        )
        self.warnings += [f"{item.place}: {text}" for text in contradictions(item)]
        return item

    def _in_one_currency(self, line: _Line) -> dict[str, Any]:
        try:
            return self.exchange.converted(line.facts)
        except ValueError as error:
            self._fault(line.path, str(error), "fill in the currency of that row")
            return line.facts

    def _fault(self, path: Path_, text: str, hint: str = "") -> None:
        self.problems.append(self.document.problem(path, text, hint))


def hints_in(description: str, hints: list[Hint]) -> list[Hint]:
    """Return the hints whose words stand in a description, apart from their harmless company."""
    found = []
    for hint in hints:
        text = description.lower()
        for harmless in hint.except_:
            text = text.replace(harmless, " ")
        graded = hint.grades and any(grade.text.endswith(tuple(hint.grades)) for grade in grades_in(description))
        if graded or any(_stands(word, text) for word in hint.words):
            found.append(hint)
    return found


def _stands(word: str, text: str) -> bool:
    """Return whether a word stands in a text: alone if it is in Latin letters, anywhere if not."""
    at = text.find(word)
    while at >= 0 and word.isascii():
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (before.isascii() and before.isalpha()) and not (after.isascii() and after.isalpha()):
            return True
        at = text.find(word, at + 1)
    return at >= 0


def _without(data: Any, *keys: str) -> Any:
    return {k: v for k, v in data.items() if k not in keys} if isinstance(data, dict) else data
