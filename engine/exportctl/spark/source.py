"""A table of shipments on a file system of Spark: its columns, and its rows with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Any, Protocol

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.types import StringType, StructField

from exportctl.batch.lines import SPAN, Lines, read_header
from exportctl.problem import Problem, Refused, did_you_mean
from exportctl.spark.block import PATH, START, VALUE, Blocks, Counted, Place, Seam, seams
from exportctl.spark.work import ROW, Work

SEPARATORS = {".csv": ",", ".tsv": "\t"}
FORMATS = (*SEPARATORS, ".parquet")
COUNTED = f"{PATH} string, {START} long, rows long, tail binary, head binary"


class Source(Protocol):
    """A table of shipments. `names` are its columns as the reader of headings takes them."""

    address: str

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""

    def rows(self, work: Work) -> tuple[DataFrame, Work, int]:
        """Return the rows as Spark has them, the work with how they are read, and how many there are."""

    def fields(self, *, for_text: bool) -> list[StructField]:
        """Return the columns as they stand in the result."""


def open_source(spark: SparkSession, address: str) -> Source:
    """Return a table to read.

    Raises:
        Refused: its format is not known, or it holds no table.
        PySparkException: there is no such file, or Spark cannot read it.
    """
    ending = ending_of(address)
    return Columns(spark, address) if ending == ".parquet" else TextLines(spark, address, SEPARATORS[ending])


def ending_of(address: str) -> str:
    """Return the ending of a name that says the format.

    Raises:
        Refused: it is none that Spark reads and writes here.
    """
    ending = PurePosixPath(address).suffix.lower()
    if ending not in FORMATS:
        hint = did_you_mean(ending, FORMATS) or f"with Spark, use one of {', '.join(FORMATS)}"
        raise Refused([Problem(address, "", f"`{ending}` is no format that Spark reads and writes here", hint)])
    return ending


@dataclass(eq=False)
class Columns:
    """A Parquet file, or a folder of them."""

    spark: SparkSession
    address: str

    def __post_init__(self) -> None:
        self.frame = self.spark.read.parquet(self.address)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return tuple(self.frame.columns)

    def rows(self, work: Work) -> tuple[DataFrame, Work, int]:
        """Return the rows with their numbers, those of each file behind those of the file before it."""
        placed = self.frame.select("*", "_metadata.file_path", "_metadata.row_index")
        counted = placed.groupBy("file_path").count().orderBy("file_path").collect()
        before = [0, *accumulate(row["count"] for row in counted)]
        first = sql.create_map(*(sql.lit(part) for row, at in zip(counted, before, strict=False)
                                 for part in (row["file_path"], at)))  # fmt: skip
        number = sql.element_at(first, sql.col("file_path")) + sql.col("row_index") + 1
        own = [sql.col(quoted(name)) for name in self.names]
        return placed.select(*own, number.cast("long").alias(ROW)), work, before[-1]

    def fields(self, *, for_text: bool) -> list[StructField]:
        """Return the columns, each with its type, or as text."""
        return [StructField(f.name, StringType() if for_text else f.dataType) for f in self.frame.schema.fields]


@dataclass(eq=False)
class TextLines:
    """A CSV or TSV file, or a folder of files with one header. Lines are read by the same code as on one machine."""

    spark: SparkSession
    address: str
    separator: str

    def __post_init__(self) -> None:
        read = self.spark.read.option("lineSep", "\n").text(self.address)
        place = [sql.col("_metadata.file_path").alias(PATH), sql.col("_metadata.file_block_start").alias(START)]
        self.frame = read.select(sql.col("value").cast("binary").alias(VALUE), *place)
        head = b"\n".join(bytes(row[VALUE]) for row in self.frame.where(sql.col(START) == 0).head(SPAN))
        self.header = read_header(head, self.separator, self.address)
        self.lines = Lines(self.header.names, self.separator, self.address)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return self.header.names

    def rows(self, work: Work) -> tuple[DataFrame, Work, int]:
        """Return the lines; the work then knows which rows lie over the border of two blocks."""
        known, count = seams(self._count)
        return self.frame, replace(work, lines=self.lines, header=self.header.lines, seams=known), count

    def _count(self, chosen: Mapping[Place, Seam]) -> dict[Place, Counted]:
        frame = self.frame
        if chosen:
            starts = {start for _, start in chosen}
            frame = frame.where(sql.col(PATH).isin({path for path, _ in chosen}) & sql.col(START).isin(starts))
        found = frame.mapInArrow(counting(Blocks(self.lines, self.header.lines, dict(chosen))), COUNTED).collect()
        each = {(row[PATH], row[START]): Counted(row["rows"], bytes(row["tail"]), bytes(row["head"])) for row in found}
        self._one_header(each)
        return {place: counted for place, counted in each.items() if not chosen or place in chosen}

    def _one_header(self, found: Mapping[Place, Counted]) -> None:
        """Hold the headers of all files against each other."""
        other = [
            Problem(path, "", "has another header than the first file of its folder")
            for (path, start), counted in sorted(found.items())
            if start == 0 and read_header(counted.head, self.separator, path) != self.header
        ]
        if other:
            raise Refused(other)

    def fields(self, *, for_text: bool) -> list[StructField]:  # noqa: ARG002 - all are text
        """Return the columns: all are text."""
        return [StructField(name, StringType()) for name in self.lines.columns]


def counting(blocks: Blocks) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return what counts the blocks in batches of lines."""

    def count(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for (path, start), found in blocks.counted(batches):
            cells: dict[str, Any] = {
                PATH: path,
                START: start,
                "rows": found.rows,
                "tail": found.tail,
                "head": found.head,
            }
            yield pa.RecordBatch.from_pylist([cells])

    return count


def quoted(name: str) -> str:
    """Return the name of a column as an expression of Spark."""
    return "`" + name.replace("`", "``") + "`"
