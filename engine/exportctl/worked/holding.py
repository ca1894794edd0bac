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
from exportctl.kleene import NO, YES, Kleene
from exportctl.law.book import Entry, RuleBook
from exportctl.law.clause import Clause
from exportctl.worked.expectation import Expectation
from exportctl.worked.spot import walk


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
    owner, _, steps = name.rpartition(":")
    for trial in _trials(exam, view, owner):
        at = tuple(int(step) for step in steps.split(".")) if steps != "when" else ()
        clause = dict(walk(trial.clause)).get(at)
        if clause is not None and (truth := _deciding(view, trial, clause)) is not None:
            return str(truth)
    return None


def _trials(exam: Examination, view: View, owner: str) -> list[Tried]:
    if owner in exam.book.rules:
        return list(_alone(view, [trial for _, trial in apply(exam, exam.book.rules[owner]).tried], NO))
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


def _deciding(view: View, trial: Tried, clause: Clause) -> Kleene | None:
    """Return the truth of a clause below a trial, if every other part on the way to it changes nothing."""
    if trial.clause is clause:
        return view.truth(trial.holds)
    if trial.clause.kind == "test":
        return None
    counted = [part for part in trial.parts if view.counts(part.clause)]
    for part in _alone(view, counted, YES if trial.clause.kind == "all" else NO):
        if (found := _deciding(view, part, clause)) is not None:
            return found
    return None


def _alone(view: View, trials: Sequence[Tried], neutral: Kleene) -> Iterator[Tried]:
    """Yield the trials beside which every other one changes nothing."""
    values = [view.truth(trial.holds) for trial in trials]
    telling = [number for number, value in enumerate(values) if value is not neutral]
    if not telling:
        yield from trials
    elif len(telling) == 1:
        yield trials[telling[0]]


__all__ = ["holds", "otherwise", "shown"]
