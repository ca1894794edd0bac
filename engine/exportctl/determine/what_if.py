"""What would change the outcome: the smallest changes of what a case states, milder and stricter.

Searched with the plain evaluator, so that it works wherever `check` does, on whole trees and under the readings the
user fixed; a solver would have to be told all of these, and knows value shares only as free amounts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal

from exportctl.case.case import Case
from exportctl.decide.apply import apply_all
from exportctl.decide.determination import Flip, Instead
from exportctl.decide.examine import Examination
from exportctl.decide.gap import Verdict, verdict
from exportctl.decide.outcome import decide
from exportctl.determine.changes import Change, single_changes
from exportctl.law.book import RuleBook

MOST = 12


def what_if(
    book: RuleBook,
    case: Case,
    flips: list[Flip],
    *,
    known_on: datetime.date | None = None,
    readings: Mapping[str, str] | None = None,
) -> list[Instead]:
    """Return the single changes that make the outcome milder or stricter, those a person can arrange first.

    `flips` are what would take a value share across its threshold.
    """
    fixed = dict(readings or {})
    classified: dict[object, object] = {}

    def decided(one: Case) -> Verdict:
        exam = Examination(book, one, known_on, classified)
        return verdict(book, decide(book, apply_all(exam)), fixed)

    now = decided(case)
    found = list(_turning(now, single_changes(book, case, flips), decided))
    ordered = sorted(found, key=lambda one: (one.direction, not one.yours))
    return [one for way in ("milder", "stricter") for one in [o for o in ordered if o.direction == way][:MOST]]


def _turning(now: Verdict, changes: Iterator[Change], decided: object) -> Iterator[Instead]:
    """Yield the changes that turn the outcome; of several days or answers with one result, the first."""
    seen: set[tuple[str, str | None, str, str]] = set()
    for change in changes:
        then = decided(change.case) if callable(decided) else now
        way = _way(now, then)
        side = change.text.en.partition(" 2")[0] if change.fact == "on" else ""
        key = (change.fact, change.item, then.outcome, side)
        if way is None or key in seen:
            continue
        seen.add(key)
        yield Instead(
            text=change.text,
            fact=change.fact,
            item=change.item,
            outcome=then.outcome,
            direction=way,
            yours=change.yours,
        )


def _way(now: Verdict, then: Verdict) -> Literal["milder", "stricter"] | None:
    before, after = (now.certain, now.possible), (then.certain, then.possible)
    if then.outcome == now.outcome or before == after:
        return None
    if after[0] <= before[0] and after[1] <= before[1]:
        return "milder"
    return "stricter" if after[0] >= before[0] and after[1] >= before[1] else None
