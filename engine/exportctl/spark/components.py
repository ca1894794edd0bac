"""A table of components on a file system of Spark, brought together by assembly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

from exportctl.batch.components import ASSEMBLY, Components, Row, component_paths, read_components
from exportctl.law.book import RuleBook
from exportctl.spark.source import SEPARATORS, ending_of, quoted

CSV = {"header": True, "quote": '"', "escape": '"', "multiLine": True, "mode": "FAILFAST", "enforceSchema": False}


def components_by_spark(spark: SparkSession, address: str, book: RuleBook) -> Components:
    """Return the components in a table; Spark groups them, and every executor gets all of them.

    Raises:
        Refused: with every fault of the table.
        PySparkException: Spark cannot read it.
    """
    ending = ending_of(address)
    read = spark.read.parquet if ending == ".parquet" else spark.read.options(sep=SEPARATORS[ending], **CSV).csv
    frame = read(address)
    paths = component_paths(frame.columns, book, address)
    assembly = next(name for name, path in paths.items() if path == ASSEMBLY)
    cells = [sql.col(quoted(name)).cast("string").alias(str(at)) for at, name in enumerate(paths)]
    numbered = frame.select(
        sql.monotonically_increasing_id().alias("row"), sql.col(quoted(assembly)).alias("of"), *cells
    )
    lines = sql.array_sort(sql.collect_list(sql.struct("row", *map(str, range(len(paths)))))).alias("lines")
    grouped = numbered.groupBy("of").agg(lines).orderBy(sql.col("lines")[0]["row"])

    def rows() -> Iterator[Row]:
        for group in grouped.toLocalIterator():
            for line in group["lines"]:
                yield f"{address}: assembly {group['of']}", dict(zip(paths, line[1:], strict=True))

    return read_components(PurePosixPath(address).name, rows(), paths, book)
