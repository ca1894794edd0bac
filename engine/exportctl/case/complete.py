"""What given facts of an item say about others: a SmCo magnet holds samarium, a control code names its item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exportctl.case.item import Composition
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Vocabulary


def completed(facts: Mapping[str, Any], book: RuleBook) -> dict[str, Any]:
    """Return the facts of an item with those that follow from them. What was given is never changed."""
    found = dict(facts)
    elements = found.get("elements")
    if found.get("composition") == "complete" and elements is not None:
        found["elements"] = Composition(elements.percent, complete=True)
    entry = book.coded.get(str(found.get("control_code")))
    if entry is not None:
        _add(found, entry.row.when)
    for rule in book.vocabulary.implications:
        held = found.get("elements")
        present = set(held.present) if held else set()
        if rule.matches(found, "item.") and set(rule.holds) <= present:
            _add_elements(found, rule.present)
            for path, value in rule.also.items():
                found.setdefault(path.removeprefix("item."), value)
    return found


def completed_technology(facts: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the facts of a technology, without their prefix, with those that its control code says."""
    found = dict(facts)
    for rule in vocabulary.implications:
        if rule.matches(found, "technology."):
            for path, value in rule.also.items():
                several = vocabulary.facts[path].type == "choices"
                found.setdefault(path.removeprefix("technology."), (value,) if several else value)
    return found


def _add(found: dict[str, Any], clause: Clause) -> None:
    """Add what a row of a control list demands for certain."""
    if clause.kind == "all":
        for part in clause.parts:
            _add(found, part)
    elif clause.kind == "test" and clause.fact == "item.elements" and isinstance(clause.operand, str):
        _add_elements(found, [clause.operand])
    elif clause.kind == "test" and clause.operator == "is" and clause.fact in ("item.form", "item.magnet", "item.kind"):
        found.setdefault(str(clause.fact).removeprefix("item."), clause.operand)


def _add_elements(found: dict[str, Any], present: list[str]) -> None:
    held = found.get("elements") or Composition()
    missing = {element: None for element in present if element not in held.percent}
    if missing and not held.complete:
        found["elements"] = Composition({**held.percent, **missing}, held.complete)
