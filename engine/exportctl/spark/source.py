"""A table of shipments on a file system of Spark: its columns, and its rows with their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Any, Protocol

import polars as pl
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.types import StringType, StructField

from exportctl.batch.chunk import Chunk, rejected_lines
from exportctl.batch.lines import SPAN, Header, Lines, read_header
from exportctl.batch.tables import texts
from exportctl.problem import Problem, Refused, did_you_mean
from exportctl.spark.block import PATH, START, VALUE, Blocks, Counted, Seam, seams
from exportctl.spark.block import Place as BlockPlace
from exportctl.spark.hadoop import Place
from exportctl.spark.settings import BLOCKS, kept
from exportctl.spark.work import ROW, Work

SEPARATORS = {".csv": ",", ".tsv": "\t"}
FORMATS = (*SEPARATORS, ".parquet")
WHOLE: dict[str, Any] = {"ignoreCorruptFiles": False, "ignoreMissingFiles": False}
OVERLOOKED = "Spark overlooks files whose names begin with `_` or `.`"
INSIDE = "is a folder inside the table, and its rows would be missing"
ONE_TYPE = "write every column in one type in all files"
PATTERNS = "move its files up, or name the files by a pattern such as `table/*/*.csv`"
BEFORE_NAMES = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:(?://[^/]*)?(?=/)")
FILE, AT = "\1file", "\1at"
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

    def chunks(self) -> list[Chunk]:
        """Return all rows, brought here, in their order."""


def open_source(spark: SparkSession, address: str) -> Source:
    """Return a table to read.

    Raises:
        Refused: its format is not known, there is no such file, or not all of it would be read.
        PySparkException: Spark cannot read it.
    """
    ending = ending_of(address)
    _check_whole(Place(spark, address), by_column=ending == ".parquet")
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


def check_address(address: str) -> None:
    """Hold an address against what Hadoop takes for one.

    Raises:
        Refused: a name in it holds a colon.
    """
    if ":" in BEFORE_NAMES.sub("", address, count=1):
        hint = "give it another name; a whole address looks like `hdfs://host:9000/table.csv`"
        raise Refused([Problem(address, "", "holds `:`, which Spark's file systems do not take in a name", hint)])


def _check_whole(place: Place, *, by_column: bool) -> None:
    """Hold a table against what Spark overlooks; `by_column` says that folders such as `year=2026` are columns.

    Raises:
        Refused: with every file and folder whose rows would be missing.
    """
    if not place.named:
        raise Refused([Problem(place.address, "", "there is no such file")])
    found = [Problem(one.address, "", OVERLOOKED, "give it another name") for one in place.named if one.hidden]
    for one in place.named:
        found += [Problem(folder.address, "", INSIDE, PATTERNS) for folder in _strays(one, by_column=by_column)]
    if found:
        raise Refused(found)


def _strays(place: Place, *, by_column: bool) -> Iterator[Place]:
    for folder in place.folders():
        if by_column and "=" in PurePosixPath(folder.address).name:
            yield from _strays(folder, by_column=by_column)
        else:
            yield folder


@dataclass(eq=False)
class Columns:
    """A Parquet file, or a folder of them."""

    spark: SparkSession
    address: str

    def __post_init__(self) -> None:
        read = self.spark.read.options(mergeSchema=True, **WHOLE)
        try:
            self.frame = read.parquet(Place(self.spark, self.address).literal)
        except (PySparkException, Py4JError) as error:
            if "CANNOT_MERGE_SCHEMAS" not in str(error):
                raise
            raise Refused([Problem(self.address, "", "its files hold a column in two types", ONE_TYPE)]) from None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return tuple(self.frame.columns)

    def rows(self, work: Work) -> tuple[DataFrame, Work, int]:
        """Return the rows with their numbers, those of each file behind those of the file before it."""
        frame, count = self._numbered()
        return frame, work, count

    def _numbered(self) -> tuple[DataFrame, int]:
        of_spark = self.frame.metadataColumn("_metadata")
        place = [of_spark.getField("file_path").alias(FILE), of_spark.getField("row_index").alias(AT)]
        placed = self.frame.select("*", *place)
        counted = placed.groupBy(FILE).count().orderBy(FILE).collect()
        before = [0, *accumulate(row["count"] for row in counted)]
        first = sql.create_map(*(sql.lit(part) for row, at in zip(counted, before, strict=False)
                                 for part in (row[FILE], at)))  # fmt: skip
        number = sql.element_at(first, sql.col(FILE)) + sql.col(AT) + 1
        own = [sql.col(quoted(name)) for name in self.names]
        return placed.select(*own, number.cast("long").alias(ROW)), before[-1]

    def fields(self, *, for_text: bool) -> list[StructField]:
        """Return the columns, each with its type, or as text."""
        return [StructField(f.name, StringType() if for_text else f.dataType) for f in self.frame.schema.fields]

    def chunks(self) -> list[Chunk]:
        """Return all rows, brought here, in their order."""
        table = pl.DataFrame(self._numbered()[0].toArrow()).sort(ROW)
        frame = table.drop(ROW)
        return [Chunk(frame, texts(frame), table[ROW], rejected_lines([]), 0, table.height + 1)]


@dataclass(eq=False)
class TextLines:
    """A CSV or TSV file, or a folder of files with one header. Lines are read by the same code as on one machine."""

    spark: SparkSession
    address: str
    separator: str

    def __post_init__(self) -> None:
        place = Place(self.spark, self.address)
        self.size = place.size
        read = self.spark.read.options(lineSep="\n", **WHOLE).text(place.literal)
        block = [sql.col("_metadata.file_path").alias(PATH), sql.col("_metadata.file_block_start").alias(START)]
        self.frame = read.select(sql.col("value").cast("binary").alias(VALUE), *block)
        lines = self.frame.where(sql.col(START) == 0).head(SPAN)
        self.first = lines[0][PATH] if lines else self.address
        head = b"".join(bytes(row[VALUE]) + b"\n" for row in lines if row[PATH] == self.first)
        self.header = read_header(head, self.separator, self.address)
        self.lines = Lines(self.header.names, self.separator, self.address)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return self.header.names

    def rows(self, work: Work) -> tuple[DataFrame, Work, int]:
        """Return the lines; the work then knows which rows lie over the border of two blocks."""
        _cut_alike(self.spark, self.size)
        known, count = seams(self._count)
        return self.frame, replace(work, lines=self.lines, header=self.header.lines, seams=known), count

    def _count(self, chosen: Mapping[BlockPlace, Seam]) -> dict[BlockPlace, Counted]:
        frame = self.frame
        if chosen:
            starts = {start for _, start in chosen}
            frame = frame.where(sql.col(PATH).isin({path for path, _ in chosen}) & sql.col(START).isin(starts))
        found = frame.mapInArrow(counting(Blocks(self.lines, self.header.lines, dict(chosen))), COUNTED).collect()
        each = {(row[PATH], row[START]): Counted(row["rows"], bytes(row["tail"]), bytes(row["head"])) for row in found}
        self._one_header(each)
        return {place: counted for place, counted in each.items() if not chosen or place in chosen}

    def _one_header(self, found: Mapping[BlockPlace, Counted]) -> None:
        """Hold the headers of all files against each other."""
        other = [
            Problem(path, "", f"has another header than `{self.first}`")
            for (path, start), counted in sorted(found.items())
            if start == 0 and not self._alike(read_header(counted.head, self.separator, path))
        ]
        if other:
            raise Refused(other)

    def _alike(self, header: Header) -> bool:
        return (header.names, header.lines) == (self.header.names, self.header.lines)

    def chunks(self) -> list[Chunk]:
        """Return all rows, brought here, in their order."""
        with kept(self.spark, BLOCKS):
            _cut_alike(self.spark, self.size)
            known, _ = seams(self._count)
            found = list(Blocks(self.lines, self.header.lines, known).chunks(iter(self.frame.toArrow().to_batches())))
        return sorted(found, key=lambda chunk: chunk.next_row)

    def fields(self, *, for_text: bool) -> list[StructField]:  # noqa: ARG002 - all are text
        """Return the columns: all are text."""
        return [StructField(name, StringType()) for name in self.lines.columns]


def _cut_alike(spark: SparkSession, size: int) -> None:
    """Let Spark cut files into the same blocks whichever of them it reads, and however many executors there are.

    Left alone, it reckons the size of a block from both, each time anew; this is the size that it takes for all files.
    """
    known = spark._jsparkSession.sessionState().conf()  # noqa: SLF001 - bytes, however they are written down
    even = size // spark.sparkContext.defaultParallelism
    block = min(int(known.filesMaxPartitionBytes()), max(int(known.filesOpenCostInBytes()), even, 1))
    for name, value in zip(BLOCKS, (block, 1), strict=True):
        spark.conf.set(name, value)


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
