"""`exportctl claims`: what the press and others say, the verdict of the rule book, the cases that prove it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from exportctl.claim.check import Cases, faults
from exportctl.claim.prove import Tried, prove
from exportctl.claim.read import Stated, read_claims
from exportctl.command.claim_text import claim_blocks, claim_lines, short
from exportctl.command.options import Format, FormatOption, Lang, LangOption, RulesDir, book_of
from exportctl.command.report import BAD_INPUT, OK, console, mending_errors
from exportctl.command.rule_outline import write
from exportctl.explain.markdown import as_markdown
from exportctl.harmless import harmless
from exportctl.law.book import RuleBook
from exportctl.law.read import rules_folder
from exportctl.problem import Problem, Refused, did_you_mean


class VerdictName(StrEnum):
    """What the rule book makes of a claim."""

    right = "right"
    wrong = "wrong"
    imprecise = "imprecise"
    open = "open"
    not_law = "not-law"


Verdicts = Annotated[
    list[VerdictName] | None, typer.Option("--verdict", help="Only claims of this verdict; may be given several times.")
]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Only these claims.")]


def claims(
    ids: Ids = None,
    verdict: Verdicts = None,
    format_: FormatOption = Format.text,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
) -> None:
    """Print what is said of the law in public, the verdict of the rule book and why, and run the cases that prove it.

    Examples:

      exportctl claims

      exportctl claims --verdict wrong --verdict imprecise

      exportctl claims p16 p20 --lang zh
    """
    with mending_errors():
        book = book_of(rules)
        folder = (rules or rules_folder()).absolute().parent
        tried = list(prove(_chosen(checked(folder), ids or [], verdict or []), Cases(folder / "cases"), book))
    _print(tried, format_, lang, book)
    raise typer.Exit(BAD_INPUT if any(not one.holds for one in tried) else OK)


def checked(folder: Path) -> list[Stated]:
    """Return the claims beside a rule book, each with cases that state what it needs.

    Raises:
        Refused: with every claim that is not well formed, has no case, or has one that states something else.
    """
    press = folder / "seeds" / "press"
    if not press.is_dir():
        raise Refused([Problem("seeds/press", "", "there are no claims beside this rule book")])
    stated = read_claims(press)
    if problems := list(faults(stated, Cases(folder / "cases"))):
        raise Refused(problems)
    return stated


def _chosen(stated: list[Stated], ids: list[str], verdicts: list[VerdictName]) -> list[Stated]:
    known = [one.claim.id for one in stated]
    for name in ids:
        if name not in known:
            hint = did_you_mean(name, known) or "`exportctl claims` prints them all"
            raise typer.BadParameter(f"unknown claim `{harmless(name)}`; {hint}")
    wanted = {verdict.value.replace("-", " ") for verdict in verdicts}
    of_verdict = [one for one in stated if not wanted or one.claim.verdict in wanted]
    return [one for one in of_verdict if not ids or one.claim.id in ids]


def _print(tried: list[Tried], format_: Format, lang: Lang, book: RuleBook) -> None:
    if format_ is Format.json:
        data = {
            "claims": [_as_data(one) for one in tried],
            "rulebook": {"version": book.version, "sha256": book.sha256},
        }
        typer.echo(json.dumps(data, ensure_ascii=False))
    elif format_ is Format.md:
        typer.echo(as_markdown(claim_blocks(tried, lang.value)))
    else:
        write(claim_lines(tried, lang.value), console())


def _as_data(one: Tried) -> dict[str, Any]:
    claim = one.claim.model_dump(mode="json", exclude={"cases"})
    cases = [
        {
            "place": short(run.place),
            "note": run.expected.note,
            "outcome": result.outcome,
            "passed": result.passed,
            "differences": list(result.differences),
        }
        for run, result in one.results
    ]
    return claim | {"place": one.place, "cases": cases, "holds": one.holds}
