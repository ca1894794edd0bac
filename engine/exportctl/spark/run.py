"""A whole table screened by Spark. The result has its name only when it is complete."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.types import BooleanType, LongType, StringType, StructField, StructType

from exportctl.batch.answer import COLUMNS
from exportctl.batch.beside import check_beside
from exportctl.batch.counts import Counts
from exportctl.batch.page import page
from exportctl.batch.run import check_room, hits_file, room, summary_of
from exportctl.batch.terms import Terms
from exportctl.problem import Problem, Refused
from exportctl.spark.hadoop import Place
from exportctl.spark.settings import BLOCKS, kept
from exportctl.spark.source import SEPARATORS, Source, ending_of, quoted
from exportctl.spark.tally import counts_of
from exportctl.spark.work import FAULT, HITS, REJECTED, ROW, Work

CSV = {"header": True, "quote": '"', "escape": '"', "nullValue": "", "emptyValue": "",
       "ignoreLeadingWhiteSpace": False, "ignoreTrailingWhiteSpace": False}  # fmt: skip
PARTIAL = ".partial"
PATIENCE, LOOK, QUIET = 30, 0.1, 10
ALL, RESULT, APART = "all", "result", "rejected"
"""What stands in the partial folder: every row decided, then the result and the rejected rows of it."""


@dataclass(eq=False)
class Run:
    """A screening of one table into another, each with an address on a file system of Spark."""

    spark: SparkSession
    source: Source
    output: str
    terms: Terms
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    def go(self) -> Counts:
        """Screen the table and return the counts.

        Raises:
            Refused: something has the name of the result already, its folder cannot be written to, there are no rows.
            PySparkException: Spark cannot do what it is told; nothing is left under the name of the result.
        """
        check_output(self.spark, self.source.address, self.output)
        partial = Place(self.spark, self.output + PARTIAL)
        self.spark.sparkContext.setJobGroup(self.key, "exportctl screen")
        try:
            check_folder(partial, self.source.address, self.output)
            counts = self._staged(partial.address)
            self._finish(counts, partial.address)
        except BaseException:
            self._cut_off(partial)
            raise
        finally:
            partial.discard()
            self.spark.sparkContext._jsc.clearJobGroup()  # noqa: SLF001 - Python has no word for it
        return counts

    def _cut_off(self, partial: Place) -> None:
        """Throw away what stands in a folder until, but not for ever, nothing is at work that would write there again.

        A call that Ctrl-C ends here goes on in Java, where it may begin another job.
        """
        context = self.spark.sparkContext._jsc.sc()  # noqa: SLF001 - Python knows neither future jobs nor tasks cut off
        context.cancelJobGroupAndFutureJobs(self.key)
        end, quiet = time.monotonic() + PATIENCE, 0
        while time.monotonic() < end and quiet < QUIET:
            busy = partial.exists() or any(one.numRunningTasks() for one in context.statusTracker().getExecutorInfos())
            partial.discard()
            quiet = 0 if busy else quiet + 1
            time.sleep(LOOK)

    def _staged(self, folder: str) -> Counts:
        """Decide every row once, and write result and rejected rows into a folder."""
        ending = ending_of(self.output)
        own = self.source.fields(for_text=ending in SEPARATORS)
        with kept(self.spark, BLOCKS):
            count = self._decide(f"{folder}/{ALL}", own, for_text=ending in SEPARATORS)
        staged = self.spark.read.schema(_schema(own)).parquet(Place(self.spark, f"{folder}/{ALL}").literal)
        good, bad = staged.where(~sql.col(REJECTED)), staged.where(REJECTED)
        _write(good.select(*_named(own)), f"{folder}/{RESULT}", ending)
        faults = [sql.col(ROW).alias("row"), *(sql.col(name).alias(short) for name, short in FAULT.items())]
        _write(bad.select(*faults).orderBy("row").coalesce(1), f"{folder}/{APART}", ".csv")
        counts = counts_of(staged, self.terms.headings.column_of("transfer.to"), count)
        if not counts.balanced:
            raise AssertionError("a row was lost")
        return counts

    def _decide(self, folder: str, own: list[StructField], *, for_text: bool) -> int:
        """Write every row with its answers into a folder, and return how many there are."""
        rows, work, count = self.source.rows(Work(self.key, self.terms, for_text=for_text))
        if not count:
            raise Refused([Problem(self.source.address, "", "holds a header and no rows")])
        sent = self.spark.sparkContext.broadcast(work)
        rows.mapInArrow(_deciding(sent), _schema(own)).write.parquet(folder)
        sent.destroy()
        return count

    def _finish(self, counts: Counts, folder: str) -> None:
        """Give everything its final name, the result last."""
        of = {"input": self.source.address, "spark": self.spark.version, **self.terms.of()}
        data = summary_of(counts, of)
        summary = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        Place(self.spark, self.output + ".summary.json").write(summary)
        Place(self.spark, self.output + ".summary.html").write(page(data))
        if self.terms.parties is not None:
            Place(self.spark, self.output + ".parties.csv").write(hits_file(counts))
        Place(self.spark, f"{folder}/{APART}").move(_anew(self.spark, self.output + ".rejected.csv"))
        Place(self.spark, f"{folder}/{RESULT}").move(Place(self.spark, self.output))


def check_output(spark: SparkSession, source: str, output: str) -> None:
    """Hold the address of the result against what is there, before anything is read.

    Raises:
        Refused: something has that address.
    """
    if Place(spark, output).real in [one.real for one in Place(spark, source).named]:
        raise Refused([Problem(output, "", "the result would overwrite its input", "give `-o` another name")])
    if Place(spark, output).exists():
        hint = "delete it first, or give `-o` another name"
        raise Refused([Problem(output, "", "there is something of this name already", hint)])


def check_lost(spark: SparkSession, output: str, tables: Iterable[str], files: Iterable[str]) -> None:
    """Hold what is written against what is read: tables at addresses of Spark, and files of this machine.

    Raises:
        Refused: something that is read would be lost, or the result would lie inside a table.
    """
    at = {table: Place(spark, table).named for table in tables}
    at |= {file: [Place(spark, Path(file).resolve().as_uri())] for file in files}
    result = Place(spark, output)
    if any(place.holds(result) and not result.holds(place) for places in at.values() for place in places):
        raise Refused([Problem(output, "", "lies inside a table that is read", "give `-o` another name")])
    check_beside(output, at, lambda written, read: any(Place(spark, written).holds(place) for place in at[read]))


def check_folder(partial: Place, source: str, output: str) -> None:
    """Make the folder of an unfinished result anew, and hold its file system against the room that is needed.

    Raises:
        Refused: nothing can be written there, or there is too little room.
    """
    partial.discard()
    if not partial.make():
        raise Refused([Problem(output, "", "its folder cannot be written to")])
    size, kinds = Place(partial.spark, source).size, (output, "decided.parquet")
    needed = sum(room(PurePosixPath(source), PurePosixPath(kind), size) for kind in kinds)
    check_room(str(PurePosixPath(output).parent), partial.free, needed)


def _deciding(sent: Any) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def decide(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from sent.value.decided(batches)

    return decide


def _schema(own: list[StructField]) -> StructType:
    texts = [StructField(name, StringType()) for name in COLUMNS]
    apart = [StructField(ROW, LongType()), StructField(REJECTED, BooleanType()), StructField(HITS, StringType())]
    return StructType([*own, *texts, *apart, *(StructField(name, StringType()) for name in FAULT)])


def _named(own: list[StructField]) -> list[Any]:
    """Return the columns of the result; one that has no heading is named by its place, as Spark does."""
    names = {field.name: f"_c{at}" if field.name.startswith("\1") else field.name for at, field in enumerate(own)}
    return [sql.col(quoted(name)).alias(shown) for name, shown in names.items()] + [sql.col(name) for name in COLUMNS]


def _write(frame: DataFrame, address: str, ending: str) -> None:
    if ending == ".parquet":
        frame.write.parquet(address)
    else:
        options: Mapping[str, Any] = CSV | {"sep": SEPARATORS[ending]}
        frame.write.options(**options).csv(address)


def _anew(spark: SparkSession, address: str) -> Place:
    """Return a place with nothing there: what an earlier run rejected goes."""
    place = Place(spark, address)
    place.discard()
    return place
