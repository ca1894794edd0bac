"""`exportctl screen`: a table of shipments, one determination a row."""

from __future__ import annotations

import datetime
import errno
import json
from dataclasses import dataclass
from enum import StrEnum
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


class Engine(StrEnum):
    """What decides the rows."""

    polars = "polars"
    spark = "spark"


Output = Annotated[str, typer.Option("-o", "--output", metavar="OUT", help="The result; its ending says the format.")]
MapFile = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="YAML: column heading -> case field.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")]
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
) -> None:
    """Decide every row of a table of shipments. Rows that cannot be read go to OUT.rejected.csv.

    Examples:

      exportctl screen ledger.csv -o decided.csv

      exportctl screen ledger.parquet -o decided.parquet --map columns.yaml --resume

      exportctl screen s3a://trade/2026.parquet -o s3a://trade/decided.parquet --engine spark --master spark://head:7077
    """
    if engine is Engine.polars and master is not None:
        raise typer.BadParameter("a master is for Spark: give `--engine spark` as well", param_hint="--master")
    if engine is Engine.spark and resume:
        raise typer.BadParameter("Spark repeats what it lost by itself", param_hint="--resume")
    with mending_errors():
        _needs_batch()
        options = Options(file, output, map_, known_on, rules, reading)
        data = _by_spark(options, master) if engine is Engine.spark else _here(options, resume=resume)
    typer.echo(json.dumps(data, ensure_ascii=False) if as_json else _told(data, Path(output)))


@dataclass(frozen=True)
class Options:
    """What both engines are told."""

    file: str
    output: str
    map: Path | None
    known_on: datetime.date | None
    rules: Path | None
    reading: list[str] | None


def _by_spark(options: Options, master: str | None) -> dict[str, Any]:
    """Return the summary of a screening by Spark."""
    for needed in ("pyspark", "pyarrow", "pandas"):
        if find_spec(needed) is None:
            problem = Problem("--engine spark", "", f"needs `{needed}`", "pip install 'exportctl[spark]'")
            raise Refused([problem])
    from exportctl.batch.heading import read_headings  # noqa: PLC0415 - an extra brings what this needs
    from exportctl.spark.run import Run as SparkRun  # noqa: PLC0415
    from exportctl.spark.session import session  # noqa: PLC0415
    from exportctl.spark.source import ending_of, open_source  # noqa: PLC0415

    book = book_of(options.rules)
    fixed = fixed_readings(options.reading, book)
    ending_of(options.file)
    ending_of(options.output)
    with session(master) as spark:
        source = open_source(spark, options.file)
        headings = read_headings(source.names, book, options.file, _mapping(options.map))
        today = datetime.datetime.now(BEIJING).date()
        run = SparkRun(spark, source, options.output, book, headings, today, options.known_on, fixed)
        return run.go().as_data() | {"columns": headings.facts}


def _here(options: Options, *, resume: bool) -> dict[str, Any]:
    """Return the summary of a screening in this process."""
    output = Path(options.output)
    run = _prepared(options, output, resume=resume)
    try:
        _with_progress(run, resume=resume)
    except OSError as error:
        raise Refused([_broken_off(error, output)]) from None
    return run.counts.as_data() | {"columns": run.passage.screening.headings.facts}


def _prepared(options: Options, output: Path, *, resume: bool) -> Run:
    from exportctl.batch.formats import known, open_source  # noqa: PLC0415 - an extra brings what this needs
    from exportctl.batch.heading import read_headings  # noqa: PLC0415
    from exportctl.batch.passage import Passage  # noqa: PLC0415
    from exportctl.batch.run import Run, check_places, day_of_run  # noqa: PLC0415
    from exportctl.batch.screening import Screening  # noqa: PLC0415

    file, book = Path(options.file), book_of(options.rules)
    source = open_source(file)
    known(output)
    check_places(file, output)
    headings = read_headings(source.names, book, str(file), _mapping(options.map))
    today = (day_of_run(output) if resume else None) or datetime.datetime.now(BEIJING).date()
    screening = Screening(book, headings, today, options.known_on, fixed_readings(options.reading, book))
    return Run(source, Passage(screening), file, output)


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


def _told(data: dict[str, Any], output: Path) -> str:
    """Return the summary as lines of text."""
    lines = [f"{data['rows_in']:,} rows in = {data['rows_out']:,} rows out + {data['rows_rejected']:,} rejected"]
    for name, title in (("outcomes", "outcome"), ("instruments", "instrument"), ("destinations", "destination"),
                        ("open_points", "open point"), ("problems", "rejected for")):  # fmt: skip
        lines += ["", title, *(f"  {number:>12,}  {what}" for what, number in list(data[name].items())[:12])]
    columns = ", ".join(f"{heading} = {path}" for heading, path in data["columns"].items())
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
