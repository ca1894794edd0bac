"""How much of a party listed owners hold together, directly and through others."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from exportctl.decide.subject import Subject
from exportctl.decide.tried import Examiner
from exportctl.exact import ZERO, Interval, number
from exportctl.fork import join
from exportctl.kleene import NO, YES, Kleene
from exportctl.law.vocabulary import Derived

WHOLE = Interval(ZERO.low, number(100))


def listed_share(exam: Examiner, derived: Derived, party: Subject) -> Any:
    """Return the percent of a party held by owners on one of the lists, forked.

    An owner that is not listed itself counts with the part of it that listed owners hold. Owners that nobody named
    may hold all that is left. Source: Announcement 61 of 2025, Article 2, aggregate reading.
    """
    if party.facts.get("owners") is None:
        return WHOLE
    return join(_sum, *(_held(exam, derived, owner) for owner in party.children))


def _held(exam: Examiner, derived: Derived, owner: Subject) -> Any:
    share = exam.look("owner.share", owner)
    lists = exam.look("owner.lists", owner)
    through = listed_share(exam, derived, owner) if owner.facts.get("owners") is not None else ZERO
    listed = join(lambda known: None if known is None else known.holds(derived.lists), lists)
    return join(_part, share, listed, through)


def _part(share: Interval | None, listed: Kleene | None, through: Interval) -> Interval:
    share = share or WHOLE
    if listed is YES:
        return share
    hundredth = Interval.at(number("0.01"))
    indirect = share * through * hundredth
    return indirect if listed is NO else Interval(indirect.low, share.high)


def _sum(*parts: Interval) -> Interval:
    total = ZERO
    for part in parts:
        total += part
    return Interval(total.low, WHOLE.high if total.high is None else min(total.high, max(Fraction(100), total.low)))
