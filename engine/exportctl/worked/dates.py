"""How every provision stands around each date of its instrument, as cases to be kept and reviewed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from exportctl.decide.gap import defaults
from exportctl.fork import leaves, settle
from exportctl.law.book import RuleBook
from exportctl.law.instrument import Instrument
from exportctl.law.rule import Rule
from exportctl.law.state import standing
from exportctl.worked.coverage import DATES

ONE = datetime.timedelta(days=1)


def dated(book: RuleBook) -> Iterator[dict[str, Any]]:
    """Yield a case for each instrument with rules: the states of its provisions before, on and after each date.

    Those of an instrument that was suspended later are also looked at as they stood before anybody knew of that.
    """
    for name in sorted({rule.instrument for rule in book.rules.values()}):
        rules = [rule for _, rule in sorted(book.rules.items()) if rule.instrument == name]
        days = sorted({day + step for day in _days(book.instruments[name]) for step in (-ONE, 0 * ONE, ONE)})
        expected = [
            {"on": day, **_known(known_on), "law": _states(book, rules, day, known_on), "shows": f"{DATES}{name}"}
            for known_on in (None, *_before(book, book.instruments[name]))
            for day in days
        ]
        yield {"title": f"{DATES}{name}", "item": {}, "expect": expected}


def _known(known_on: datetime.date | None) -> dict[str, datetime.date]:
    return {} if known_on is None else {"known_on": known_on}


def _before(book: RuleBook, instrument: Instrument) -> Iterator[datetime.date]:
    """Yield the last day on which nobody knew of a suspension."""
    yield from sorted({book.instruments[suspension.by].issued - ONE for suspension in instrument.suspended})


def _days(instrument: Instrument) -> Iterator[datetime.date]:
    yield instrument.issued
    yield from (effective.start for effective in instrument.effective)
    for suspension in instrument.suspended:
        yield suspension.start
        if not suspension.for_good:
            yield suspension.until


def _states(book: RuleBook, rules: list[Rule], day: datetime.date, known_on: datetime.date | None) -> dict[str, str]:
    usual = defaults(book, {})
    found = {}
    for rule in rules:
        stands = settle(standing(book, rule.instrument, rule.name, day, known_on), usual)
        found[rule.id] = next(iter(leaves(stands))).state
    return found
