"""A table of components on a file system of Spark."""

from __future__ import annotations

from pathlib import PurePosixPath

from pyspark.sql import SparkSession

from exportctl.batch.components import Components, component_paths, components_in
from exportctl.law.book import RuleBook
from exportctl.spark.source import open_source


def components_by_spark(spark: SparkSession, address: str, book: RuleBook) -> Components:
    """Return the components in a table, read as on one machine; every executor gets all of them.

    Raises:
        Refused: with every fault of the table.
        PySparkException: Spark cannot read it.
    """
    source = open_source(spark, address)
    paths = component_paths(source.names, book, address)
    return components_in(address, PurePosixPath(address).name, source.chunks(), paths, book)
