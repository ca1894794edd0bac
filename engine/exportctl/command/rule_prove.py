"""`exportctl rules prove`: what holds of the rule book in every case, or a case in which it does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from exportctl.command.options import RulesDir, book_of
from exportctl.command.report import BAD_INPUT, OK, console, mending_errors
from exportctl.law.book import RuleBook
from exportctl.law.read import rules_folder

NEEDED = "needs the solver: pip install 'exportctl[prove]'"
ClaimOption = Annotated[list[str] | None, typer.Option("--claim", help="Only this claim; several times.")]
SaveOption = Annotated[
    Path | None, typer.Option("--save", metavar="DIR", help="Also write each case that shows a fault into this folder.")
]


def prove(rules: RulesDir = None, claim: ClaimOption = None, save: SaveOption = None) -> None:
    """Prove what should hold of the rule book in every case, or print a case in which it does not.

    Every fact is free, known or not, on every day and under every reading. Items are a chain of two, with what nobody
    listed inside them; the share of an item's value is any interval within 0 and 1.

    Examples:

      exportctl rules prove

      exportctl rules prove --claim military --claim more-value

      exportctl rules prove --rules my-rules --save found
    """
    needs_solver()
    from exportctl.proof.claim.all import CLAIMS  # noqa: PLC0415 - only with the extra
    from exportctl.proof.run import prove as answers  # noqa: PLC0415

    known = [c.name for c in CLAIMS]
    if unknown := sorted(set(claim or []) - set(known)):
        raise typer.BadParameter(f"`{unknown[0]}` is not one of {', '.join(known)}", param_hint="--claim")
    start, failed, tried = time.monotonic(), 0, 0
    with asking_the_solver():
        book = book_of(rules)
        total = len(claim or known)
        with console().status(f"asking the solver {total} questions …"):
            for answer in answers(rules or rules_folder(), claim):
                failed, tried = failed + (not answer.holds), tried + answer.tried
                _say(answer, book, save)
    typer.echo(f"{total - failed} of {total} claims hold, about {tried} things, in {time.monotonic() - start:.0f} s")
    raise typer.Exit(BAD_INPUT if failed else OK)


@contextmanager
def asking_the_solver() -> Iterator[None]:
    """Turn what is wrong with an input, or unknown to the solver, into lines and an exit status."""
    from exportctl.proof.truth import Unprovable  # noqa: PLC0415 - only with the extra

    try:
        with mending_errors():
            yield
    except Unprovable as unprovable:
        typer.echo(str(unprovable), err=True)
        raise typer.Exit(BAD_INPUT) from None


def needs_solver() -> None:
    """End with a clear line where the solver is not installed."""
    try:
        import z3  # noqa: F401, PLC0415
    except ImportError:
        typer.echo(NEEDED, err=True)
        raise typer.Exit(BAD_INPUT) from None


def _say(answer: object, book: RuleBook, save: Path | None) -> None:
    from exportctl.proof.run import Answer  # noqa: PLC0415

    if not isinstance(answer, Answer):
        raise TypeError("answers come from the solver")
    word = "proved" if answer.holds else "FAILS "
    typer.echo(f"{word}  {answer.says} ({answer.claim}: {answer.tried}, {answer.seconds:.1f} s)")
    for result in answer.excepted:
        typer.echo(f"          excepted: {result.about}: {result.wrong}")
    for about in answer.idle:
        typer.echo(f"          the exception for {about} is not needed any more")
    for result in answer.wrong:
        typer.echo(f"          {result.about}: {result.wrong}")
        _show(answer.claim, result, book, save)


def _show(claim: str, result: object, book: RuleBook, save: Path | None) -> None:
    from exportctl.proof.claim.result import Result  # noqa: PLC0415
    from exportctl.proof.yaml_case import as_case_file  # noqa: PLC0415

    if not isinstance(result, Result) or result.witness is None:
        return
    defaults = {name: reading.default for name, reading in book.readings.items()}
    text = as_case_file(result.witness, f"{claim}: {result.about}: {result.wrong}", defaults)
    typer.echo("\n".join(f"            {line}" for line in text.splitlines()))
    if save is not None:
        save.mkdir(parents=True, exist_ok=True)
        name = "".join(c if c.isalnum() or c in "-." else "-" for c in f"{claim}-{result.about}")[:120]
        (save / f"{name}.yaml").write_text(text, encoding="utf-8")
