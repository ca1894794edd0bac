"""`exportctl rules mutate`: every operator, number, word, date, row and tie changed; does some case notice?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from exportctl.command.options import RulesDir, book_of
from exportctl.command.report import BAD_INPUT, OK, mending_errors
from exportctl.command.rule_prove import asking_the_solver, needs_solver
from exportctl.law.book import RuleBook
from exportctl.law.read import rules_folder
from exportctl.worked.coverage import alike_of, generated_runs, runs_of_file
from exportctl.worked.generated import TIES, stale
from exportctl.worked.mutant import Mutant
from exportctl.worked.mutation import Mutation, Tried
from exportctl.worked.record import changed as unrecorded
from exportctl.worked.record import file_about, keep

CasesOption = Annotated[
    Path | None, typer.Option("--cases", metavar="DIR", help="Where the generated cases stand; cases/generated.")
]


ChangedOption = Annotated[
    bool, typer.Option("--changed", help="Only what is not recorded yet of the rules and cases as they are.")
]
RecordOption = Annotated[bool, typer.Option("--record", help="Record what was found, for --changed.")]


def mutate(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Rules, lists, derived facts, instruments; or all.")
    ] = None,
    rules: RulesDir = None,
    cases: CasesOption = None,
    changed: ChangedOption = False,
    record: RecordOption = False,
) -> None:
    """Change the rule book in one place after the other, and report what no generated case notices.

    A change that no case notices is put to the solver: it may mean the same in every case.

    Examples:

      exportctl rules mutate mofcom-2025-61.art-1-1

      exportctl rules mutate --changed

      exportctl rules mutate --record
    """
    needs_solver()
    if names and (changed or record):
        raise typer.BadParameter("--changed and --record are about whole files, and go without names")
    start = time.monotonic()
    folder = cases or rules_folder().parent / "cases" / "generated"
    with asking_the_solver(), mending_errors():
        book = book_of(rules)
        files = unrecorded(book, folder) if changed else None
        tried = list(_tried(book, folder, names or [], files))
        unnoticed = [one.mutant for one in tried if not one.noticed]
        alike, left = _sorted(book, unnoticed, folder)
        if record and not left:
            keep(book, folder, tried)
    for mutant in left:
        typer.echo(f"no case notices: {mutant.name}")
    if files == []:
        typer.echo("nothing changed since the last record")
        raise typer.Exit(OK)
    typer.echo(
        f"{len(tried)} changes: {len(tried) - len(unnoticed)} noticed, {len(alike)} mean the same in every case "
        f"(proved), {len(left)} not noticed; {time.monotonic() - start:.0f} s"
    )
    raise typer.Exit(BAD_INPUT if left or not tried else OK)


def _tried(book: RuleBook, folder: Path, names: list[str], files: list[str] | None) -> Iterator[Tried]:
    if files == []:
        return
    runs = generated_runs(folder) if files is None else [run for n in files for run in runs_of_file(folder / n)]

    def wanted(mutant: Mutant) -> bool:
        if files is not None:
            return file_about(mutant) in files
        return not names or mutant.owner in names or mutant.owner.partition("/")[0] in names

    yield from Mutation(book, runs).tried(wanted)


def _sorted(book: RuleBook, unnoticed: list[Mutant], folder: Path) -> tuple[list[Mutant], list[Mutant]]:
    """Return those that mean the same and those left: conditions are put to the solver, ties were when made."""
    from exportctl.proof.equal import means_the_same  # noqa: PLC0415 - only with the extra

    in_step = TIES not in {name for name, _ in stale(book, folder)}
    ties = alike_of(folder) if in_step else frozenset()
    alike = [m for m in unnoticed if (m.kind == "tie" and m.name in ties) or means_the_same(book, m)]
    return alike, [m for m in unnoticed if m not in alike]
