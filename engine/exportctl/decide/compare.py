"""What the operators of a test mean, for three-valued facts and exact numbers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from exportctl.decide.membership import Membership
from exportctl.exact import Interval, number
from exportctl.fork import join
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, any_of, truth
from exportctl.law.vocabulary import Value


def holds(operator: str, fact: Any, operand: Any, values: Mapping[str, Value]) -> Any:
    """Return whether a fact passes a test, forked where the fact is.

    `fact` is a settled or forked value, None when not known; `values` are the allowed values of a choice, which say
    what else a thing may be called.
    """
    return join(lambda known: _holds(operator, known, operand, values), fact)


def _holds(operator: str, fact: Any, operand: Any, values: Mapping[str, Value]) -> Any:
    if fact is None:
        return UNKNOWN
    if isinstance(fact, Membership):
        return _of_set(operator, fact, operand)
    if isinstance(fact, Interval):
        return _of_number(operator, fact, operand)
    if isinstance(operand, bool):
        return truth(fact is operand) if operator == "is" else truth(fact is not operand)
    return _of_word(operator, fact, operand, values)


def _of_set(operator: str, fact: Membership, operand: Any) -> Any:
    names = [operand] if isinstance(operand, str) else list(operand)
    if operator == "in":
        return fact.within(names)
    found = fact.holds(names)
    return join(lambda value: ~value, found) if operator in ("excludes", "is_not", "not_in") else found


def _of_word(operator: str, fact: Any, operand: Any, values: Mapping[str, Value]) -> Kleene:
    names = [operand] if isinstance(operand, str) else [str(name) for name in operand]
    known = values.get(str(fact))
    also = known.may_be if known else []
    found = any_of(YES if name == str(fact) else UNKNOWN if name in also else NO for name in names)
    return ~found if operator in ("is_not", "not_in") else found


_AT: dict[str, Callable[[Interval, Fraction], Kleene]] = {
    "at_least": lambda fact, limit: _sure(fact.low >= limit, fact.high is None or fact.high >= limit),
    "above": lambda fact, limit: _sure(fact.low > limit, fact.high is None or fact.high > limit),
    "at_most": lambda fact, limit: _sure(fact.high is not None and fact.high <= limit, fact.low <= limit),
    "below": lambda fact, limit: _sure(fact.high is not None and fact.high < limit, fact.low < limit),
}


def _of_number(operator: str, fact: Interval, operand: Any) -> Kleene:
    if operator == "between":
        return min(_AT["at_least"](fact, number(operand[0])), _AT["at_most"](fact, number(operand[1])))
    return _AT[operator](fact, number(operand))


def _sure(surely: bool, possibly: bool) -> Kleene:
    return YES if surely else UNKNOWN if possibly else NO


def same(first: Any, second: Any) -> Any:
    """Return whether two facts have the same value."""
    return join(lambda a, b: UNKNOWN if a is None or b is None else truth(a == b), first, second)


def distance(operator: str, fact: Any, operand: Any) -> Fraction | None:
    """Return how far a number lies above its limit (below it: negative), or None where that cannot be said.

    Of an interval, the end nearest to passing counts.
    """
    if not isinstance(fact, Interval) or operator not in _AT or not isinstance(operand, Fraction | Decimal):
        return None
    end = fact.high if operator in ("at_least", "above") else fact.low
    return None if end is None else end - number(operand)


def shown(fact: Any) -> str | None:
    """Return a fact as it is written in a determination, or None when it is not known."""
    if fact is None:
        return None
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return fact.isoformat() if isinstance(fact, datetime.date) else str(fact)
