"""A worked case decided without its explanation: what a great many runs compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exportctl.case.case import Case
from exportctl.decide.apply import Application, apply_all
from exportctl.decide.examine import Examination
from exportctl.decide.gap import Verdict, defaults, verdict
from exportctl.decide.outcome import decide
from exportctl.determine.view import View
from exportctl.law.book import RuleBook
from exportctl.worked.expectation import Expectation


@dataclass(frozen=True, eq=False)
class Decided:
    """One run: the rules put to the case, the verdict, and what a person sees of forked values."""

    applied: Mapping[str, Application]
    verdict: Verdict
    view: View


def decided(book: RuleBook, case: Case, expected: Expectation) -> Decided:
    """Return a case decided as its expectation asks for."""
    exam = Examination(book, case, expected.known_on)
    applied = apply_all(exam)
    found = verdict(book, decide(book, applied), expected.readings)
    return Decided(applied, found, View(defaults(book, expected.readings)))


def unlike(expected: Expectation, found: Decided) -> Iterator[str]:
    """Yield where the outcome, its bounds, or what applies and stands how is not as expected."""
    for name in ("outcome", "certain", "possible"):
        wanted, got = getattr(expected, name), str(getattr(found.verdict, name))
        if wanted is not None and wanted != got:
            yield f"{name} is {got}, expected {wanted}"
    for rule, wanted in expected.applies.items():
        got = str(found.view.truth(found.applied[rule].applies)) if rule in found.applied else "not there"
        if wanted != got:
            yield f"{rule}: applies is {got}, expected {wanted}"
    for rule, state in expected.law.items():
        stands = found.view.standing(found.applied[rule].standing).state if rule in found.applied else "not there"
        if state != stands:
            yield f"{rule}: law is {stands}, expected {state}"
