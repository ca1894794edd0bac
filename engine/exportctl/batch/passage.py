"""A piece of a table decided: the same for every reader of files, on one machine and on many."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from exportctl.batch.chunk import Chunk
from exportctl.batch.screening import Screening


@dataclass(frozen=True)
class Passed:
    """A chunk decided.

    `answers` of the rows that can be read, in their order; `good` says which rows of the chunk these are; `rejected`
    are all others, lines that are no rows among them, by row number. `destination` is where good rows go, as written.
    """

    answers: pl.DataFrame
    good: pl.Series
    rejected: pl.DataFrame
    destination: pl.Series | None

    def rows(self, chunk: Chunk) -> pl.DataFrame:
        """Return the rows of the result: the good rows as they were, with their answers."""
        rows = chunk.frame.drop("\0", strict=False)
        return (rows if self.good.all() else rows.filter(self.good)).hstack(self.answers)


@dataclass(eq=False)
class Passage:
    """Decides chunks of one table; what it remembers between them only saves work."""

    screening: Screening

    def of(self, chunk: Chunk) -> Passed:
        """Return a chunk decided."""
        found = self.screening.screen(chunk.texts, chunk.numbers)
        rejected = pl.concat([chunk.rejected, found.rejected]).sort("row", maintain_order=True)
        goes_to = self.screening.headings.column_of("transfer.to")
        destination = chunk.texts.filter(found.good)[goes_to] if goes_to else None
        return Passed(found.answers, found.good, rejected, destination)
