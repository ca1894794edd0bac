"""What a screening counts while it goes: rows by outcome, instrument, destination, open point, reason of rejection."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from exportctl.batch.answer import BETWEEN
from exportctl.batch.passage import SEVERAL, Passed

NOT_KNOWN = "not known"
TABLES = ("outcomes", "instruments", "destinations", "open_points", "problems", "parties", "hits")
CLASSES = ("match", "possible_affiliate", "weak")


@dataclass(eq=False)
class Counts:
    """Numbers of rows. `parties` are by the strongest hit of a row in a list of parties, `hits` by the hit, as JSON."""

    read: int = 0
    written: int = 0
    rejected: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    instruments: Counter[str] = field(default_factory=Counter)
    destinations: Counter[str] = field(default_factory=Counter)
    open_points: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)

    def add(self, found: Passed, read: int) -> None:
        """Count one chunk of so many rows."""
        decisions, destination, rejected = found.screened.counted, found.destination, found.rejected
        self.read += read
        self.written += int(decisions["rows"].sum())
        self.rejected += rejected.height
        self.outcomes += _weighed(decisions, "outcome")
        self.instruments += _split(_weighed(decisions, "instruments"))
        self.open_points += _split(_weighed(decisions, "open_points"))
        if destination is not None:
            self.destinations += Counter({k or NOT_KNOWN: n for k, n in _by_value(destination).items()})
        self.problems += Counter({name or "the line": n for name, n in _by_value(rejected["column"]).items()})
        for lines, number in _by_value(found.hits.drop_nulls()).items():
            self.add_hits(lines.split(SEVERAL), number)

    def add_hits(self, hits: list[str], rows: int) -> None:
        """Count the hits that so many rows have in a list of parties."""
        self.hits += Counter(dict.fromkeys(hits, rows))
        classes = {json.loads(hit)["class"] for hit in hits}
        self.parties[next(name for name in CLASSES if name in classes)] += rows

    @property
    def balanced(self) -> bool:
        """Whether every row that came in went out or was rejected."""
        return self.read == self.written + self.rejected

    def as_data(self) -> dict[str, Any]:
        """Return the counts for a JSON file, the greatest first."""
        each = {name: dict(sorted(getattr(self, name).items(), key=_rank)) for name in TABLES}
        return {"rows_in": self.read, "rows_out": self.written, "rows_rejected": self.rejected, **each}

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> Counts:
        """Return counts as a journal kept them."""
        tables = {name: Counter(data[name]) for name in TABLES}
        return cls(data["rows_in"], data["rows_out"], data["rows_rejected"], **tables)


def _rank(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _by_value(series: pl.Series) -> Counter[str]:
    counted = series.fill_null("").value_counts()
    return Counter(dict(counted.iter_rows()))


def _weighed(decisions: pl.DataFrame, name: str) -> Counter[str]:
    counted = decisions.group_by(pl.col(name).fill_null("")).agg(pl.col("rows").sum())
    return Counter(dict(counted.iter_rows()))


def _split(counted: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text, number in counted.items():
        for name in text.split(BETWEEN) if text else ():
            found[name] += number
    return found
