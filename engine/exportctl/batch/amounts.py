"""The amounts of a row: checked text by text, and the share that a stated Chinese content makes of the worth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import polars as pl

from exportctl.batch import ratio as ratios
from exportctl.batch.cell import fault, read_cell
from exportctl.batch.heading import Headings
from exportctl.batch.reading import Bad
from exportctl.batch.reads import AMOUNTS
from exportctl.batch.share_column import UNIT, Worth, standing_for
from exportctl.exact import ZERO, Interval, written
from exportctl.law.book import RuleBook

PLAIN = r"^[0-9]{1,18}(\.[0-9]{1,9})?$"
_PLAIN = re.compile(PLAIN)
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
    sides: dict[int, Worth] = field(default_factory=dict)

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

    def worth(self, texts: Mapping[str, str | None]) -> Fraction | None:
        """Return what one piece in a row of texts that can be read is worth; None where that is not known."""
        return self._worth_of({path: self._amount(texts[name], path) for path, name in self.columns.items()})

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
            problem, hint = fault(error)
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
        """Return the worth of rows that state their Chinese content."""
        rows = found.select((kinds[CONTENT] < MISSING) & ~pl.col("bad")).to_series().arg_true()
        if rows.is_empty():
            return found
        each = pl.DataFrame({path: frame[name].gather(rows) for path, name in self.columns.items()})
        each = each.with_columns(some=kinds[CONTENT].gather(rows) == SOME, class_=found["worth"].gather(rows))
        numbers, ratios = self._contents(each.with_row_index("at"))
        worth, ratio = found["worth"].scatter(rows, numbers), found["ratio"].scatter(rows, ratios)
        return found.with_columns(worth, ratio)

    def _contents(self, each: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        """Return the worth and the ratio of rows: without one, in whole columns, or text by text."""
        divided = pl.col("some") & (pl.col("class_") == self.worths[SOME_WORTH])
        number = pl.repeat(0, each.height, dtype=pl.UInt32, eager=True)
        ratio = pl.repeat(None, each.height, dtype=pl.String, eager=True)
        none = each.filter(~divided)
        number = number.scatter(none["at"], self._undivided(none))
        each = each.filter(divided)
        for path, pieces in self._by_columns():
            usual = each.select(ratios.is_usual(CONTENT, path, pieces, each.columns).fill_null(value=False)).to_series()
            some, each = each.filter(usual), each.filter(~usual)
            found = ratios.ratios(some, CONTENT, path, pieces)
            number = number.scatter(some["at"], self._of_sides(found))
            ratio = ratio.scatter(some["at"], ratios.texts(found))
        one_by_one = [self._content(texts) for texts in each.select(*self.columns).iter_rows(named=True)]
        number = number.scatter(each["at"], pl.Series([number for number, _ in one_by_one], dtype=pl.UInt32))
        return number, ratio.scatter(each["at"], pl.Series([text for _, text in one_by_one], dtype=pl.String))

    def _by_columns(self) -> list[tuple[str, str | None]]:
        """Return what the content is divided by in whole columns, with the pieces this is worth."""
        if not ratios.fits(self.marks):
            return []
        pieces = "item.quantity" if "item.quantity" in self.columns else None
        known: list[tuple[str, str | None]] = [("item.unit_value", None), ("item.value", pieces)]
        return [(path, count) for path, count in known if path in self.columns]

    def _undivided(self, each: pl.DataFrame) -> pl.Series:
        """Return the worth of rows of which the content or the worth is nothing or not known."""
        kinds = {number: worth for worth, number in self.worths.items() if worth.content is None}
        table = {(some, number): self._number(Worth(one.given, one.zero, UNIT if some else ZERO))
                 for number, one in kinds.items() for some in (False, True)}  # fmt: skip
        found = [table[key] for key in each.select("some", "class_").iter_rows()]
        return pl.Series(found, dtype=pl.UInt32)

    def _number(self, worth: Worth) -> int:
        return self.worths.setdefault(worth, len(self.worths))

    def _of_sides(self, found: pl.DataFrame) -> pl.Series:
        """Return the worth of ratios by the side of every mark they lie on."""
        side = ratios.sides(found, self.marks)
        first = found.with_columns(side=side).unique("side", keep="first")
        known = [self._divided(Fraction(top, below)) for top, below in first.select("top", "below").iter_rows()]
        return side.replace_strict(first["side"], pl.Series(known, dtype=pl.UInt32), return_dtype=pl.UInt32)

    def _content(self, texts: dict[str, str | None]) -> tuple[int, str | None]:
        """Return the worth and the ratio of one row with a content and a worth of more than nothing."""
        amount = {path: self._amount(text, path) for path, text in texts.items()}
        content, worth = amount[CONTENT], self._worth_of(amount)
        if not content or not worth:
            raise AssertionError("a content of nothing is not divided")
        ratio = min(Fraction(1), content / worth)
        return self._divided(ratio), written(ratio)

    def _divided(self, ratio: Fraction) -> int:
        """Return the number of the worth of an item with this share: one ratio stands for all on the same sides."""
        side = ratios.side_of(ratio, self.marks)
        if side not in self.sides:
            self.sides[side] = Worth(given=True, zero=False, content=Interval.at(standing_for(ratio, self.marks)))
        return self._number(self.sides[side])

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
