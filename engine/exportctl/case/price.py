"""The user's own tables: prices by kilogram and rates of exchange, every row with its date and source."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from exportctl.exact import Interval, number
from exportctl.law.strict import Text
from exportctl.problem import Problem, Refused, did_you_mean
from exportctl.strict_yaml import read_text

PRICE_COLUMNS = ("part_number", "form", "element", "magnet", "low", "high", "currency", "date", "source")
RATE_COLUMNS = ("currency", "rate", "date", "source")
OPTIONAL = ("part_number", "form", "element", "magnet")
HALF = 50


@dataclass(frozen=True)
class Price:
    """What a kilogram costs: `of` is what the priced item is known by, `amount` an interval in `currency`."""

    of: Mapping[str, str]
    amount: Interval
    currency: str
    date: datetime.date
    source: str

    def fits(self, given: Mapping[str, Any]) -> bool:
        """Return whether it is the price of an item with these facts."""
        return all(_known(given, name) == wanted for name, wanted in self.of.items())

    @property
    def said(self) -> Text:
        """The price with its date and source, as an assumption."""
        what = ", ".join(self.of.values())
        rest = f"{self.amount} {self.currency}/kg, {self.date}, {self.source}"
        return Text(en=f"price of {what}: {rest}", zh=f"{what}的价格：{rest}")


@dataclass(frozen=True)
class Rate:
    """What one unit of a currency is worth in the unit that all rates of a table share."""

    worth: Fraction
    said: Text


@dataclass(frozen=True)
class Tables:
    """What a user brings to value things by: prices, and rates by currency."""

    prices: tuple[Price, ...] = ()
    rates: Mapping[str, Rate] | None = None

    def price_of(self, given: Mapping[str, Any]) -> Price | None:
        """Return the price of an item: by its part number, else the one row that names the most of what it is."""
        fitting = [price for price in self.prices if price.fits(given)]
        return max(fitting, key=lambda price: ("part_number" in price.of, len(price.of)), default=None)


def read_prices(path: Path) -> tuple[Price, ...]:
    """Return the prices in a CSV file with the columns of PRICE_COLUMNS; what a row leaves blank does not matter.

    Raises:
        Refused: with every fault of the file.
    """
    return tuple(_read(path, PRICE_COLUMNS, _price))


def read_rates(path: Path) -> dict[str, Rate]:
    """Return the rates in a CSV file with the columns currency, rate, date, source.

    Raises:
        Refused: with every fault of the file.
    """
    found = _read(path, RATE_COLUMNS, _rate)
    twice = sorted({name for name, _ in found if [n for n, _ in found].count(name) > 1})
    if twice:
        raise Refused([Problem(str(path), "currency", f"`{name}` has more than one rate") for name in twice])
    return dict(found)


def _read(path: Path, columns: tuple[str, ...], one: Callable[[Mapping[str, str]], Any]) -> list[Any]:
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise Refused([Problem(f"{path}:{reader.reader.line_num}", "", f"cannot be read as CSV: {error}")]) from None
    problems = list(_header(reader.fieldnames or (), columns, str(path)))
    if problems:
        raise Refused(problems)
    found = []
    for line, row in rows:
        cells = {name: (row.get(name) or "").strip() for name in columns}
        if len(row) > len(reader.fieldnames or ()):
            problems.append(Problem(f"{path}:{line}", "", "has more cells than there are columns"))
            continue
        try:
            found.append(one(cells))
        except ValueError as error:
            problems.append(Problem(f"{path}:{line}", "", str(error)))
    if problems:
        raise Refused(problems)
    return found


def _header(names: Any, columns: tuple[str, ...], place: str) -> Iterator[Problem]:
    for name in names:
        if name not in columns:
            yield Problem(f"{place}:1", "", f"unknown column `{name}`", did_you_mean(str(name), columns))
    for name in columns:
        if name not in names and name not in OPTIONAL:
            yield Problem(f"{place}:1", "", f"the column `{name}` is missing", f"columns are {', '.join(columns)}")


def _price(cells: Mapping[str, str]) -> Price:
    of = {name: cells[name] for name in OPTIONAL if cells[name]}
    if not of:
        raise ValueError(f"says nothing of what it is the price of; fill one of {', '.join(OPTIONAL)}")
    low, high = number(cells["low"]), number(cells["high"] or cells["low"])
    if not 0 <= low <= high:
        raise ValueError(f"`{cells['low']}` to `{cells['high']}` is no interval of prices")
    return Price(of, Interval(low, high), _currency(cells), _date(cells), _source(cells))


def _rate(cells: Mapping[str, str]) -> tuple[str, Rate]:
    currency, rate = _currency(cells), number(cells["rate"])
    if rate <= 0:
        raise ValueError(f"the rate `{cells['rate']}` is not above 0")
    rest = f"{cells['rate']}, {_date(cells)}, {_source(cells)}"
    return currency, Rate(rate, Text(en=f"rate of {currency}: {rest}", zh=f"{currency}汇率：{rest}"))


def _currency(cells: Mapping[str, str]) -> str:
    if not (len(cells["currency"]) == 3 and cells["currency"].isupper()):  # noqa: PLR2004 - ISO 4217
        raise ValueError(f"`{cells['currency']}` is not a currency such as USD")
    return cells["currency"]


def _date(cells: Mapping[str, str]) -> datetime.date:
    try:
        return datetime.date.fromisoformat(cells["date"])
    except ValueError:
        raise ValueError(f"`{cells['date']}` is not a date such as 2026-01-15") from None


def _source(cells: Mapping[str, str]) -> str:
    if not cells["source"]:
        raise ValueError("names no source")
    return cells["source"]


def _known(given: Mapping[str, Any], name: str) -> str | None:
    """Return what an item is known by; its element is the one of which it holds more than half by mass."""
    if name != "element":
        return given.get(name)
    made_of = given.get("elements")
    percent = made_of.percent.items() if made_of else ()
    return next((symbol for symbol, part in percent if part is not None and part > HALF), None)
