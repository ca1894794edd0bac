"""The amounts of a row: checked text by text, and the share that a stated Chinese content makes of the worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import polars as pl

from exportctl.batch.cell import read_cell
from exportctl.batch.heading import Headings
from exportctl.batch.reading import Bad
from exportctl.batch.reads import AMOUNTS
from exportctl.batch.share_column import UNIT, Worth, standing_for
from exportctl.exact import ZERO, Interval, written
from exportctl.law.book import RuleBook

PLAIN = r"^\d{1,18}(\.\d{1,9})?$"
_PLAIN = re.compile(PLAIN, re.ASCII)
NOTHING, SOME, MISSING, OTHER = 0, 1, 2, 3
GRAMS = Fraction(1, 1000)
CONTENT = "item.cn_part1_value"
UNKNOWN = Worth(given=False, zero=False)
SOME_WORTH = Worth(given=True, zero=False)
NO_WORTH = Worth(given=True, zero=True)


@dataclass(eq=False)
class Amounts:
    """Reads the columns of amounts. `worths` are the distinct kinds of worth, numbered."""

    book: RuleBook
    headings: Headings
    marks: Sequence[Fraction]
    worths: dict[Worth, int] = field(default_factory=dict)
    bad: dict[tuple[str, str], Bad] = field(default_factory=dict)
    sides: dict[tuple[int, ...], Worth] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = {path: name for path in AMOUNTS if (name := self.headings.column_of(path)) is not None}
        self.worths |= {worth: number for number, worth in enumerate((UNKNOWN, SOME_WORTH, NO_WORTH))}

    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return, for each row, `worth` (its number), `bad`, and the exact `ratio` where one is stated."""
        kinds = pl.DataFrame({path: frame.select(_kind(name)).to_series() for path, name in self.columns.items()})
        for path, name in self.columns.items():
            kinds = kinds.with_columns(self._others(frame[name], kinds[path], name, path).alias(path))
        wrong = [pl.col(path) == OTHER for path in kinds.columns]
        found = pl.select(worth=pl.repeat(0, frame.height, dtype=pl.UInt32), bad=pl.repeat(value=False, n=frame.height))
        if wrong:
            found = kinds.select(worth=self._worth().cast(pl.UInt32), bad=pl.any_horizontal(*wrong))
        found = found.with_columns(ratio=pl.lit(None, dtype=pl.String))
        return self._stated(frame, kinds, found) if CONTENT in self.columns else found

    def _others(self, texts: pl.Series, kinds: pl.Series, name: str, path: str) -> pl.Series:
        """Return the kinds with those of unusual texts worked out one by one; `OTHER` stays where one is wrong."""
        unusual = texts.filter(kinds == OTHER).unique().to_list()
        if not unusual:
            return kinds
        found = {text: self._kind_of(text, name, path) for text in unusual}
        mapped = texts.replace_strict(list(found), list(found.values()), default=None, return_dtype=pl.UInt8)
        return mapped.zip_with(kinds == OTHER, kinds)

    def _kind_of(self, text: str, name: str, path: str) -> int:
        try:
            amount = self._amount(text, path)
        except ValueError as error:
            problem, _, hint = str(error).partition("; ")
            self.bad[name, text] = Bad(problem, hint)
            return OTHER
        return MISSING if amount is None else NOTHING if amount == 0 else SOME

    def _amount(self, text: str | None, path: str) -> Fraction | None:
        if text and _PLAIN.fullmatch(text):
            whole, _, places = text.partition(".")
            return Fraction(int(whole + places), 10 ** len(places))
        found: Interval | None = None if text is None else read_cell(text, path, self.book)
        return None if found is None else found.low

    def _worth(self) -> pl.Expr:
        """Return the number of the worth as far as it is missing, some or nothing."""
        unit, line = self._of("item.unit_value"), self._of("item.value")
        mass, price = self._of("item.unit_mass_g"), self._of("item.price_per_kg")
        by_mass = pl.when((mass == NOTHING) | (price == NOTHING)).then(2).otherwise(1)
        return (
            pl.when(unit != MISSING)
            .then(pl.when(unit == NOTHING).then(2).otherwise(1))
            .when((line != MISSING) & (self._of("item.quantity", SOME) != SOME))
            .then(0)
            .when(line != MISSING)
            .then(pl.when(line == NOTHING).then(2).otherwise(1))
            .when((mass != MISSING) & (price != MISSING))
            .then(by_mass)
            .otherwise(0)
        )

    def _of(self, path: str, absent: int = MISSING) -> pl.Expr:
        return pl.col(path) if path in self.columns else pl.lit(absent, dtype=pl.UInt8)

    def _stated(self, frame: pl.DataFrame, kinds: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
        """Return the worth of rows that state their Chinese content, worked out for each distinct set of amounts."""
        rows = found.select((kinds[CONTENT] < MISSING) & ~pl.col("bad")).to_series().arg_true()
        if rows.is_empty():
            return found
        names = list(self.columns.values())
        each = [
            self._content(dict(zip(self.columns, texts, strict=True)))
            for texts in frame.select(names)[rows].iter_rows()
        ]
        numbers = pl.Series([self.worths.setdefault(worth, len(self.worths)) for worth, _ in each], dtype=pl.UInt32)
        ratios = pl.Series([ratio for _, ratio in each], dtype=pl.String)
        worth, ratio = found["worth"].scatter(rows, numbers), found["ratio"].scatter(rows, ratios)
        return found.with_columns(worth, ratio)

    def _content(self, texts: dict[str, str | None]) -> tuple[Worth, str | None]:
        amount = {path: self._amount(text, path) for path, text in texts.items()}
        content, worth = amount[CONTENT] or Fraction(0), self._worth_of(amount)
        if not content:
            return Worth(worth is not None, worth == 0, ZERO), None
        if not worth:
            return Worth(worth is not None, worth == 0, UNIT), None
        ratio = min(Fraction(1), content / worth)
        side = tuple((ratio > mark) - (ratio < mark) for mark in self.marks)
        if side not in self.sides:
            stands = Interval.at(standing_for(ratio, self.marks))
            self.sides[side] = Worth(given=True, zero=False, content=stands)
        return self.sides[side], written(ratio)

    def _worth_of(self, amount: dict[str, Fraction | None]) -> Fraction | None:
        """Return what one piece is worth, as a case has it."""
        if (unit := amount.get("item.unit_value")) is not None:
            return unit
        if (line := amount.get("item.value")) is not None:
            many = amount["item.quantity"] if "item.quantity" in amount else Fraction(1)
            return line / many if many else None
        mass, price = amount.get("item.unit_mass_g"), amount.get("item.price_per_kg")
        return None if mass is None or price is None else mass * GRAMS * price


def _kind(name: str) -> pl.Expr:
    """Return whether a text is blank, a plain number that is nothing or something, or anything else."""
    text: Any = pl.col(name)
    blank = text.is_null() | (text == "")
    return (
        pl.when(blank)
        .then(MISSING)
        .when(~text.str.contains(PLAIN))
        .then(OTHER)
        .when(text.str.contains("[1-9]"))
        .then(SOME)
        .otherwise(NOTHING)
        .cast(pl.UInt8)
    )
