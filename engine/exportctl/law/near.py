"""A row of a control list with its limits moved outwards: what an item just outside it meets."""

from __future__ import annotations

from decimal import Decimal

from exportctl.law.clause import Clause

LOWER, UPPER = ("at_least", "above"), ("at_most", "below")
OF_NUMBER = (*LOWER, *UPPER, "between")


def tests_numbers(clause: Clause) -> bool:
    """Return whether a clause compares some number with a limit."""
    return any(part.kind == "test" and part.operator in OF_NUMBER for part in clause.walk())


def widened(clause: Clause, band: Decimal) -> Clause:
    """Return a clause in which every limit of a number lies further out by `band`, a ratio of the limit.

    Lower limits are multiplied by 1 - band and upper ones by 1 + band; inside `not` it is the other way round. What
    does not compare numbers stays as it is. Limits are not negative.
    """
    if clause.kind == "test":
        return _moved(clause, band) if clause.operator in OF_NUMBER else clause
    inner = [widened(part, -band if clause.kind == "not" else band) for part in clause.parts]
    several = clause.kind in ("all", "any")
    return _with(clause, clause.kind, inner if several else inner[0])


def _moved(clause: Clause, band: Decimal) -> Clause:
    if clause.operator == "between":
        low, high = clause.operand
        return _with(clause, "between", [low * (1 - band), high * (1 + band)])
    factor = 1 - band if clause.operator in LOWER else 1 + band
    return _with(clause, clause.operator, clause.operand * factor)


def _with(clause: Clause, key: str, value: object) -> Clause:
    """Return a clause with another operand or other parts."""
    given = {name: getattr(clause, name) for name in ("words", "meaning", "fact", "under")}
    return Clause.model_validate({**given, key: value})
