"""Three truth values: yes, no and unknown (Kleene's strong logic). Unknown is never a pass."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Kleene(IntEnum):
    """A truth value; the order no < unknown < yes makes `and` a minimum and `or` a maximum."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    def __invert__(self) -> Kleene:
        return Kleene(2 - self)

    def __str__(self) -> str:
        return self.name.lower()


NO, UNKNOWN, YES = Kleene.NO, Kleene.UNKNOWN, Kleene.YES


def truth(known: bool | None) -> Kleene:
    """Return the truth value of a fact that may not be known (`None`)."""
    return UNKNOWN if known is None else YES if known else NO


def all_of(values: Iterable[Kleene]) -> Kleene:
    """Return `yes` when every value is yes, `no` when one is no. Nothing to satisfy is `yes`."""
    return min(values, default=YES)


def any_of(values: Iterable[Kleene]) -> Kleene:
    """Return `yes` when one value is yes, `no` when every one is no. No alternative is `no`."""
    return max(values, default=NO)
