"""From a file to a bill of materials, or to every fault that keeps it from being one."""

from __future__ import annotations

from collections.abc import Mapping
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


def read_bom(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    title: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    ask: Ask | None = None,
) -> BillOfMaterials:
    """Return the bill of materials in a CSV, TSV, XLSX, XLS or ODS file.

    `mapping` is a field for a column heading and wins over the list of headings; the field `ignored` sets a column
    aside. `title` names the whole where no row of the table is the whole; without it the name of the file does.
    `sheet` and `encoding` are found out where they are not given. `ask` is shown a heading that is much like a known
    one, with its field, and says whether it is meant.

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
    cells = Cells(found)
    if problems:
        faulty = {problem.place for problem in table.problems}
        for row in range(len(found)):
            if found.at(row) not in faulty:
                cells.facts(row)
        raise Refused(sorted([*problems, *cells.problems], key=_row))
    nested = nest(cells, arrangement, name)
    if cells.problems:
        raise Refused(sorted(cells.problems, key=_row))
    headings = {field: heading for heading, field in columns.mapping.items()}
    document = Document(table.place, {"item": nested.item}, nested.lines, nested.rows, headings)
    warnings = (*columns.warnings, *settled.warnings, *arrangement.warnings, *cells.warnings())
    return BillOfMaterials(document, warnings, columns.mapping, len(found), table.read_as)


def _row(problem: Problem) -> int:
    row = problem.place.rpartition(":")[2]
    return int(row) if row.isdecimal() else 0
