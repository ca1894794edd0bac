"""How clauses are put together: every combination has parts, and `under` stands where leaving out has a meaning."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check.condition import Condition, Site, conditions
from exportctl.law.check.passage import Passages
from exportctl.problem import Problem


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each combination of nothing, each `under` that would leave nothing to decide, each leaf unexplained."""
    for condition in conditions(book, passages):
        for site in condition.sites:
            yield from _shape(condition, site)
        if condition.bearer == "rule":
            for site in condition.tests:
                yield from _explained(condition, site)


def _shape(condition: Condition, site: Site) -> Iterator[Problem]:
    kind = site.clause.kind
    if kind != "test" and not site.clause.parts:
        yield condition.passage.problem((*site.path, kind), f"`{kind}` of nothing", "name at least one clause")
    if site.clause.under and site.inside not in ("all", "any"):
        text = "`under` leaves a clause out, and here nothing would remain"
        hint = "put it on a part of an `all` or `any`"
        yield condition.passage.problem((*site.path, "under"), text, hint)


def _explained(condition: Condition, site: Site) -> Iterator[Problem]:
    if not site.clause.words.strip():
        hint = "the short statutory phrase that the clause encodes"
        yield condition.passage.problem(site.path, "this clause has no `words`", hint)
    if site.clause.meaning is None:
        hint = "what the clause means, in English and Chinese: it becomes the line of the explanation"
        yield condition.passage.problem(site.path, "this clause has no `meaning`", hint)
