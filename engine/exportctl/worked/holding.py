"""What one row or derived fact says of a case, and whether one condition alone decides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exportctl.case.case import Case
from exportctl.decide.apply import apply
from exportctl.decide.examine import Examination, Tried
from exportctl.decide.gap import defaults
from exportctl.decide.subject import Subject
from exportctl.determine.view import View
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, all_of, any_of
from exportctl.law.book import Entry, RuleBook
from exportctl.law.clause import Clause
from exportctl.worked.expectation import Expectation
from exportctl.worked.spot import walk

Effect = tuple[Kleene, ...]
ITSELF = (NO, UNKNOWN, YES)
"""What comes out where a condition is no, unknown and yes: just that."""


def otherwise(book: RuleBook, case: Case, expected: Expectation) -> Iterator[str]:
    """Yield where a row or a derived fact says something else than expected."""
    if not expected.holds:
        return
    exam, view = Examination(book, case, expected.known_on), view_of(book, expected)
    for owner, wanted in expected.holds.items():
        got = str(view.truth(holds(exam, owner)))
        if got != wanted:
            yield f"{owner}: {got}, expected {wanted}"


def view_of(book: RuleBook, expected: Expectation) -> View:
    """Return the world a run is looked at in."""
    return View(defaults(book, expected.readings))


def holds(exam: Examination, owner: str) -> Any:
    """Return whether a row, derived fact or rule holds of the case, forked; a row that is gone does not."""
    if owner in exam.book.rules:
        return apply(exam, exam.book.rules[owner]).applies
    subject = _subject(exam, owner)
    if subject is None:
        return NO
    if "/" in owner:
        entry = entry_of(exam.book, owner)
        if entry is None:
            return NO
        return exam.lists.tried(Clause(fact="item.entries", includes=entry.code), subject).holds
    return _trial(exam, owner, subject).holds


def entry_of(book: RuleBook, owner: str) -> Entry | None:
    """Return the row `list/code` names."""
    listing, _, code = owner.partition("/")
    return next((e for e in book.entries.get(listing, ()) if e.code == code), None)


def shown(exam: Examination, view: View, name: str) -> str | None:
    """Return the truth of the condition a name stands for, if it alone decides its owner in the case; else None."""
    return next((str(truth) for truth, effect in effects(exam, view, name) if len(set(effect)) == len(ITSELF)), None)


def leaned_on(exam: Examination, view: View, name: str) -> str | None:
    """Return the truth of the condition a name stands for, if with another one its owner would come out otherwise."""
    return next((str(truth) for truth, effect in effects(exam, view, name) if len(set(effect)) > 1), None)


def effects(exam: Examination, view: View, name: str) -> Iterator[tuple[Kleene, Effect]]:
    """Yield the truth of the condition a name stands for, and what its owner comes to with each truth it could have."""
    owner, _, steps = name.rpartition(":")
    at = tuple(int(step) for step in steps.split(".")) if steps != "when" else ()
    trials = _trials(exam, owner)
    for number, trial in enumerate(trials):
        clause = dict(walk(trial.clause)).get(at)
        rest = [view.truth(other.holds) for n, other in enumerate(trials) if n != number]
        for truth, effect in _effects(view, trial, clause) if clause is not None else ():
            yield truth, _joined("any", effect, rest)


def _trials(exam: Examination, owner: str) -> list[Tried]:
    if owner in exam.book.rules:
        return [trial for _, trial in apply(exam, exam.book.rules[owner]).tried]
    subject = _subject(exam, owner)
    return [] if subject is None else [_trial(exam, owner, subject)]


def _trial(exam: Examination, owner: str, subject: Subject) -> Tried:
    entry = entry_of(exam.book, owner) if "/" in owner else None
    when = entry.row.when if entry else exam.vocabulary.derived[owner].when
    if when is None:
        raise AssertionError("only what has conditions is named")
    return exam.tried(when, subject, {})


def _subject(exam: Examination, owner: str) -> Subject | None:
    parties: Mapping[str, Subject] = {party.name: party for party in exam.parties}
    if owner.startswith("party."):
        return parties.get("end_user")
    return exam.transfer if owner.startswith("transfer.") else exam.root


def _effects(view: View, trial: Tried, clause: Clause) -> Iterator[tuple[Kleene, Effect]]:
    """Yield the truth of a clause below a trial, and what the trial comes to with each truth the clause could have."""
    if trial.clause is clause:
        yield view.truth(trial.holds), ITSELF
    elif trial.clause.kind != "test":
        counted = [part for part in trial.parts if view.counts(part.clause)]
        for number, part in enumerate(counted):
            rest = [view.truth(other.holds) for n, other in enumerate(counted) if n != number]
            for truth, effect in _effects(view, part, clause):
                yield truth, _joined(trial.clause.kind, effect, rest)


def _joined(kind: str, effect: Effect, rest: Sequence[Kleene]) -> Effect:
    """Return what a combination comes to where one part comes to this and the others to the rest."""
    if kind == "not":
        return tuple(~value for value in effect)
    return tuple((all_of if kind == "all" else any_of)([value, *rest]) for value in effect)


__all__ = ["holds", "leaned_on", "otherwise", "shown"]
