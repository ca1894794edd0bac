"""A case for everything a rule lifts, touches or states: without it the outcome would be another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from exportctl.law.book import RuleBook
from exportctl.problem import Refused
from exportctl.proof.argue import Argument, Witness
from exportctl.proof.confirm import case_of
from exportctl.proof.outcome import Deciding, differing
from exportctl.proof.smaller import smaller
from exportctl.proof.taste import as_usual, clear
from exportctl.proof.truth import negated, some
from exportctl.worked.decided import decided, unlike
from exportctl.worked.expectation import Expectation
from exportctl.worked.mutant import Mutant, ties_of


def ties(book: RuleBook) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield each tie by the name of the mutant without it, and a case that notices; None where none can."""
    argument = Argument(book)
    _ = argument.bounds
    for mutant in ties_of(book):
        witness = _witness(argument, mutant)
        yield mutant.name, None if witness is None else _document(book, mutant, witness)


def _witness(argument: Argument, mutant: Mutant) -> Witness | None:
    """Return a case that is decided otherwise without the tie: known under both, and of its instrument alone."""
    other = Deciding(mutant.book(), argument.applies, argument.states, argument.answers).bounds()
    changed = [differing(argument.bounds, other)]
    found = argument.find(*changed)
    for wish in (as_usual(argument), clear(argument.bounds), clear(other), _no_unseen(argument)) if found else ():
        better = argument.find(*changed, wish)
        if better is not None:
            found, changed = better, [*changed, wish]
    return found


def _no_unseen(argument: Argument) -> Any:
    return negated(some(argument.answers.lines.values()))


def _document(book: RuleBook, mutant: Mutant, witness: Witness) -> dict[str, Any] | None:
    usual = {name: reading.default for name, reading in book.readings.items()}
    readings = {name: choice for name, choice in witness.readings.items() if usual[name] != choice}
    other = mutant.book()

    def expected(raw: dict[str, Any]) -> Expectation | None:
        try:
            case = case_of(book, replace(witness, case=raw))
        except Refused:
            return None
        plain = Expectation(readings=readings, outcome="suspended")
        verdict = decided(book, case, plain).verdict
        bounds = {"certain": str(verdict.certain), "possible": str(verdict.possible)}
        found = Expectation.model_validate(
            {"outcome": verdict.outcome, **bounds, "readings": readings, "shows": mutant.name}
        )
        return found if any(True for _ in unlike(found, decided(other, case, found))) else None

    if expected(witness.case) is None:
        return None
    raw = smaller(witness.case, lambda tried: expected(tried) is not None)
    said = expected(raw)
    if said is None:
        raise AssertionError("the smaller case still shows it")
    return {**raw, "title": mutant.name, "expect": said.model_dump(exclude_defaults=True)}
