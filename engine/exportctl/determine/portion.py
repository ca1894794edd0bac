"""The parts that make up a share: the topmost Chinese-origin Part 1 items, and what may be one or hold one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from exportctl.case.item import Item
from exportctl.decide.examine import Examination
from exportctl.decide.share import Content, line_value_of, quantity_of
from exportctl.decide.subject import Subject
from exportctl.exact import ANY_AMOUNT, ZERO, Interval
from exportctl.fork import Fork, World, settle
from exportctl.kleene import UNKNOWN, YES, Kleene
from exportctl.law.vocabulary import Derived

MOST = 12


class Held(NamedTuple):
    """A part that counts or may count: what it adds to one piece of the whole, and how many of it are in one.

    `where` it is inside the whole: the number of the component that it is or that holds it, and where inside that.
    """

    item: Item
    counts: Kleene
    amount: Interval
    pieces: Interval
    where: Any = None

    def inside(self, number: int, many: Interval) -> Held:
        """Return it as a part of what holds so many pieces as one of its components."""
        if many == ONE:
            return self._replace(where=(number, self.where))
        return Held(self.item, self.counts, self.amount * many, self.pieces * many, (number, self.where))


class Portions(NamedTuple):
    """What makes up a share: the greatest parts in order, how many more there are, and what all add up to.

    `inexact` says of how many the amount is not known exactly; `total` are the others together.
    """

    greatest: tuple[Held, ...] = ()
    unlisted: int = 0
    total: Fraction = Fraction(0)
    inexact: int = 0

    def inside(self, number: int, many: Interval) -> Portions:
        """Return them as parts of what holds so many pieces as one of its components."""
        count = self.unlisted + len(self.greatest)
        greatest = tuple(held.inside(number, many) for held in self.greatest)
        return Portions(greatest, self.unlisted, self.total * many.low, self.inexact if many.exact else count)

    def of(self, whole: Item) -> Portions:
        """Return them as parts of one of the items that they are portions of."""
        return self._replace(greatest=tuple(held._replace(item=_at(whole, held.where)) for held in self.greatest))


ONE = Interval.at(1)


@dataclass(eq=False)
class Made:
    """What makes up the shares of one tree, with the readings taken as in `world`; of like items it is the same.

    Source: Announcement 61 of 2025, Article 1(1).
    """

    exam: Examination
    derived: Derived
    world: World
    known: dict[Any, Portions] = field(default_factory=dict)
    seen: set[Any] = field(default_factory=set)

    def of(self, whole: Subject, item: Item) -> Portions:
        """Return the parts that make up the share of an item, the first of its kind or another, for one piece of it."""
        if whole.key not in self.known:
            for subject in (*whole.below(self.seen), whole):
                if subject.item is not None:
                    self.known[subject.key] = self._of(subject, subject.item)
            self.seen.add(whole.key)
        return self.known[whole.key].of(item)

    def _of(self, subject: Subject, item: Item) -> Portions:
        content: Content = self._settled(self.exam.shares.content(self.derived, subject))
        if content is None or content.counted.high == 0:
            return Portions()
        if item.cn_part1_value is not None or not subject.children:
            return _alone(Held(item, YES if content.counted.low > 0 else UNKNOWN, content.counted, ONE))
        return _together(self._line(number, part) for number, part in enumerate(subject.children))

    def _line(self, number: int, part: Subject) -> Portions:
        """Return what a line of components adds to one piece of what holds it."""
        counts = self._settled(self.exam.look(self.derived.counts or "", part))
        if counts is False or part.item is None:
            return self.known[part.key].inside(number, quantity_of(part))
        line = line_value_of(part)
        amount, pieces = line if line is not None else ANY_AMOUNT, quantity_of(part)
        if counts is True:
            return _alone(Held(part.item, YES, amount, pieces, (number, None)))
        return _alone(Held(part.item, UNKNOWN, Interval(ZERO.low, amount.high), pieces, (number, None)))

    def _settled(self, value: Any) -> Any:
        found = settle(value, self.world)
        return None if isinstance(found, Fork) else found


def _alone(held: Held) -> Portions:
    return Portions((held,), 0, held.amount.low, 0 if held.amount.exact else 1)


def _together(parts: Iterable[Portions]) -> Portions:
    each = [part for part in parts if part.greatest]
    held = sorted((held for part in each for held in part.greatest), key=_rank)
    unlisted = sum(part.unlisted for part in each) + len(held[MOST:])
    return Portions(
        tuple(held[:MOST]), unlisted, sum((p.total for p in each), Fraction(0)), sum(p.inexact for p in each)
    )


def _rank(held: Held) -> tuple[bool, Fraction]:
    return held.amount.high is not None, -(held.amount.high or Fraction(0))


def _at(whole: Item, where: Any) -> Item:
    """Return the item at a place inside another one."""
    while where is not None:
        number, where = where
        whole = (whole.components or ())[number]
    return whole


def others(portions: Portions) -> Iterator[tuple[Held, Fraction]]:
    """Yield the greatest parts with what all the others add up to, as far as that is known exactly."""
    for held in portions.greatest:
        if portions.inexact == (0 if held.amount.exact else 1):
            yield held, portions.total - held.amount.low
