"""What Spark with one and with two executors costs beside one machine, on the same ledger, in one run.

    pip install 'exportctl[spark]'
    python benchmarks/spark.py 1000000

Executors are processes of their own on this machine, with one core each. Seconds are of the whole command by the clock,
with the start of Java and of the executors. The results are held against each other, row for row after sorting.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import ledger
import polars as pl
import pyspark
from screening import Cost, measured

EXECUTORS = (1, 2)
MEMORY = 2048
HEAD = "| engine | rows | s | rows/s | to one machine | as on one machine |"


def screened(source: Path, out: Path, *options: str) -> Cost:
    return measured([sys.executable, "-m", "exportctl", "screen", str(source), "-o", str(out), *options])


def rows_of(out: Path) -> pl.DataFrame:
    """Return the rows of a result, which is a file or a folder of files, sorted."""
    files = sorted(out.glob("part-*.csv")) if out.is_dir() else [out]
    frame = pl.concat([pl.read_csv(file, infer_schema=False) for file in files])
    return frame.with_columns(pl.all().fill_null("")).sort(pl.all())


def line(engine: str, count: int, cost: Cost, alone: Cost, alike: str) -> str:
    ratio = cost.wall / alone.wall
    return f"| {engine} | {count:,} | {cost.wall:.1f} | {count / cost.wall:,.0f} | {ratio:.1f} | {alike} |"


def compared(count: int, folder: Path) -> None:
    """Print what each engine takes for a ledger of so many rows."""
    source, one = folder / "ledger.csv", folder / "one.csv"
    ledger.write(source, count)
    alone = screened(source, one)
    print(line("one machine", count, alone, alone, ""), flush=True)
    expected = rows_of(one)
    for executors in EXECUTORS:
        out = folder / f"spark{executors}.csv"
        master = f"local-cluster[{executors},1,{MEMORY}]"
        cost = screened(source, out, "--engine", "spark", "--master", master)
        alike = "yes" if rows_of(out).equals(expected) else "NO"
        print(line(f"Spark, {executors} x 1 core", count, cost, alone, alike), flush=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(HEAD, "| --- " * HEAD.count(" | ") + "| --- |", sep="\n")
    with tempfile.TemporaryDirectory() as place:
        compared(count, Path(place))
    print(
        f"\n{time.strftime('%Y-%m-%d', time.gmtime())}, {os.cpu_count()} processors, Spark {pyspark.__version__}, "
        f"Polars {pl.__version__}, {platform.python_implementation()} {platform.python_version()}"
    )


if __name__ == "__main__":
    main()
