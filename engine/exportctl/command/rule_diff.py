"""`exportctl rules diff`: what two rule books say differently, and which cases they decide differently."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from exportctl.command.report import OK, console
from exportctl.command.rule_prove import asking_the_solver, needs_solver
from exportctl.law.book import RuleBook
from exportctl.law.change import changes

if TYPE_CHECKING:
    from exportctl.proof.meaning import Comparison, Decided, Turn

Version = "A folder of rules, a wheel, or a git revision."


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=Version)],
    after: Annotated[str, typer.Argument(metavar="B", help=Version)],
) -> None:
    """Compare two rule books: what is written differently, then cases whose outcome changes, from when to when.

    Where no case changes, that is proved over every case, day and reading.

    Examples:

      exportctl rules diff HEAD~1 rules

      exportctl rules diff exportctl-0.1.0-py3-none-any.whl rules
    """
    needs_solver()
    from exportctl.proof.meaning import Comparison  # noqa: PLC0415 - only with the extra
    from exportctl.proof.version import version  # noqa: PLC0415

    with asking_the_solver(), ExitStack() as open_:
        first, second = (open_.enter_context(version(name)) for name in (before, after))
        _say_text(first, second)
        with console().status("asking the solver which cases are decided differently …"):
            _say_meaning(Comparison(first, second))
    raise typer.Exit(OK)


def _say_text(first: RuleBook, second: RuleBook) -> None:
    found = changes(first, second)
    typer.echo(f"written differently: {len(found)}")
    for about, group in groupby(found, key=lambda change: change.about):
        typer.echo(f"  {about}")
        for change in group:
            typer.echo(f"    {change}")


def _say_meaning(comparison: Comparison) -> None:
    decided = list(comparison.decided())
    for instrument, group in groupby(decided, key=lambda one: one.instrument):
        typer.echo(f"\n{instrument}: decided differently")
        for one in group:
            _say_case(one, comparison)
    for instrument in comparison.silent:
        typer.echo(f"\n{instrument}: findings change, the outcome of no case does (proved)")
    unproved = comparison.unproved()
    if unproved:
        typer.echo(f"\nnot decided by the proof, as it differs: {'; '.join(unproved)}")
    elif not decided and not comparison.silent:
        typer.echo("\nno case is decided differently (proved)")


def _say_case(one: Decided, comparison: Comparison) -> None:
    from exportctl.proof.yaml_case import as_case_file  # noqa: PLC0415

    for turn in one.turns:
        typer.echo(f"  {_days(turn)}: {turn.before} → {turn.after}")
    defaults = {name: reading.default for name, reading in comparison.after.readings.items()}
    text = as_case_file(one.witness, f"{one.turns[0].before} before, {one.turns[0].after} after", defaults)
    typer.echo("\n".join(f"    {line}" for line in text.splitlines()))


def _days(turn: Turn) -> str:
    if turn.last is None:
        return f"from {turn.first}"
    return f"on {turn.first}" if turn.first == turn.last else f"from {turn.first} to {turn.last}"
