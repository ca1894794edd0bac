"""The distinct decisions of a run, each written once: a row holds the number of its decision."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from exportctl.batch.answer import COLUMNS
from exportctl.batch.row_text import as_lines

SHARE, STATED = ("share_low", "share_high"), "stated"
TEXTS = {
    "before": COLUMNS[: COLUMNS.index(SHARE[0])],
    "share": SHARE,
    "behind": COLUMNS[COLUMNS.index(SHARE[1]) + 1 :],
}
KEPT = dict.fromkeys(COLUMNS, pl.String) | {STATED: pl.Boolean}


@dataclass(eq=False)
class Decisions:
    """Decisions by number: what stands in the columns of the result, and whether the share is the one a row states."""

    rulebook: str
    frame: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=KEPT))
    written: dict[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many there are."""
        return self.frame.height

    def add(self, found: pl.DataFrame) -> None:
        """Add further decisions; they have the next numbers."""
        new = found.with_columns(rulebook=pl.lit(self.rulebook)).select(*KEPT)
        self.frame = pl.concat([self.frame, new], rechunk=True)

    def answers(self, numbers: pl.Series, ratios: pl.Series) -> pl.DataFrame:
        """Return what the columns of the result say of rows; `ratios` are the shares they state."""
        found = self.frame[numbers]
        stated = {end: pl.when("stated").then(ratios).otherwise(pl.col(end)) for end in SHARE}
        return found.with_columns(**stated).select(COLUMNS)

    def counted(self, numbers: pl.Series) -> pl.DataFrame:
        """Return the decisions that occur among rows, with the number of their `rows`."""
        counted = numbers.alias("number").value_counts(name="rows")
        return self.frame[counted["number"]].with_columns(counted["rows"])

    def lines(self, numbers: pl.Series, ratios: pl.Series, separator: str) -> pl.DataFrame:
        """Return what stands behind each row in a file of lines, in three parts: before, in and behind the share."""
        found = self._texts(separator).select(pl.all().gather(numbers))
        rows = (found["stated"] & ratios.is_not_null()).arg_true()
        own = ratios.gather(rows)
        twice = pl.DataFrame({"low": own, "high": own}).select(pl.concat_str("low", "high", separator=separator))
        return found.select("before", pl.Series("share", found["share"].scatter(rows, twice.to_series())), "behind")

    def _texts(self, separator: str) -> pl.DataFrame:
        """Return the parts of the text of each decision."""
        known = self.written.get(separator)
        new = self.frame if known is None else self.frame.slice(known.height)
        if known is None or not new.is_empty():
            found = pl.DataFrame({part: as_lines(new.select(names), separator) for part, names in TEXTS.items()})
            found = found.with_columns(new["stated"])
            self.written[separator] = found if known is None else pl.concat([known, found], rechunk=True)
        return self.written[separator]
