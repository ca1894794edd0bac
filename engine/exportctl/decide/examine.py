"""Examination of a case: the one meaning of a clause.

This is the reference that every other reader of the rules must agree with.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from exportctl.case.case import Case
from exportctl.decide import compare
from exportctl.decide.facts import Facts
from exportctl.decide.listed import Lists
from exportctl.decide.share import Shares
from exportctl.decide.subject import Ask, Subject, parties_of, transfer_of, tree_of
from exportctl.decide.tried import Tried
from exportctl.fork import fork, join
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, all_of, any_of
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.state import standing
from exportctl.law.vocabulary import Fact, Vocabulary


@dataclass(eq=False)
class Examination:
    """One case under one rule book, on one day. Values are forked over readings, unseen lines and unverified law.

    `known_on` leaves out instruments issued later. `classified` may be handed from one examination to the next under
    the same rule book, so that items with the same facts are classified once; `memo` holds what was worked out, by
    clause and subject. `kinds` numbers the likenesses of items, and goes with `memo`.
    """

    book: RuleBook
    case: Case
    known_on: datetime.date | None = None
    classified: dict[Any, Any] = field(default_factory=dict)
    memo: dict[Any, Any] = field(default_factory=dict)
    kinds: dict[Any, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.transfer = transfer_of(self.case)
        self.parties = parties_of(self.case)
        self.root = tree_of(self.case.item, self.vocabulary, self.kinds) if self.case.item else None
        self.shares = Shares(self)
        self.facts = Facts(self, self.shares)
        self.lists = Lists(self, self.classified)

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts and what their values mean."""
        return self.book.vocabulary

    def with_case(self, case: Case, *, other_item: bool) -> Examination:
        """Return the examination of a case that differs from this one in one place, keeping what stays true.

        With `other_item` only something in the tree of the item differs: its unchanged branches must be the same
        objects. Otherwise only something outside the tree differs.
        """
        about_items = self.book.about_items
        kept = {k: v for k, v in self.memo.items() if other_item or isinstance(k[0], str) or k[0] in about_items}
        return Examination(self.book, case, self.known_on, self.classified, kept, self.kinds)

    def look(self, path: str, subject: Subject) -> Any:
        """Return the value of a fact, forked; None when it is not known."""
        return self.facts.look(path, subject)[0]

    def standing(self, instrument: str, provision: str) -> Any:
        """Return how a provision stands on the day of the case, forked; unverified law is not yet a question."""
        return standing(self.book, instrument, provision, self.case.on, self.known_on)

    def tried(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Return a clause put to a subject; `parameters` are the numbers a rule names."""
        key = self._key(clause, subject)
        if key not in self.memo:
            self.memo[key] = self._tried(clause, subject, parameters)
        found: Tried = self.memo[key]
        return found if found.subject is subject else self._as_alike(found, subject, parameters)

    def holds(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Any:
        """Return whether a clause holds for a subject, forked: what `tried` finds, without what is behind it."""
        key = self._key(clause, subject)
        if key not in self.memo:
            self.memo[key] = self._tried(clause, subject, parameters)
        found: Tried = self.memo[key]
        return found.holds

    def _key(self, clause: Clause, subject: Subject) -> tuple[Any, ...]:
        """Return by what a trial is remembered: like items are decided once where only their likeness matters."""
        alike = subject.likeness is not None and id(clause) in self.book.by_likeness
        return (id(clause), subject.likeness if alike else subject.key)

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
        """Put a clause to everything inside an item; components are decided before what contains them."""
        inner, memo = clause.parts[0], self.memo
        if (*self._key(clause, subject), "inside") not in memo:
            for below in (*subject.below(), subject):
                key = (*self._key(clause, below), "inside")
                if key in memo:
                    continue
                own = [self.holds(inner, part, parameters) for part in below.inside]
                deeper = [memo[*self._key(clause, part), "inside"] for part in below.inside]
                memo[key] = some([*own, *deeper])
        holds = memo[*self._key(clause, subject), "inside"]
        trials = lambda: tuple(self.tried(inner, below, parameters) for below in subject.below())  # noqa: E731
        return Tried(clause, subject, holds, holds, behind=trials)

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


def _combine(kind: str, values: tuple[Kleene, ...]) -> Kleene:
    if kind == "not":
        return ~values[0]
    return all_of(values) if kind == "all" else any_of(values)


__all__ = ["Examination", "Tried"]
