"""What screening a ledger costs against the floor, and against a plain copy of the file, in one run.

    python benchmarks/screening.py 100000 1000000 5000000

The floor reads the same file and writes it with the same columns as constants, of the mean length of the real ones, by
Polars alone. Times are of the whole process: wall clock and processor; memory is the peak of the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import ledger
import polars as pl

from exportctl.batch.answer import COLUMNS

FLOOR = """
import sys, polars as pl
source, out, *texts = sys.argv[1:]
frame = pl.scan_csv(source, infer_schema=False, quote_char=None, encoding="utf8-lossy", truncate_ragged_lines=True)
names = texts[0::2]
frame.with_columns(**{name: pl.lit(text) for name, text in zip(names, texts[1::2])}).sink_csv(out)
"""


class Cost(NamedTuple):
    """Seconds by the clock and of the processor, and the peak of memory in MB."""

    wall: float
    processor: float
    memory: float


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


def typical(out: Path) -> list[str]:
    """Return each column of the result and a value of about its mean length, one after the other."""
    frame = pl.read_csv(out, infer_schema=False, n_rows=50_000)
    found = []
    for name in COLUMNS:
        lengths = frame[name].fill_null("").str.len_bytes()
        nearest = (lengths.cast(pl.Int64) - round(float(lengths.mean() or 0))).abs().arg_min()
        found += [name, frame[name].fill_null("")[nearest or 0]]
    return found


def compared(count: int, folder: Path) -> str:
    """Return the line of a table on one ledger."""
    source, out, floor = folder / "ledger.csv", folder / "out.csv", folder / "floor.csv"
    ledger.write(source, count)
    screening = measured([sys.executable, "-m", "exportctl", "screen", str(source), "-o", str(out)])
    constants = measured([sys.executable, "-c", FLOOR, str(source), str(floor), *typical(out)])
    copy = measured(["cp", str(source), str(folder / "copy.csv")])
    rate = count / screening.wall
    return (
        f"| {count:,} | {screening.wall:.1f} | {constants.wall:.1f} | {screening.wall / constants.wall:.2f} "
        f"| {screening.processor / constants.processor:.2f} | {screening.wall / copy.wall:.0f} "
        f"| {rate:,.0f} | {screening.memory:,.0f} |"
    )


if __name__ == "__main__":
    print("| rows | screening, s | floor, s | ratio, clock | ratio, processor | ratio to a copy | rows/s | peak, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in map(int, sys.argv[1:] or ["100000", "1000000", "5000000"]):
        with tempfile.TemporaryDirectory() as place:
            print(compared(size, Path(place)), flush=True)
    print(f"one run on {os.cpu_count()} processors, Polars {pl.__version__}, load {os.getloadavg()[0]:.1f}")
