"""Shipments in columns: one table in, the same rows with their answers out. A pure function of each row.

The same function serves a file on one machine and a stream of Arrow batches elsewhere; what it remembers between
calls only saves work.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import Any

import polars as pl

from exportctl.batch import answer
from exportctl.batch.ahead import ahead
from exportctl.batch.amounts import Amounts
from exportctl.batch.classes import Classes
from exportctl.batch.days import Days
from exportctl.batch.decisions import Decisions
from exportctl.batch.groups import BAD, Halves
from exportctl.batch.heading import Headings
from exportctl.batch.known_items import KnownItems
from exportctl.batch.met import PARTS
from exportctl.batch.ratio import STATED, told
from exportctl.batch.reading import Cells
from exportctl.batch.reads import Reads
from exportctl.batch.rejected import rejected
from exportctl.batch.rows import Rows
from exportctl.batch.seen import Meaning
from exportctl.batch.share_column import limits
from exportctl.batch.signature import Hashed, Signatures, hashed
from exportctl.batch.stretch import Stretches
from exportctl.batch.value import Values
from exportctl.batch.wanted import wanted
from exportctl.case.read import BEIJING
from exportctl.decide.gap import defaults
from exportctl.determine.view import View
from exportctl.fork import World
from exportctl.law.book import RuleBook

SEEN = PARTS[:3]
AHEAD, READERS = 4, 2
MOST_TEXTS, MOST_CELLS, MOST_DECISIONS, MOST_ROWS = 250_000, 1_000_000, 200_000, 10_000_000


@dataclass(frozen=True, eq=False)
class Read:
    """A table read: `cells` are hashes of what is seen of each row, by part, `amounts` as `Amounts.read` has them."""

    frame: pl.DataFrame
    cells: dict[str, Hashed]
    amounts: pl.DataFrame


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
        self.days = Days(Stretches(self.book), self.headings, self.today)
        self.amounts = Amounts(self.book, self.headings, limits(reads))
        self.cells = Cells(self.book, self.headings, Classes(reads, meaning, Values(meaning, self.known_on)))
        self._begin(reads, meaning)

    def _begin(self, reads: Reads, meaning: Meaning) -> None:
        """Begin to remember what was met; numbers given before mean nothing any more."""
        self.begun += 1
        values = Values(meaning, self.known_on)
        self.cells.forget(Classes(reads, meaning, values))
        self.halves = Halves(reads, self.cells, KnownItems(reads, meaning, values, wanted(reads)))
        self.decisions = Decisions(answer.rulebook(self.book))
        self.rows = Rows(self.halves, meaning, self.known_on, self.readings, self.decisions)
        self.signatures = {part: Signatures() for part in SEEN}

    def _forget(self) -> None:
        """Begin anew where more is remembered than memory should hold; answers do not depend on it."""
        cells = self.rows.cells + sum(len(each.keys) for each in self.signatures.values())
        many = cells > MOST_CELLS or self.rows.met.known.height > MOST_ROWS or self.decisions.height > MOST_DECISIONS
        if many or len(self.cells.known) > MOST_TEXTS:
            self._begin(self.halves.reads, self.rows.meaning)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the same screening in another process: what is remembered stays behind."""
        return Screening, (self.book, self.headings, self.today, self.known_on, self.readings)

    @property
    def stretches(self) -> Stretches:
        """The stretches of days of the rule book."""
        return self.days.stretches

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns that each part of a row stands in, amounts apart."""
        return dict(zip(SEEN, (self.halves.item_columns, self.halves.around_columns, self.days.columns), strict=True))

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns on which an answer depends."""
        return tuple(dict.fromkeys(chain(*self.columns.values(), self.amounts.columns.values())))

    def screen(self, frame: pl.DataFrame, numbers: pl.Series | None = None) -> Screened:
        """Return the answers of the rows of a table of texts.

        Blank cells are null or empty. `numbers` are the numbers of its rows, from 1 if missing, for those rejected.
        """
        return self.decide(self.read(frame), numbers)

    def each(self, frames: Iterable[pl.DataFrame]) -> Iterator[Screened]:
        """Yield tables decided, in their order; while one is decided, the next are read. Each has rows from 1."""
        reads = (partial(self.read, frame) for frame in frames)
        return (self.decide(read) for read in ahead(reads, AHEAD, READERS))

    def read(self, frame: pl.DataFrame) -> Read:
        """Return what is read of a table whatever was met before, which another thread can do beforehand."""
        cells = {part: hashed(frame, columns) for part, columns in self.columns.items()}
        return Read(frame, cells, self.amounts.read(frame))

    def decide(self, read: Read, numbers: pl.Series | None = None) -> Screened:
        """Return the answers of the rows of a table that was read, as `screen` does."""
        self._forget()
        parts = read.amounts.with_columns(
            self._numbered(part, read.frame, cells).alias(part) for part, cells in read.cells.items()
        )
        bad = parts.select(pl.col("bad") | pl.any_horizontal(pl.col(part) == BAD for part in SEEN)).to_series()
        known = parts if not bad.any() else parts.filter(~bad)
        counted = pl.int_range(1, parts.height + 1, eager=True) if numbers is None else numbers
        wrong = rejected(read.frame, bad, self.cells, self.amounts, counted)
        return Screened(self.decisions, self._decided(known), known.select(*STATED), ~bad, wrong)

    def arounds(self, frame: pl.DataFrame) -> pl.Series:
        """Return a number for what stands around each item: rows with the same differ in nothing that rules read."""
        return self._numbered("about", frame, hashed(frame, self.columns["about"]))

    def _numbered(self, part: str, frame: pl.DataFrame, cells: Hashed) -> pl.Series:
        """Return the number of a part of each row, reading those that were not met before."""
        read = {"item": self.halves.described_items, "about": self.halves.around_numbers, "day": self.days.numbers}
        return self.signatures[part].number(cells, lambda rows: read[part](frame[rows]))

    def _decided(self, parts: pl.DataFrame) -> pl.Series:
        """Return the number of the decision of rows that can be read."""
        arounds, worths = list(self.halves.arounds), self.amounts.worths.numbered
        return self.rows.numbers(parts, arounds, worths, self.days.met)
