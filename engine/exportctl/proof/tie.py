"""A case for everything a rule lifts, touches or states: without it the outcome would be another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from exportctl.law.book import RuleBook
from exportctl.problem import Refused
from exportctl.proof.argue import Argument, Witness, substituted
from exportctl.proof.confirm import case_of
from exportctl.proof.outcome import Bounds, Deciding, Level, differ, differing
from exportctl.proof.smaller import smaller
from exportctl.proof.taste import as_usual, clear
from exportctl.proof.truth import Formula
from exportctl.worked.decided import decided, unlike
from exportctl.worked.expectation import Expectation
from exportctl.worked.mutant import Mutant, ties_of
from exportctl.worked.mutation import notices
from exportctl.worked.run import Run
from exportctl.worked.run import case_of as run_case


@dataclass(frozen=True)
class Tie:
    """A tie by the name of the mutant without it, with a case that notices.

    Without a case: `proved` says that none is decided otherwise; else the plain evaluator does not see the difference
    the solver found.
    """

    name: str
    case: dict[str, Any] | None
    proved: bool = False


def ties(book: RuleBook, known: Iterable[Run] = ()) -> Iterator[Tie]:
    """Yield every tie of a rule book; `known` are runs made before, kept where they still notice."""
    before = {name: run for run in known for name in run.expected.shown}
    argument: Argument | None = None
    for mutant in ties_of(book):
        kept = _still(book, mutant, before.get(mutant.name))
        if kept is None and argument is None:
            argument = Argument(book)
        yield Tie(mutant.name, kept) if kept or argument is None else _tie(book, argument, mutant)


def _tie(book: RuleBook, argument: Argument, mutant: Mutant) -> Tie:
    other = Deciding(mutant.book(), argument.applies, argument.states, argument.answers).bounds()
    if argument.model(differing(argument.bounds, other)) is None:
        return Tie(mutant.name, None, proved=True)
    cases = (_document(book, mutant, witness) for witness in _witnesses(argument, other))
    return Tie(mutant.name, next((case for case in cases if case is not None), None))


def _still(book: RuleBook, mutant: Mutant, run: Run | None) -> dict[str, Any] | None:
    """Return the case of a run that comes out as it did, and notices the mutant."""
    try:
        case = None if run is None else run_case(run, book)
    except Refused:
        return None
    if run is None or case is None or any(unlike(run.expected, decided(book, case, run.expected))):
        return None
    found: dict[str, Any] = run.document.data
    return found if notices(mutant.book(), mutant.kind, case, run.expected) else None


def _witnesses(argument: Argument, other: Bounds) -> Iterator[Witness]:
    """Yield cases that are decided otherwise without the tie, the plainest first: known under both, if it can be."""
    found: list[Witness] = []
    for seen in _seen(argument, other):
        kept = [seen]
        for wish in (True, as_usual(argument), clear(argument.bounds), clear(other)):
            better = argument.find(*kept, wish)
            if better is None and wish is True:
                break
            if better is not None:
                found, kept = [better, *found], [*kept, wish]
        yield from found
        found = []


def _seen(argument: Argument, other: Bounds) -> Iterator[Formula]:
    """Yield when a person sees the difference: in what is possible if open law works, in what is certain if not."""
    law, lines = argument.answers.law.values(), argument.answers.lines.values()

    def under(works: bool, first: Level, second: Level) -> Formula:
        answers = [(question, works) for question in law] + [(question, False) for question in lines]
        return substituted(differ(first, second), answers)

    yield under(True, argument.bounds.possible, other.possible)
    yield under(False, argument.bounds.certain, other.certain)


def _document(book: RuleBook, mutant: Mutant, witness: Witness) -> dict[str, Any] | None:
    """Return a case as small as it can be, under as few readings as it needs; None where it is not seen to notice."""
    other = mutant.book()

    def expected(raw: dict[str, Any]) -> Expectation | None:
        readings = raw["readings"]
        try:
            case = case_of(book, replace(witness, case=_facts(raw)))
        except Refused:
            return None
        plain = Expectation(readings=readings, outcome="suspended")
        verdict = decided(book, case, plain).verdict
        bounds = {"certain": str(verdict.certain), "possible": str(verdict.possible)}
        found = Expectation.model_validate(
            {"outcome": verdict.outcome, **bounds, "readings": readings, "shows": mutant.name}
        )
        return found if any(True for _ in unlike(found, decided(other, case, found))) else None

    raw = {**witness.case, "readings": witness.readings}
    if expected(raw) is None:
        return None
    raw = smaller(raw, lambda tried: "readings" in tried and expected(tried) is not None)
    said = expected(raw)
    if said is None:
        raise AssertionError("the smaller case still shows it")
    return {**_facts(raw), "title": mutant.name, "expect": said.model_dump(exclude_defaults=True)}


def _facts(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if name != "readings"}
