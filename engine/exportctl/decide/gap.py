"""Which outcome stands for what is certain and what is possible, and what explains the gap between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exportctl.decide.outcome import Outcome
from exportctl.fork import World, leaves, settle
from exportctl.law.book import RuleBook

NEEDS_FACTS, VERIFY_LAW, DEPENDS_ON_READING = "needs_facts", "verify_law", "depends_on_reading"


@dataclass(frozen=True)
class Verdict:
    """The outcome as published, with its bounds. Source: the table of outcomes in docs/outcomes.md."""

    outcome: str
    certain: Outcome
    possible: Outcome


def defaults(book: RuleBook, fixed: World) -> dict[str, str]:
    """Return every reading taken as the user fixed it, or as the rule book does."""
    return {f"reading:{name}": fixed.get(name, reading.default) for name, reading in book.readings.items()}


def verdict(book: RuleBook, bounds: Any, fixed: World) -> Verdict:
    """Return the verdict over forked bounds; `fixed` are readings the user chose, by id."""
    bounds = settle(bounds, {f"reading:{name}": choice for name, choice in fixed.items()})
    every = list(leaves(bounds))
    certain, possible = min(b.certain for b in every), max(b.possible for b in every)
    if certain >= Outcome.LICENCE_REQUIRED or certain == possible:
        return Verdict(str(certain), certain, possible)
    return Verdict(_cause(settle(bounds, defaults(book, fixed))), certain, possible)


def _cause(by_default: Any) -> str:
    """Return the first cause that explains a gap when the other causes stand still."""
    each = list(leaves(by_default))
    if any(bounds.certain != bounds.possible for bounds in each):
        return NEEDS_FACTS
    return VERIFY_LAW if len(set(each)) > 1 else DEPENDS_ON_READING
