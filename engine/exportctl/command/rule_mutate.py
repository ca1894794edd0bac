"""`exportctl rules mutate`: every operator, number, word, date, row and tie changed; does some case notice?"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from exportctl.command.options import RulesDir, book_of
from exportctl.command.report import BAD_INPUT, OK, mending_errors
from exportctl.command.rule_prove import asking_the_solver, needs_solver
from exportctl.law.book import RuleBook
from exportctl.law.read import rules_folder
from exportctl.worked.coverage import generated_runs, never_of
from exportctl.worked.mutant import Mutant
from exportctl.worked.mutation import Mutation

CasesOption = Annotated[
    Path | None, typer.Option("--cases", metavar="DIR", help="Where the generated cases stand; cases/generated.")
]


def mutate(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Rules, lists, derived facts, instruments; or all.")
    ] = None,
    rules: RulesDir = None,
    cases: CasesOption = None,
) -> None:
    """Change the rule book in one place after the other, and report what no generated case notices.

    A change that no case notices is put to the solver: it may mean the same in every case.

    Examples:

      exportctl rules mutate mofcom-2025-61.art-1-1

      exportctl rules mutate
    """
    needs_solver()
    start = time.monotonic()
    folder = cases or rules_folder().parent / "cases" / "generated"
    with asking_the_solver(), mending_errors():
        book = book_of(rules)
        tried = list(Mutation(book, generated_runs(folder)).tried(names or None))
        unnoticed = [one.mutant for one in tried if not one.noticed]
        alike, left = _sorted(book, unnoticed, never_names(folder))
    for mutant in left:
        typer.echo(f"no case notices: {mutant.name}")
    noticed = len(tried) - len(unnoticed)
    typer.echo(
        f"{len(tried)} changes: {noticed} noticed, {len(alike)} mean the same in every case (proved), "
        f"{len(left)} not noticed; {time.monotonic() - start:.0f} s"
    )
    raise typer.Exit(BAD_INPUT if left or not tried else OK)


def never_names(folder: Path) -> set[str]:
    """Return the ties of which the solver found that no case shows them."""
    return {f"{name} {last}" for name, last in never_of(folder)}


def _sorted(book: RuleBook, unnoticed: list[Mutant], ties: set[str]) -> tuple[list[Mutant], list[Mutant]]:
    from exportctl.proof.equal import means_the_same  # noqa: PLC0415 - only with the extra

    alike = [m for m in unnoticed if m.name in ties or means_the_same(book, m)]
    return alike, [m for m in unnoticed if m not in alike]
