"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from exportctl.case.price import Tables, read_prices, read_rates
from exportctl.law.book import RuleBook
from exportctl.law.read import read_book, shipped_book
from exportctl.problem import did_you_mean
from exportctl.strict_yaml import parse


class Format(StrEnum):
    """How a determination is written."""

    text = "text"
    json = "json"
    md = "md"
    html = "html"
    svg = "svg"


class Lang(StrEnum):
    """In which language."""

    en = "en"
    zh = "zh"


def _day(text: str | None) -> datetime.date | None:
    if text is None or isinstance(text, datetime.date):
        return text
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"`{text}` is not a date such as 2026-01-15") from None


Day = Annotated[
    datetime.date | None,
    typer.Option("--on", parser=_day, metavar="DATE", help="Date of the export; wins over the case."),
]
KnownOn = Annotated[
    datetime.date | None,
    typer.Option(parser=_day, metavar="DATE", help="Leave out every instrument issued after this day."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How the determination is written.")]
LangOption = Annotated[Lang, typer.Option(help="English or Chinese.")]
RulesDir = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Another rule book than the shipped one.")
]
ReadingOption = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="ID=CHOICE", help="Fix how an ambiguity is read; may be given several times."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="State a fact, e.g. parties.end_user.military=no; several times."),
]
PricesOption = Annotated[
    Path | None,
    typer.Option(
        "--prices", metavar="FILE", help="CSV: part_number, form, element, magnet, low, high, currency, date, source."
    ),
]
RatesOption = Annotated[
    Path | None, typer.Option("--rates", metavar="FILE", help="CSV of exchange: currency, rate, date, source.")
]


def tables_of(prices: Path | None, rates: Path | None) -> Tables:
    """Return the prices and rates a user brings.

    Raises:
        Refused: with every fault of the first file that has any.
    """
    return Tables(read_prices(prices) if prices else (), read_rates(rates) if rates else None)


def book_of(rules: Path | None) -> RuleBook:
    """Return the rule book a command works with.

    Raises:
        Refused: the folder holds no well-formed rule book.
    """
    return shipped_book() if rules is None else read_book(rules)


def fixed_readings(given: list[str] | None, book: RuleBook) -> dict[str, str]:
    """Return the readings a user fixed, by id.

    Raises:
        typer.BadParameter: not ID=CHOICE, or a reading or choice the rule book does not have.
    """
    found: dict[str, str] = {}
    for text in given or []:
        name, _, choice = text.partition("=")
        if name not in book.readings:
            raise typer.BadParameter(f"unknown reading `{name}`; {did_you_mean(name, book.readings)}".rstrip("; "))
        if choice not in book.readings[name].choices:
            raise typer.BadParameter(f"`{choice}` is not one of {', '.join(book.readings[name].choices)}")
        found[name] = choice
    return found


def stated(given: list[str] | None) -> dict[str, Any]:
    """Return facts stated on the command line, by path; values are read as in a case file.

    Raises:
        typer.BadParameter: not PATH=VALUE.
    """
    found: dict[str, Any] = {}
    for text in given or []:
        path, equals, value = text.partition("=")
        if not equals or not path:
            raise typer.BadParameter(f"`{text}` is not PATH=VALUE")
        found[path] = parse(value, text)[0].data if value.strip() else None
    return found
