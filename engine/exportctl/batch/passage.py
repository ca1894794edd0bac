"""A piece of a table decided: the same for every reader of files, on one machine and on many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from exportctl.batch.chunk import Chunk
from exportctl.batch.screening import Screening

if TYPE_CHECKING:
    from exportctl.batch.party_lists import PartyLists  # its libraries are an extra

SEVERAL = "\n"


@dataclass(frozen=True)
class Passed:
    """A chunk decided.

    `answers` of the rows that can be read, in their order; `good` says which rows of the chunk these are; `rejected`
    are all others, lines that are no rows among them, by row number. `destination` is where good rows go, as written,
    and `hits` what a list of parties holds on them, as lines of JSON.
    """

    answers: pl.DataFrame
    good: pl.Series
    rejected: pl.DataFrame
    destination: pl.Series | None
    hits: pl.Series

    def rows(self, chunk: Chunk) -> pl.DataFrame:
        """Return the rows of the result: the good rows as they were, with their answers."""
        rows = chunk.frame.drop("\0", strict=False)
        return (rows if self.good.all() else rows.filter(self.good)).hstack(self.answers)


@dataclass(eq=False)
class Passage:
    """Decides chunks of one table; what it remembers between them only saves work."""

    screening: Screening
    parties: PartyLists | None = None

    def of(self, chunk: Chunk) -> Passed:
        """Return a chunk decided."""
        texts, hits = chunk.texts, pl.repeat(None, chunk.texts.height, dtype=pl.String, eager=True)
        if self.parties is not None:
            texts, hits = self.parties.held_against(texts)
        found = self.screening.screen(texts, chunk.numbers)
        rejected = pl.concat([chunk.rejected, found.rejected]).sort("row", maintain_order=True)
        goes_to = self.screening.headings.column_of("transfer.to")
        destination = chunk.texts.filter(found.good)[goes_to] if goes_to else None
        return Passed(found.answers, found.good, rejected, destination, hits.filter(found.good))
