"""`exportctl parties`: names held against a list of listed parties, without a case."""

from __future__ import annotations

import datetime
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from exportctl.command.options import Day, Lang, LangOption, RulesDir, book_of
from exportctl.command.party_option import DecisionsOption, screening_of
from exportctl.command.report import console, mending_errors
from exportctl.explain.document import Block
from exportctl.explain.markdown import as_markdown
from exportctl.explain.parties import screening as told
from exportctl.explain.text import write
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import read_text

BEIJING = datetime.timezone(datetime.timedelta(hours=8))


class Format(StrEnum):
    """How the result is written."""

    text = "text"
    json = "json"
    md = "md"


def parties(
    list_: Annotated[Path, typer.Argument(metavar="LIST", help="The list of listed parties, CSV.")],
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="The names to look for.")] = None,
    names_file: Annotated[
        Path | None, typer.Option("--names", metavar="FILE", help="A file of names, one a line; - is standard input.")
    ] = None,
    decisions: DecisionsOption = None,
    on: Day = None,
    format_: Annotated[Format, typer.Option("--format", help="How the result is written.")] = Format.text,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
) -> None:
    """Look names up in a list of listed parties: match, possible affiliate, weak, or not found in the list supplied.

    Examples:

      exportctl parties listed.csv "TDK Corp" TDK-Lambda

      exportctl parties listed.csv --names customers.txt --decisions decisions.yaml --format json
    """
    with mending_errors():
        wanted = [*(names or []), *_of_file(names_file)]
        if not wanted:
            raise typer.BadParameter("give a name, or a file of names with --names", param_hint="NAME")
        screening = screening_of(book_of(rules), list_, decisions)
        from exportctl.party.screen import screened_as  # noqa: PLC0415 - an extra, and slow to load

        day = on or datetime.datetime.now(BEIJING).date()
        found = [screened_as(name, screening.judged(name, {}, day), "") for name in dict.fromkeys(wanted)]
        held = screening.published(found)
    if format_ is Format.json:
        typer.echo(
            json.dumps({"on": day.isoformat(), **held.model_dump(mode="json", by_alias=True)}, ensure_ascii=False)
        )
    else:
        _show(list(told(held, lang.value)), format_, lang)


def _show(blocks: list[Block], format_: Format, lang: Lang) -> None:
    if format_ is Format.md:
        typer.echo(as_markdown(blocks))
    else:
        write(blocks, lang.value, console())


def _of_file(path: Path | None) -> list[str]:
    if path is None:
        return []
    text = typer.get_text_stream("stdin").read() if str(path) == "-" else read_text(path)
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not found:
        raise Refused([Problem(str(path), "", "holds no names")])
    return found
