"""Examination of a case: the one meaning of a clause.

This is the reference that every other reader of the rules must agree with.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

from exportctl.case.case import Case
from exportctl.decide import compare
from exportctl.decide.facts import Facts
from exportctl.decide.listed import Lists
from exportctl.decide.memory import Memory
from exportctl.decide.share import Shares
from exportctl.decide.subject import Ask, Subject, parties_of, transfer_of
from exportctl.decide.tree import Tree
from exportctl.decide.tried import Tried
from exportctl.fork import fork, join
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, all_of, any_of
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.state import standing
from exportctl.law.vocabulary import Fact, Vocabulary

_Place = tuple[int, str]


@dataclass(eq=False)
class Examination:
    """One case under one rule book, on one day. Values are forked over readings, unseen lines and unverified law.

    `known_on` leaves out instruments issued later. `classified` may be handed from one examination to the next under
    the same rule book, so that items with the same facts are classified once. `of_items` holds what was worked out of
    items alone, `of_case` what else was, both by clause and subject. `like` is an examination with much the same items.
    """

    book: RuleBook
    case: Case
    known_on: datetime.date | None = None
    classified: dict[Any, Any] = field(default_factory=dict)
    of_items: Memory = field(default_factory=Memory)
    of_case: Memory = field(default_factory=Memory)
    like: Examination | None = None

    def __post_init__(self) -> None:
        self.transfer = transfer_of(self.case)
        self.parties = parties_of(self.case)
        self.shares = Shares(self)
        self.facts = Facts(self, self.shares)
        self.lists = Lists(self, self.classified)
        self.root: Subject | None = None
        self.tree = self._tree()
        self.root = self.tree.root if self.tree else None

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts and what their values mean."""
        return self.book.vocabulary

    def _tree(self) -> Tree | None:
        if self.case.item is None:
            return None
        like = self.like.tree if self.like else None
        known = (like.go_on(), Memory(like.subjects)) if like else (Memory(), Memory())
        return Tree(self.case.item, self.vocabulary, self._holding, self.book.alike.tested, *known)

    def _holding(self, subject: Subject) -> Hashable:
        """Return what the things inside an item matter for: the answers to all that clauses ask of them.

        Where some clause asks more of them than their own facts, they matter for what they are.
        """
        inside = frozenset(part.likeness for part in subject.inside)
        if not self.book.alike.contents_known_by_these:
            return inside
        subject.holding = self.of_items.get(("holding", inside))
        if subject.holding is None:
            parts = list({part.likeness: part for part in subject.inside}.values())
            subject.holding = tuple(self._some(n, clause, parts) for n, clause in enumerate(self.book.alike.inside))
            self.of_items["holding", inside] = subject.holding
        return subject.holding

    def _some(self, number: int, clause: Clause, parts: list[Subject]) -> Any:
        """Return whether one of some things, or something in one, meets the clause asked of all things inside."""
        own = [self.holds(clause.parts[0], part, {}) for part in parts]
        return some([*own, *(part.holding[number] for part in parts if part.holding is not None)])

    def with_case(self, case: Case, *, other_item: bool) -> Examination:
        """Return the examination of a case that differs from this one in one place, keeping what stays true.

        With `other_item` only something in the tree of the item differs: its unchanged branches must be the same
        objects. Otherwise only something outside the tree differs.
        """
        of_case = Memory(self.of_case) if other_item else Memory()
        return Examination(self.book, case, self.known_on, self.classified, Memory(self.of_items), of_case, self)

    def look(self, path: str, subject: Subject) -> Any:
        """Return the value of a fact, forked; None when it is not known."""
        return self.facts.look(path, subject)[0]

    def standing(self, instrument: str, provision: str) -> Any:
        """Return how a provision stands on the day of the case, forked; unverified law is not yet a question."""
        return standing(self.book, instrument, provision, self.case.on, self.known_on)

    def tried(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Return a clause put to a subject; `parameters` are the numbers a rule names."""
        found = self._found(clause, subject, parameters)
        return found if found.subject is subject else self._as_alike(found, subject, parameters)

    def holds(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Any:
        """Return whether a clause holds for a subject, forked: what `tried` finds, without what is behind it."""
        return self._found(clause, subject, parameters).holds

    def _found(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Return the trial of the first subject that answers a clause as this one does."""
        known, key = self._known(clause), self._key(clause, subject, parameters)
        found: Tried | None = known.get(key)
        if found is None:
            found = known[key] = self._tried(clause, subject, parameters)
        return found

    def _known(self, clause: Clause) -> Memory:
        return self.of_items if id(clause) in self.book.alike.of_items else self.of_case

    def _key(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> tuple[Any, ...]:
        return (id(clause), self.mark(clause, subject, parameters))

    def mark(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Any:
        """Return what has the same value for all subjects that answer a clause alike.

        Items of one likeness do, where those of its tests that look at amounts turn out alike.
        """
        amounts = None if subject.likeness is None else self.book.alike.amounts.get(id(clause))
        if amounts is None or (amounts and clause.kind == "test"):
            return subject.key
        if not amounts:
            return subject.likeness
        return (subject.likeness, *(self._passes(test, subject, parameters) for test in amounts))

    def _passes(self, test: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Any:
        """Return whether an item passes a test of an amount; what was seen is not kept."""
        key = ("passes", id(test), subject.key)
        found = self.of_items.get(key)
        if found is None:
            found = self.of_items[key] = self._tried(test, subject, parameters).holds
        return found

    def _as_alike(self, found: Tried, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Return the trial of a like subject as one of this subject; what is behind it is tried when looked at."""

        def again() -> Tried:
            return self._tried(found.clause, subject, parameters)

        return replace(found, subject=subject, behind=lambda: again().parts, asks=lambda: again().asks())

    def _tried(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        if clause.kind == "test":
            return self._test(clause, subject, parameters)
        if clause.kind == "any_component":
            return self._inside(clause, subject, parameters)
        if clause.kind == "any_owner":
            return self._owners(clause, subject, parameters)
        return self._combined(clause, subject, parameters)

    def _combined(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Combine parts; once one of them decides alone, the others are tried only if somebody looks behind it."""
        neutral = NO if clause.kind == "any" else YES
        counted = []
        for part in clause.parts:
            counted.append(self._counted(part, self.holds(part, subject, parameters), neutral))
            if clause.kind != "not" and counted[-1] is ~neutral:
                break
        holds = join(lambda *values: _combine(clause.kind, values), *counted)

        def behind() -> tuple[Tried, ...]:
            return tuple(self._counting(self.tried(part, subject, parameters), neutral) for part in clause.parts)

        return Tried(clause, subject, holds, holds, behind=behind)

    def _counting(self, part: Tried, neutral: Kleene) -> Tried:
        """Return a part with what it counts for."""
        return replace(part, counted=self._counted(part.clause, part.holds, neutral)) if part.clause.under else part

    def _counted(self, part: Clause, value: Any, neutral: Kleene) -> Any:
        """Return what a part counts for: where its reading is taken otherwise, what changes nothing."""
        for reading, choice in part.under.items():
            choices = self.book.readings[reading].choices
            value = fork(f"reading:{reading}", {name: value if name == choice else neutral for name in choices})
        return value

    def _test(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        path = clause.fact or ""
        derived = self.vocabulary.derived.get(path)
        if derived is not None and derived.type == "entries":
            near = derived.band
            return self.lists.tried(clause, subject) if near is None else self.lists.tried_near(clause, subject, near)
        value, behind = self.facts.look(path, subject)
        if clause.operator == "same_as":
            return self._same(clause, subject, value)
        operand = parameters.get(clause.operand, clause.operand) if isinstance(clause.operand, str) else clause.operand
        known = self.vocabulary.find(path)
        holds = compare.holds(clause.operator, value, operand, known.values if isinstance(known, Fact) else {})
        return Tried(
            clause, subject, holds, holds, value, operand, behind, lambda: self.facts.asks(path, subject, value)
        )

    def _same(self, clause: Clause, subject: Subject, value: Any) -> Tried:
        other = self.look(clause.operand, subject)
        holds = compare.same(value, other)

        def asks() -> tuple[Ask, ...]:
            both = ((clause.fact or "", value), (clause.operand, other))
            return tuple(ask for path, seen in both for ask in self.facts.asks(path, subject, seen))

        return Tried(clause, subject, holds, holds, value, other, asks=asks)

    def _inside(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Put a clause to everything inside an item."""
        inner = clause.parts[0]

        def behind() -> tuple[Tried, ...]:
            """Try one for all that answer alike."""
            each: dict[Any, Subject] = {}
            for part in subject.below():
                each.setdefault(self.mark(inner, part, parameters), part)
            names = cache(lambda: self._names(inner, subject, parameters))
            return tuple(
                replace(self.tried(inner, part, parameters), alike=partial(_at, names, mark))
                for mark, part in each.items()
            )

        holds = self._any_inside(clause, subject, parameters)
        return Tried(clause, subject, holds, holds, behind=behind)

    def _any_inside(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Any:
        """Return whether something inside an item meets a clause; components are decided before what contains them."""
        number = self.book.alike.number.get(id(clause))
        if number is not None and subject.holding is not None:
            return subject.holding[number]
        known = self._known(clause)
        for below in (*subject.below(), subject):
            key = (id(clause), below.key, "inside")
            if key not in known:
                own = [self.holds(clause.parts[0], part, parameters) for part in below.inside]
                known[key] = some([*own, *(known[id(clause), part.key, "inside"] for part in below.inside)])
        return known[id(clause), subject.key, "inside"]

    def _names(self, inner: Clause, subject: Subject, parameters: Mapping[str, Any]) -> dict[Any, list[_Place]]:
        found: dict[Any, list[_Place]] = {}
        for part, named in self.tree.names_inside(subject) if self.tree else ():
            found.setdefault(self.mark(inner, part, parameters), []).extend(named)
        return found

    def _owners(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Put a clause to each owner of a party; owners that nobody named leave it open."""
        parts = tuple(self.tried(clause.parts[0], owner, parameters) for owner in subject.children)
        unnamed = [UNKNOWN] if subject.facts.get("owners") is None else []
        holds = join(lambda *values: any_of([*values, *unnamed]), *(part.holds for part in parts))
        asks = lambda: (Ask(f"{subject.kind}.owners", subject.name),) if unnamed else ()  # noqa: E731
        return Tried(clause, subject, holds, holds, behind=lambda: parts, asks=asks)


def some(values: Iterable[Any]) -> Any:
    """Return whether at least one of many forked truth values is yes; like values count once."""
    return join(lambda *each: any_of(each), *dict.fromkeys(values))


def _at(names: Callable[[], Mapping[Any, Sequence[_Place]]], mark: Any) -> Sequence[_Place]:
    return names().get(mark, ())


def _combine(kind: str, values: tuple[Kleene, ...]) -> Kleene:
    if kind == "not":
        return ~values[0]
    return all_of(values) if kind == "all" else any_of(values)


__all__ = ["Examination", "Tried"]
