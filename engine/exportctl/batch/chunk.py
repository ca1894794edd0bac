"""A piece of a table of shipments, as every reader of files hands it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from exportctl.batch.rejected import SCHEMA


@dataclass(frozen=True)
class Chunk:
    """Some rows of a table: `frame` as they were, `texts` of the same rows, `numbers` their numbers.

    `rejected` are rows that are none: ragged, badly quoted, wrongly encoded. `end` is where the next chunk begins and
    `next_row` the number of its first row. `lines` are the rows as they stand in a result of the same format, where
    they are only passed on.
    """

    frame: pl.DataFrame
    texts: pl.DataFrame
    numbers: pl.Series
    rejected: pl.DataFrame
    end: int
    next_row: int
    lines: pl.Series | None = None


class Source(Protocol):
    """A table of shipments in some format."""

    names: tuple[str, ...]

    def chunks(self, start: int, row: int) -> Iterator[Chunk]:
        """Yield the chunks from a position and the number of the row there; both as a chunk before gave them."""

    def share(self, position: int) -> float:
        """Return which part of the file lies before a position, from 0 to 1."""


def rejected_lines(lines: list[tuple[int, str, str, str]]) -> pl.DataFrame:
    """Return rows that are none: the number of each, its text, what is wrong and what would be right."""
    found = [(number, "", text[:200], problem, hint) for number, text, problem, hint in lines]
    return pl.DataFrame(found, schema=SCHEMA, orient="row")
