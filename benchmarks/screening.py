"""What screening a ledger costs against the floor, and against a plain copy of the file, in one run.

    python benchmarks/screening.py                       0.1, 1 and 5 million rows, lots, and smaller rule books
    python benchmarks/screening.py 20000000              only so many rows
    python benchmarks/screening.py --chart docs/screening-cost.svg

The floor reads the same file and writes it with the same columns as constants, of the mean length of the real ones, by
Polars alone. Floor and screening take turns, twice; the least of each counts. Each runs twice in its turn, since what
writes first has to find fresh memory. Times are of the whole process: wall clock and processor; memory is the peak of
the process.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import chart
import ledger
import polars as pl
import smaller

from exportctl.batch.answer import COLUMNS

SIZES = [100_000, 1_000_000, 5_000_000]
LOTS = 500_000
TWICE_UP_TO = 5_000_000
FLOOR = """
import sys, polars as pl
source, out, *texts = sys.argv[1:]
frame = pl.scan_csv(source, infer_schema=False, quote_char=None, encoding="utf8-lossy", truncate_ragged_lines=True)
names = texts[0::2]
frame.with_columns(**{name: pl.lit(text) for name, text in zip(names, texts[1::2])}).sink_csv(out)
"""
HEAD = "| ledger | rows | screening, s | floor, s | clock | processor | to a copy | rows/s | peak, MB |"


class Cost(NamedTuple):
    """Seconds by the clock and of the processor, and the peak of memory in MB."""

    wall: float
    processor: float
    memory: float


class Line(NamedTuple):
    """One ledger: the least of each cost."""

    name: str
    rows: int
    screening: Cost
    floor: Cost
    copy: Cost

    def __str__(self) -> str:
        mine, floor = self.screening, self.floor
        return (
            f"| {self.name} | {self.rows:,} | {mine.wall:.1f} | {floor.wall:.1f} | {mine.wall / floor.wall:.2f} "
            f"| {mine.processor / floor.processor:.2f} | {mine.wall / self.copy.wall:.0f} "
            f"| {self.rows / mine.wall:,.0f} | {mine.memory:,.0f} |"
        )


def measured(command: list[str]) -> Cost:
    """Return what a command costs.

    Raises:
        subprocess.CalledProcessError: it fails.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own commands
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(status, command)
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def screened(source: Path, out: Path) -> Cost:
    return measured([sys.executable, "-m", "exportctl", "screen", str(source), "-o", str(out)])


def typical(folder: Path, *, lots: bool) -> list[str]:
    """Return each column of the result and a value of about its mean length, one after the other."""
    source, out = folder / "few.csv", folder / "few-out.csv"
    ledger.write(source, 50_000, lots=lots)
    screened(source, out)
    frame = pl.read_csv(out, infer_schema=False)
    found = []
    for name in COLUMNS:
        lengths = frame[name].fill_null("").str.len_bytes()
        nearest = (lengths.cast(pl.Int64) - round(float(lengths.mean() or 0))).abs().arg_min()
        found += [name, frame[name].fill_null("")[nearest or 0]]
    return found


def least(each: list[Cost]) -> Cost:
    return Cost(*map(min, zip(*each, strict=True)))


def compared(count: int, folder: Path, *, lots: bool = False) -> Line:
    """Return what one ledger costs. Nothing big is kept."""
    source, out = folder / "ledger.csv", folder / "out.csv"
    texts = typical(folder, lots=lots)
    ledger.write(source, count, lots=lots)
    copy = emptied(out, lambda: measured(["cp", str(source), str(out)]))
    floors = [sys.executable, "-c", FLOOR, str(source), str(out), *texts]
    mine: list[Cost] = []
    floor: list[Cost] = []
    for _ in range(2 if count <= TWICE_UP_TO else 1):
        floor += [emptied(out, lambda: measured(floors)) for _ in range(2)]
        mine += [emptied(out, lambda: screened(source, out)) for _ in range(2)]
    return Line("lots" if lots else "usual", count, least(mine), least(floor), copy)


def emptied(out: Path, run: Callable[[], Cost]) -> Cost:
    found = run()
    out.unlink()
    return found


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("sizes", nargs="*", type=int)
    asked.add_argument("--chart", type=Path)
    options = asked.parse_args()
    print(HEAD, "| --- " * HEAD.count(" | ") + "| --- |", sep="\n")
    lines = []
    for size, lots in [(size, False) for size in options.sizes or SIZES] + [(LOTS, True)] * (not options.sizes):
        with tempfile.TemporaryDirectory() as place:
            lines.append(compared(size, Path(place), lots=lots))
        print(lines[-1], flush=True)
    books = [] if options.sizes else smaller.costs()
    for book in books:
        print(book, flush=True)
    load = os.getloadavg()[0]
    print(
        f"\n{time.strftime('%Y-%m-%d', time.gmtime())}, {os.cpu_count()} processors, load {load:.1f} at the end, "
        f"Polars {pl.__version__}, {platform.python_implementation()} {platform.python_version()}"
    )
    if options.chart:
        options.chart.write_text(chart.drawn(lines, books), encoding="utf-8")


if __name__ == "__main__":
    main()
