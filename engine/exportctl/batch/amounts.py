"""The amounts of a row: checked text by text, and the share that a stated Chinese content makes of the worth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from exportctl.batch import ratio as ratios
from exportctl.batch.cell import fault, read_cell
from exportctl.batch.heading import Headings
from exportctl.batch.reading import Bad
from exportctl.batch.reads import AMOUNTS
from exportctl.batch.worths import GIVEN, NOT_GIVEN, NOTHING_GIVEN, Worths
from exportctl.exact import Interval, written
from exportctl.law.book import RuleBook

_PLAIN = re.compile(ratios.PLAIN)
NOTHING, SOME, MISSING, OTHER = 0, 1, 2, 3
GRAMS = Fraction(1, 1000)
CONTENT, QUANTITY = "item.cn_part1_value", "item.quantity"
UNIT_VALUE, VALUE = "item.unit_value", "item.value"
NONE_STATED = [pl.lit(None, dtype=kind).alias(name) for name, kind in ratios.STATED.items()]


@dataclass(eq=False)
class Amounts:
    """Reads the columns of amounts; nothing is remembered of it. Shares are compared with `marks`, the least first."""

    book: RuleBook
    headings: Headings
    marks: Sequence[Fraction]

    def __post_init__(self) -> None:
        self.columns = {path: name for path in AMOUNTS if (name := self.headings.column_of(path)) is not None}
        self.worths = Worths(self.marks)

    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return, for each row, `worth` (its number), `bad`, and the exact ratio where one is stated (`STATED`)."""
        texts = frame.select(pl.col(name).alias(path) for path, name in self.columns.items())
        plain = texts.select(ratios.amount(path) for path in self.columns)
        kinds = pl.DataFrame({path: self._kinds(texts[path], plain[path], path) for path in self.columns})
        wrong = [pl.col(path) == OTHER for path in kinds.columns]
        found = pl.select(worth=pl.repeat(0, frame.height, dtype=pl.UInt32), bad=pl.repeat(value=False, n=frame.height))
        if wrong:
            found = kinds.select(worth=self._worth().cast(pl.UInt32), bad=pl.any_horizontal(*wrong))
        found = found.with_columns(NONE_STATED)
        return self._stated(texts, plain, kinds, found) if CONTENT in self.columns else found

    def worth(self, texts: Mapping[str, str | None]) -> Fraction | None:
        """Return what one piece in a row of texts that can be read is worth; None where that is not known."""
        return self._worth_of({path: self._amount(texts[name], path) for path, name in self.columns.items()})

    def _kinds(self, texts: pl.Series, plain: pl.Series, path: str) -> pl.Series:
        """Return the kind of each amount, `OTHER` where it is wrong; what is not plain is worked out text by text."""
        blank = texts.is_null() | (texts == "")
        some = pl.when(plain > 0).then(SOME).otherwise(NOTHING)
        known = pl.when(blank).then(MISSING).when(plain.is_null()).then(OTHER).otherwise(some)
        kinds = pl.select(known.cast(pl.UInt8)).to_series()
        if not (kinds == OTHER).any():
            return kinds
        unusual = texts.filter(kinds == OTHER).unique()
        found = pl.Series([self._kind_of(text, path) for text in unusual], dtype=pl.UInt8)
        return texts.replace_strict(unusual, found, default=None).zip_with(kinds == OTHER, kinds)

    def _kind_of(self, text: str, path: str) -> int:
        try:
            amount = self._amount(text, path)
        except ValueError:
            return OTHER
        return MISSING if amount is None else NOTHING if amount == 0 else SOME

    def fault(self, text: str | None, path: str) -> Bad | None:
        """Return what is wrong with the text of an amount, None if nothing is."""
        if text and _PLAIN.fullmatch(text):
            return None
        try:
            self._amount(text, path)
        except ValueError as error:
            return Bad(*fault(error))
        return None

    def _amount(self, text: str | None, path: str) -> Fraction | None:
        if text and _PLAIN.fullmatch(text):
            whole, _, places = text.partition(".")
            return Fraction(int(whole + places), 10 ** len(places))
        found: Interval | None = None if text is None else read_cell(text, path, self.book)
        return None if found is None else found.low

    def _worth(self) -> pl.Expr:
        """Return the class of the worth: it is missing, some or nothing."""
        unit, line = self._of(UNIT_VALUE), self._of(VALUE)
        mass, price = self._of("item.unit_mass_g"), self._of("item.price_per_kg")
        by_mass = pl.when((mass == NOTHING) | (price == NOTHING)).then(NOTHING_GIVEN).otherwise(GIVEN)
        return (
            pl.when(unit != MISSING)
            .then(pl.when(unit == NOTHING).then(NOTHING_GIVEN).otherwise(GIVEN))
            .when((line != MISSING) & (self._of(QUANTITY, SOME) != SOME))
            .then(NOT_GIVEN)
            .when(line != MISSING)
            .then(pl.when(line == NOTHING).then(NOTHING_GIVEN).otherwise(GIVEN))
            .when((mass != MISSING) & (price != MISSING))
            .then(by_mass)
            .otherwise(NOT_GIVEN)
        )

    def _of(self, path: str, absent: int = MISSING) -> pl.Expr:
        return pl.col(path) if path in self.columns else pl.lit(absent, dtype=pl.UInt8)

    def _stated(
        self, texts: pl.DataFrame, plain: pl.DataFrame, kinds: pl.DataFrame, found: pl.DataFrame
    ) -> pl.DataFrame:
        """Return the worth of rows that state their Chinese content."""
        rows = found.select((kinds[CONTENT] < MISSING) & ~pl.col("bad")).to_series().arg_true()
        if rows.is_empty():
            return found
        blank = kinds[UNIT_VALUE] == MISSING if UNIT_VALUE in self.columns else pl.lit(value=True)
        small = plain.select(pl.all().cast(pl.Int64, strict=False))
        each = small.with_columns(some=kinds[CONTENT] == SOME, class_=found["worth"], by_line=blank)
        if len(rows) == texts.height:
            return found.with_columns(self._contents(each, texts))
        return _put(found, rows, self._contents(each[rows], texts[rows]))

    def _contents(self, each: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
        """Return the worth and the ratio of rows: without one, in whole columns, or text by text."""
        undivided = pl.lit(self.worths.undivided).gather(pl.col("class_") * 2 + pl.col("some"))
        found = each.select(undivided.alias("worth"), *NONE_STATED)
        left = each.select(pl.col("some") & (pl.col("class_") == GIVEN)).to_series()
        for path, pieces, here in self._by_columns():
            usual = each.select(left & here & ratios.is_usual(CONTENT, path, pieces)).to_series()
            rows, left = usual.arg_true(), left & ~usual
            divided = ratios.ratios(each[rows], CONTENT, path, pieces)
            worth = self.worths.divided.gather(ratios.sides(divided, self.marks))
            found = _put(found, rows, divided.with_columns(worth.alias("worth")))
        rows = left.arg_true()
        one_by_one = [self._content(row) for row in texts[rows].iter_rows(named=True)]
        return _put(found, rows, pl.DataFrame(one_by_one, {"worth": pl.UInt32, "text": pl.String}, orient="row"))

    def _by_columns(self) -> list[tuple[str, str | None, pl.Expr]]:
        """Return what the content is divided by in whole columns, the pieces this is worth, and where that is so."""
        if not ratios.fits(self.marks):
            return []
        pieces = QUANTITY if QUANTITY in self.columns else None
        known = [(UNIT_VALUE, None, pl.lit(value=True)), (VALUE, pieces, pl.col("by_line"))]
        return [each for each in known if each[0] in self.columns]

    def _content(self, texts: dict[str, str | None]) -> tuple[int, str | None]:
        """Return the worth and the ratio of one row with a content and a worth of more than nothing."""
        amount = {path: self._amount(text, path) for path, text in texts.items()}
        content, worth = amount[CONTENT], self._worth_of(amount)
        if not content or not worth:
            raise AssertionError("a content of nothing is not divided")
        ratio = min(Fraction(1), content / worth)
        return self.worths.divided[ratios.side_of(ratio, self.marks)], written(ratio)

    def _worth_of(self, amount: dict[str, Fraction | None]) -> Fraction | None:
        """Return what one piece is worth, as a case has it."""
        if (unit := amount.get(UNIT_VALUE)) is not None:
            return unit
        if (line := amount.get(VALUE)) is not None:
            many = amount[QUANTITY] if QUANTITY in amount else Fraction(1)
            return line / many if many else None
        mass, price = amount.get("item.unit_mass_g"), amount.get("item.price_per_kg")
        return None if mass is None or price is None else mass * GRAMS * price


def _put(found: pl.DataFrame, rows: pl.Series, part: pl.DataFrame) -> pl.DataFrame:
    """Return a table with the columns of a part put into some of its rows."""
    return found.with_columns(found[own.name].scatter(rows, own) for own in part) if len(rows) else found
