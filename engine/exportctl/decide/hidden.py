"""What an item may hold although nobody listed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exportctl.case.item import Composition
from exportctl.decide.subject import Subject
from exportctl.law.vocabulary import Vocabulary

_OF_A_MAGNET = ("magnet", "elements", "composition")


def hidden_in(subject: Subject, vocabulary: Vocabulary) -> tuple[Subject, ...]:
    """Return stand-ins for what an item may hold although nobody listed it.

    One stand-in is a thing of which only the elements are bounded; where a flat table names the magnet inside an
    assembly, that magnet is another.
    """
    item = subject.item
    form = subject.facts.get("form")
    known = vocabulary.facts["item.form"].values.get(str(form))
    holds_parts = form is None or (known is not None and known.holds_parts)
    if item is None or (item.components and item.components_complete) or not holds_parts:
        return ()
    found = [_stand_in(subject, "inside", {"elements": _possible(subject.facts.get("elements"))})]
    if subject.facts.get("magnet") and form is not None:
        found.append(_stand_in(subject, "magnet", {k: v for k, v in subject.facts.items() if k in _OF_A_MAGNET}))
    return tuple(found)


def _possible(made_of: Composition | None) -> Composition:
    """Return what is known of the elements of something inside a thing made of `made_of`."""
    if made_of is None:
        return Composition()
    absent = {element: percent for element, percent in made_of.percent.items() if percent == 0}
    perhaps = frozenset(made_of.present) | made_of.perhaps
    return Composition(absent, made_of.complete, perhaps if made_of.complete else frozenset())


def _stand_in(parent: Subject, what: str, facts: Mapping[str, Any]) -> Subject:
    if what == "magnet":
        facts = {**facts, "form": "magnet"}
    return Subject("item", (*parent.key, what), f"{parent.name}/{what}", facts, stands_for=parent, tested=parent.tested)
