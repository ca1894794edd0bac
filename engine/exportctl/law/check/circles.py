"""Circles: derived facts and list rows that would need each other to be decided about one and the same thing.

A reference inside `any_component` or `any_owner` leads down a tree and ends there, so it closes no circle.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from exportctl.law.book import RuleBook
from exportctl.law.check.condition import Condition, Site, conditions
from exportctl.law.check.passage import Passages
from exportctl.law.vocabulary import ENTRIES
from exportctl.problem import Problem
from exportctl.strict_yaml import Path_

References = dict[str, dict[str, Path_]]


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each circle of derived facts and list rows, at a clause that closes it."""
    bearers = {c.name: c for c in conditions(book, passages) if c.bearer != "rule"}
    references = {name: _references(book, condition) for name, condition in sorted(bearers.items())}
    for circle in _circles(references):
        path = references[circle[0]][circle[1]]
        text = " refers to ".join(f"`{name}`" for name in circle) + ": a circle"
        hint = "leave one of the references out; only through `any_component` may it come back"
        yield bearers[circle[0]].passage.problem(path, text, hint)


def _references(book: RuleBook, condition: Condition) -> dict[str, Path_]:
    """Return the derived facts and rows that a condition needs about the same thing, and the clause that says so."""
    found: dict[str, Path_] = {}
    for site in condition.tests:
        for name in () if site.below else _behind(book, site):
            found.setdefault(name, (*site.path, "fact"))
    return found


def _behind(book: RuleBook, site: Site) -> Iterator[str]:
    for path in (site.clause.fact, site.clause.same_as):
        if path in book.vocabulary.derived:
            yield str(path)
    if site.clause.fact in ENTRIES:
        operand = site.clause.operand
        for name in [operand] if isinstance(operand, str) else operand:
            yield from (entry.code for entry in book.entries.get(name, ()))


def _circles(references: References) -> Iterator[list[str]]:
    """Yield circles, each from its first name back to it, until breaking them all leaves none."""
    left = {name: list(needed) for name, needed in references.items()}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = _turned(list(reversed(error.args[1]))[:-1])
            left[circle[0]] = []
            yield [*circle, circle[0]]
        else:
            return


def _turned(circle: list[str]) -> list[str]:
    start = circle.index(min(circle))
    return circle[start:] + circle[:start]
