"""What a clause looks at: the transfer, an item in its tree, a party, or an owner of a party."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from exportctl.case.case import Case, Party
from exportctl.case.item import Item

Kind = Literal["transfer", "item", "party", "owner"]


@dataclass(frozen=True)
class Ask:
    """A fact that is not known and could be asked for: its path, and whose it is."""

    fact: str
    subject: str


@dataclass(eq=False)
class Subject:
    """One thing that facts are about. Items of a tree that are alike are one subject: they are decided once.

    `key` tells subjects apart, `name` is what people call this one (an item's position, a party's role; of like items
    the first). `facts` are its own, without the prefix. `stands_for` is set on content that nobody listed: the item it
    would be found in. `liken` returns the subject's likeness. `holding` is whether something inside meets each clause
    that is asked of all things inside an item, None: not worked out. `tested` names the facts that rules look at, None:
    any.
    """

    kind: Kind
    key: tuple[Any, ...]
    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    item: Item | None = None
    children: tuple[Subject, ...] = ()
    hidden: tuple[Subject, ...] = ()
    stands_for: Subject | None = None
    liken: Callable[[], int] | None = None
    holding: tuple[Any, ...] | None = None
    tested: frozenset[str] | None = None

    @cached_property
    def signature(self) -> tuple[Any, ...]:
        """The facts of an item that rules look at as one comparable value: items that share it classify alike."""
        return signature(self.facts, self.tested)

    @cached_property
    def likeness(self) -> int | None:
        """What subjects share that differ, as far as rules can tell, in amounts only; None: nothing is like it."""
        return self.liken() if self.liken else None

    @property
    def inside(self) -> tuple[Subject, ...]:
        """What is directly inside it, listed or not."""
        return (*self.children, *self.hidden) if self.hidden else self.children

    def below(self, seen: set[Any] | None = None) -> Iterator[Subject]:
        """Yield everything inside it once, listed or not, components before what contains them.

        What is in `seen` is left out, and put there as it is yielded.
        """
        seen = set() if seen is None else seen
        waiting = [(self, iter(self.inside))]
        while waiting:
            subject, inside = waiting[-1]
            for part in inside:
                if part.key not in seen:
                    seen.add(part.key)
                    waiting.append((part, iter(part.inside)))
                    break
            else:
                waiting.pop()
                if waiting:
                    yield subject


def signature(facts: Mapping[str, Any], among: frozenset[str] | None = None) -> tuple[Any, ...]:
    """Return facts, or those among some, as one comparable value."""
    return tuple(sorted((fact for fact in facts.items() if among is None or fact[0] in among), key=_first))


def _first(fact: tuple[str, Any]) -> str:
    return fact[0]


def transfer_of(case: Case) -> Subject:
    """Return the transfer itself; its facts go by their full paths."""
    return Subject("transfer", ("transfer",), "transfer", case.facts)


def parties_of(case: Case) -> tuple[Subject, ...]:
    """Return importer and end user, each with its owners as children."""
    return tuple(_party(party) for party in case.parties)


def _party(party: Party) -> Subject:
    subject = Subject("party", ("party", party.role), party.role, party.facts)
    owners = party.facts.get("owners")
    subject.children = () if owners is None else tuple(_owner(subject, n, owner) for n, owner in enumerate(owners))
    return subject


def _owner(parent: Subject, number: int, facts: Mapping[str, Any]) -> Subject:
    name = f"{parent.name}.owners[{number}]"
    subject = Subject("owner", (*parent.key, number), name, facts)
    owners = facts.get("owners") or ()
    subject.children = tuple(_owner(subject, n, owner) for n, owner in enumerate(owners))
    return subject
