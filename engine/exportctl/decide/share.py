"""The share of an item's value that Chinese-origin content makes up, as an exact interval.

Source: Announcement 61 of 2025, Article 1(1). How value is to be measured is not stated there (see readings).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exportctl.decide.subject import Ask, Subject
from exportctl.decide.tried import Examiner
from exportctl.exact import ANY_AMOUNT, ZERO, Interval
from exportctl.fork import join, leaves
from exportctl.law.vocabulary import Derived


@dataclass(frozen=True)
class Content:
    """The content of one item: what counts, and the least that surely is something else.

    `counted` in money of the tree's currency; `others` the value of components that cannot count.
    """

    counted: Interval
    others: Fraction


@dataclass(eq=False)
class Shares:
    """The value shares of a tree. Every amount is for one piece of the item it belongs to."""

    exam: Examiner

    def share(self, derived: Derived, subject: Subject) -> Any:
        """Return the share as an interval within 0 and 1, forked over the readings of what counts."""
        worth = value_of(subject)
        return join(lambda content: _ratio(content, worth), self.content(derived, subject))

    def lines(self, derived: Derived, subject: Subject) -> list[Any]:
        """Return what each line of components adds to one piece of an item, forked."""
        self.content(derived, subject)
        return [self._line(derived, child) for child in subject.children]

    def content(self, derived: Derived, subject: Subject) -> Any:
        """Return what counts inside one piece of an item, forked."""
        if subject.stands_for is not None:
            return join(
                lambda held: Content(Interval(ZERO.low, held.counted.high), ZERO.low), self._around(derived, subject)
            )
        known, key = self.exam.of_items, (derived.counts, subject.key)
        if key not in known:
            for below in (*subject.below(), subject):
                if below.stands_for is None and (derived.counts, below.key) not in known:
                    known[derived.counts, below.key] = self._content(derived, below)
        return known[key]

    def _around(self, derived: Derived, stand_in: Subject) -> Any:
        """Return the content of the item in which nobody listed this one."""
        return self.content(derived, stand_in.stands_for or stand_in)

    def _content(self, derived: Derived, subject: Subject) -> Any:
        item = subject.item
        if item is None:
            raise AssertionError("a stand-in has the content of the item around it")
        if item.cn_part1_value is not None:
            return Content(item.cn_part1_value, Fraction(0))
        if not subject.children:
            return Content(self._undivided(derived, subject), Fraction(0))
        lines = [self._line(derived, child) for child in subject.children]
        found = join(lambda *parts: _total(parts, value_of(subject)), *lines)
        return found if item.components_complete else join(lambda part: _open_end(part, value_of(subject)), found)

    def _undivided(self, derived: Derived, subject: Subject) -> Interval:
        """Return what may count in an item that nobody broke down."""
        made_of = subject.facts.get("elements")
        if made_of is not None and made_of.complete:
            possible = set(made_of.present) | made_of.perhaps
            if not possible & set(derived.absent_without):
                return ZERO
        if self._one_substance(subject):
            return ZERO
        worth = value_of(subject)
        return Interval(Fraction(0), worth.high if worth else None)

    def _line(self, derived: Derived, child: Subject) -> Any:
        """Return what a line of components adds to one piece of its parent."""
        counts = self.exam.look(derived.counts or "", child)
        line, many = line_value_of(child), quantity_of(child)
        return join(lambda c, inner: _contribution(c, inner, line, many), counts, self.content(derived, child))

    def asks(self, derived: Derived, subject: Subject) -> tuple[Ask, ...]:
        """Return the facts about amounts and breakdown that would narrow the share of an item."""
        subject = subject.stands_for or subject
        parts = (ask for below in self.inside(subject) for ask in self.asks_of_part(derived, below))
        return (*self.asks_of_whole(subject), *parts)

    def asks_of_whole(self, subject: Subject) -> Iterator[Ask]:
        """Yield the facts of an item that would narrow its own share."""
        yield from _asks_worth(subject, value_of(subject))
        if not subject.children and subject.item is not None:
            yield from (Ask("item.cn_part1_value", subject.name), Ask("item.components", subject.name))

    def inside(self, subject: Subject) -> list[Subject]:
        """Return the listed items inside an item, each of which may count in its share."""
        return [below for below in subject.below() if below.item is not None]

    def asks_of_part(self, derived: Derived, below: Subject) -> Iterator[Ask]:
        """Yield the facts of an item that would narrow the share of what holds it."""
        counts = self.exam.look(derived.counts or "", below)
        inside = [content.counted for content in leaves(self.content(derived, below))]
        may_count = any(value is not False for value in leaves(counts))
        if may_count or (line_value_of(below) is None and any(amount.high != 0 for amount in inside)):
            yield from _asks_worth(below, line_value_of(below))
        surely_counts = all(value is True for value in leaves(counts))
        if surely_counts or below.children or all(amount.exact for amount in inside) or self._one_substance(below):
            return
        made_of = below.facts.get("elements")
        if made_of is None or not made_of.complete:
            yield Ask("item.elements", below.name)
        yield Ask("item.cn_part1_value", below.name)

    def _one_substance(self, subject: Subject) -> bool:
        form = self.exam.vocabulary.facts["item.form"].values.get(str(subject.facts.get("form")))
        return form is not None and form.single_substance


def share_at(lines: list[Any], worth: Interval) -> Any:
    """Return the share of an item whose complete list of components adds these lines, were one piece worth this."""
    return join(lambda *parts: _ratio(_total(parts, worth), worth), *lines)


def value_of(subject: Subject) -> Interval | None:
    """Return what one piece of an item is worth, or None when nobody said."""
    return None if subject.item is None else subject.item.worth


def line_value_of(subject: Subject) -> Interval | None:
    """Return what all pieces of an item in one parent are worth, or None when nobody said."""
    return None if subject.item is None else subject.item.line_worth


def quantity_of(subject: Subject) -> Interval:
    """Return how many pieces stand in one parent; any number when nobody said."""
    item = subject.item
    return item.quantity if item is not None and item.quantity is not None else ANY_AMOUNT


def _asks_worth(subject: Subject, worth: Interval | None) -> Iterator[Ask]:
    """Yield what to ask where an item's worth is not known, or lies between two prices of a kilogram."""
    if worth is None:
        yield Ask("item.value", subject.name)
    elif not worth.exact and subject.item is not None and subject.item.price is not None:
        yield Ask("item.price_per_kg", subject.name)


def _contribution(counts: bool | None, inner: Content, line: Interval | None, many: Interval) -> Content:
    """Return what a line adds. Known content counts in full, also where its parent was sold for less than it cost."""
    whole = line if line is not None else ANY_AMOUNT
    if counts is True:
        return Content(whole, Fraction(0))
    within = inner.counted * many
    if within.high is None:
        within = Interval(within.low, None if whole.high is None else max(within.low, whole.high))
    if counts is None:
        within = Interval(min(within.low, whole.low), _most(within, whole))
    rest = Fraction(0) if within.high is None else max(Fraction(0), whole.low - within.high)
    return Content(within, rest)


def _most(one: Interval, other: Interval) -> Fraction | None:
    return None if one.high is None or other.high is None else max(one.high, other.high)


def _total(parts: tuple[Content, ...], worth: Interval | None) -> Content:
    counted, others = ZERO, Fraction(0)
    for part in parts:
        counted += part.counted
        others += part.others
    if counted.high is None and worth is not None and worth.high is not None:
        left = worth.high - others
        counted = Interval(counted.low, left if left >= counted.low else worth.high)
    return Content(counted, others)


def _open_end(content: Content, worth: Interval | None) -> Content:
    """Return the content of an item of which some components are not listed."""
    counted = content.counted
    high = None
    if worth is not None and worth.high is not None and counted.high is not None:
        high = max(worth.high - content.others, counted.high)
    return Content(Interval(counted.low, high), content.others)


def _ratio(content: Content, worth: Interval | None) -> Interval:
    counted = content.counted
    if counted.high == 0:
        return ZERO
    if worth is None or worth.high == 0:
        if counted.high is None or counted.high + content.others == 0:
            return Interval(Fraction(0), Fraction(1))
        return Interval(Fraction(0), counted.high / (counted.high + content.others))
    low = Fraction(0) if worth.high is None else min(Fraction(1), counted.low / worth.high)
    if counted.high is None or worth.low == 0:
        return Interval(low, Fraction(1))
    return Interval(low, min(Fraction(1), counted.high / worth.low))
