"""The open points about items as questions to whoever supplies them: a work list by supplier and part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exportctl.case.case import Case
from exportctl.case.item import Item
from exportctl.decide.determination import Determination, OpenPoint
from exportctl.law.book import RuleBook
from exportctl.law.strict import Text
from exportctl.law.vocabulary import Fact

ANSWERED_AS = {"item.value": "item.unit_value"}
ALSO = {"item.elements": ("item.composition",), "item.value": ("item.currency",)}
ASKED = ("boolean", "choice", "choices", "country", "number", "text", "elements", "list")
NOT_ASKED = ("item.components_complete", "item.id", "item.quantity")
_MONEY = ("money", "money per kilogram")


@dataclass(frozen=True)
class Question:
    """One fact of one item to ask for. `fact` is the case field that the answer fills; `why` the reason to ask."""

    item: Item
    fact: str
    text: Text
    why: Text
    unit: str


def questions(book: RuleBook, case: Case, determination: Determination) -> list[Question]:
    """Return what to ask about items: by supplier, the supplier with the most decisive question first."""
    items = {item.id: item for item in (case.item.walk() if case.item else ())}
    found: dict[tuple[str, str], Question] = {}
    for point in determination.open_points:
        for question in _of_point(book, point, items):
            found.setdefault((question.item.id, question.fact), question)
    order = list(dict.fromkeys(question.item.supplier for question in found.values()))
    return sorted(found.values(), key=lambda question: order.index(question.item.supplier))


def _of_point(book: RuleBook, point: OpenPoint, items: dict[str, Item]) -> Iterator[Question]:
    if point.kind != "fact" or not point.id.startswith("item.") or point.id in NOT_ASKED:
        return
    names = [ANSWERED_AS.get(point.id, point.id), *ALSO.get(point.id, ())]
    for item in (items[name] for name in point.items if name in items):
        for name in names:
            fact = book.vocabulary.facts.get(name)
            if fact is not None and fact.type in ASKED and not _given(item, name):
                text = fact.question or Text(en=name, zh=name)
                yield Question(item, name, text, _why(book, point), _unit(fact, item))


def _given(item: Item, name: str) -> bool:
    return (
        item.currency is not None
        if name == "item.currency"
        else name.removeprefix("item.") in item.facts and (name == "item.composition")
    )


def _why(book: RuleBook, point: OpenPoint) -> Text:
    """Return which provisions wait for the answer, and what some answers would lead to."""
    rules = [book.rules[name] for name in point.why if name in book.rules]
    shown = [(book.instruments[rule.instrument].short, rule.provision) for rule in rules[:3]]
    leads = "; ".join(f"{answer}: {outcome.replace('_', ' ')}" for answer, outcome in list(point.if_.items())[:4])
    behind = f" ({leads})" if leads else ""
    return Text(
        en="decides " + ", ".join(f"{short.en} {provision.en}" for short, provision in shown) + behind,
        zh="涉及" + "、".join(f"{short.zh}{provision.zh}" for short, provision in shown),
    )


def _unit(fact: Fact, item: Item) -> str:
    if fact.unit in _MONEY:
        return f"{item.currency or '?'}{'/kg' if 'kilogram' in fact.unit else ''}"
    return {"gram": "g"}.get(fact.unit or "", fact.unit or "")
