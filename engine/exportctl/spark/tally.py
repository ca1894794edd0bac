"""What a screening counts, counted by Spark over the rows it decided."""

from __future__ import annotations

from collections import Counter

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql

from exportctl.batch.answer import BETWEEN
from exportctl.batch.counts import NOT_KNOWN, Counts
from exportctl.batch.passage import SEVERAL
from exportctl.spark.source import quoted
from exportctl.spark.work import FAULT, HITS, REJECTED

LINE = "the line"
COLUMN = next(iter(FAULT))


def counts_of(staged: DataFrame, destination: str | None, read: int) -> Counts:
    """Return the counts of decided rows, of which `read` came in; `destination` is the column that says where to."""
    goes_to = sql.lit(None).cast("string") if destination is None else _or(sql.col(quoted(destination)), NOT_KNOWN)
    good = {
        "outcomes": sql.array("outcome"),
        "instruments": _each("instruments"),
        "open_points": _each("open_points"),
        "destinations": sql.array(goes_to),
        "hits": sql.array(HITS),
    }
    of_good = sql.concat(*(_named(table, names) for table, names in good.items()))
    of_bad = _named("problems", sql.array(_or(sql.col(COLUMN), LINE)))
    every = sql.concat(
        _named("rows", sql.array(sql.col(REJECTED).cast("string"))),
        sql.when(sql.col(REJECTED), of_bad).otherwise(of_good),
    )
    counted = staged.select(sql.explode(every).alias("one")).groupBy("one.of", "one.name").count().collect()
    found: dict[str, Counter[str]] = {name: Counter() for name in ("rows", "problems", *good)}
    for row in counted:
        if row["name"] is not None:
            found[row["of"]][row["name"]] = row["count"]
    rows, hits = found.pop("rows"), found.pop("hits")
    counts = Counts(read, rows["false"], rows["true"], **found)
    for lines, number in hits.items():
        counts.add_hits(lines.split(SEVERAL), number)
    return counts


def _named(table: str, names: Column) -> Column:
    """Return names as pairs of the table they count in and the name."""
    return sql.transform(names, lambda name: sql.struct(sql.lit(table).alias("of"), name.alias("name")))


def _each(column: str) -> Column:
    """Return the names in a cell of a column."""
    return sql.filter(sql.split(sql.coalesce(sql.col(column), sql.lit("")), BETWEEN), lambda name: name != "")


def _or(column: Column, blank: str) -> Column:
    return sql.when(sql.coalesce(sql.length(column), sql.lit(0)) == 0, blank).otherwise(column)
