"""From a file to a bill of materials, or to every fault that keeps it from being one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from exportctl.case.bom.arrangement import Arrangement
from exportctl.case.bom.bill import BillOfMaterials
from exportctl.case.bom.cells import Cells
from exportctl.case.bom.columns import Ask, read_columns
from exportctl.case.bom.open_table import open_table
from exportctl.case.bom.rows import settle
from exportctl.case.bom.structure import arrange, nest
from exportctl.case.bom.table import Sheet
from exportctl.case.headings import bom_field, plain
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document

Further = Callable[[Document], Sequence[Problem]]


def read_bom(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    title: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    ask: Ask | None = None,
    further: Further | None = None,
) -> BillOfMaterials:
    """Return the bill of materials in a CSV, TSV, XLSX, XLS or ODS file.

    `mapping` is a field for a column heading and wins over the list of headings; the field `ignored` sets a column
    aside. `title` names the whole where no row of the table is the whole; without it the name of the file does.
    `sheet` and `encoding` are found out where they are not given. `ask` is shown a heading that is much like a known
    one, with its field, and says whether it is meant. `further` finds the faults of a document made from the rows; it
    is asked where the table itself has some, so that they are told together.

    Raises:
        Refused: the file cannot be read, or its rows do not make one tree; with every fault of the file.
    """
    given = dict(mapping or {})
    own = {plain(heading) for heading in given}
    opened = open_table(path, lambda cell: bom_field(cell) is not None or plain(cell) in own, sheet, encoding)
    columns = read_columns(opened.table, given, ask)
    settled = settle(opened.table, opened.merged, columns.positions)
    table = settled.table
    found, name = Sheet(table, columns.positions, columns.units, settled.mark), title or path.stem
    arrangement = Arrangement() if table.broken else arrange(found, name)
    problems = [*columns.problems, *table.problems, *settled.problems, *arrangement.problems]
    headings = {field: heading for heading, field in columns.mapping.items()}
    if problems:
        raise _refused(_without(found, problems), None, headings, problems, further)
    cells = Cells(found)
    document = _document(cells, arrangement, name, headings)
    if cells.problems:
        raise _refused(found, arrangement, headings, [], further)
    warnings = (*columns.warnings, *settled.warnings, *arrangement.warnings, *cells.warnings())
    return BillOfMaterials(document, warnings, columns.mapping, len(found), table.read_as)


def _document(cells: Cells, arrangement: Arrangement, name: str, headings: Mapping[str, str]) -> Document:
    nested = nest(cells, arrangement, name)
    return Document(cells.sheet.table.place, {"item": nested.item}, nested.lines, nested.rows, headings)


def _without(sheet: Sheet, problems: Sequence[Problem]) -> Sheet:
    """Return a sheet without the rows of which the form is at fault."""
    faulty = {problem.place for problem in problems if not problem.field}
    rows = tuple(row for row in sheet.table.rows if f"{sheet.table.place}:{row.number}" not in faulty)
    return replace(sheet, table=replace(sheet.table, rows=rows))


def _refused(
    sheet: Sheet,
    arrangement: Arrangement | None,
    headings: Mapping[str, str],
    problems: Sequence[Problem],
    further: Further | None,
) -> Refused:
    """Return every fault of a table: those known, of its cells, and of what these say.

    Without an arrangement every row is taken on its own.
    """
    cells = Cells(sheet)
    arrangement = arrangement or Arrangement([None] * len(sheet), rootless=True)
    document = _document(cells, arrangement, "", headings)
    found = [*problems, *cells.problems, *(further(document) if further else ())]
    return Refused(sorted(dict.fromkeys(found), key=_row))


def _row(problem: Problem) -> int:
    row = problem.place.rpartition(":")[2]
    return int(row) if row.isdecimal() else 0
