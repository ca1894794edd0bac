"""The command line: every command by its name."""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from exportctl import __version__
from exportctl.command.ask import ask
from exportctl.command.bom import bom
from exportctl.command.cases import cases
from exportctl.command.check import check
from exportctl.command.claims import claims
from exportctl.command.parties import parties
from exportctl.command.rules import rules
from exportctl.command.schema import schema
from exportctl.command.screen import screen

app = typer.Typer(
    name="exportctl",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Decides hypothetical exports under China's rare-earth and dual-use controls, on any date, and says why. "
    "Not legal advice.",
)
app.command()(check)
app.command()(bom)
app.command()(ask)
app.command()(parties)
app.command()(cases)
app.command()(claims)
app.command()(screen)
app.command()(schema)
app.add_typer(rules, name="rules")

SELDOM = 20_000  # new objects after which cycles among them are looked for: little here refers to itself


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"exportctl {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Decide hypothetical exports under China's rare-earth and dual-use controls."""


def run() -> None:
    """Run the command line."""
    gc.set_threshold(SELDOM)
    app()
