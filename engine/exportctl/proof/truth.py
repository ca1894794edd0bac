"""Three truth values over formulas: what surely holds and what possibly holds.

A formula is one of z3, or a plain truth value where it is settled already; both may stand wherever one does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import z3

Formula = Any
SEVERAL = 2


class Unprovable(Exception):  # noqa: N818 - the field's own word
    """The rule book asks for something the solver does not know; it is named rather than left out."""


def every(parts: Iterable[Formula]) -> Formula:
    """Return the formula that holds when every part does."""
    open_parts = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            open_parts.append(part)
    return _joined(z3.Z3_mk_and, open_parts, empty=True)


def some(parts: Iterable[Formula]) -> Formula:
    """Return the formula that holds when one part does."""
    open_parts = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            open_parts.append(part)
    return _joined(z3.Z3_mk_or, open_parts, empty=False)


def negated(part: Formula) -> Formula:
    """Return the formula that holds when the part does not."""
    if isinstance(part, bool):
        return not part
    return z3.BoolRef(z3.Z3_mk_not(part.ctx.ref(), part.ast), part.ctx)


def implied(condition: Formula, consequence: Formula) -> Formula:
    """Return the formula that holds unless the condition does and the consequence does not."""
    return some([negated(condition), consequence])


def same(first: Formula, second: Formula) -> Formula:
    """Return the formula that holds when both do or neither does."""
    return every([implied(first, second), implied(second, first)])


def _joined(make: Any, parts: list[Formula], *, empty: bool) -> Formula:
    """Return parts joined; every part is a formula, so that the solver's own checks of their types are left out."""
    different = list({part.ast.value: part for part in parts}.values())
    if len(different) < SEVERAL:
        return different[0] if different else empty
    context = different[0].ctx
    listed = (z3.Ast * len(different))(*(part.ast for part in different))
    return z3.BoolRef(make(context.ref(), len(different), listed), context)


@dataclass(frozen=True, eq=False)
class Truth:
    """A three-valued formula: `yes` where it surely holds, `maybe` where it is not surely false."""

    yes: Formula
    maybe: Formula

    def __invert__(self) -> Truth:
        return Truth(negated(self.maybe), negated(self.yes))

    @property
    def open(self) -> Formula:
        """Where it is not known."""
        return every([self.maybe, negated(self.yes)])

    def within(self, condition: Formula, otherwise: Truth) -> Truth:
        """Return this where a two-valued condition holds, and something else where it does not."""
        return Truth(chosen(condition, self.yes, otherwise.yes), chosen(condition, self.maybe, otherwise.maybe))


def unlike(first: Truth, second: Truth) -> Formula:
    """Return the formula that holds where two truths are not the same."""
    return negated(every([same(first.yes, second.yes), same(first.maybe, second.maybe)]))


YES, NO, UNKNOWN = Truth(True, True), Truth(False, False), Truth(False, True)


def all_of(parts: Iterable[Truth]) -> Truth:
    """Return `yes` when every part is yes, `no` when one is no."""
    listed = list(parts)
    return Truth(every(p.yes for p in listed), every(p.maybe for p in listed))


def any_of(parts: Iterable[Truth]) -> Truth:
    """Return `yes` when one part is yes, `no` when every one is no."""
    listed = list(parts)
    return Truth(some(p.yes for p in listed), some(p.maybe for p in listed))


def when_known(known: Formula, value: Formula) -> Truth:
    """Return the truth of a two-valued formula about a fact that is perhaps not known."""
    return Truth(every([known, value]), some([negated(known), value]))


def chosen(condition: Formula, here: Formula, otherwise: Formula) -> Formula:
    """Return one formula where a condition holds and another where it does not."""
    return every([implied(condition, here), some([condition, otherwise])])
