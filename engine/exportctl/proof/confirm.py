"""A witness put to the plain evaluator: the two readers of the rules must say the same of it."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.case.case import Case
from exportctl.case.read import read_cases
from exportctl.decide.apply import apply_all
from exportctl.decide.examine import Examination
from exportctl.decide.gap import defaults
from exportctl.decide.outcome import decide
from exportctl.fork import Fork, settle
from exportctl.law.book import RuleBook
from exportctl.proof.argue import Witness
from exportctl.strict_yaml import Document


def case_of(book: RuleBook, witness: Witness) -> Case:
    """Return the case of a witness.

    Raises:
        Refused: the case is not well formed.
    """
    return read_cases(Document("a case the solver found", witness.case), book)[0]


def differences(book: RuleBook, witness: Witness) -> Iterator[str]:
    """Yield where the plain evaluator decides the case of a witness otherwise than the solver."""
    if not all(witness.bounds):
        raise ValueError("the solver was not asked for the outcome")
    exam = Examination(book, case_of(book, witness))
    world = defaults(book, {}) | witness.world
    bounds = settle(decide(book, apply_all(exam)), world)
    if isinstance(bounds, Fork):
        yield f"the solver left `{bounds.question}` open"
        return
    for name, ours, theirs in zip(
        ("certain", "possible"), witness.bounds, (bounds.certain, bounds.possible), strict=True
    ):
        if ours != str(theirs):
            yield f"{name} is {ours} for the solver and {theirs} for the plain evaluator"
