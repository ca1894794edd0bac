"""How commands say what they found and what went wrong, and the exit status that goes with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from exportctl.problem import Refused
from exportctl.second_opinion.opinion import Disagreement

OK, BAD_INPUT, USAGE, DISAGREE, TOO_STRICT = 0, 1, 2, 3, 4
PIPE_WIDTH = 120


def console() -> Console:
    """Return where results go: colours and the terminal's width in a terminal, plain text otherwise."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    width = int(os.environ["COLUMNS"]) if os.environ.get("COLUMNS", "").isdigit() else PIPE_WIDTH
    return Console(highlight=False, width=width, no_color=True)


def complain(refused: Refused) -> None:
    """Write every problem of an input to standard error."""
    for problem in refused.problems:
        typer.echo(str(problem), err=True)
    count = len(refused.problems)
    typer.echo(f"{count} problem{'s' if count > 1 else ''}; no determination was made", err=True)


@contextmanager
def mending_errors() -> Iterator[None]:
    """Turn what is wrong with an input into lines and an exit status; nothing else is caught."""
    try:
        yield
    except Refused as refused:
        complain(refused)
        raise typer.Exit(BAD_INPUT) from None
    except Disagreement as disagreement:
        typer.echo(str(disagreement), err=True)
        raise typer.Exit(DISAGREE) from None
