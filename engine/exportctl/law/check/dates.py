"""Dates of instruments: nothing works before it is issued, and no provision is suspended twice at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from exportctl.law.book import RuleBook
from exportctl.law.check.passage import Passage, Passages
from exportctl.law.instrument import Instrument, Suspension
from exportctl.problem import Problem


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each date of an instrument that contradicts another."""
    for instrument in book.instruments.values():
        passage = passages.of(instrument.id)
        yield from _effective(passage, instrument)
        yield from _suspending(book, passage, instrument)
        for (_, first), (number, second) in combinations(enumerate(instrument.suspended), 2):
            yield from _together(passage, first, number, second)


def _effective(passage: Passage, instrument: Instrument) -> Iterator[Problem]:
    for number, effective in enumerate(instrument.effective):
        if effective.start < instrument.issued:
            text = f"works from `{effective.start}`, before it was issued on {instrument.issued}"
            yield passage.problem(("effective", number, "from"), text, "check both days against the source")


def _suspending(book: RuleBook, passage: Passage, instrument: Instrument) -> Iterator[Problem]:
    for number, suspension in enumerate(instrument.suspended):
        by = book.instruments.get(suspension.by)
        if by is not None and suspension.start < by.issued:
            text = f"suspended from `{suspension.start}`, before `{by.id}` was issued on {by.issued}"
            yield passage.problem(("suspended", number, "from"), text, "check both days against the source")


def _together(passage: Passage, first: Suspension, number: int, second: Suspension) -> Iterator[Problem]:
    apart = first.provisions and second.provisions and not set(first.provisions) & set(second.provisions)
    if apart or second.start > first.until:
        return
    if second.until < first.start:
        text = f"the suspension from `{second.start}` stands after one from {first.start}"
        yield passage.problem(("suspended", number, "from"), text, "put suspensions in the order of their days")
    else:
        text = f"the suspension from `{second.start}` overlaps the one from {first.start} to {first.until}"
        yield passage.problem(("suspended", number, "from"), text, "let it start after the other has ended")
