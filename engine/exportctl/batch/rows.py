"""Distinct rows, by item, what stands around it, stretch of days and worth, and the decision of each.

Each rule is put once to what it can tell apart. Rows to which every rule says the same share one decision.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial

import polars as pl

from exportctl.batch import answer
from exportctl.batch.aspect import Aspect, Drawn
from exportctl.batch.column import Column
from exportctl.batch.control import Controls
from exportctl.batch.decided import Decided
from exportctl.batch.groups import Around, Halves
from exportctl.batch.put import NOT_PUT, put
from exportctl.batch.sample import Parts, Sample, spread
from exportctl.batch.seen import Meaning
from exportctl.batch.share_column import Worth
from exportctl.batch.signature import Signatures
from exportctl.fork import World
from exportctl.law.rule import Rule
from exportctl.law.state import Standing, standing

PARTS = ("item", "about", "day", "worth")
WIDTHS = (20, 24, 8, 12)
SHARES, DAY = "shares", "day"
NOT_ISSUED, MOST_STATES = 0, 2**12
KEPT = {name: pl.String for name in answer.COLUMNS if name != "rulebook"} | {"stated": pl.Boolean}


@dataclass(eq=False)
class Rows:
    """The distinct rows met so far and their decisions; `decisions` has one row for each number."""

    halves: Halves
    meaning: Meaning
    known_on: datetime.date | None
    fixed: World
    keys: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    decided: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt32))
    decisions: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=KEPT))

    def __post_init__(self) -> None:
        rules = sorted(self.meaning.book.rules.items())
        self.controls = Controls(self.meaning, self.known_on)
        self.rules = {name: Aspect(partial(_put, self.meaning, rule)) for name, rule in rules}
        for aspect in self.rules.values():
            aspect.numbers[NOT_PUT] = 0
        self.shares = Aspect(Sample.shares)
        self.states: dict[tuple[str, datetime.date], int] = {}
        self.standings: dict[Hashable, int] = {}
        self.signatures = Signatures((*self.rules, SHARES, *self.halves.items.stated))

    def numbers(
        self, parts: pl.DataFrame, arounds: Sequence[Around], worths: Sequence[Worth], days: Sequence[datetime.date]
    ) -> pl.Series:
        """Return the number of the decision of each row, deciding those that were not met before.

        `parts` are the numbers of its item (twice, and one more when it is described), of what stands around it, of the
        stretch of days and of the worth.
        """
        key = pl.Series(dtype=pl.UInt64) if parts.is_empty() else _key(parts)
        new = key.filter(~key.is_in(self.keys.implode())).unique()
        if not new.is_empty():
            known = Parts(self.halves, self.meaning, self.known_on, arounds, days, worths)
            numbers = self._numbers(known, Drawn(_split(new)))
            self.keys, self.decided = self.keys.append(new), self.decided.append(numbers)
        return key.replace_strict(self.keys, self.decided, return_dtype=pl.UInt32)

    def _numbers(self, parts: Parts, drawn: Drawn) -> pl.Series:
        """Return the numbers of decisions of new rows."""
        columns = {SHARES: self.shares.answers(parts, drawn)}
        columns |= {path: self.halves.items.is_stated(path, drawn.rows["item"] // 2) for path in self._stated}
        codes = {name: column.codes for name, column in columns.items()}
        days = [parts.days[part] for part in drawn.parts["day"]]
        for name, aspect in self.rules.items():
            states = pl.Series([self._state(name, day) for day in days], dtype=pl.UInt32).gather(drawn.codes["day"])
            puts = aspect.answers(parts, drawn)
            put_codes = puts.codes * (states != NOT_ISSUED).cast(pl.UInt32)
            columns[name] = Column(put_codes, puts.values)
            codes[name] = (put_codes * MOST_STATES + states) * (put_codes != 0).cast(pl.UInt32)
        columns[DAY] = Column(drawn.codes["day"], tuple(days))
        key, check = self.signatures.hashed(pl.DataFrame(codes))
        new = self.signatures.new(key)
        if not new.is_empty():
            first = self.decisions.height
            self._decide({name: column.take(new) for name, column in columns.items()})
            self.signatures.learn(key, check, new, range(first, self.decisions.height))
        return self.signatures.number(key, check).cast(pl.UInt32)

    def _state(self, name: str, day: datetime.date) -> int:
        """Return the number of how the provision of a rule stands on a day."""
        if (name, day) not in self.states:
            rule = self.meaning.book.rules[name]
            now = standing(self.meaning.book, rule.instrument, rule.name, day, self.known_on)
            missing = isinstance(now, Standing) and now.state == "not_issued"
            number = NOT_ISSUED if missing else self.standings.setdefault(now, len(self.standings) + 1)
            self.states[name, day] = number
        return self.states[name, day]

    @property
    def _stated(self) -> list[str]:
        return list(self.halves.items.stated)

    def _decide(self, columns: dict[str, Column]) -> None:
        each = {name: spread(column.codes, column.values) for name, column in columns.items()}
        puts = {name: each[name] for name in self.rules}
        stated = {path: each[path] for path in self._stated}
        found = Decided(self.meaning, self.controls, self.fixed, puts, each[DAY], stated).frame()
        share = each[SHARES]
        found = found.with_columns(
            share_low=share.texts(lambda ends: ends[0]),
            share_high=share.texts(lambda ends: ends[1]),
            stated=share.texts(lambda ends: ends[2], pl.Boolean),
        )
        self.decisions = pl.concat([self.decisions, found.select(*KEPT)])


def _put(meaning: Meaning, rule: Rule, sample: Sample) -> Column:
    return put(sample.clauses, meaning, rule)


def _key(parts: pl.DataFrame) -> pl.Series:
    for name, bits in zip(PARTS, WIDTHS, strict=True):
        if parts.select(pl.col(name).max() >= 2**bits).item():
            raise OverflowError(f"more than {2**bits} kinds of {name} in one run")
    found = pl.lit(0, dtype=pl.UInt64)
    for name, bits in zip(PARTS, WIDTHS, strict=True):
        found = found * 2**bits + pl.col(name)
    return parts.select(found).to_series()


def _split(key: pl.Series) -> pl.DataFrame:
    found = {}
    for name, bits in reversed(list(zip(PARTS, WIDTHS, strict=True))):
        found[name] = key % 2**bits
        key = key // 2**bits
    return pl.DataFrame(found)
