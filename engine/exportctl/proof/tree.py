"""How the value of parts adds up to a share, as formulas over a tree of items: what is announced, and what is true.

The tree is a spine of items, each holding the next and one part more, so that every way in which amounts pass from
level to level occurs. One piece of each stands in its parent. Written from the text, not from the plain evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from exportctl.proof.given import real
from exportctl.proof.truth import Formula, Truth, chosen, every, implied, negated, some

ZERO = z3.RealVal(0)
DEPTH = 4


@dataclass(frozen=True, eq=False)
class Amount:
    """An amount between two ends; `open` where it has no upper one."""

    low: Any
    high: Any
    open: Formula = False


@dataclass(frozen=True, eq=False)
class Content:
    """What counts inside an item, and the least that surely is something else."""

    counted: Amount
    others: Any


@dataclass(frozen=True, eq=False)
class Node:
    """One item as a person knows it: its worth, whether it counts itself, what it holds.

    `given`: its content was stated, as an interval. `lacks`: its elements say that nothing in it counts. `complete`:
    its parts are all listed.
    """

    name: str
    parts: tuple[Node, ...]

    def bit(self, name: str) -> Any:
        """Return a variable of the item that holds or not."""
        return z3.Bool(f"{self.name}.{name}")

    def number(self, name: str) -> Any:
        """Return a variable of the item that is an amount."""
        return z3.Real(f"{self.name}.{name}")

    @property
    def worth(self) -> Amount:
        """What one piece is worth; any amount where it is not known."""
        known = self.bit("worth?")
        return Amount(_if(known, self.number("least"), ZERO), self.number("most"), negated(known))

    @property
    def counts(self) -> Truth:
        """Whether the item itself counts."""
        return Truth(self.bit("counts"), some([self.bit("counts"), self.bit("counts?")]))

    def below(self) -> Iterator[Node]:
        """Yield the item and everything inside it."""
        yield self
        for part in self.parts:
            yield from part.below()

    @property
    def laws(self) -> Iterator[Formula]:
        """Yield what holds of the amounts of every item."""
        for node in self.below():
            for low, high in (("least", "most"), ("given-least", "given-most")):
                yield every([node.number(low) >= ZERO, node.number(low) <= node.number(high)])


def spine(name: str, depth: int = DEPTH) -> Node:
    """Return a tree of so many levels: on each the next item of the spine, and one part beside it."""
    inner = (spine(f"{name}.1", depth - 1), Node(f"{name}.2", ())) if depth > 1 else ()
    return Node(name, inner)


# ---- what is announced


def content(node: Node) -> Content:
    """Return what is announced to count inside one piece of an item."""
    found = _sum(node) if node.parts else Content(_undivided(node), ZERO)
    given, stated = node.bit("given"), Amount(node.number("given-least"), node.number("given-most"))
    return Content(_either(given, stated, found.counted), _if(given, ZERO, found.others))


def _undivided(node: Node) -> Amount:
    lacks = node.bit("lacks")
    return Amount(ZERO, _if(lacks, ZERO, node.worth.high), every([negated(lacks), node.worth.open]))


def _sum(node: Node) -> Content:
    lines = [_line(part) for part in node.parts]
    low, high = (z3.Sum([getattr(line.counted, end) for line in lines]) for end in ("low", "high"))
    others = z3.Sum([line.others for line in lines])
    worth, endless = node.worth, some(line.counted.open for line in lines)
    left = worth.high - others
    high = _if(every([endless, negated(worth.open)]), _if(left >= low, left, worth.high), high)
    listed = Amount(low, high, every([endless, worth.open]))
    rest = Amount(low, _greater(left, high), some([worth.open, listed.open]))
    return Content(_either(node.bit("complete"), listed, rest), others)


def _line(part: Node) -> Content:
    """Return what a part adds to the item around it."""
    inner, whole = content(part), part.worth
    within = inner.counted
    bounded = Amount(
        within.low, _if(within.open, _greater(within.low, whole.high), within.high), every([within.open, whole.open])
    )
    perhaps = Amount(
        _least(bounded.low, whole.low), _greater(bounded.high, whole.high), some([bounded.open, whole.open])
    )
    only = _either(part.counts.maybe, perhaps, bounded)
    rest = _if(only.open, ZERO, _greater(ZERO, whole.low - only.high))
    return Content(_either(part.counts.yes, whole, only), _if(part.counts.yes, ZERO, rest))


def reaches(node: Node, limit: Fraction) -> Truth:
    """Return whether the announced share of an item's worth reaches a limit above zero."""
    found, worth, share = content(node), node.worth, real(limit)
    counted = found.counted
    nothing = every([negated(counted.open), counted.high == ZERO])
    worthless = some([worth.open, worth.high == ZERO])
    whole = counted.high + found.others
    of_parts = some([counted.open, whole == ZERO, counted.high >= share * whole])
    of_worth = some([counted.open, worth.low == ZERO, counted.high >= share * worth.low])
    sure = every([negated(nothing), negated(worthless), counted.low >= share * worth.high])
    return Truth(sure, every([negated(nothing), chosen(worthless, of_parts, of_worth)]))


# ---- what is true


@dataclass(frozen=True, eq=False)
class Fact:
    """What an item truly is worth, and what truly counts inside it."""

    worth: Any
    inside: Any


def fact(node: Node) -> Fact:
    """Return the true amounts of an item."""
    return Fact(node.number("worth"), node.number("inside"))


def true(node: Node) -> Iterator[Formula]:
    """Yield that true amounts agree with what is known, and that parts are together worth no more than their whole."""
    for each in node.below():
        own, worth = fact(each), each.worth
        counts = each.bit("truly counts")
        yield every([own.worth >= ZERO, own.worth >= worth.low, some([worth.open, own.worth <= worth.high])])
        yield every([implied(each.counts.yes, counts), implied(counts, each.counts.maybe)])
        stated = every([own.inside >= each.number("given-least"), own.inside <= each.number("given-most")])
        yield chosen(each.bit("given"), stated, _truly_inside(each))
        yield own.inside >= ZERO
        yield own.inside <= own.worth


def _truly_inside(node: Node) -> Formula:
    own = fact(node)
    if not node.parts:
        return implied(node.bit("lacks"), own.inside == ZERO)
    unlisted = node.number("unlisted")
    lines = [_if(part.bit("truly counts"), fact(part).worth, fact(part).inside) for part in node.parts]
    return every(
        [
            own.inside == z3.Sum([*lines, unlisted]),
            unlisted >= ZERO,
            implied(node.bit("complete"), unlisted == ZERO),
            z3.Sum([*(fact(part).worth for part in node.parts), unlisted]) <= own.worth,
        ]
    )


def _either(condition: Formula, here: Amount, otherwise: Amount) -> Amount:
    return Amount(
        _if(condition, here.low, otherwise.low),
        _if(condition, here.high, otherwise.high),
        chosen(condition, here.open, otherwise.open),
    )


def _if(condition: Formula, here: Any, otherwise: Any) -> Any:
    if isinstance(condition, bool):
        return here if condition else otherwise
    return z3.If(condition, here, otherwise)


def _greater(first: Any, second: Any) -> Any:
    return z3.If(first >= second, first, second)


def _least(first: Any, second: Any) -> Any:
    return z3.If(first <= second, first, second)
