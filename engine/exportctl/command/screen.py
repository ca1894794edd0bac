"""`exportctl screen`: a table of shipments, one determination a row."""

from __future__ import annotations

import errno
import json
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from exportctl.command.options import KnownOn, ReadingOption, RulesDir
from exportctl.command.party_option import DecisionsOption, PartiesOption
from exportctl.command.report import BAD_INPUT, mending_errors
from exportctl.command.screen_run import Options, by_spark, prepared, told_of
from exportctl.harmless import harmless
from exportctl.problem import Problem, Refused

if TYPE_CHECKING:
    from exportctl.batch.run import Run

SHOWN = 12
TABLES = (("outcomes", "outcome"), ("instruments", "instrument"), ("destinations", "destination"),
          ("open_points", "open point"), ("parties", "in the list of parties, by the strongest hit of a row"),
          ("problems", "rejected for"))  # fmt: skip


class Engine(StrEnum):
    """What decides the rows."""

    polars = "polars"
    spark = "spark"


Output = Annotated[str, typer.Option("-o", "--output", metavar="OUT", help="The result; its ending says the format.")]
MapFile = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="YAML: column heading -> case field.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")]
BomFile = Annotated[
    str | None,
    typer.Option("--bom", metavar="COMPONENTS", help="A table of what is inside each part number."),
]
EngineOption = Annotated[
    Engine, typer.Option(help="What decides: this process, or Spark (files at any address that Spark knows).")
]
Master = Annotated[
    str | None, typer.Option(metavar="URL", help="With --engine spark: its master, e.g. spark://host:7077 or yarn.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]


def screen(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The table: .csv, .tsv, .xlsx, .parquet or .jsonl.")],
    output: Output,
    map_: MapFile = None,
    resume: Resume = False,
    engine: EngineOption = Engine.polars,
    master: Master = None,
    as_json: AsJson = False,
    known_on: KnownOn = None,
    rules: RulesDir = None,
    reading: ReadingOption = None,
    bom: BomFile = None,
    parties: PartiesOption = None,
    decisions: DecisionsOption = None,
) -> None:
    """Decide every row of a table of shipments. Rows that cannot be read go to OUT.rejected.csv.

    Examples:

      exportctl screen ledger.csv -o decided.csv

      exportctl screen ledger.parquet -o decided.parquet --map columns.yaml --resume

      exportctl screen ledger.csv -o decided.csv --parties listed.csv --decisions decisions.yaml

      exportctl screen ledger.csv -o decided.csv --bom components.csv

      exportctl screen s3a://trade/2026.parquet -o s3a://trade/decided.parquet --engine spark --master spark://head:7077
    """
    if engine is Engine.polars and master is not None:
        raise typer.BadParameter("a master is for Spark: give `--engine spark` as well", param_hint="--master")
    if engine is Engine.spark and resume:
        raise typer.BadParameter("Spark repeats what it lost by itself", param_hint="--resume")
    with mending_errors():
        _needs_batch()
        options = Options(file, output, map_, known_on, rules, reading, parties, decisions, bom)
        data = by_spark(options, master) if engine is Engine.spark else _here(options, resume=resume)
    typer.echo(json.dumps(data, ensure_ascii=False) if as_json else _told(data, output, parties=parties is not None))


def _here(options: Options, *, resume: bool) -> dict[str, Any]:
    """Return the summary of a screening in this process."""
    run = prepared(options, resume=resume)
    try:
        _with_progress(run, resume=resume)
    except OSError as error:
        raise Refused([_broken_off(error, run.output)]) from None
    except SystemExit:
        typer.echo(f"interrupted; go on with `--resume`, or begin {run.output} anew without it", err=True)
        raise
    return told_of(run.counts, run.terms)


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


def _told(data: dict[str, Any], output: str, *, parties: bool) -> str:
    """Return the summary as lines of text."""
    file = Path(output).name
    lines = [f"{data['rows_in']:,} rows in = {data['rows_out']:,} rows out + {data['rows_rejected']:,} rejected"]
    for name, title in TABLES:
        if data[name]:
            most = list(data[name].items())[:SHOWN]
            lines += ["", title, *(f"  {number:>12,}  {harmless(what)}" for what, number in most)]
    beside = f"{file}.parties.csv, " if parties else ""
    columns = ", ".join(f"{harmless(heading)} = {path}" for heading, path in data["columns"].items())
    lines += [
        "",
        f"columns: {columns}",
        f"written: {output}, {file}.rejected.csv, {beside}{file}.summary.json and .html",
    ]
    return "\n".join(lines)


def _needs_batch() -> None:
    if find_spec("polars") is None:
        typer.echo("screening needs Polars, which is not installed\n  hint: pip install 'exportctl[batch]'", err=True)
        raise typer.Exit(BAD_INPUT)


def _broken_off(error: OSError, output: Path) -> Problem:
    """Return what stopped a run in the middle."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    text = "the disk is full" if full else f"cannot go on: {error.strerror or error}"
    return Problem(str(output), "", text, "the input is untouched; make room and go on with `--resume`")
