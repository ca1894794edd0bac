"""What a picture shows of an item and everything inside it: names, value, and what may count in a share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from exportctl.case.item import Item
from exportctl.decide.examine import Examination
from exportctl.decide.share import Content, line_value_of, quantity_of
from exportctl.decide.subject import Subject
from exportctl.determine.view import View
from exportctl.exact import ZERO, Interval
from exportctl.law.vocabulary import Derived

Mark = Literal["counts", "may", "holds", "may_hold", "none"]
ORDER: tuple[Mark, ...] = ("counts", "may", "holds", "may_hold", "none")
MOST_CHILDREN, MOST_LEVELS, MOST_NODES = 9, 7, 240


@dataclass(eq=False)
class Node:
    """One box: an item, or `more` items of one parent that share a box.

    `worth` is what all of it is worth in one exported item, None when not known. `mark` says whether it counts in a
    share, may count, or holds something that does; `listed` whether it is a Part 2 item whose share is tested, `hinted`
    whether its description raises a question that is open.
    """

    name: str
    label: str
    worth: Interval | None
    mark: Mark
    listed: bool = False
    hinted: bool = False
    more: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def weight(self) -> Fraction:
        """How much value it stands for at least, for its height."""
        return self.worth.low if self.worth else Fraction(0)


def tree_of_value(exam: Examination, derived: Derived, view: View) -> Node | None:
    """Return the exported item as boxes; small and deep parts share a box, marked as the worst of them.

    None: no item crosses the border.
    """
    if exam.tree is None:
        return None
    tree, one = exam.tree, Interval.at(1)
    root = _node(exam, derived, view, tree.root, tree.item, one)
    level, left = [(root, tree.item, one)], MOST_NODES
    for _ in range(MOST_LEVELS):
        below = []
        for node, item, many in level:
            inside = [
                (_node(exam, derived, view, tree.of(part), part, many), part, many * quantity_of(tree.of(part)))
                for part in item.components or ()
            ]
            inside.sort(key=lambda one: (not one[0].hinted, ORDER.index(one[0].mark), -one[0].weight))
            shown = inside[: min(MOST_CHILDREN, max(0, left))]
            left -= len(shown)
            rest = [one[0] for one in inside[len(shown) :]]
            node.children = [one[0] for one in shown] + ([_together(rest)] if rest else [])
            below += shown
        level = below
    return root


def _node(exam: Examination, derived: Derived, view: View, subject: Subject, item: Item, many: Interval) -> Node:
    line = line_value_of(subject) if subject is not exam.root else item.worth
    mark = _mark(exam, derived, view, subject)
    return Node(
        name=item.id,
        label=item.description or item.part_number,
        worth=None if line is None else line * many,
        mark=mark,
        listed=view.value(exam.look(derived.shown_for, subject)) is True,
        hinted=bool(item.hints) and mark in ("may", "may_hold"),
    )


def _mark(exam: Examination, derived: Derived, view: View, subject: Subject) -> Mark:
    content: Content | None = view.value(exam.shares.content(derived, subject))
    counted = content.counted if content else Interval(Fraction(0), None)
    if subject is not exam.root:
        counts = view.value(exam.look(derived.counts or "", subject))
        if counts is not False:
            return "may" if counts is None else "counts"
    if counted == ZERO:
        return "none"
    if counted.low > 0:
        return "holds"
    return "may_hold" if subject.children else "may"


def _together(nodes: Iterable[Node]) -> Node:
    many = list(nodes)
    worth = ZERO
    for node in many:
        worth += node.worth or ZERO
    mark = min((node.mark for node in many), key=ORDER.index)
    return Node(name="", label="", worth=worth, mark=mark, more=len(many))
