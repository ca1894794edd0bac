"""A piece of a table decided: the same for every reader of files, on one machine and on many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from exportctl.batch.assembly import Assemblies
from exportctl.batch.chunk import Chunk
from exportctl.batch.screening import Screened, Screening

if TYPE_CHECKING:
    from exportctl.batch.party_lists import PartyLists  # its libraries are an extra

SEVERAL = "\n"


@dataclass(frozen=True)
class Passed:
    """A chunk decided.

    `screened` is what was decided of its rows; `rejected` are all rows that cannot be read, lines that are no rows
    among them, by row number. `destination` is where good rows go, as written, and `hits` what a list of parties holds
    on them, as lines of JSON.
    """

    screened: Screened
    rejected: pl.DataFrame
    destination: pl.Series | None
    hits: pl.Series

    @property
    def answers(self) -> pl.DataFrame:
        """The answers of the rows that can be read, in their order."""
        return self.screened.answers

    @property
    def good(self) -> pl.Series:
        """Which rows of the chunk can be read."""
        return self.screened.good

    def rows(self, chunk: Chunk) -> pl.DataFrame:
        """Return the rows of the result: the good rows as they were, with their answers."""
        return (chunk.frame if self.good.all() else chunk.frame.filter(self.good)).hstack(self.answers)

    def lines(self, rows: pl.Series, separator: str) -> pl.DataFrame:
        """Return the rows of the result as parts of lines: the good ones of `rows` and their answers."""
        answers = self.screened.lines(separator)
        return answers.insert_column(0, rows.filter(self.good).alias("row"))


@dataclass(eq=False)
class Passage:
    """Decides chunks of one table; what it remembers between them only saves work."""

    screening: Screening
    parties: PartyLists | None = None
    assemblies: Assemblies | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of the table on which an answer depends."""
        alone = self.parties is None and self.assemblies is None
        return self.screening.reads if alone else tuple(self.screening.headings.shown)

    def of(self, chunk: Chunk) -> Passed:
        """Return a chunk decided."""
        texts, hits = chunk.texts, pl.repeat(None, chunk.texts.height, dtype=pl.String, eager=True)
        if self.parties is not None:
            texts, hits = self.parties.held_against(texts)
        found = self.screening.screen(texts, chunk.numbers)
        if self.assemblies is not None:
            found = self.assemblies.decided(chunk, texts, found)
        rejected = pl.concat([chunk.rejected, found.rejected]).sort("row", maintain_order=True)
        goes_to = self.screening.headings.column_of("transfer.to")
        destination = chunk.texts[goes_to].filter(found.good) if goes_to else None
        return Passed(found, rejected, destination, hits.filter(found.good))
