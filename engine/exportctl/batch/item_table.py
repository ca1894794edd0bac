"""The distinct items of a table: what each is, completed, with what may be hidden inside it, and how it classifies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exportctl.batch.value import Value
from exportctl.case.complete import completed
from exportctl.case.item import Item
from exportctl.decide.subject import Subject
from exportctl.decide.tree import tree_of
from exportctl.law.book import RuleBook

ITEM, HIDDEN = "item", ("hidden-0", "hidden-1")
SLOTS = (ITEM, *HIDDEN)


@dataclass(eq=False)
class Items:
    """Distinct items by their facts; each has a number. `waiting` are those that were not classified yet."""

    book: RuleBook
    numbers: dict[tuple[Value, ...], int] = field(default_factory=dict)
    waiting: list[dict[str, Subject]] = field(default_factory=list)

    def number(self, values: tuple[Value, ...]) -> int:
        """Return the number of the item with these facts."""
        if values not in self.numbers:
            self.numbers[values] = len(self.numbers)
            self.waiting.append(self._slots({v.path: v.raw for v in values if v.raw is not None}))
        return self.numbers[values]

    def _slots(self, given: Mapping[str, Any]) -> dict[str, Subject]:
        facts = completed({path.removeprefix("item."): raw for path, raw in given.items()}, self.book)
        root = tree_of(Item("1", facts=facts), self.book.vocabulary)
        if len(root.hidden) > len(HIDDEN):
            raise AssertionError("more things may be hidden in an item than a batch has room for")
        return {ITEM: root, **dict(zip(HIDDEN, root.hidden, strict=False))}
