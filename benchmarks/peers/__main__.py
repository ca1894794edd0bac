"""The same shipments under the same rules, by exportctl and by others: rows a second, and where answers differ.

    pip install OpenFisca-Core zen-engine durable-rules
    python benchmarks/peers 5000000

All start from one table of texts in memory. Those that decide row by row get its first rows only. "Deciding alone"
leaves out what each needs to turn texts into its own types; exportctl does both in one.
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

FEW = 20_000


class Peer(NamedTuple):
    """How one of them turns a table into its own types, and decides it."""

    name: str
    prepare: Callable[[pl.DataFrame], Any]
    outcomes: Callable[[Any], list[str]]
    most: int | None = None


PEERS = [
    Peer("OpenFisca-core", by_openfisca.prepare, by_openfisca.outcomes),
    Peer("plain Python", by_plain.prepare, by_plain.outcomes, 200_000),
    Peer("zen-engine, decision held compiled", by_zen.prepare, by_zen.outcomes, FEW),
    Peer("zen-engine, decision from its text", by_zen.prepare, by_zen.outcomes_from_text, FEW),
    Peer("durable-rules", by_durable.prepare, by_durable.outcomes, FEW),
]


def screened(frame: pl.DataFrame) -> tuple[pl.Series, float]:
    """Return exportctl's outcomes and its rows a second, rule book read beforehand as the others' are."""
    screening = rows.screening(frame.columns)
    began = time.perf_counter()
    found = screening.screen(frame).answers["outcome"]
    return found, frame.height / (time.perf_counter() - began)


def compared(peer: Peer, frame: pl.DataFrame, expected: pl.Series, ours: float) -> str:
    """Return the line of a table on one peer."""
    part = frame if peer.most is None else frame.head(peer.most)
    began = time.perf_counter()
    prepared = peer.prepare(part)
    ready = time.perf_counter()
    found = peer.outcomes(prepared)
    ended = time.perf_counter()
    rate, alone = part.height / (ended - began), part.height / (ended - ready)
    wrong = (pl.Series(found) != expected.head(part.height)).sum()
    return f"| {peer.name} | {part.height:,} | {rate:,.0f} | {ours / rate:,.1f} | {alone:,.0f} | {wrong:,} |"


def main(count: int) -> None:
    """Print the comparison on so many rows."""
    frame = rows.table(count)
    expected, ours = screened(frame)
    print("| engine | rows | rows/s | exportctl is faster by | rows/s, deciding alone | answers that differ |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(f"| exportctl, every column of the result | {count:,} | {ours:,.0f} | 1.0 | | |")
    for peer in PEERS:
        print(compared(peer, frame, expected, ours), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000)
