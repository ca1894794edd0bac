"""`exportctl check`: one determination a case."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from exportctl.case.case import Case
from exportctl.case.price import Tables
from exportctl.case.read import read_cases, read_documents
from exportctl.command.options import (
    Day,
    Format,
    FormatOption,
    KnownOn,
    Lang,
    LangOption,
    PricesOption,
    RatesOption,
    ReadingOption,
    RulesDir,
    SetOption,
    book_of,
    fixed_readings,
    stated,
    tables_of,
)
from exportctl.command.party_option import DecisionsOption, PartiesOption, Screen, screen_of
from exportctl.command.report import BAD_INPUT, DISAGREE, OK, TOO_STRICT, USAGE, complain, console, mending_errors
from exportctl.decide.determination import Determination
from exportctl.decide.outcome import Outcome
from exportctl.determine.determine import determine
from exportctl.determine.what_if import what_if as changes_of
from exportctl.explain.html import render_html
from exportctl.explain.markdown import render_markdown
from exportctl.explain.text import render_text
from exportctl.law.book import RuleBook
from exportctl.picture.draw import draw
from exportctl.problem import Refused
from exportctl.second_opinion.opinion import Disagreement

FailOn = Annotated[
    str | None,
    typer.Option(metavar="OUTCOME", help="Exit with 4 when the outcome could be this strict or stricter."),
]
PICTURES = (Format.html, Format.svg)
Pictured = tuple[Determination, str]

WhatIf = Annotated[
    bool, typer.Option("--what-if", help="Also the smallest changes that would make the outcome milder or stricter.")
]


def check(
    cases: Annotated[
        list[str], typer.Argument(metavar="CASE...", help="Case files, YAML or JSON; - is standard input.")
    ],
    on: Day = None,
    known_on: KnownOn = None,
    format_: FormatOption = Format.text,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
    reading: ReadingOption = None,
    set_: SetOption = None,
    parties: PartiesOption = None,
    decisions: DecisionsOption = None,
    fail_on: FailOn = None,
    prices: PricesOption = None,
    rates: RatesOption = None,
    what_if: WhatIf = False,
) -> None:
    """Decide cases: which announcement applies, why, why not the others, what is not known.

    Examples:

      exportctl check magnet.yaml

      exportctl check magnet.yaml --on 2026-11-10 --reading last-day-of-suspension=not-included

      exportctl check magnet.yaml --parties listed.csv --decisions decisions.yaml

      exportctl check magnet.yaml --what-if

      cat magnet.yaml | exportctl check - --format json --fail-on licence_required
    """
    limit = _limit(fail_on)
    with mending_errors():
        book = book_of(rules)
        fixed = fixed_readings(reading, book)
        given = stated(set_) | ({"on": on} if on else {})
        tables = tables_of(prices, rates)
        screen = screen_of(book, parties, decisions, known_on)
    statuses = set()
    pictured: list[Pictured] = []
    for name in cases:
        status, found = _decided(Path(name), book, given, known_on, fixed, tables, screen)
        statuses.add(status)
        for case, plain in found:
            determination = _with_changes(book, case, plain, known_on, fixed) if what_if else plain
            picture = draw(book, case, determination, lang.value, known_on) if format_ in PICTURES else ""
            pictured.append((determination, picture))
            statuses.add(_strict(determination, limit))
            if format_ not in PICTURES:
                show(determination, format_, lang, picture)
    if format_ is Format.html:
        typer.echo(render_html(pictured, lang.value))
    elif format_ is Format.svg:
        _one_picture(pictured)
    raise typer.Exit(next(s for s in (DISAGREE, BAD_INPUT, TOO_STRICT, OK) if s in statuses))


def _one_picture(pictured: list[Pictured]) -> None:
    """Write the picture of one case; several in one file would be no SVG."""
    if len(pictured) > 1:
        hint = "use `--format html`, which shows all of them on one page, or check one case at a time"
        typer.echo(f"--format svg: one picture shows one case, and there are {len(pictured)}\n  hint: {hint}", err=True)
        raise typer.Exit(USAGE)
    for _, picture in pictured:
        typer.echo(picture)


def _with_changes(
    book: RuleBook, case: Case, found: Determination, known_on: datetime.date | None, fixed: dict[str, str]
) -> Determination:
    """Return a determination with the changes that would turn its outcome."""
    flips = [flip for share in found.shares for flip in share.flips]
    changes = changes_of(book, case, flips, known_on=known_on, readings=fixed)
    return found.model_copy(update={"what_if": changes})


def _limit(name: str | None) -> Outcome | None:
    known = {str(outcome): outcome for outcome in Outcome}
    if name is not None and name not in known:
        raise typer.BadParameter(f"`{name}` is not one of {', '.join(known)}", param_hint="--fail-on")
    return known[name] if name else None


def _strict(found: Determination, limit: Outcome | None) -> int:
    return TOO_STRICT if limit is not None and Outcome[found.possible.upper()] >= limit else OK


def _decided(
    path: Path,
    book: RuleBook,
    given: dict[str, object],
    known_on: datetime.date | None,
    fixed: dict[str, str],
    tables: Tables,
    screen: Screen,
) -> tuple[int, list[tuple[Case, Determination]]]:
    """Return the status of a file and its cases with their determinations, the strictest first."""
    try:
        cases = [screen(case) for case in _cases(path, book, given, tables)]
        found = [
            (case, determine(book, case, known_on=known_on, readings=fixed, screened=held)) for case, held in cases
        ]
    except Refused as refused:
        complain(refused)
        return BAD_INPUT, []
    except Disagreement as disagreement:
        typer.echo(str(disagreement), err=True)
        return DISAGREE, []
    return OK, sorted(found, key=lambda f: (-Outcome[f[1].certain.upper()], -Outcome[f[1].possible.upper()]))


def _cases(path: Path, book: RuleBook, given: dict[str, object], tables: Tables) -> Iterator[Case]:
    for document in read_documents(path):
        yield from read_cases(document, book, given, tables=tables)


def show(found: Determination, format_: Format, lang: Lang, picture: str = "") -> None:
    """Write a determination to standard output; `picture` is its SVG."""
    if format_ is Format.json:
        typer.echo(found.to_json())
    elif format_ is Format.md:
        typer.echo(render_markdown(found, lang.value))
    elif format_ is Format.html:
        typer.echo(render_html([(found, picture)], lang.value))
    elif format_ is Format.svg:
        typer.echo(picture)
    else:
        render_text(found, lang.value, console())
