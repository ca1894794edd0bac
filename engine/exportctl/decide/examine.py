"""Examination of a case: the one meaning of a clause, and of every fact it can ask about.

This is the reference that every other reader of the rules must agree with.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exportctl.case.case import Case
from exportctl.decide import compare
from exportctl.decide.element import main_element
from exportctl.decide.membership import Membership, of_elements, of_names
from exportctl.decide.ownership import listed_share
from exportctl.decide.share import Shares
from exportctl.decide.subject import Ask, Subject, parties_of, transfer_of, tree_of
from exportctl.exact import Interval, number
from exportctl.fork import fork, join
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, all_of, any_of
from exportctl.law.book import Entry, RuleBook
from exportctl.law.clause import Clause
from exportctl.law.state import Standing, standing
from exportctl.law.vocabulary import Derived, Fact, Vocabulary

LISTED, NOT_LISTED = "listed", "not-listed"


@dataclass(frozen=True, eq=False)
class Tried:
    """A clause put to a subject: whether it holds, and what was seen.

    `counted` is what the clause contributes to the combination around it: under a reading that leaves it out, nothing.
    `value` is the fact a test saw. `parts` are the clauses behind it.
    """

    clause: Clause
    subject: Subject
    holds: Any
    counted: Any
    value: Any = None
    operand: Any = None
    behind: Callable[[], tuple[Tried, ...]] = tuple
    asks: Callable[[], tuple[Ask, ...]] = tuple

    @property
    def parts(self) -> tuple[Tried, ...]:
        """The trials behind this one: of a combination its parts, of a derived fact the clauses that make it."""
        return self.behind()


@dataclass(eq=False)
class Examination:
    """One case under one rule book, on one day. Values are forked over readings, unseen lines and unverified law."""

    book: RuleBook
    case: Case
    known_on: datetime.date | None = None
    classified: dict[Any, Any] = field(default_factory=dict)
    memo: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.transfer = transfer_of(self.case)
        self.parties = parties_of(self.case)
        self.root = tree_of(self.case.item, self.book.vocabulary) if self.case.item else None
        self.shares = Shares(self)

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts and what their values mean."""
        return self.book.vocabulary

    # ---- clauses

    def tried(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Return a clause put to a subject; `parameters` are the numbers a rule names."""
        key = (id(clause), subject.key)
        if key not in self.memo:
            self.memo[key] = self._tried(clause, subject, parameters)
        found: Tried = self.memo[key]
        return found

    def holds(self, clause: Clause, subject: Subject) -> Any:
        """Return whether a clause without parameters holds for a subject, forked."""
        return self.tried(clause, subject, {}).holds

    def _tried(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        if clause.kind == "test":
            return self._test(clause, subject, parameters)
        if clause.kind == "any_component":
            return self._inside(clause, subject)
        if clause.kind == "any_owner":
            return self._owners(clause, subject)
        parts = tuple(self.tried(part, subject, parameters) for part in clause.parts)
        combine = {"all": all_of, "any": any_of, "not": lambda values: ~next(iter(values))}[clause.kind]
        neutral = NO if clause.kind == "any" else YES
        counted = [self._under(part.clause, part.holds, neutral) for part in parts]
        parts = tuple(
            Tried(p.clause, p.subject, p.holds, c, p.value, p.operand, p.behind, p.asks)
            for p, c in zip(parts, counted, strict=True)
        )
        holds = join(lambda *values: combine(values), *counted)
        return Tried(clause, subject, holds, holds, behind=lambda: parts)

    def _under(self, clause: Clause, value: Any, neutral: Kleene) -> Any:
        """Return what a clause counts for: where its reading is taken otherwise, the value that changes nothing."""
        for reading, choice in clause.under.items():
            choices = self.book.readings[reading].choices
            value = fork(f"reading:{reading}", {name: value if name == choice else neutral for name in choices})
        return value

    def _test(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        path = clause.fact or ""
        if path == "item.entries":
            return self._listed(clause, subject)
        value, behind = self.look(path, subject)
        operand = parameters.get(clause.operand, clause.operand) if isinstance(clause.operand, str) else clause.operand
        if clause.operator == "same_as":
            other, _ = self.look(operand, subject)
            asks = lambda: self._asks(path, subject, value) + self._asks(operand, subject, other)  # noqa: E731
            return Tried(clause, subject, *[compare.same(value, other)] * 2, value, other, asks=asks)
        known = self.book.vocabulary.find(path)
        holds = compare.holds(clause.operator, value, operand, known.values if isinstance(known, Fact) else {})
        asks = lambda: self._asks(path, subject, value)  # noqa: E731
        return Tried(clause, subject, holds, holds, value, operand, behind, asks)

    def _inside(self, clause: Clause, subject: Subject) -> Tried:
        """Put a clause to everything inside an item; components are decided before what contains them."""
        inner = clause.parts[0]
        if (id(clause), "inside", subject.key) not in self.memo:
            for below in (*subject.below(), subject):
                parts = [self.tried(inner, part, {}).holds for part in below.inside]
                deeper = [self.memo[id(clause), "inside", part.key] for part in below.inside]
                self.memo[id(clause), "inside", below.key] = join(lambda *values: any_of(values), *parts, *deeper)
        holds = self.memo[id(clause), "inside", subject.key]
        behind = lambda: tuple(self.tried(inner, below, {}) for below in subject.below())  # noqa: E731
        return Tried(clause, subject, holds, holds, behind=behind)

    def _owners(self, clause: Clause, subject: Subject) -> Tried:
        parts = tuple(self.tried(clause.parts[0], owner, {}) for owner in subject.children)
        found = join(lambda *values: any_of(values), *(part.holds for part in parts))
        if subject.facts.get("owners") is None:
            found = join(lambda value: any_of([value, UNKNOWN]), found)
        prefix = "owner" if subject.kind == "owner" else "party"
        asks = lambda: self._asks(f"{prefix}.owners", subject, subject.facts.get("owners"))  # noqa: E731
        return Tried(clause, subject, found, found, behind=lambda: parts, asks=asks)

    # ---- control lists

    def _listed(self, clause: Clause, subject: Subject) -> Tried:
        names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
        rows = [entry for name in names for entry in self.book.entries[name]]
        found = join(lambda *values: any_of(values), *(self.under_entry(entry, subject) for entry in rows))
        holds = join(lambda value: ~value, found) if clause.operator == "excludes" else found
        behind = lambda: self._open_rows(rows, subject)  # noqa: E731
        value = Membership({e.code: self.under_entry(e, subject) for e in rows if self.under_entry(e, subject) != NO}, NO)
        return Tried(clause, subject, holds, holds, value, clause.operand, behind)

    def under_entry(self, entry: Entry, subject: Subject) -> Any:
        """Return whether an item falls under a row of a list, forked; an unseen row is a question of its own."""
        known = self.classified if entry.row.local else self.memo
        key = (entry.listing.id, entry.code, subject.signature if entry.row.local else subject.key)
        if key not in known:
            known[key] = self._under_entry(entry, subject)
        return known[key]

    def _under_entry(self, entry: Entry, subject: Subject) -> Any:
        classified_as = subject.facts.get("control_code")
        if classified_as == "none":
            return NO
        if classified_as and classified_as in (entry.code, entry.row.alias):
            return YES
        holds = self.tried(entry.row.when, subject, {}).holds
        if entry.row.evidence != "unseen":
            return holds
        return fork(f"unseen:{entry.code}", {LISTED: holds, NOT_LISTED: NO})

    def _open_rows(self, rows: list[Entry], subject: Subject) -> tuple[Tried, ...]:
        return tuple(
            self.tried(e.row.when, subject, {}) for e in rows if subject.facts.get("control_code") is None
        )

    # ---- facts

    def look(self, path: str, subject: Subject) -> tuple[Any, Callable[[], tuple[Tried, ...]]]:
        """Return the value of a fact (forked; None when not known), and the trials behind a derived one."""
        derived = self.book.vocabulary.derived.get(path)
        if derived is None:
            return self._given(path, subject), tuple
        subject = subject if path.startswith(subject.kind + ".") or path.startswith("share.") else self.transfer
        if derived.when is not None:
            trial = self.tried(derived.when, subject, {})
            return join(_as_fact, trial.holds), lambda: (trial,)
        if derived.primitive == "value_share":
            return self.shares.share(derived, subject), lambda: self._counted(derived, subject)
        return self._primitive(derived, subject), tuple

    def _counted(self, derived: Derived, subject: Subject) -> tuple[Tried, ...]:
        """Return the trials of whether each item inside counts in a share."""
        counts = self.book.vocabulary.derived[derived.counts or ""].when
        return tuple(self.tried(counts, below, {}) for below in self.shares.inside(subject)) if counts else ()

    def _primitive(self, derived: Derived, subject: Subject) -> Any:
        if derived.primitive == "exported":
            return subject is self.root
        if derived.primitive == "main_element":
            return main_element(subject.facts.get("form"), subject.facts.get("elements"))
        return listed_share(self, derived, subject)

    def _given(self, path: str, subject: Subject) -> Any:
        known = self.book.vocabulary.find(path)
        kind, _, name = path.partition(".")
        own = kind == subject.kind and kind != "transfer"
        raw = subject.facts.get(name) if own else self._of_case(path)
        if raw is None or known is None:
            return None
        if known.type in ("choices", "countries", "texts"):
            return of_names(raw)
        if known.type == "lists":
            return self._lists(raw)
        if known.type == "elements":
            return of_elements(raw)
        return Interval.at(number(raw)) if known.type == "number" and not isinstance(raw, Interval) else raw

    def _of_case(self, path: str) -> Any:
        for party in self.parties:
            prefix = f"parties.{party.name}."
            if path.startswith(prefix):
                return party.facts.get(path.removeprefix(prefix))
        return self.case.facts.get(path)

    def _lists(self, raw: tuple[tuple[str, str | None], ...]) -> Membership:
        """Return the lists a party is on; a listing by a notice follows the dates of the notice."""
        known: dict[str, Any] = {}
        for name, notice in raw:
            holds = YES if notice is None else join(lambda s, n=notice: _listing(s, n), self.standing(notice, ""))
            known[name] = join(lambda *values: any_of(values), known.get(name, NO), holds)
        return Membership(known, NO)

    def standing(self, instrument: str, provision: str) -> Any:
        """Return how a provision stands on the day of the case, forked; unverified law is not yet a question."""
        return standing(self.book, instrument, provision, self.case.on, self.known_on)

    # ---- what could be asked

    def _asks(self, path: str, subject: Subject, value: Any) -> tuple[Ask, ...]:
        derived = self.book.vocabulary.derived.get(path)
        if derived is not None:
            return self._asks_behind(derived, subject)
        if isinstance(value, Membership) and value.rest is NO:
            return ()
        real = subject.stands_for or subject
        kind = path.partition(".")[0]
        if kind == "item" and subject.stands_for is not None:
            return (Ask("item.elements", real.name),)
        return (Ask(path, real.name if kind == subject.kind else "transfer"),)

    def _asks_behind(self, derived: Derived, subject: Subject) -> tuple[Ask, ...]:
        if derived.primitive == "value_share":
            return self.shares.asks(derived, subject)
        if derived.primitive == "main_element":
            return self._asks("item.elements", subject, None)
        if derived.primitive == "listed_owner_share":
            return (Ask(f"{subject.kind}.owners", subject.name),)
        return ()


def _as_fact(value: Kleene) -> bool | None:
    return None if value is UNKNOWN else value is YES


def _listing(stands: Standing, notice: str) -> Any:
    if stands.state == "unverified":
        return fork(f"law:{notice}", {"in_force": YES, "suspended": NO})
    return YES if stands.state == "in_force" else NO
