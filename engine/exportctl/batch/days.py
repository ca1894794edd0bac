"""The days of rows, as the stretches of days they lie in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from exportctl.batch.groups import BAD
from exportctl.batch.heading import Headings
from exportctl.batch.stretch import Stretches

DAY, WRITTEN, BLANK = "%Y-%m-%d", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", r"^[\s\x1c-\x1f]*$"


@dataclass(frozen=True)
class Days:
    """Reads the column of days; `today` is the day of rows without one."""

    stretches: Stretches
    headings: Headings
    today: datetime.date
    numbered: dict[int, int] = field(default_factory=dict)

    @property
    def met(self) -> list[datetime.date]:
        """The first day of each stretch by its number."""
        return [self.stretches.first_days[at] for at in self.numbered]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The column of days, if there is one."""
        name = self.headings.column_of("on")
        return () if name is None else (name,)

    def numbers(self, frame: pl.DataFrame) -> list[int]:
        """Return the number of the stretch of each row's day, from 0 as they come; `BAD` where it cannot be read."""
        return [self._number(stretch) for stretch in self._stretches(frame)]

    def _stretches(self, frame: pl.DataFrame) -> list[int]:
        today = self.stretches.first_days.index(self.stretches.of(self.today))
        if not self.columns:
            return [today] * frame.height
        text = frame[self.columns[0]]
        days = text.str.to_date(DAY, strict=False)
        well = text.str.contains(WRITTEN) & (days >= datetime.date.min).fill_null(value=False)
        first_days = pl.Series(self.stretches.first_days, dtype=pl.Date)
        found = first_days.search_sorted(days.fill_null(self.today), side="right").cast(pl.Int32) - 1
        blank = text.is_null() | text.str.contains(BLANK)
        return pl.select(pl.when(blank).then(today).when(well).then(found).otherwise(BAD)).to_series().to_list()

    def _number(self, stretch: int) -> int:
        return stretch if stretch == BAD else self.numbered.setdefault(stretch, len(self.numbered))
