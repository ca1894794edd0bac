"""Parts whose descriptions raise a question, with how many of each are in one exported item."""

from __future__ import annotations

from exportctl.case.item import Item
from exportctl.case.items import hints_in
from exportctl.decide.determination import Suspect
from exportctl.exact import ANY_AMOUNT, Interval, written
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Hint


def suspects(book: RuleBook, root: Item | None) -> list[Suspect]:
    """Return the parts whose words suggest something that a control entry names, where not all of it is known yet.

    Words decide nothing.
    """
    if root is None:
        return []
    found = []
    waiting = [(root, Interval.at(1))]
    while waiting:
        item, pieces = waiting.pop()
        hints = [hint for hint in hints_in(item.description, book.vocabulary.hints) if not _answered(item, hint)]
        if hints:
            found.append(_suspect(item, hints, pieces))
        parts = reversed(item.components or ())
        waiting += [(part, pieces * (ANY_AMOUNT if part.quantity is None else part.quantity)) for part in parts]
    return found


def _answered(item: Item, hint: Hint) -> bool:
    """Return whether every fact that a hint asks for is known."""
    given = {"item.value": item.value or item.line_value}
    return all(given.get(ask) or ask.removeprefix("item.") in item.facts for ask in hint.asks)


def _suspect(item: Item, hints: list[Hint], pieces: Interval) -> Suspect:
    return Suspect(
        item=item.id,
        description=item.description,
        suggests=[hint.suggests for hint in hints],
        pieces=(written(pieces.low), None if pieces.high is None else written(pieces.high)),
    )
