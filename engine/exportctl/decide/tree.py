"""The exported item as subjects: items that are alike, with all they hold, are one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from exportctl.case.item import Item
from exportctl.decide.hidden import hidden_in
from exportctl.decide.memory import Memory
from exportctl.decide.subject import Subject, signature
from exportctl.law.vocabulary import Vocabulary
from exportctl.progress import counted

Holding = Callable[[Subject], Hashable]
Within = set[tuple[Any, ...]]
"""The keys of subjects inside which something matters."""


@dataclass(eq=False)
class Tree:
    """An item with everything inside it, listed or not.

    Items are alike, and one subject, when they have the same facts, hints and amounts and hold alike things. `kinds`
    knows the subjects and likenesses there are; handed from tree to tree, like items of all of them are one subject.
    `subjects` gives the subject of each item by the item's identity; unchanged branches of an earlier tree have theirs
    there already. `holding` returns what the things inside an item matter for, so that items that agree in it and in
    their facts have one likeness. `tested` names the facts that rules look at.
    """

    item: Item
    vocabulary: Vocabulary
    holding: Holding
    tested: frozenset[str] | None = None
    kinds: Memory = field(default_factory=Memory)
    subjects: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        for item in counted("looking at parts", _unknown(self.item, self.subjects)):
            self.subjects[id(item)] = self._subject(item)
        self.root = self._subject(self.item, exported=True)

    def _subject(self, item: Item, *, exported: bool = False) -> Subject:
        children = tuple(self.subjects[id(part)] for part in item.components or ())
        kind = (exported, *self.kind(item), tuple(child.key for child in children))
        found: Subject | None = self.kinds.get(kind)
        if found is None:
            found = Subject("item", ("item", len(self.kinds)), item.id, item.facts, item, children, tested=self.tested)
            found.hidden = hidden_in(found, self.vocabulary)
            self.liken(found, exported=exported)
            self.kinds[kind] = found
        return found

    def kind(self, item: Item) -> tuple[Any, ...]:
        """Return what like items have in common beside what they hold."""
        amounts = (item.quantity, item.value, item.line_value, item.cn_part1_value, item.mass, item.price)
        return (signature(item.facts), item.hints, item.components_complete, *amounts)

    def liken(self, subject: Subject, *, exported: bool) -> None:
        """Let an item, and what may be hidden in it, have the number of everything like it but for its amounts.

        What holds others is asked after them, however deep a tree is; the exported item only once somebody asks.
        """
        for hidden in subject.hidden:
            hidden.liken = partial(self._number, hidden.signature)
            _ = hidden.likeness
        subject.liken = partial(self._likeness, subject, exported=exported)
        if not exported:
            _ = subject.likeness

    def _likeness(self, subject: Subject, *, exported: bool) -> int:
        divided = bool(subject.children), subject.item is not None and subject.item.components_complete
        return self._number((subject.signature, *divided, exported, self.holding(subject)))

    def _number(self, like: Any) -> int:
        found: int | None = self.kinds.get(("like", like))
        if found is None:
            found = self.kinds["like", like] = len(self.kinds)
        return found

    def go_on(self) -> Memory:
        """Return a memory for another tree, on top of what is known here. Every number here is given by then."""
        _ = self.root.likeness
        return Memory(self.kinds)

    # ---- the items behind the subjects

    def of(self, item: Item) -> Subject:
        """Return the subject of an item of the tree."""
        return self.root if item is self.item else self.subjects[id(item)]

    def places(self) -> Iterator[tuple[Subject, Item]]:
        """Yield each item, and each thing that may be hidden in one with that item: the exported item first."""
        yield self.root, self.item
        waiting, order = [self.item], []
        while waiting:
            order.append(waiting.pop())
            waiting += order[-1].components or ()
        for item in reversed(order):
            subject = self.of(item)
            yield from ((hidden, item) for hidden in subject.hidden)
            if item is not self.item:
                yield subject, item

    @cached_property
    def _listed(self) -> list[Item]:
        return [item for _, item in self.places()]

    @cached_property
    def _numbers(self) -> dict[tuple[Any, ...], list[int]]:
        found: dict[tuple[Any, ...], list[int]] = {}
        for number, (subject, _) in enumerate(self.places()):
            found.setdefault(subject.key, []).append(number)
        return found

    def place(self, subject: Subject) -> int:
        """Return where the first item of a subject stands in the tree."""
        return self._numbers[subject.key][0]

    def items(self, asked: Iterable[tuple[Collection[Subject], Container[int] | None]]) -> list[Item]:
        """Return the items that are some of the subjects, in the order of the tree, where they are among certain ones.

        Those are given by identity; None: wherever they stand.
        """
        numbers: set[int] = set()
        for subjects, among in asked:
            own = (number for subject in subjects for number in self._numbers.get(subject.key, ()))
            numbers.update(n for n in own if among is None or id(self._listed[n]) in among)
        return list({id(item): item for item in map(self._listed.__getitem__, sorted(numbers))}.values())

    def inside(self, within: Within | None) -> set[int] | None:
        """Return the identities of the items inside an item of certain subjects; None: of all."""
        if within is None or self.root.key in within:
            return None
        found: set[int] = set()
        waiting = [(self.item, False)]
        while waiting:
            item, inside = waiting.pop()
            if inside:
                found.add(id(item))
            inside = inside or self.of(item).key in within
            waiting += [(part, inside) for part in item.components or ()]
        return found

    def names(self, subjects: Collection[Subject]) -> list[str]:
        """Return the names of the items that are some of the subjects, in the order of the tree."""
        return [item.id for item in self.items([(subjects, None)])]

    def names_inside(self, subject: Subject) -> Iterator[tuple[Subject, list[tuple[int, str]]]]:
        """Yield everything inside an item with the listed items that it is or would be found in: place and name."""
        inside = self if subject is self.root or subject.item is None else self._branch(subject.item)
        for part in inside.root.below():
            yield part, inside.named(part)

    def named(self, subject: Subject) -> list[tuple[int, str]]:
        """Return the listed items that a subject stands for, or would be found in: place and name."""
        return [(number, self._listed[number].id) for number in self._numbers[subject.key]]

    def _branch(self, item: Item) -> Tree:
        return replace(self, item=item, kinds=self.go_on())

    def above(self, name: str) -> Iterator[Item]:
        """Yield the items that hold the one of this name, the nearest first."""
        holder = {part.id: item for item in self.item.walk() for part in item.components or ()}
        while name in holder and name != self.item.id:
            yield holder[name]
            name = holder[name].id


def tree_of(item: Item, vocabulary: Vocabulary) -> Subject:
    """Return an item on its own as a subject, with everything inside it below, also what nobody listed."""
    return Tree(item, vocabulary, lambda subject: frozenset(part.likeness for part in subject.inside)).root


def _unknown(root: Item, known: Memory) -> list[Item]:
    """Return the items inside one that have no subject yet, components before what contains them."""
    waiting, order = [root], []
    while waiting:
        item = waiting.pop()
        if item is not root:
            order.append(item)
        waiting += [part for part in item.components or () if id(part) not in known]
    return order[::-1]
