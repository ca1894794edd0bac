"""Shipments in columns: one table in, the same rows with their answers out. A pure function of each row.

The same function serves a file on one machine and a stream of Arrow batches elsewhere; what it remembers between
calls only saves work.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from exportctl.batch import answer
from exportctl.batch.amounts import Amounts
from exportctl.batch.classes import Classes
from exportctl.batch.decisions import Decisions
from exportctl.batch.groups import BAD, Halves
from exportctl.batch.heading import Headings
from exportctl.batch.known_items import KnownItems
from exportctl.batch.ratio import STATED, told
from exportctl.batch.reading import Cells
from exportctl.batch.reads import Reads
from exportctl.batch.rejected import rejected
from exportctl.batch.rows import PARTS, Rows
from exportctl.batch.seen import Meaning
from exportctl.batch.share_column import limits
from exportctl.batch.signature import Signatures
from exportctl.batch.stretch import Stretches
from exportctl.batch.value import Values
from exportctl.batch.wanted import wanted
from exportctl.case.read import BEIJING
from exportctl.decide.gap import defaults
from exportctl.determine.view import View
from exportctl.fork import World
from exportctl.law.book import RuleBook

DAY, WRITTEN, BLANK = "%Y-%m-%d", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", r"^[\s\x1c-\x1f]*$"
MOST_TEXTS, MOST_CELLS, MOST_DECISIONS, MOST_ROWS = 250_000, 1_000_000, 200_000, 10_000_000


@dataclass(frozen=True, eq=False)
class Screened:
    """A table decided: which rows can be read, `rejected` the others, and the number of the decision of each good row.

    `stated` are the exact shares of rows that state one, by `ratio.STATED`; they take the place of the share of a
    decision that is `stated`, as texts that are written when they are asked for.
    """

    decisions: Decisions
    numbers: pl.Series
    stated: pl.DataFrame
    good: pl.Series
    rejected: pl.DataFrame

    @cached_property
    def answers(self) -> pl.DataFrame:
        """The answers of the good rows, in their order."""
        return self.decisions.answers(self.numbers, self._shares)

    @property
    def outcomes(self) -> pl.Series:
        """The outcomes of the good rows alone."""
        return self.decisions.frame["outcome"].gather(self.numbers)

    @cached_property
    def counted(self) -> pl.DataFrame:
        """The decisions that occur, with the number of their `rows`."""
        return self.decisions.counted(self.numbers)

    def lines(self, separator: str) -> pl.DataFrame:
        """Return the answers of the good rows as lines of text, in parts."""
        return self.decisions.lines(self.numbers, self._shares, separator)

    @cached_property
    def _shares(self) -> pl.Series:
        return told(self.stated)


@dataclass(eq=False)
class Screening:
    """Decides tables with one set of headings. `today` is the day of rows without one; `readings` are fixed by id.

    It can be sent to another process, which then decides the same rows in the same way.
    """

    book: RuleBook
    headings: Headings
    today: datetime.date = field(default_factory=lambda: datetime.datetime.now(BEIJING).date())
    known_on: datetime.date | None = None
    readings: World = field(default_factory=dict)
    begun: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        reads = Reads(self.book)
        meaning = Meaning(self.book, View(defaults(self.book, self.readings)))
        self.cells = Cells(self.book, self.headings, Classes(reads, meaning, Values(meaning, self.known_on)))
        self._begin(reads, meaning)

    def _begin(self, reads: Reads, meaning: Meaning) -> None:
        """Begin to remember what was met; numbers given before mean nothing any more."""
        self.begun += 1
        values = Values(meaning, self.known_on)
        self.cells.forget(Classes(reads, meaning, values))
        self.halves = Halves(reads, self.cells, KnownItems(reads, meaning, values, wanted(reads)))
        self.amounts = Amounts(self.book, self.headings, limits(reads))
        self.decisions = Decisions(answer.rulebook(self.book))
        self.rows = Rows(self.halves, meaning, self.known_on, self.readings, self.decisions)
        self.of_items, self.of_arounds = Signatures(self.halves.item_columns), Signatures(self.halves.around_columns)
        self.of_days = Signatures(tuple(filter(None, [self.headings.column_of("on")])))

    def _forget(self) -> None:
        """Begin anew where more is remembered than memory should hold; answers do not depend on it."""
        cells = self.rows.cells + sum(len(each.keys) for each in (self.of_items, self.of_arounds, self.of_days))
        many = cells > MOST_CELLS or len(self.rows.known) > MOST_ROWS or self.decisions.height > MOST_DECISIONS
        if many or len(self.cells.known) > MOST_TEXTS:
            self._begin(self.halves.reads, self.rows.meaning)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the same screening in another process: what is remembered stays behind."""
        return Screening, (self.book, self.headings, self.today, self.known_on, self.readings)

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns on which an answer depends."""
        halves, amounts = (*self.halves.item_columns, *self.halves.around_columns), self.amounts.columns.values()
        return tuple(dict.fromkeys([*halves, *self.of_days.columns, *amounts]))

    def screen(self, frame: pl.DataFrame, numbers: pl.Series | None = None) -> Screened:
        """Return the answers of the rows of a table of texts.

        Blank cells are null or empty. `numbers` are the numbers of its rows, from 1 if missing, for those rejected.
        """
        self._forget()
        item, about = self._items(frame), self.arounds(frame)
        day, amounts = _numbered(self.of_days, frame, self._stretches_of), self.amounts.read(frame)
        bad = (item == BAD) | (about == BAD) | (day == BAD) | amounts["bad"]
        parts = amounts.drop("bad").with_columns(item=item, about=about, day=day)
        known = parts if not bad.any() else parts.filter(~bad)
        counted = pl.int_range(1, frame.height + 1, eager=True) if numbers is None else numbers
        wrong = rejected(frame, bad, self.cells, self.amounts, counted)
        return Screened(self.decisions, self._decided(known), known.select(*STATED), ~bad, wrong)

    def _items(self, frame: pl.DataFrame) -> pl.Series:
        """Return a number for each item, twice its own, and one more when something is said about it."""
        return _numbered(self.of_items, frame, lambda part: [
            BAD if number == BAD else 2 * number + given for number, given in self.halves.item_numbers(part)
        ])  # fmt: skip

    def arounds(self, frame: pl.DataFrame) -> pl.Series:
        """Return a number for what stands around each item: rows with the same differ in nothing that rules read."""
        return _numbered(self.of_arounds, frame, self.halves.around_numbers)

    def _stretches_of(self, frame: pl.DataFrame) -> list[int]:
        """Return the number of the stretch of each row's day; `BAD` where it cannot be read."""
        if not self.of_days.columns:
            return [self._stretch(self.today)] * frame.height
        text = frame[self.of_days.columns[0]]
        days = text.str.to_date(DAY, strict=False)
        well = text.str.contains(WRITTEN) & (days >= datetime.date.min).fill_null(value=False)
        found = self._first_days.search_sorted(days.fill_null(self.today), side="right").cast(pl.Int32) - 1
        blank = text.is_null() | text.str.contains(BLANK)
        today = self._stretch(self.today)
        return pl.select(pl.when(blank).then(today).when(well).then(found).otherwise(BAD)).to_series().to_list()

    @cached_property
    def stretches(self) -> Stretches:
        """The stretches of days of the rule book."""
        return Stretches(self.book)

    @cached_property
    def _first_days(self) -> pl.Series:
        return pl.Series(self.stretches.first_days, dtype=pl.Date)

    def _stretch(self, day: datetime.date) -> int:
        return self.stretches.first_days.index(self.stretches.of(day))

    def _decided(self, parts: pl.DataFrame) -> pl.Series:
        """Return the number of the decision of rows that can be read."""
        shapes = parts.select(*(pl.col(name).cast(pl.UInt64) for name in PARTS))
        arounds, worths = list(self.halves.arounds), list(self.amounts.worths)
        return self.rows.numbers(shapes, arounds, worths, self.stretches.first_days)


def _numbered(signatures: Signatures, frame: pl.DataFrame, read: Any) -> pl.Series:
    """Return the number of each row's cells, reading those that were not met before."""
    if not signatures.columns:
        (number,) = read(frame.head(1)) if frame.height else (0,)
        return pl.repeat(number, frame.height, dtype=pl.Int32, eager=True)
    return signatures.number(frame, lambda rows: read(frame[rows]))
