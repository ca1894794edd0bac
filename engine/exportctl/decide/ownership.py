"""How much of a party listed owners hold together, directly and through others."""

from __future__ import annotations

from typing import Any, Protocol

from exportctl.decide.subject import Subject
from exportctl.exact import ZERO, Interval, number
from exportctl.fork import join
from exportctl.kleene import NO, YES, Kleene
from exportctl.law.vocabulary import Derived

WHOLE = Interval(ZERO.low, number(100))


class Looker(Protocol):
    """What an examination offers to look up a fact."""

    def look(self, path: str, subject: Subject) -> Any:
        """Return a fact's value and what is behind it."""


def listed_share(exam: Looker, derived: Derived, party: Subject) -> Any:
    """Return the percent of a party held by owners on one of the lists, forked.

    An owner that is not listed itself counts with the part of it that listed owners hold. Owners that nobody named
    may hold all that is left. Source: Announcement 61 of 2025, Article 2, aggregate reading.
    """
    if party.facts.get("owners") is None:
        return WHOLE
    return join(_sum, *(_held(exam, derived, owner) for owner in party.children))


def _held(exam: Looker, derived: Derived, owner: Subject) -> Any:
    share, _ = exam.look("owner.share", owner)
    lists, _ = exam.look("owner.lists", owner)
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
    return Interval(total.low, WHOLE.high if total.high is None else min(total.high, max(WHOLE.high or 0, total.low)))
