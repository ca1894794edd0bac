"""`exportctl cases`: worked cases, a line each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exportctl.command.options import RulesDir, book_of
from exportctl.command.report import BAD_INPUT, OK, complain, mending_errors
from exportctl.law.book import RuleBook
from exportctl.law.read import rules_folder
from exportctl.problem import Refused
from exportctl.worked.coverage import TRUTHS, covered, generated_runs, never_of
from exportctl.worked.run import Result, case_files, run_file

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only failures and the count.")]

CoverageOption = Annotated[
    bool, typer.Option("--coverage", help="Which conditions of the rules no case shows deciding alone.")
]


def cases(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder of worked cases, or one file.")
    ] = None,
    rules: RulesDir = None,
    quiet: Quiet = False,
    coverage: CoverageOption = False,
) -> None:
    """Run worked cases: facts with the determination they must lead to.

    Examples:

      exportctl cases

      exportctl cases cases/mofcom-2025-61/art-1-1.yaml

      exportctl cases --coverage
    """
    with mending_errors():
        book = book_of(rules)
    folder = folder or rules_folder().parent / "cases"
    if not folder.exists():
        typer.echo(f"{folder}: there is no such folder of worked cases", err=True)
        raise typer.Exit(BAD_INPUT)
    if coverage:
        _cover(folder, book)
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


def _cover(folder: Path, book: RuleBook) -> None:
    """Say which conditions no case shows deciding alone, and end."""
    with mending_errors():
        found = covered(book, generated_runs(folder), never_of(folder))
    for name, truth in found.missing:
        typer.echo(f"no case shows: {name} {truth}")
    for name, truth in found.idle:
        typer.echo(f"shown, or gone, though said to be impossible: {name} {truth}")
    for line in found.mistaken:
        typer.echo(line)
    impossible = len(found.points) - found.shown - len(found.missing)
    typer.echo(
        f"{len(found.points) // len(TRUTHS)} conditions as true, false and unknown: {found.shown} shown, "
        f"{impossible} impossible (proved), {len(found.missing)} missing"
    )
    raise typer.Exit(BAD_INPUT if found.missing or found.idle or found.mistaken else OK)


def _say(result: Result, quiet: bool) -> None:
    if result.passed and quiet:
        return
    typer.echo(f"{'ok  ' if result.passed else 'FAIL'} {result.place}: {result.title}: {result.outcome}")
    for difference in result.differences:
        typer.echo(f"       {difference}")
