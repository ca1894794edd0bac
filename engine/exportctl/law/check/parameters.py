"""Parameters of rules: each has a unit, and some clause uses it."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check.condition import conditions
from exportctl.law.check.passage import Passages
from exportctl.problem import Problem


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each parameter without a unit, and each that no clause of its rule uses."""
    for condition in conditions(book, passages):
        used = {site.clause.operand for site in condition.tests if isinstance(site.clause.operand, str)}
        for name, parameter in condition.parameters.items():
            path = ("parameters", name)
            if not parameter.unit.strip():
                hint = "ratio, nanometre, layers …"
                yield condition.passage.problem((*path, "unit"), f"`{name}` has no unit", hint)
            if name not in used:
                hint = "compare a number with it, or remove it"
                yield condition.passage.problem(path, f"no clause uses the parameter `{name}`", hint)
