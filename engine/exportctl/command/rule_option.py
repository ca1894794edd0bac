"""Options of the commands about the rule book."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated

import typer

from exportctl.command.options import _day as day
from exportctl.law.book import RuleBook
from exportctl.problem import did_you_mean


class KindName(StrEnum):
    """A kind of rule."""

    control = "control"
    scope = "scope"
    exemption = "exemption"
    review = "review"
    duty = "duty"


class ListFormat(StrEnum):
    """How the rules are listed."""

    text = "text"
    json = "json"


LawDay = Annotated[
    datetime.date | None,
    typer.Option("--on", parser=day, metavar="DATE", help="Day on which the law is read; today in Beijing if absent."),
]
MarkedDay = Annotated[
    datetime.date | None,
    typer.Option("--on", parser=day, metavar="DATE", help="Day that is marked; today in Beijing if absent."),
]
FirstDay = Annotated[datetime.date, typer.Option("--from", parser=day, metavar="DATE", help="First day shown.")]
LastDay = Annotated[datetime.date, typer.Option("--to", parser=day, metavar="DATE", help="Last day shown.")]
Within = Annotated[int, typer.Option(min=0, metavar="DAYS", help="How soon a suspension must end to be listed.")]
KindOption = Annotated[KindName | None, typer.Option("--kind", help="Only rules of this kind.")]
ListFormatOption = Annotated[ListFormat, typer.Option("--format", help="A table, or one JSON document.")]
InstrumentOption = Annotated[str | None, typer.Option(metavar="ID", help="Only this instrument, e.g. mofcom-2025-61.")]


def known_instrument(name: str | None, book: RuleBook) -> str | None:
    """Return the instrument a user named.

    Raises:
        typer.BadParameter: the rule book has no such instrument.
    """
    if name is not None and name not in book.instruments:
        hint = did_you_mean(name, book.instruments) or f"one of {', '.join(sorted(book.instruments))}"
        raise typer.BadParameter(f"unknown instrument `{name}`; {hint}", param_hint="--instrument")
    return name


EveryAct = Annotated[
    bool, typer.Option("--all", help="Also acts without a rule of their own that only came into force.")
]
