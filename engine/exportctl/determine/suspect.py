"""Parts whose descriptions raise a question, with how many of each are in one exported item."""

from __future__ import annotations

from exportctl.case.item import Item
from exportctl.case.items import hints_in
from exportctl.decide.determination import Suspect
from exportctl.exact import ANY_AMOUNT, Interval, written
from exportctl.law.book import RuleBook


def suspects(book: RuleBook, root: Item | None) -> list[Suspect]:
    """Return the parts whose words suggest something that a control entry names. Words decide nothing."""
    if root is None:
        return []
    found = []
    waiting = [(root, Interval.at(1))]
    while waiting:
        item, pieces = waiting.pop()
        if item.hints:
            found.append(_suspect(book, item, pieces))
        parts = reversed(item.components or ())
        waiting += [(part, pieces * (ANY_AMOUNT if part.quantity is None else part.quantity)) for part in parts]
    return found


def _suspect(book: RuleBook, item: Item, pieces: Interval) -> Suspect:
    return Suspect(
        item=item.id,
        description=item.description,
        suggests=[hint.suggests for hint in hints_in(item.description, book.vocabulary.hints)],
        pieces=(written(pieces.low), None if pieces.high is None else written(pieces.high)),
    )
