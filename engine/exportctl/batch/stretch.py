"""Stretches of days on which every provision stands in one way and every number of the law is the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from exportctl.law.book import RuleBook

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Stretches:
    """The stretches of a rule book. Any day of a stretch stands for all of its days."""

    book: RuleBook

    @cached_property
    def first_days(self) -> tuple[datetime.date, ...]:
        """The first day of each stretch, the earliest first; the first stretch has no beginning."""
        return (datetime.date.min, *sorted(set(self._turning_days())))

    def of(self, day: datetime.date) -> datetime.date:
        """Return the day that stands for the stretch a day belongs to."""
        return next(first for first in reversed(self.first_days) if first <= day)

    def _turning_days(self) -> Iterator[datetime.date]:
        for instrument in self.book.instruments.values():
            yield instrument.issued
            yield from (effective.start for effective in instrument.effective)
            for suspension in instrument.suspended:
                yield from (suspension.start, suspension.until)
                if suspension.until < datetime.date.max:
                    yield suspension.until + ONE_DAY
        for rule in self.book.rules.values():
            for parameter in rule.parameters.values():
                yield from (dated.start for dated in parameter.values)
