"""What a clause looks at: the transfer, an item in its tree, a party, or an owner of a party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from exportctl.case.case import Case, Party
from exportctl.case.item import Composition, Item
from exportctl.law.vocabulary import Vocabulary

Kind = Literal["transfer", "item", "party", "owner"]


@dataclass(frozen=True)
class Ask:
    """A fact that is not known and could be asked for: its path, and whose it is."""

    fact: str
    subject: str


@dataclass(eq=False)
class Subject:
    """One thing that facts are about.

    `key` tells subjects apart, `name` is what people call this one (an item's position, a party's role). `facts` are
    its own, without the prefix. `stands_for` is set on content that nobody listed: the item it would be found in.
    Items that share a `likeness` have the same facts and hold things that share theirs, whatever they are worth, so
    that clauses which look no further than that answer alike; None: nothing else is like it.
    """

    kind: Kind
    key: tuple[Any, ...]
    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    item: Item | None = None
    parent: Subject | None = None
    children: tuple[Subject, ...] = ()
    hidden: tuple[Subject, ...] = ()
    stands_for: Subject | None = None
    likeness: int | None = None

    @cached_property
    def signature(self) -> tuple[Any, ...]:
        """The facts of an item as one comparable value: items that share it classify alike."""
        return tuple(sorted(self.facts.items(), key=lambda fact: fact[0]))

    @property
    def inside(self) -> tuple[Subject, ...]:
        """What is directly inside it, listed or not."""
        return (*self.children, *self.hidden)

    def below(self) -> Iterator[Subject]:
        """Yield every item inside this one, listed or not, components before what contains them."""
        order: list[Subject] = []
        waiting = [*self.inside]
        while waiting:
            subject = waiting.pop()
            order.append(subject)
            waiting += subject.inside
        yield from reversed(order)


def transfer_of(case: Case) -> Subject:
    """Return the transfer itself; its facts go by their full paths."""
    return Subject("transfer", ("transfer",), "transfer", case.facts)


def parties_of(case: Case) -> tuple[Subject, ...]:
    """Return importer and end user, each with its owners as children."""
    return tuple(_party(party) for party in case.parties)


def tree_of(item: Item, vocabulary: Vocabulary, kinds: dict[Any, int]) -> Subject:
    """Return the exported item as a subject, with everything inside it below, also what nobody listed.

    `kinds` numbers the likenesses; handed from tree to tree, it gives like items of all of them the same number.
    """
    subjects: dict[int, Subject] = {}
    items = list(item.walk())
    for inner in reversed(items):
        children = tuple(subjects[id(part)] for part in inner.components or ())
        subject = Subject("item", ("item", id(inner)), inner.id, inner.facts, inner, children=children)
        subject.hidden = _hidden(subject, vocabulary)
        for child in children:
            child.parent = subject
        subject.likeness = _likeness(subject, kinds)
        subjects[id(inner)] = subject
    root = subjects[id(item)]
    root.likeness = kinds.setdefault(("exported", root.likeness), len(kinds))
    return root


def _likeness(subject: Subject, kinds: dict[Any, int]) -> int:
    """Return the number of everything that is like an item; its stand-ins get theirs."""
    for hidden in subject.hidden:
        hidden.likeness = kinds.setdefault(hidden.signature, len(kinds))
    divided = bool(subject.children), subject.item is not None and subject.item.components_complete
    like = (subject.signature, *divided, frozenset(part.likeness for part in subject.inside))
    return kinds.setdefault(like, len(kinds))


def _party(party: Party) -> Subject:
    subject = Subject("party", ("party", party.role), party.role, party.facts)
    owners = party.facts.get("owners")
    subject.children = () if owners is None else tuple(_owner(subject, n, owner) for n, owner in enumerate(owners))
    return subject


def _owner(parent: Subject, number: int, facts: Mapping[str, Any]) -> Subject:
    name = f"{parent.name}.owners[{number}]"
    subject = Subject("owner", (*parent.key, number), name, facts, parent=parent)
    owners = facts.get("owners") or ()
    subject.children = tuple(_owner(subject, n, owner) for n, owner in enumerate(owners))
    return subject


def _hidden(subject: Subject, vocabulary: Vocabulary) -> tuple[Subject, ...]:
    """Return stand-ins for what an item may hold although nobody listed it.

    One stand-in is a thing of which only the elements are bounded; where a flat table names the magnet inside an
    assembly, that magnet is another.
    """
    item = subject.item
    form = subject.facts.get("form")
    known = vocabulary.facts["item.form"].values.get(str(form))
    holds_parts = form is None or (known is not None and known.holds_parts)
    if item is None or (item.components and item.components_complete) or not holds_parts:
        return ()
    found = [_stand_in(subject, "inside", {"elements": _possible(subject.facts.get("elements"))})]
    if subject.facts.get("magnet") and form is not None:
        found.append(_stand_in(subject, "magnet", {k: v for k, v in subject.facts.items() if k in _OF_A_MAGNET}))
    return tuple(found)


def _possible(made_of: Composition | None) -> Composition:
    """Return what is known of the elements of something inside a thing made of `made_of`."""
    if made_of is None:
        return Composition()
    absent = {element: percent for element, percent in made_of.percent.items() if percent == 0}
    perhaps = frozenset(made_of.present) | made_of.perhaps
    return Composition(absent, made_of.complete, perhaps if made_of.complete else frozenset())


_OF_A_MAGNET = ("magnet", "elements", "composition")


def _stand_in(parent: Subject, what: str, facts: Mapping[str, Any]) -> Subject:
    if what == "magnet":
        facts = {**facts, "form": "magnet"}
    return Subject("item", (*parent.key, what), f"{parent.name}/{what}", facts, None, parent, stands_for=parent)
