"""An item and everything inside it: the node of a bill of materials, its facts as a rule asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from exportctl.exact import ANY_AMOUNT, Interval


@dataclass(frozen=True)
class Composition:
    """What an item is made of: mass percent by element, None for an unknown amount, 0 for an absent element.

    `complete`: elements that are not listed are absent; otherwise nothing is known about them. `perhaps` names
    elements of which, in a complete composition, even the presence is not known.
    """

    percent: Mapping[str, Fraction | None] = field(default_factory=dict)
    complete: bool = False
    perhaps: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((frozenset(self.percent.items()), self.complete, self.perhaps))

    @property
    def present(self) -> tuple[str, ...]:
        """The elements that are in it for certain."""
        return tuple(sorted(element for element, percent in self.percent.items() if percent != 0))


@dataclass(frozen=True)
class Item:
    """One thing, and the things inside it.

    `facts` holds what is known under its `item.` path without the prefix (`form`, `origin`, `elements` …); a fact that
    is not known is absent. `quantity` is how many of it stand in one parent, `value` what one of it is worth,
    `line_value` what all of it in one parent is worth, `cn_part1_value` the part of `value` that is Chinese-origin
    Part 1 content; each None when not known, all amounts of a tree in one `currency`. `mass` is that of one in grams,
    `price` that of a kilogram, `supplier` who delivers or else makes it. `components` is None when nobody broke the
    item down, and `components_complete` says that the listed ones are all. `hints` are words of
    the description that raise a question; `place` is where it stands in its file.
    """

    id: str
    description: str = ""
    part_number: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    quantity: Interval | None = None
    value: Interval | None = None
    line_value: Interval | None = None
    cn_part1_value: Interval | None = None
    mass: Interval | None = None
    price: Interval | None = None
    currency: str | None = None
    supplier: str = ""
    components: tuple[Item, ...] | None = None
    components_complete: bool = True
    hints: tuple[str, ...] = ()
    place: str = ""

    @property
    def worth(self) -> Interval | None:
        """What one piece is worth: as given, or its part of what the line is worth; None when not known."""
        if self.value is not None or self.line_value is None or self.quantity is None or not self.quantity.exact:
            return self.value
        many = self.quantity.low
        low, high = self.line_value.low, self.line_value.high
        return Interval(low / many, None if high is None else high / many) if many else None

    @property
    def line_worth(self) -> Interval | None:
        """What all pieces in one parent are worth; None when not known."""
        if self.line_value is not None or self.value is None:
            return self.line_value
        return self.value * (ANY_AMOUNT if self.quantity is None else self.quantity)

    def walk(self) -> Iterator[Item]:
        """Yield this item and everything inside it, each before its own components."""
        waiting = [self]
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.components or ()))
