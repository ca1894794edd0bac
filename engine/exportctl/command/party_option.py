"""The options that hold the parties of a case against a list, and what they do."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exportctl.case.case import Case
from exportctl.decide.screened import PartiesScreened
from exportctl.law.book import RuleBook
from exportctl.problem import Problem, Refused

if TYPE_CHECKING:
    from exportctl.party.screen import Screening

PartiesOption = Annotated[
    Path | None,
    typer.Option("--parties", metavar="FILE", help="A list of listed parties (CSV) to hold the parties against."),
]
DecisionsOption = Annotated[
    Path | None,
    typer.Option("--decisions", metavar="FILE", help="Decisions on hits in that list (YAML), honoured until they end."),
]


Screen = Callable[[Case], tuple[Case, PartiesScreened | None]]


def screen_of(book: RuleBook, parties: Path | None, decisions: Path | None, known_on: datetime.date | None) -> Screen:
    """Return what adds to a case what a list says about its parties; without a list, cases stay as they are.

    Raises:
        Refused: a file cannot be read whole, or the libraries for names are not installed.
        typer.BadParameter: decisions without a list.
    """
    if parties is None:
        if decisions is not None:
            raise typer.BadParameter("decisions are about a list of parties: give `--parties` as well")
        return lambda case: (case, None)
    screening = screening_of(book, parties, decisions, known_on)
    from exportctl.party.screen import screen_case  # noqa: PLC0415 - an extra, and slow to load

    return lambda case: screen_case(case, screening)


def screening_of(
    book: RuleBook, parties: Path, decisions: Path | None, known_on: datetime.date | None = None
) -> Screening:
    """Return a list with decisions on its hits, ready to be searched.

    Raises:
        Refused: a file cannot be read whole, or the libraries for names are not installed.
    """
    try:
        from exportctl.party.decision import read_decisions  # noqa: PLC0415 - an extra, and slow to load
        from exportctl.party.read import read_party_list  # noqa: PLC0415 - as above
        from exportctl.party.screen import Screening  # noqa: PLC0415 - as above
        from exportctl.party.search import Search  # noqa: PLC0415 - as above
    except ImportError as error:
        hint = "pip install 'exportctl[parties]'"
        raise Refused([Problem(str(parties), "", f"a list of parties needs `{error.name}`", hint)]) from None
    made = read_decisions(decisions) if decisions else None
    return Screening(book, Search(read_party_list(parties, book)), made, known_on)
