"""From the options of `exportctl screen` to a run: what both engines are told, read and checked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from exportctl.case.read import BEIJING, read_documents
from exportctl.command.options import book_of, fixed_readings
from exportctl.command.party_option import screening_of
from exportctl.problem import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from exportctl.batch.components import Components  # an extra brings what these need
    from exportctl.batch.counts import Counts
    from exportctl.batch.run import Run
    from exportctl.batch.terms import Terms
    from exportctl.law.book import RuleBook

    ReadComponents = Callable[[str, RuleBook], Components]


@dataclass(frozen=True)
class Options:
    """What both engines are told."""

    file: str
    output: str
    map: Path | None
    known_on: datetime.date | None
    rules: Path | None
    reading: list[str] | None
    parties: Path | None
    decisions: Path | None
    bom: str | None

    @property
    def tables(self) -> list[str]:
        """The tables that are read, at addresses that the engine knows."""
        return [self.file] if self.bom is None else [self.file, self.bom]

    @property
    def files(self) -> list[str]:
        """The files of this machine that are read besides."""
        return [str(path) for path in (self.map, self.parties, self.decisions) if path is not None]

    def terms(self, names: Sequence[str], read: ReadComponents, today: datetime.date | None = None) -> Terms:
        """Return on what terms a table with these columns is screened; `read` reads a table of components.

        Raises:
            Refused: columns, mapping, list of parties or decisions are not well formed.
            typer.BadParameter: decisions without a list.
        """
        from exportctl.batch.heading import read_headings  # noqa: PLC0415 - an extra brings what this needs
        from exportctl.batch.terms import Terms  # noqa: PLC0415

        if self.parties is None and self.decisions is not None:
            raise typer.BadParameter("decisions are about a list of parties: give `--parties` as well")
        book, day = book_of(self.rules), today or datetime.datetime.now(BEIJING).date()
        headings, held = read_headings(names, book, self.file, mapping(self.map)), None
        if self.parties is not None:
            held = screening_of(book, self.parties, self.decisions, self.known_on)
            from exportctl.batch.party_lists import with_lists  # noqa: PLC0415

            headings = with_lists(headings, self.file)
        if self.bom is not None and headings.column_of("item.part_number") is None:
            problem = "no column is known to hold the part number"
            raise Refused([Problem(self.file, "", problem, "name a column `part_number`, or use `--map`")])
        components = read(self.bom, book) if self.bom is not None else None
        fixed = fixed_readings(self.reading, book)
        return Terms(book, headings, day, self.known_on, fixed, held, components)


def prepared(options: Options, *, resume: bool) -> Run:
    """Return a run in this process.

    Raises:
        Refused: there is nothing to read, nowhere to write, or the terms are not well formed.
    """
    from exportctl.batch.beside import check_beside  # noqa: PLC0415 - an extra brings what these need
    from exportctl.batch.formats import known, open_source  # noqa: PLC0415
    from exportctl.batch.run import Run, check_places, day_of_run  # noqa: PLC0415

    file, output = Path(options.file), Path(options.output)
    source = open_source(file)
    known(output)
    check_places(file, output)
    check_beside(options.output, [*options.tables, *options.files], _same)
    terms = options.terms(source.names, components_of, day_of_run(output) if resume else None)
    return Run(source, terms, file, output)


def _same(written: str, read: str) -> bool:
    """Return whether two names are those of one file."""
    return Path(written).exists() and Path(read).exists() and Path(written).samefile(read)


def components_of(file: str, book: RuleBook) -> Components:
    """Return the components in a file of any format of tables.

    Raises:
        Refused: with every fault of the file.
    """
    from exportctl.batch.components import component_paths, components_in  # noqa: PLC0415 - an extra brings these
    from exportctl.batch.formats import open_source  # noqa: PLC0415

    source = open_source(Path(file))
    paths = component_paths(source.names, book, file)
    return components_in(file, Path(file).name, list(source.chunks(0, 1)), paths, book)


def by_spark(options: Options, master: str | None) -> dict[str, Any]:
    """Return the summary of a screening by Spark.

    Raises:
        Refused: an extra or Java is missing, or as `prepared`.
    """
    for needed in ("pyspark", "pyarrow", "pandas"):
        if find_spec(needed) is None:
            problem = Problem("--engine spark", "", f"needs `{needed}`", "pip install 'exportctl[spark]'")
            raise Refused([problem])
    from exportctl.spark.components import components_by_spark  # noqa: PLC0415 - an extra brings what this needs
    from exportctl.spark.run import Run as SparkRun  # noqa: PLC0415
    from exportctl.spark.run import check_lost  # noqa: PLC0415
    from exportctl.spark.session import session  # noqa: PLC0415
    from exportctl.spark.source import check_address, ending_of, open_source  # noqa: PLC0415

    for address in (*options.tables, options.output):
        check_address(address)
    ending_of(options.file)
    ending_of(options.output)
    output = options.output.rstrip("/")
    with _saying_what_is_left(output), session(master) as spark:
        source = open_source(spark, options.file)
        check_lost(spark, output, options.tables, options.files)
        terms = options.terms(source.names, lambda file, book: components_by_spark(spark, file, book))
        run = SparkRun(spark, source, output, terms)
        return told_of(run.go(), run.terms)


@contextmanager
def _saying_what_is_left(output: str) -> Iterator[None]:
    """Say, when Ctrl-C ends a screening by Spark, that nothing is left of it."""
    try:
        yield
    except SystemExit:
        typer.echo(f"interrupted; nothing is left of {output}", err=True)
        raise


def told_of(counts: Counts, terms: Terms) -> dict[str, Any]:
    """Return what a run tells when it is through: its counts, and what the columns of the table were taken for."""
    from exportctl.batch.run import summary_of  # noqa: PLC0415 - an extra brings what this needs

    return summary_of(counts, {"columns": terms.headings.shown})


def mapping(path: Path | None) -> dict[str, str]:
    """Return the field for each heading that a user decided on.

    Raises:
        Refused: the file is no mapping.
    """
    if path is None:
        return {}
    (document,) = read_documents(path)
    if not isinstance(document.data, dict):
        raise Refused([Problem(str(path), "", "a mapping is written `Heading: field`, one a line")])
    return {str(heading): str(name) for heading, name in document.data.items()}
