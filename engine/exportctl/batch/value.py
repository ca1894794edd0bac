"""Values of facts, told apart only as far as some clause of the rule book tells them apart."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from exportctl.batch.seen import Meaning, Seen
from exportctl.case.case import AtLeast, Case, Party
from exportctl.decide import compare
from exportctl.decide.examine import Examination
from exportctl.decide.subject import Subject
from exportctl.determine.search import asked_behind
from exportctl.kleene import UNKNOWN
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Fact

BY_NOTICE = ("party.lists", "party.owners")
STANDS_FOR = Subject("item", ("item", "around"), "1")


@dataclass(eq=False)
class Value:
    """One value of a fact; `raw` is None when it is not known. Equal values are one object."""

    path: str
    raw: Any
    seen: dict[Any, Seen] = field(default_factory=dict)
    looked: dict[Any, Looked] = field(default_factory=dict)

    @cached_property
    def dated(self) -> bool:
        """Whether what the value amounts to depends on the day: a listing by a notice follows the notice's dates."""
        return self.path in BY_NOTICE and _by_notice(self.raw)


@dataclass(frozen=True, eq=False)
class Looked:
    """A value as the reference looks it up: in a case in which nothing else is known, of the subject whose value it is.

    `values` are those the fact can have, with what else each is called.
    """

    exam: Examination
    subject: Subject
    fact: Any
    values: Mapping[str, Any]

    def asks(self, path: str) -> frozenset[str]:
        """Return the facts to ask for where a test of this one is not decided; `path` is how the test names it."""
        return frozenset(ask.fact for ask in self.exam.facts.asks(path, self.subject, self.fact))


def _by_notice(raw: Any) -> bool:
    """Return whether a listing by a notice stands anywhere in lists or owners."""
    if isinstance(raw, dict):
        return any(_by_notice(part) for part in raw.values())
    if isinstance(raw, tuple):
        is_listing = len(raw) == 2 and isinstance(raw[0], str) and isinstance(raw[1], str)  # noqa: PLR2004
        return is_listing or any(_by_notice(part) for part in raw)
    return False


@dataclass(eq=False)
class Values:
    """What each value of a fact amounts to under each test, by the reference's own comparison."""

    meaning: Meaning
    known_on: datetime.date | None = None
    known: dict[Any, Value] = field(default_factory=dict)

    def of(self, path: str, raw: Any) -> Value:
        """Return the one object of a value."""
        key = (path, hashable(raw))
        if key not in self.known:
            self.known[key] = Value(path, raw)
        return self.known[key]

    def test(self, value: Value, clause: Clause, operand: Any, day: datetime.date, *, hidden: bool) -> Seen:
        """Return a test of a given fact; `hidden`: of something inside an item that nobody listed."""
        key = (id(clause), operand if not isinstance(operand, list) else None, day if value.dated else None, hidden)
        if key not in value.seen:
            value.seen[key] = self._test(value, clause, operand, day, hidden=hidden)
        return value.seen[key]

    def _test(self, value: Value, clause: Clause, operand: Any, day: datetime.date, *, hidden: bool) -> Seen:
        looked = self._looked(value, day, hidden=hidden)
        holds = compare.holds(clause.operator, looked.fact, operand, looked.values)
        open_still = self.meaning.view.truth(holds) is UNKNOWN
        return self.meaning.test(clause, holds, looked.asks(clause.fact or "") if open_still else frozenset())

    def _looked(self, value: Value, day: datetime.date, *, hidden: bool) -> Looked:
        key = (day if value.dated else None, hidden)
        if key not in value.looked:
            exam, subject, path = self._subject(value, day, hidden=hidden)
            known = exam.vocabulary.find(path)
            values = known.values if isinstance(known, Fact) else {}
            value.looked[key] = Looked(exam, subject, exam.facts.look(path, subject)[0], values)
        return value.looked[key]

    def listed(self, value: Value, clause: Clause, day: datetime.date) -> Seen:
        """Return a test of the notices that list a party: it depends on the day, also where none is named."""
        key = (id(clause), day)
        if key not in value.seen:
            value.seen[key] = self._worked_out(value, clause, day)
        return value.seen[key]

    def _worked_out(self, value: Value, clause: Clause, day: datetime.date) -> Seen:
        exam, subject, _ = self._subject(value, day, hidden=False)
        path = clause.fact or ""
        fact, _ = exam.facts.look(path, subject)
        holds = compare.holds(clause.operator, fact, clause.operand, {})
        asks = exam.facts.asks(path, subject, fact) if self.meaning.view.truth(holds) is UNKNOWN else ()
        return self.meaning.test(clause, holds, frozenset(ask.fact for ask in asks))

    def owners(self, value: Value, clause: Clause, day: datetime.date) -> Seen:
        """Return a clause about the owners of a party, put to it by the reference."""
        key = (id(clause), day if value.dated else None)
        if key not in value.seen:
            exam, subject, _ = self._subject(value, day, hidden=False)
            trial = exam.tried(clause, subject, {})
            view = self.meaning.view
            asks = frozenset(ask.fact for ask in asked_behind([trial], view))
            said = self.meaning.said(clause, view.truth(trial.holds), ())
            value.seen[key] = Seen(trial.holds, asks, said)
        return value.seen[key]

    def _subject(self, value: Value, day: datetime.date, *, hidden: bool) -> tuple[Examination, Subject, str]:
        """Return a case in which nothing but this value is known, and the subject whose value it is."""
        kind, _, name = value.path.partition(".")
        given = {} if value.raw is None else {name: value.raw}
        if kind == "party":
            exam = self._alone(Case("", day, {}, (Party("end_user", given),), None))
            shared = exam.vocabulary.find(value.path) is not None
            return exam, exam.parties[0], value.path if shared else f"parties.end_user.{name}"
        if kind == "item":
            stands_for = STANDS_FOR if hidden else None
            return self.nothing, Subject("item", ("item", 0), "1", given, stands_for=stands_for), value.path
        exam = self._alone(Case("", day, {} if value.raw is None else {value.path: value.raw}, (), None))
        return exam, exam.transfer, value.path

    @cached_property
    def nothing(self) -> Examination:
        """An examination of a case in which nothing is known."""
        return self._alone(Case("", datetime.date.min, {}, (), None))

    def _alone(self, case: Case) -> Examination:
        return Examination(self.meaning.book, case, self.known_on)


def hashable(raw: Any) -> Any:
    """Return a key of a raw fact; lists that are all there are, and lists a party is on at least, have two."""
    if isinstance(raw, dict):
        return ("mapping", *sorted((key, hashable(part)) for key, part in raw.items()))
    if isinstance(raw, tuple):
        return ("at least" if isinstance(raw, AtLeast) else "", *map(hashable, raw))
    return raw
