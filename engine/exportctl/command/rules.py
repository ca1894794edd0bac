"""`exportctl rules`: the rule book, listed, shown, checked, and over time."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from exportctl.command.claims import checked
from exportctl.command.options import (
    KnownOn,
    Lang,
    LangOption,
    ReadingOption,
    RulesDir,
    book_of,
    fixed_readings,
)
from exportctl.command.report import BAD_INPUT, console, mending_errors
from exportctl.command.rule_diff import diff
from exportctl.command.rule_law import Law, today
from exportctl.command.rule_list import print_rules, rules_as_json
from exportctl.command.rule_mutate import mutate
from exportctl.command.rule_option import (
    EveryAct,
    FirstDay,
    InstrumentOption,
    KindName,
    KindOption,
    LastDay,
    LawDay,
    ListFormat,
    ListFormatOption,
    MarkedDay,
    Within,
    known_instrument,
)
from exportctl.command.rule_outline import write
from exportctl.command.rule_prove import prove
from exportctl.command.rule_show import nearest, shown
from exportctl.command.rule_stale import stale_as_json, stale_lines
from exportctl.command.rule_timeline import print_timeline
from exportctl.command.rule_witness import witness
from exportctl.harmless import harmless
from exportctl.law.book import RuleBook
from exportctl.law.freshness import endings, overdue
from exportctl.law.read import rules_folder
from exportctl.law.rule import Rule
from exportctl.law.timeline import Window, courses
from exportctl.problem import Problem, Refused

rules = typer.Typer(
    no_args_is_help=True, help="Look at the rule book: list it, show a part of it, check it, see it over time."
)
rules.command("prove")(prove)
rules.command("diff")(diff)
rules.command("witness")(witness)
rules.command("mutate")(mutate)

T = TypeVar("T")
FROM, TO = datetime.date(2025, 4, 1), datetime.date(2027, 2, 28)
SOON = 60


@rules.command("list")
def list_rules(
    kind: KindOption = None,
    instrument: InstrumentOption = None,
    on: LawDay = None,
    known_on: KnownOn = None,
    format_: ListFormatOption = ListFormat.text,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
    reading: ReadingOption = None,
) -> None:
    """List the rules, each with the state of the law on a day and how well its words are established.

    Examples:

      exportctl rules list

      exportctl rules list --kind control --on 2025-10-20

      exportctl rules list --instrument mofcom-2025-61 --format json
    """
    with mending_errors():
        book = book_of(rules)
        law = Law(book, on or today(), known_on, fixed_readings(reading, book))
    chosen = _chosen(book, kind, known_instrument(instrument, book))
    if format_ is ListFormat.json:
        typer.echo(rules_as_json(law, chosen))
    else:
        print_rules(law, chosen, lang.value, console())


@rules.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A rule, instrument, list, code, reading, duty or fact.")],
    on: LawDay = None,
    known_on: KnownOn = None,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
    reading: ReadingOption = None,
) -> None:
    """Show a part of the rule book in words: a rule, instrument, control list, control code, reading, duty or fact.

    Examples:

      exportctl rules show mofcom-2025-61.art-1-1

      exportctl rules show 1C905.a.4

      exportctl rules show denominator --lang zh
    """
    with mending_errors():
        book = book_of(rules)
        law = Law(book, on or today(), known_on, fixed_readings(reading, book))
    lines = shown(law, name, lang.value)
    if lines is None:
        hint = nearest(book, name) or "`exportctl rules list` names the rules"
        typer.echo(f"unknown id `{harmless(name)}`; {hint}", err=True)
        raise typer.Exit(BAD_INPUT)
    write(lines, console())


@rules.command("check")
def check(rules: RulesDir = None) -> None:
    """Check a rule book: every file well formed, every name known, every date possible, every source cited.

    Examples:

      exportctl rules check

      exportctl rules check --rules my-rules
    """
    problems: list[Problem] = []
    folder = (rules or rules_folder()).absolute().parent
    book = _told(lambda: book_of(rules), problems)
    claims = _told(lambda: checked(folder), problems) if (folder / "seeds" / "press").is_dir() else None
    if book is None or problems:
        for problem in problems:
            typer.echo(str(problem), err=True)
        typer.echo(f"problems in the rule book: {len(problems)}", err=True)
        raise typer.Exit(BAD_INPUT)
    rows = sum(len(listing.rows) for listing in book.lists.values())
    typer.echo(
        f"the rule book is sound: {len(book.rules)} rules, {rows} list rows, {len(book.instruments)} instruments, "
        f"{len(book.readings)} readings, {len(book.sources or ())} sources, {len(claims or ())} claims, "
        f"sha256 {book.sha256[:12]}"
    )
    if book.sources is None or claims is None:
        typer.echo("no `seeds` stand beside it: nothing was checked of its sources and of claims about it", err=True)


def _told(read: Callable[[], T], problems: list[Problem]) -> T | None:
    """Return what was read; None when it was refused, with its problems added to those told."""
    try:
        return read()
    except Refused as refused:
        problems += refused.problems
        return None


@rules.command("timeline")
def timeline(
    first: FirstDay = FROM,
    last: LastDay = TO,
    instrument: InstrumentOption = None,
    on: MarkedDay = None,
    all_: EveryAct = False,
    known_on: KnownOn = None,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
    reading: ReadingOption = None,
) -> None:
    """Draw the law over time: a line for each instrument, or for provisions of it that stand apart.

    Examples:

      exportctl rules timeline

      exportctl rules timeline --instrument mofcom-2025-61 --from 2025-10-01 --to 2026-12-31

      exportctl rules timeline --reading last-day-of-suspension=not-included
    """
    if last < first:
        raise typer.BadParameter(f"{last} is before {first}", param_hint="--to")
    with mending_errors():
        book = book_of(rules)
        law = Law(book, on or today(), known_on, fixed_readings(reading, book))
    named = known_instrument(instrument, book)
    window = Window(first, last, law.world, known_on)
    found = courses(book, window, named)
    shown = found if all_ or named else [course for course in found if course.eventful]
    print_timeline(law, window, shown, len(found) - len(shown), lang.value, console())


@rules.command("stale")
def stale(
    on: LawDay = None,
    within: Within = SOON,
    format_: ListFormatOption = ListFormat.text,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
) -> None:
    """List what to look at again: sources past their check date, suspensions that end soon or have ended unverified.

    Examples:

      exportctl rules stale

      exportctl rules stale --on 2027-01-15 --within 30

      exportctl rules stale --format json
    """
    with mending_errors():
        book = book_of(rules)
    day = on or today()
    ending, due = endings(book, day, within), overdue(book, day)
    if format_ is ListFormat.json:
        typer.echo(stale_as_json(book, day, ending, due))
    else:
        write(stale_lines(book, day, ending, due, lang.value), console())


def _chosen(book: RuleBook, kind: KindName | None, instrument: str | None) -> list[Rule]:
    of_kind = book.of_kind(kind.value) if kind else [rule for _, rule in sorted(book.rules.items())]
    return [rule for rule in of_kind if instrument in (None, rule.instrument)]
