"""The same shipments under the same rules, by exportctl and by others: rows a second, and where answers differ.

    pip install OpenFisca-Core zen-engine durable-rules
    python benchmarks/peers 60000000

All start from tables of texts in memory, of five million rows each, and take turns at them; each takes a table in the
same pieces, so that none gains by holding all of it at once. What an engine remembers of a piece, it may use for the
next. Those that decide row by row get the first rows of each table. Each reads its rules beforehand, and gives one
outcome a row; a line of its own says what exportctl takes for every column of its result. "Deciding alone" leaves out
what each needs to turn texts into its own types; exportctl does both in one. It uses two processors where there are
two; the others use one, but for what Polars does for them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import by_durable
import by_openfisca
import by_plain
import by_zen
import polars as pl
import rows

from exportctl.batch.screening import Screened, Screening

FEW, PIECE, TABLE = 20_000, 500_000, 5_000_000


@dataclass
class Peer:
    """How one of them turns a table into its own types, and decides it; what that took so far, in seconds."""

    name: str
    prepare: Callable[[pl.DataFrame], Any]
    outcomes: Callable[[Any], Any]
    most: int = TABLE
    rows: int = 0
    preparing: float = 0.0
    deciding: float = 0.0
    wrong: int = 0

    def take(self, table: pl.DataFrame, expected: pl.Series) -> None:
        """Decide a table, and count the answers that are not those expected."""
        part = table.head(self.most)
        found = pl.concat([pl.Series(self._decided(piece)) for piece in part.iter_slices(PIECE)])
        self.rows += part.height
        self.wrong += int((found != expected.head(part.height)).sum())

    def _decided(self, piece: pl.DataFrame) -> Any:
        began = time.perf_counter()
        prepared = self.prepare(piece)
        ready = time.perf_counter()
        outcomes = self.outcomes(prepared)
        self.deciding += time.perf_counter() - ready
        self.preparing += ready - began
        return outcomes

    def line(self, ours: float) -> str:
        """Return the line of a table on it; `ours` are the rows a second it is held against."""
        rate = self.rows / (self.preparing + self.deciding)
        alone = self.rows / self.deciding
        return f"| {self.name} | {self.rows:,} | {rate:,.0f} | {ours / rate:,.1f} | {alone:,.0f} | {self.wrong:,} |"


@dataclass
class Ours:
    """exportctl: what it gives of a table decided, and the seconds that each table took."""

    name: str
    gives: Callable[[Screened], Any]
    screening: Screening
    seconds: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def take(self, table: pl.DataFrame) -> list[Any]:
        """Return what it gives of each piece of a table."""
        began = time.perf_counter()
        found = [self.gives(one) for one in self.screening.each(table.iter_slices(PIECE))]
        self.seconds.append(time.perf_counter() - began)
        self.rows.append(table.height)
        return found

    def rate(self, tables: int | None = None) -> float:
        """Return the rows a second, of the first tables or of all."""
        return sum(self.rows[:tables]) / sum(self.seconds[:tables])

    def line(self, ours: float, tables: int | None = None) -> str:
        """Return the line of a table on it."""
        rate, which = self.rate(tables), ", the first table alone" if tables else ""
        return f"| {self.name}{which} | {sum(self.rows[:tables]):,} | {rate:,.0f} | {ours / rate:,.1f} | | |"


def peers() -> list[Peer]:
    """Return those compared."""
    return [
        Peer("OpenFisca-core, texts numbered by Polars", by_openfisca.prepare, by_openfisca.outcomes),
        Peer("OpenFisca-core, texts numbered by itself", by_openfisca.prepare_by_itself, by_openfisca.outcomes),
        Peer("plain Python", by_plain.prepare, by_plain.outcomes, 10 * FEW),
        Peer("zen-engine, decision held compiled", by_zen.prepare, by_zen.outcomes, FEW),
        Peer("zen-engine, decision from its text", by_zen.prepare, by_zen.outcomes_from_text, FEW),
        Peer("durable-rules", by_durable.prepare, by_durable.outcomes, FEW),
    ]


def main(count: int) -> None:
    """Print the comparison on so many rows."""
    others, names = peers(), rows.names()
    outcomes = Ours("exportctl", lambda one: one.outcomes, rows.screening(names))
    full = Ours("exportctl, every column of the result", lambda one: one.answers.height, rows.screening(names))
    for table in rows.tables(count, TABLE):
        expected = pl.concat(outcomes.take(table))
        full.take(table)
        for peer in others:
            peer.take(table, expected)
        print(f"{sum(outcomes.rows):,} rows", file=sys.stderr)
    ours = outcomes.rate()
    print("| engine | rows | rows/s | exportctl is faster by | rows/s, deciding alone | answers that differ |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(outcomes.line(ours), outcomes.line(ours, 1), full.line(ours), sep="\n")
    print(*(peer.line(ours) for peer in others), sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60_000_000)
