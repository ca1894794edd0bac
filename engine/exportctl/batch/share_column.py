"""The value share of an item that nobody broke down, in columns: nothing, anything, or a ratio that was stated.

The meaning is that of `exportctl.decide.share` for an item without components.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exportctl.batch.column import Column, combine
from exportctl.batch.reads import Reads, numbers_on
from exportctl.batch.seen import Meaning, Seen
from exportctl.decide import compare
from exportctl.exact import ZERO, Interval
from exportctl.kleene import UNKNOWN
from exportctl.law.clause import Clause
from exportctl.law.rule import Rule

UNIT = Interval(Fraction(0), Fraction(1))


@dataclass(frozen=True)
class Worth:
    """What is known of an item's amounts: `given`, whether its worth is; `zero`, whether that is nothing.

    `content` is the share stated by the user, None where he stated none; a ratio stands for all that lie on the same
    side of every threshold.
    """

    given: bool
    zero: bool
    content: Interval | None = None

    def share(self, *, holds_nothing: bool, hidden: bool) -> Interval:
        """Return the share as an interval; of what is hidden inside, it is nothing or anything."""
        undivided = ZERO if holds_nothing or self.zero else UNIT
        found = undivided if self.content is None else self.content
        return found if found == ZERO or not hidden else UNIT

    @property
    def asks(self) -> frozenset[str]:
        """The facts that would narrow the share."""
        return frozenset(["item.cn_part1_value", "item.components", *([] if self.given else ["item.value"])])


def limits(reads: Reads) -> list[Fraction]:
    """Return every number a share is compared with on any day, the least first."""
    found: set[Fraction] = set()
    for rule in reads.book.rules.values():
        for clause in rule.when.walk():
            derived = reads.derived(clause) if clause.kind == "test" else None
            if derived is not None and derived.primitive == "value_share":
                parameter = rule.parameters[str(clause.operand)]
                found |= {Fraction(dated.value) for dated in parameter.values}
    return sorted(found)


def standing_for(side: int, marks: Sequence[Fraction]) -> Fraction:
    """Return the ratio that stands for all on one side of the marks, by the number `ratio.sides` gives it."""
    passed, is_on_mark = divmod(side, 2)
    ends = [Fraction(0), *marks, Fraction(1)]
    return marks[passed] if is_on_mark else (ends[passed] + ends[passed + 1]) / 2


def tested(
    clause: Clause, rule: Rule, meaning: Meaning, columns: tuple[Column, Column, Column], *, hidden: bool
) -> Column:
    """Return a test of the share; the columns are the worth, whether nothing inside can count, and the day."""

    def test(values: tuple[Any, ...]) -> Seen:
        worth, holds_nothing, day = values
        share = worth.share(holds_nothing=holds_nothing, hidden=hidden)
        return _compared(clause, rule, meaning, day, (share, worth.asks))

    return combine(columns, test)


def _compared(
    clause: Clause, rule: Rule, meaning: Meaning, day: datetime.date, known: tuple[Interval, frozenset[str]]
) -> Seen:
    operand = numbers_on(rule, day).get(str(clause.operand), clause.operand)
    holds = compare.holds(clause.operator, known[0], operand, {})
    return meaning.test(clause, holds, known[1] if holds is UNKNOWN else frozenset())
