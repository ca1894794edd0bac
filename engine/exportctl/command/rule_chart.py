"""The law over time as a chart: a line for each course of an instrument, a character for each week or so."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from exportctl.command.rule_phrase import phrase
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.state import State
from exportctl.law.timeline import Course, Window

WEEK, SHORTEST_MONTH, LEAST_COLUMNS, LONGEST_NAMES = 7, 28, 20, 16
STYLES: dict[State, str] = {
    "not_issued": "dim",
    "not_yet_effective": "cyan",
    "in_force": "green",
    "suspended": "blue",
    "unverified": "yellow",
}
DRAWN: dict[State, str] = dict(zip(STYLES, "·░█▒?", strict=True))
ASCII: dict[State, str] = dict(zip(STYLES, ".-#=?", strict=True))


@dataclass(frozen=True)
class Chart:
    """A chart of courses over a window, `width` columns wide where that is possible.

    `mark` is written above the day `marked`. `drawn`: with other characters than ASCII.
    """

    courses: Sequence[Course]
    window: Window
    marked: datetime.date
    mark: str
    lang: Lang
    width: int
    drawn: bool

    def lines(self) -> Iterator[Text]:
        """Yield the axis, the mark, and one line for each course."""
        for axis in (*self._axis(), self._arrow()):
            if axis:
                yield Text(axis, style="bold")
        for name, course in zip(self.labels, self.courses, strict=True):
            yield Text(set_cell_size(name, self._indent)) + self._bar(course)

    def legend(self) -> Text:
        """Return what each character stands for."""
        said = (
            Text(glyph, STYLES[state]) + f" {say(self.lang, f'law.{state}')}" for state, glyph in self._glyphs.items()
        )
        return Text("   ").join(said)

    @cached_property
    def labels(self) -> list[str]:
        """What stands in front of each line: the instrument, and its provisions where they differ."""
        instruments = [course.instrument.id for course in self.courses]
        return [label(c, self.lang, alone=instruments.count(c.instrument.id) == 1) for c in self.courses]

    @cached_property
    def days(self) -> int:
        """How many days one character stands for: a week, more where the console is too narrow for that."""
        columns = max(self.width - self._indent, LEAST_COLUMNS)
        return max(WEEK, -(-self._total // columns))

    @cached_property
    def _indent(self) -> int:
        return max(map(cell_len, self.labels), default=0) + 1

    @property
    def _total(self) -> int:
        return (self.window.last - self.window.first).days + 1

    @property
    def _glyphs(self) -> dict[State, str]:
        return DRAWN if self.drawn else ASCII

    def _bar(self, course: Course) -> Text:
        """Return a line of characters, each for the last of its days."""
        ends = range(self.days, self._total + self.days, self.days)
        days = (self.window.first + datetime.timedelta(min(end, self._total) - 1) for end in ends)
        bar = Text()
        for state, alike in groupby(course.on(day).state for day in days):
            bar.append(self._glyphs[state] * len(list(alike)), STYLES[state])
        return bar

    def _column(self, day: datetime.date) -> int:
        return self._indent + (day - self.window.first).days // self.days

    def _axis(self) -> tuple[str, str]:
        """Return the years and the months, each written where it begins."""
        years = _placed("", self._indent, str(self.window.first.year))
        months = ""
        for day in month_starts(self.window):
            if (day.month - 1) % self._months_apart == 0:
                months = _placed(months, self._column(day), f"{day.month:02}")
            years = _placed(years, self._column(day), str(day.year)) if day.month == 1 else years
        return years, months

    @property
    def _months_apart(self) -> int:
        """Return how many months stand between two numbers on the axis, so that they do not touch."""
        return next((apart for apart in (1, 2, 3, 6) if SHORTEST_MONTH * apart // self.days > len("MM")), 12)

    def _arrow(self) -> str:
        if not self.window.first <= self.marked <= self.window.last:
            return ""
        at, arrow = self._column(self.marked), "▼" if self.drawn else "v"
        before = f"{self.mark} {arrow}"
        room = at + 1 - cell_len(before)
        return " " * room + before if room >= 0 else " " * at + f"{arrow} {self.mark}"


def label(course: Course, lang: Lang, *, alone: bool) -> str:
    """Return the short name of a course; `alone`: it is the only one of its instrument."""
    short = of(lang, course.instrument.short)
    names = ", ".join(rule.name for rule in course.rules)
    if alone or not names:
        return short
    return (
        f"{short} {names if len(names) <= LONGEST_NAMES else phrase(lang, 'provisions', number=str(len(course.rules)))}"
    )


def month_starts(window: Window) -> Iterator[datetime.date]:
    """Yield the first day of every month in a window."""
    for year in range(window.first.year, window.last.year + 1):
        starts = (datetime.date(year, month, 1) for month in range(1, 13))
        yield from (day for day in starts if window.first <= day <= window.last)


def _placed(axis: str, at: int, text: str) -> str:
    """Return an axis with a text at a column, as it was where the text would touch what stands there."""
    return axis if axis and len(axis) >= at else axis.ljust(at) + text
