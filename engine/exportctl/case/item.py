"""An item and everything inside it: the node of a bill of materials, its facts as a rule asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from exportctl.exact import Interval


@dataclass(frozen=True)
class Composition:
    """What an item is made of: mass percent by element, None for an unknown amount, 0 for an absent element.

    `complete`: elements that are not listed are absent; otherwise nothing is known about them.
    """

    percent: Mapping[str, Fraction | None] = field(default_factory=dict)
    complete: bool = False

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.percent.items(), key=lambda pair: pair[0])), self.complete))


@dataclass(frozen=True)
class Money:
    """An amount in a currency, perhaps known only within bounds; a currency of None was not stated."""

    amount: Interval
    currency: str | None = None


@dataclass(frozen=True)
class Item:
    """One thing, and the things inside it.

    `facts` holds what is known under its `item.` path without the prefix (`form`, `origin`, `elements` …); a fact that
    is not known is absent. `quantity` is how many of it stand in one parent, `value` what one of it is worth,
    `line_value` what all of it in one parent are worth; each None when not known. `components` is None when nobody
    broke the item down, and `components_complete` says that the listed ones are all.
    """

    id: str
    description: str = ""
    part_number: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    quantity: Interval | None = None
    value: Money | None = None
    line_value: Money | None = None
    cn_part1_value: Money | None = None
    components: tuple[Item, ...] | None = None
    components_complete: bool = True
    place: str = ""

    def walk(self) -> Iterator[Item]:
        """Yield this item and everything inside it, each before its own components."""
        waiting = [self]
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.components or ()))
