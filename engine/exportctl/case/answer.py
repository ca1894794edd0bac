"""A case with a question answered: the same facts and one more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from exportctl.case.case import AtLeast, Case
from exportctl.case.complete import completed
from exportctl.case.item import Composition, Item
from exportctl.case.worth import PER_GRAM
from exportctl.exact import Interval, number
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Fact

ELSEWHERE = "ZZ"
NO_OTHERS = "no others"
AMOUNTS = {"item.value": "value", "item.cn_part1_value": "cn_part1_value", "item.quantity": "quantity"}


def answered(case: Case, book: RuleBook, path: str, subjects: Collection[str], answer: Any) -> Case:
    """Return the case with a fact set for the named subjects (items by id, parties by role)."""
    kind, _, name = path.partition(".")
    if kind == "item" and case.item is not None:
        return replace(case, item=_rebuilt(case.item, subjects, lambda item: _with(item, path, answer, book)))
    if kind in ("party", "owner"):
        parties = tuple(replace(p, facts={**p.facts, name: answer}) if p.role in subjects else p for p in case.parties)
        return replace(case, parties=parties)
    roles = {f"parties.{party.role}." for party in case.parties}
    if prefix := next((role for role in roles if path.startswith(role)), ""):
        return answered(case, book, "party." + path.removeprefix(prefix), [prefix.split(".")[1]], answer)
    return replace(case, facts={**case.facts, path: answer})


def answers_of(fact: Fact, known: Any) -> list[str]:
    """Return the answers worth trying for a fact of which something may be known already."""
    if isinstance(known, AtLeast):
        return [NO_OTHERS, *(word for word in fact.answers if word not in ("none", *(name for name, _ in known)))]
    if fact.type != "elements" or not isinstance(known, Composition) or not known.present:
        return fact.answers
    return [NO_OTHERS, *(word for word in fact.answers if word not in ("none", *known.present))]


def answer_of(fact: Fact, word: str, known: Any) -> Any:
    """Return an answer as a fact: `none` is an empty set, `other` a place that no rule names.

    `known` is what is known of the fact already; an element or a list named by the answer is added to it.
    """
    plain: Mapping[str, Callable[[], Any]] = {
        "boolean": lambda: word == "yes",
        "country": lambda: ELSEWHERE if word == "other" else word,
        "choices": lambda: () if word == "none" else (word,),
        "lists": lambda: _lists(word, known),
        "owners": tuple,
        "number": lambda: Interval.at(number(word)),
        "elements": lambda: _elements(word, known),
    }
    return plain[fact.type]() if fact.type in plain else word


def _lists(word: str, known: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """Return the lists an answer names; one answered about a party that is known to be on some adds to these."""
    return tuple(known or ()) if word in ("none", NO_OTHERS) else (*(known or ()), (word, None))


def _elements(word: str, known: Composition | None) -> Composition:
    if word in ("none", NO_OTHERS):
        return Composition(known.percent if known and word == NO_OTHERS else {}, complete=True)
    return Composition({**(known.percent if known else {}), word: None}, complete=False)


def _with(item: Item, path: str, answer: Any, book: RuleBook) -> Item:
    if path == "item.price_per_kg" and item.mass is not None:
        return replace(item, price=answer, value=item.mass * PER_GRAM * answer)
    if path in AMOUNTS:
        changed = {"line_value": None} if path == "item.value" else {}
        return replace(item, **{AMOUNTS[path]: answer, **changed})
    return replace(item, facts=completed({**item.facts, path.removeprefix("item."): answer}, book))


def _rebuilt(root: Item, ids: Collection[str], change: Callable[[Item], Item]) -> Item:
    """Return a tree with some items changed, without recursion; untouched branches stay the same objects."""
    built: dict[int, Item] = {}
    for item in reversed(list(root.walk())):
        parts = item.components
        inner = None if parts is None else tuple(built[id(part)] for part in parts)
        same = inner is None or all(a is b for a, b in zip(inner, parts or (), strict=True))
        fresh = item if same else replace(item, components=inner)
        built[id(item)] = change(fresh) if item.id in ids else fresh
    return built[id(root)]
