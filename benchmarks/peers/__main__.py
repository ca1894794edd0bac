"""The same shipments under the same rules, by exportctl and by others: rows a second, and where answers differ.

    pip install OpenFisca-Core zen-engine durable-rules
    python benchmarks/peers 20000000

All start from one table of texts in memory and take it in the same pieces, so that none gains by holding all of it at
once; what an engine remembers of a piece, it may use for the next. Those that decide row by row get its first rows.
Each reads its rules beforehand, and gives one outcome a row; a line of its own says what exportctl takes for every
column of its result. "Deciding alone" leaves out what each needs to turn texts into its own types; exportctl does both
in one. It uses two processors where there are two; the others use one, but for what Polars does for them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import by_durable
import by_openfisca
import by_plain
import by_zen
import polars as pl
import rows

FEW, PIECE = 20_000, 500_000


class Peer(NamedTuple):
    """How one of them turns a table into its own types, and decides it."""

    name: str
    prepare: Callable[[pl.DataFrame], Any]
    outcomes: Callable[[Any], Any]
    most: int | None = None


PEERS = [
    Peer("OpenFisca-core, texts numbered by Polars", by_openfisca.prepare, by_openfisca.outcomes),
    Peer("OpenFisca-core, texts numbered by itself", by_openfisca.prepare_by_itself, by_openfisca.outcomes),
    Peer("plain Python", by_plain.prepare, by_plain.outcomes, 200_000),
    Peer("zen-engine, decision held compiled", by_zen.prepare, by_zen.outcomes, FEW),
    Peer("zen-engine, decision from its text", by_zen.prepare, by_zen.outcomes_from_text, FEW),
    Peer("durable-rules", by_durable.prepare, by_durable.outcomes, FEW),
]


def screened(frame: pl.DataFrame) -> tuple[pl.Series, float]:
    """Return exportctl's outcomes and its rows a second, rule book read beforehand as the others' are."""
    screening = rows.screening(frame.columns)
    began = time.perf_counter()
    found = pl.concat([one.outcomes for one in screening.each(frame.iter_slices(PIECE))])
    return found, frame.height / (time.perf_counter() - began)


def answered(frame: pl.DataFrame) -> float:
    """Return how many rows a second exportctl gives every column of the result for."""
    screening = rows.screening(frame.columns)
    began = time.perf_counter()
    many = sum(one.answers.height for one in screening.each(frame.iter_slices(PIECE)))
    return many / (time.perf_counter() - began)


def decided(peer: Peer, frame: pl.DataFrame) -> tuple[pl.Series, float, float]:
    """Return the outcomes of one peer, and the seconds it took to prepare all pieces and to decide them."""
    found, preparing, deciding = [], 0.0, 0.0
    for piece in frame.iter_slices(PIECE):
        began = time.perf_counter()
        prepared = peer.prepare(piece)
        ready = time.perf_counter()
        outcomes = peer.outcomes(prepared)
        deciding += time.perf_counter() - ready
        preparing += ready - began
        found.append(pl.Series(outcomes))
    return pl.concat(found), preparing, deciding


def compared(peer: Peer, frame: pl.DataFrame, expected: pl.Series, ours: float) -> str:
    """Return the line of a table on one peer."""
    part = frame if peer.most is None else frame.head(peer.most)
    found, preparing, deciding = decided(peer, part)
    rate, alone = part.height / (preparing + deciding), part.height / deciding
    wrong = (found != expected.head(part.height)).sum()
    return f"| {peer.name} | {part.height:,} | {rate:,.0f} | {ours / rate:,.1f} | {alone:,.0f} | {wrong:,} |"


def main(count: int) -> None:
    """Print the comparison on so many rows."""
    frame = rows.table(count)
    expected, ours = screened(frame)
    print("| engine | rows | rows/s | exportctl is faster by | rows/s, deciding alone | answers that differ |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(f"| exportctl | {count:,} | {ours:,.0f} | 1.0 | | |")
    full = answered(frame)
    print(f"| exportctl, every column of the result | {count:,} | {full:,.0f} | {ours / full:,.1f} | | |", flush=True)
    for peer in PEERS:
        print(compared(peer, frame, expected, ours), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000_000)
