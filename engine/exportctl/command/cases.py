"""`exportctl cases`: worked cases, a line each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exportctl.command.options import RulesDir, book_of
from exportctl.command.report import BAD_INPUT, OK, complain, mending_errors
from exportctl.law.read import rules_folder
from exportctl.problem import Refused
from exportctl.worked.run import Result, case_files, run_file

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only failures and the count.")]


def cases(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder of worked cases, or one file.")
    ] = None,
    rules: RulesDir = None,
    quiet: Quiet = False,
) -> None:
    """Run worked cases: facts with the determination they must lead to.

    Examples:

      exportctl cases

      exportctl cases cases/mofcom-2025-61/art-1-1.yaml
    """
    with mending_errors():
        book = book_of(rules)
    folder = folder or rules_folder().parent / "cases"
    if not folder.exists():
        typer.echo(f"{folder}: there is no such folder of worked cases", err=True)
        raise typer.Exit(BAD_INPUT)
    passed = failed = 0
    for path in case_files(folder):
        try:
            for result in run_file(path, book):
                passed, failed = passed + result.passed, failed + (not result.passed)
                _say(result, quiet)
        except Refused as refused:
            complain(refused)
            failed += 1
    typer.echo(f"{passed} passed, {failed} failed")
    raise typer.Exit(BAD_INPUT if failed or not passed else OK)


def _say(result: Result, quiet: bool) -> None:
    if result.passed and quiet:
        return
    typer.echo(f"{'ok  ' if result.passed else 'FAIL'} {result.place}: {result.title}: {result.outcome}")
    for difference in result.differences:
        typer.echo(f"       {difference}")
