"""Whether the files of a rule book fit together: every name known, every layer below, every code once.

Each module looks at one thing and yields what is wrong with it; none stops at its first fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check import (
    circles,
    clauses,
    dates,
    facts,
    layers,
    lists,
    names,
    operators,
    parameters,
    readings,
    sources,
    style,
    vocabulary,
)
from exportctl.law.check.passage import Passages
from exportctl.problem import Problem
from exportctl.strict_yaml import Document

PARTS = (
    vocabulary,
    facts,
    operators,
    clauses,
    parameters,
    readings,
    names,
    layers,
    circles,
    lists,
    dates,
    sources,
    style,
)


def check(book: RuleBook, documents: dict[str, Document]) -> Iterator[Problem]:
    """Yield every fault that shows only when the files are seen together, by file and line.

    `documents` are the files by the ids that stand in them; the vocabulary may be given as `vocabulary.yaml`.
    """
    passages = Passages(book, documents)
    found = {problem for part in PARTS for problem in part.faults(book, passages)}
    yield from sorted(found, key=_in_reading_order)


def _in_reading_order(problem: Problem) -> tuple[str, int, Problem]:
    file, _, line = problem.place.rpartition(":")
    return (file, int(line), problem) if line.isdigit() else (problem.place, 0, problem)
