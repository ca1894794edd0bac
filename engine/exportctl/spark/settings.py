"""What Spark is told for a screening, so that it reads and writes what one machine does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from py4j.protocol import Py4JError
from pyspark.sql import SparkSession

SETTINGS = {
    "spark.sql.caseSensitive": "true", "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}  # fmt: skip
BLOCKS = ("spark.sql.files.maxPartitionBytes", "spark.sql.files.minPartitionNum")


@contextmanager
def kept(spark: SparkSession, names: Iterable[str]) -> Iterator[None]:
    """Give a session its own settings back at the end, whatever they are set to meanwhile."""
    before = {name: spark.conf.get(name, None) for name in names}
    try:
        yield
    finally:
        with suppress(Py4JError, OSError):
            for name, value in before.items():
                spark.conf.unset(name) if value is None else spark.conf.set(name, value)
