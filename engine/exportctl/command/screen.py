"""`exportctl screen`: a table of shipments, one determination a row."""

from __future__ import annotations

import datetime
import errno
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from exportctl.case.read import BEIJING, read_documents
from exportctl.command.options import KnownOn, ReadingOption, RulesDir, book_of, fixed_readings
from exportctl.command.report import BAD_INPUT, mending_errors
from exportctl.problem import Problem, Refused

if TYPE_CHECKING:
    from exportctl.batch.run import Run

Output = Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="The result; its ending says the format.")]
MapFile = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="YAML: column heading -> case field.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]


def screen(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table: .csv, .tsv, .xlsx, .parquet or .jsonl.")],
    output: Output,
    map_: MapFile = None,
    resume: Resume = False,
    as_json: AsJson = False,
    known_on: KnownOn = None,
    rules: RulesDir = None,
    reading: ReadingOption = None,
) -> None:
    """Decide every row of a table of shipments. Rows that cannot be read go to OUT.rejected.csv.

    Examples:

      exportctl screen ledger.csv -o decided.csv

      exportctl screen ledger.parquet -o decided.parquet --map columns.yaml --resume
    """
    with mending_errors():
        _needs_batch()
        run = _prepared(file, output, map_, resume, known_on, rules, reading)
        try:
            _with_progress(run, resume=resume)
        except OSError as error:
            raise Refused([_broken_off(error, output)]) from None
    data = run.counts.as_data()
    typer.echo(json.dumps(data, ensure_ascii=False) if as_json else _told(data, run, output))


def _prepared(
    file: Path,
    output: Path,
    map_: Path | None,
    resume: bool,
    known_on: datetime.date | None,
    rules: Path | None,
    reading: list[str] | None,
) -> Run:
    from exportctl.batch.formats import known, open_source  # noqa: PLC0415 - an extra brings what this needs
    from exportctl.batch.heading import read_headings  # noqa: PLC0415
    from exportctl.batch.run import Run, check_places, day_of_run  # noqa: PLC0415
    from exportctl.batch.screening import Screening  # noqa: PLC0415

    book = book_of(rules)
    source = open_source(file)
    known(output)
    check_places(file, output)
    headings = read_headings(source.names, book, str(file), _mapping(map_))
    today = (day_of_run(output) if resume else None) or datetime.datetime.now(BEIJING).date()
    screening = Screening(book, headings, today, known_on, fixed_readings(reading, book))
    return Run(source, screening, file, output)


def _with_progress(run: Run, *, resume: bool) -> None:
    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=1.0, rate="")

        def tell(part: float, rows: int) -> None:
            _tell(progress, task, part, rows)

        run.go(tell, resume=resume)


def _tell(progress: Progress, task: TaskID, part: float, rows: int) -> None:
    elapsed = progress.tasks[0].elapsed or 0.0
    rate = f"{rows:,} rows, {rows / elapsed:,.0f} a second" if elapsed else f"{rows:,} rows"
    progress.update(task, completed=part, rate=rate)


def _told(data: dict[str, Any], run: Run, output: Path) -> str:
    """Return the summary as lines of text."""
    lines = [f"{data['rows_in']:,} rows in = {data['rows_out']:,} rows out + {data['rows_rejected']:,} rejected"]
    for name, title in (("outcomes", "outcome"), ("instruments", "instrument"), ("destinations", "destination"),
                        ("open_points", "open point"), ("problems", "rejected for")):  # fmt: skip
        lines += ["", title, *(f"  {number:>12,}  {what}" for what, number in list(data[name].items())[:12])]
    columns = ", ".join(f"{heading} = {path}" for heading, path in run.screening.headings.facts.items())
    lines += [
        "",
        f"columns: {columns}",
        f"written: {output}, {output.name}.rejected.csv, {output.name}.summary.json and .html",
    ]
    return "\n".join(lines)


def _mapping(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    (document,) = read_documents(path)
    if not isinstance(document.data, dict):
        raise Refused([Problem(str(path), "", "a mapping is written `Heading: field`, one a line")])
    return {str(heading): str(name) for heading, name in document.data.items()}


def _needs_batch() -> None:
    if find_spec("polars") is None:
        typer.echo("screening needs Polars, which is not installed\n  hint: pip install 'exportctl[batch]'", err=True)
        raise typer.Exit(BAD_INPUT)


def _broken_off(error: OSError, output: Path) -> Problem:
    """Return what stopped a run in the middle."""
    full = error.errno == errno.ENOSPC
    text = "the disk is full" if full else f"cannot go on: {error.strerror or error}"
    return Problem(str(output), "", text, "the input is untouched; make room and go on with `--resume`")
