"""What of the law wants looking at again: sources not opened for too long, suspensions that end or have ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from exportctl.law.book import RuleBook
from exportctl.law.instrument import Instrument, Suspension
from exportctl.law.source import Source


@dataclass(frozen=True)
class Ending:
    """A suspension near or past its last day, `days` away (negative: days ago), and the instruments it holds."""

    by: str
    until: datetime.date
    then: str
    days: int
    held: tuple[tuple[Instrument, Suspension], ...]


def overdue(book: RuleBook, on: datetime.date) -> list[Source]:
    """Return the sources whose latest look no longer holds on a day, the longest overdue first."""
    return sorted((s for s in (book.sources or {}).values() if s.due < on), key=lambda s: (s.due, s.id))


def endings(book: RuleBook, on: datetime.date, within: int) -> list[Ending]:
    """Return suspensions that end within so many days after `on`, or ended before it with what followed unverified.

    One that has not begun, or was followed by another of the same provisions, is not among them.
    """
    held: dict[tuple[datetime.date, str, str], list[tuple[Instrument, Suspension]]] = {}
    for instrument in book.instruments.values():
        for suspension in _open(instrument, on, within):
            key = (suspension.until, suspension.by, suspension.then)
            held.setdefault(key, []).append((instrument, suspension))
    return [
        Ending(by, until, then, (until - on).days, tuple(parts))
        for (until, by, then), parts in sorted(held.items(), key=lambda group: group[0])
    ]


def _open(instrument: Instrument, on: datetime.date, within: int) -> Iterator[Suspension]:
    for suspension in instrument.suspended:
        days = (suspension.until - on).days
        ended = days < 0 and suspension.then == "unverified" and not _followed(instrument, suspension, on)
        if suspension.start <= on and (ended or 0 <= days <= within):
            yield suspension


def _followed(instrument: Instrument, suspension: Suspension, on: datetime.date) -> bool:
    return any(
        suspension.until < later.start <= on and set(later.provisions) == set(suspension.provisions)
        for later in instrument.suspended
    )
