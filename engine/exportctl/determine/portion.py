"""The parts that make up a share: the topmost Chinese-origin Part 1 items, and what may be one or hold one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from exportctl.case.item import Item
from exportctl.decide.examine import Examination
from exportctl.decide.share import Content, line_value_of, quantity_of
from exportctl.decide.tree import Tree
from exportctl.exact import ANY_AMOUNT, ZERO, Interval
from exportctl.fork import Fork, World, settle
from exportctl.kleene import UNKNOWN, YES, Kleene
from exportctl.law.vocabulary import Derived

MOST = 12


class Held(NamedTuple):
    """A part that counts or may count: what it adds to one piece of the whole, and how many of it are in one."""

    item: Item
    counts: Kleene
    amount: Interval
    pieces: Interval

    def times(self, many: Interval) -> Held:
        """Return it in so many pieces of what holds it."""
        return Held(self.item, self.counts, self.amount * many, self.pieces * many)


class Portions(NamedTuple):
    """What makes up a share: the greatest parts in order, how many more there are, and what all add up to.

    `inexact` says of how many the amount is not known exactly; `total` are the others together.
    """

    greatest: tuple[Held, ...] = ()
    unlisted: int = 0
    total: Fraction = Fraction(0)
    inexact: int = 0

    def times(self, many: Interval) -> Portions:
        """Return them in so many pieces of what holds them."""
        if many == ONE:
            return self
        count = self.unlisted + len(self.greatest)
        greatest = tuple(held.times(many) for held in self.greatest)
        return Portions(greatest, self.unlisted, self.total * many.low, self.inexact if many.exact else count)


ONE = Interval.at(1)


@dataclass(eq=False)
class Made:
    """What makes up the shares of one tree, with the readings taken as in `world`.

    Source: Announcement 61 of 2025, Article 1(1).
    """

    exam: Examination
    derived: Derived
    world: World
    tree: Tree
    known: dict[int, Portions] = field(default_factory=dict)

    def of(self, whole: Item) -> Portions:
        """Return the parts that make up the share of an item, for one piece of it."""
        waiting, order = [whole], []
        while waiting:
            item = waiting.pop()
            if id(item) not in self.known:
                order.append(item)
                waiting += item.components or ()
        for item in reversed(order):
            self.known[id(item)] = self._of(item)
        return self.known[id(whole)]

    def _of(self, item: Item) -> Portions:
        subject = self.tree.of(item)
        content: Content = self._settled(self.exam.shares.content(self.derived, subject))
        if content is None or content.counted.high == 0:
            return Portions()
        if item.cn_part1_value is not None or not item.components:
            return _together([_alone(Held(item, YES if content.counted.low > 0 else UNKNOWN, content.counted, ONE))])
        return _together(self._line(part) for part in item.components)

    def _line(self, part: Item) -> Portions:
        """Return what a line of components adds to one piece of what holds it."""
        subject = self.tree.of(part)
        counts = self._settled(self.exam.look(self.derived.counts or "", subject))
        if counts is False:
            return self.known[id(part)].times(quantity_of(subject))
        line = line_value_of(subject)
        amount, pieces = line if line is not None else ANY_AMOUNT, quantity_of(subject)
        if counts is True:
            return _alone(Held(part, YES, amount, pieces))
        return _alone(Held(part, UNKNOWN, Interval(ZERO.low, amount.high), pieces))

    def _settled(self, value: Any) -> Any:
        found = settle(value, self.world)
        return None if isinstance(found, Fork) else found


def _alone(held: Held) -> Portions:
    return Portions((held,), 0, held.amount.low, 0 if held.amount.exact else 1)


def _together(parts: Iterable[Portions]) -> Portions:
    each = list(parts)
    held = sorted((held for part in each for held in part.greatest), key=_rank)
    unlisted = sum(part.unlisted for part in each) + len(held[MOST:])
    return Portions(
        tuple(held[:MOST]), unlisted, sum((p.total for p in each), Fraction(0)), sum(p.inexact for p in each)
    )


def _rank(held: Held) -> tuple[bool, Fraction, str]:
    return held.amount.high is not None, -(held.amount.high or Fraction(0)), held.item.id


def others(portions: Portions) -> Iterator[tuple[Held, Fraction]]:
    """Yield the greatest parts with what all the others add up to, as far as that is known exactly."""
    for held in portions.greatest:
        if portions.inexact == (0 if held.amount.exact else 1):
            yield held, portions.total - held.amount.low
