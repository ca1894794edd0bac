"""`exportctl bom`: a bill of materials, decided as one exported item."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from exportctl.case.bom.bill import BillOfMaterials
from exportctl.case.declaration.read import read_bill
from exportctl.case.read import faults_of, read_cases, read_documents
from exportctl.command.check import PICTURES, show
from exportctl.command.options import (
    Day,
    Format,
    FormatOption,
    KnownOn,
    Lang,
    LangOption,
    PricesOption,
    RatesOption,
    ReadingOption,
    RulesDir,
    SetOption,
    book_of,
    fixed_readings,
    stated,
    tables_of,
)
from exportctl.command.party_option import DecisionsOption, PartiesOption, screen_of
from exportctl.command.progress_bar import progress_bar
from exportctl.command.report import mending_errors
from exportctl.determine.determine import determine
from exportctl.harmless import harmless
from exportctl.picture.draw import draw
from exportctl.problem import Problem, Refused
from exportctl.request.apply import apply_answers
from exportctl.request.question import questions
from exportctl.request.read import read_answers
from exportctl.request.write import write_request
from exportctl.strict_yaml import Document

From = Annotated[str | None, typer.Option("--from", metavar="PLACE", help="Where it leaves, e.g. JP.")]
To = Annotated[str | None, typer.Option("--to", metavar="PLACE", help="Where it goes, e.g. KR.")]
CaseFile = Annotated[
    Path | None, typer.Option("--case", metavar="FILE", help="A case file with the transfer, parties and end use.")
]
Title = Annotated[str, typer.Option(help="What the exported item is called.")]
MapFile = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="YAML: column heading -> case field.")]
SaveMap = Annotated[
    Path | None, typer.Option("--save-map", metavar="FILE", help="Write the mapping that was used, for --map.")
]
SheetName = Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")]
PartNumber = Annotated[
    str | None, typer.Option("--part", metavar="NUMBER", help="The product, in a declaration of several.")
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Of a text file, e.g. gb18030; found out without it.")
]
RequestFile = Annotated[
    Path | None, typer.Option("--request", metavar="OUT.xlsx", help="Write what suppliers should answer, to be filled.")
]
AnswerFiles = Annotated[
    list[Path] | None, typer.Option("--answers", metavar="FILLED.xlsx", help="Read a filled request; several times.")
]


def bom(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table of parts (CSV, TSV, XLSX, XLS, ODS) or a declaration.")
    ],
    from_: From = None,
    to: To = None,
    case: CaseFile = None,
    title: Title = "",
    map_: MapFile = None,
    save_map: SaveMap = None,
    sheet: SheetName = None,
    encoding: Encoding = None,
    part: PartNumber = None,
    on: Day = None,
    known_on: KnownOn = None,
    format_: FormatOption = Format.text,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
    reading: ReadingOption = None,
    set_: SetOption = None,
    prices: PricesOption = None,
    rates: RatesOption = None,
    request: RequestFile = None,
    answers: AnswerFiles = None,
    parties: PartiesOption = None,
    decisions: DecisionsOption = None,
) -> None:
    """Decide a bill of materials: one determination, with the value share at every Part 2 item and what to ask.

    Examples:

      exportctl bom robot.csv --from JP --to KR --on 2026-01-15

      exportctl bom robot.csv --case shipment.yaml --format md

      exportctl bom robot.csv --from JP --to KR --set end_use.purposes=[civil] --set item.form=finished-product
    """
    with mending_errors():
        book = book_of(rules)
        fixed = fixed_readings(reading, book)
        around, tables = _around(case), tables_of(prices, rates)
        given: dict[str, Any] = {"transfer.kind": "goods", "transfer.from": from_, "transfer.to": to, "on": on}
        given = {path: value for path, value in given.items() if value is not None} | stated(set_)
        ask = _ask if sys.stdin.isatty() else None
        further = partial(faults_of, book=book, given=given, around=around, tables=tables)
        with progress_bar():
            read = read_bill(file, _mapping(map_), title, sheet, encoding, part, ask, further)
        screen = screen_of(book, parties, decisions, known_on)
        if save_map:
            _save(read, save_map)
        given_answers = [answer for path in answers or () for answer in read_answers(path, book)]
        answered = apply_answers(read.document, given_answers)
        with progress_bar():
            (found,) = read_cases(read.document, book, given, around, tables)
            found, held = screen(found)
            decided = determine(book, found, known_on=known_on, readings=fixed, screened=held)
        decided = decided.model_copy(update={"answers": answered})
        if request:
            asked = questions(book, found, decided)
            write_request(request, asked, book)
            typer.echo(f"{request}: {len(asked)} questions", err=True)
    if format_ is Format.text:
        _say_what_was_read(read, file)
    decided = decided.model_copy(update={"warnings": [*read.warnings, *decided.warnings]})
    picture = draw(book, found, decided, lang.value, known_on) if format_ in PICTURES else ""
    show(decided, format_, lang, picture)


def _say_what_was_read(read: BillOfMaterials, file: Path) -> None:
    columns = ", ".join(f"{heading} = {field}" for heading, field in read.mapping.items())
    columns = f"; columns: {columns}" if columns else ""
    how = "".join(f"; {word}" for word in read.read_as)
    typer.echo(harmless(f"{file}: {read.rows} rows read{how}{columns}") + "\n")


def _ask(heading: str, field: str) -> bool:
    """Ask the person at the terminal whether a column means a field."""
    return typer.confirm(f"Is the column `{harmless(heading)}` the field `{field}`?", err=True)


def _save(read: BillOfMaterials, path: Path) -> None:
    """Write the mapping that was used, one `"Heading": field` a line."""
    lines = [f"{json.dumps(heading, ensure_ascii=False)}: {field}\n" for heading, field in read.mapping.items()]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise Refused([Problem(str(path), "", f"cannot be written: {error.strerror}")]) from None


def _mapping(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    (document,) = read_documents(path)
    if not isinstance(document.data, dict):
        raise Refused([Problem(str(path), "", "a mapping is written `Heading: field`, one a line")])
    return {str(heading): str(field) for heading, field in document.data.items()}


def _around(path: Path | None) -> Document | None:
    if path is None:
        return None
    documents = read_documents(path)
    if len(documents) != 1:
        raise Refused([Problem(str(path), "", "holds more than one case")])
    return documents[0]
