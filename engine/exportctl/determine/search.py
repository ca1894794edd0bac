"""The search for what is missing: from trials that are not decided to the facts of the case behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from exportctl.decide.apply import Application
from exportctl.decide.examine import Examination, Tried
from exportctl.decide.subject import Ask, Subject
from exportctl.decide.tree import Within
from exportctl.determine.view import View, real
from exportctl.kleene import UNKNOWN
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Derived


class Missing(NamedTuple):
    """A fact that is missing and the subjects it is a fact of; `within` are the items inside which it matters."""

    fact: str
    subjects: Iterable[Subject]
    within: Within | None = None


class _Open(NamedTuple):
    """A trial that is not decided, the subjects it speaks for, and the items inside which it matters."""

    trial: Tried
    subjects: Sequence[Subject]
    within: Within | None = None


class _Behind(NamedTuple):
    """What is behind a clause put to an item: facts of the item or of others, and clauses put to all inside it."""

    asks: tuple[Ask, ...]
    inside: tuple[Clause, ...]


@dataclass(eq=False)
class Search:
    """The search of one examination. What is behind a clause is looked up once for items that answer it alike."""

    exam: Examination
    view: View
    known: dict[tuple[int, int | None], _Behind] = field(default_factory=dict)

    def behind(self, application: Application) -> Iterator[Missing]:
        """Yield the facts behind a rule where it is not decided."""
        return _Pass(self, [_Open(trial, subjects) for subjects, trial in application.tried]).found()

    def alike(self, trial: Tried) -> _Behind:
        """Return what is behind a trial that all items of a likeness have in common; the item itself has no name."""
        own, key = real(trial.subject).name, (id(trial.clause), trial.subject.likeness)
        if key not in self.known:
            asks: dict[Ask, None] = {}
            inside: dict[int, Clause] = {}
            for part in _undecided([trial], self.view):
                asks |= {Ask(a.fact, "" if a.subject == own else a.subject): None for a in part.asks()}
                if part.clause.kind == "any_component":
                    inside[id(part.clause)] = part.clause.parts[0]
            self.known[key] = _Behind(tuple(asks), tuple(inside.values()))
        return self.known[key]

    @cached_property
    def others(self) -> dict[str, Subject]:
        """The transfer, the parties and their owners by name."""
        found: dict[str, Subject] = {}
        waiting = [self.exam.transfer, *self.exam.parties]
        while waiting:
            subject = waiting.pop()
            found[subject.name] = subject
            waiting += subject.children
        return found


@dataclass(eq=False)
class _Pass:
    """One search: nothing is looked into twice in it. `inside` is what was looked into, by what it was looked for."""

    search: Search
    waiting: list[_Open]
    inside: dict[int, tuple[set[object], Within]] = field(default_factory=dict)

    def found(self) -> Iterator[Missing]:
        """Yield what is missing."""
        self.waiting.reverse()
        while self.waiting:
            waiting = self.waiting.pop()
            if _matters(waiting.trial, self.search.view):
                yield from self._behind(*waiting)

    def _behind(self, trial: Tried, subjects: Sequence[Subject], within: Within | None) -> Iterator[Missing]:
        exam = self.search.exam
        if trial.subject.likeness is not None and id(trial.clause) in exam.book.alike.by_facts:
            behind = self.search.alike(trial)
            yield from (self._of(ask, trial, subjects, within) for ask in behind.asks)
            for clause in behind.inside:
                self._look_inside(clause, subjects)
        elif trial.clause.kind == "any_component":
            self._look_inside(trial.clause.parts[0], subjects)
        elif derived := _share(exam, trial.clause):
            for subject in subjects:
                yield from (Missing(ask.fact, [subject], within) for ask in exam.shares.asks_of_whole(real(subject)))
                yield from self._of_parts(derived, real(subject))
        else:
            yield from (self._of(ask, trial, subjects, within) for ask in trial.asks())
            for part in reversed(trial.parts):
                self.waiting.append(_Open(part, subjects if part.subject is trial.subject else [part.subject], within))

    def _of(self, ask: Ask, trial: Tried, subjects: Iterable[Subject], within: Within | None) -> Missing:
        if ask.subject in ("", real(trial.subject).name):
            return Missing(ask.fact, subjects, within)
        return Missing(ask.fact, [self.search.others[ask.subject]], within)

    def _look_inside(self, clause: Clause, subjects: Iterable[Subject]) -> None:
        seen, within = self.inside.setdefault(id(clause), (set(), set()))
        within.update(subject.key for subject in subjects)
        self._put(clause, (part for subject in subjects for part in subject.below(seen)), within)

    def _of_parts(self, derived: Derived, subject: Subject) -> Iterator[Missing]:
        """Yield the amounts missing in a share; whether the things inside count in it is looked into as well."""
        exam, counts = self.search.exam, self.search.exam.vocabulary.derived[derived.counts or ""].when
        seen, within = self.inside.setdefault(id(derived), (set(), set()))
        within.add(subject.key)
        parts = [part for part in subject.below(seen) if part.item is not None]
        for part in parts:
            yield from (Missing(ask.fact, [part], within) for ask in exam.shares.asks_of_part(derived, part))
        if counts is not None:
            self._put(counts, parts, within)

    def _put(self, clause: Clause, parts: Iterable[Subject], within: Within) -> None:
        """Put a clause to things, once to those that answer it alike."""
        exam, alike = self.search.exam, dict[Any, list[Subject]]()
        for part in parts:
            alike.setdefault(exam.mark(clause, part, {}), []).append(part)
        self.waiting += [_Open(exam.tried(clause, some[0], {}), some, within) for some in alike.values()]


def asked_behind(trials: Iterable[Tried], view: View) -> Iterator[Ask]:
    """Yield the facts behind trials that are not decided."""
    for trial in _undecided(trials, view, inside=True):
        yield from trial.asks()


def _undecided(trials: Iterable[Tried], view: View, *, inside: bool = False) -> Iterator[Tried]:
    """Yield trials that are not decided and what is behind them, `inside` items as well."""
    waiting, seen = [*reversed([*trials])], set()
    while waiting:
        trial = waiting.pop()
        key = (id(trial.clause), trial.subject.key)
        if key in seen or not _matters(trial, view):
            continue
        seen.add(key)
        yield trial
        if inside or trial.clause.kind != "any_component":
            waiting += reversed(trial.parts)


def _matters(trial: Tried, view: View) -> bool:
    return view.truth(trial.holds) is UNKNOWN and view.counts(trial.clause)


def _share(exam: Examination, clause: Clause) -> Derived | None:
    derived = exam.vocabulary.derived.get(clause.fact or "")
    return derived if derived is not None and derived.primitive == "value_share" else None
