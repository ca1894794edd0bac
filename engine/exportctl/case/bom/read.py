"""From a file to a bill of materials, or to every fault that keeps it from being one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from exportctl.case.bom.arrangement import Arrangement
from exportctl.case.bom.headings import known_headings, plain, read_columns
from exportctl.case.bom.structure import arrange, nest
from exportctl.case.bom.table import Sheet, read_table
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document


@dataclass(frozen=True)
class BillOfMaterials:
    """A table of parts as the `item` block of a case, not yet checked against the vocabulary.

    `document` holds `{"item": …}`, with the row of each item. `warnings` are sentences that name file and row.
    `mapping` is the field each column was read as, by its heading; `rows` is how many rows were read.
    """

    document: Document
    warnings: tuple[str, ...]
    mapping: Mapping[str, str]
    rows: int


def read_bom(path: Path, mapping: Mapping[str, str] | None = None, title: str = "") -> BillOfMaterials:
    """Return the bill of materials in a CSV file.

    `mapping` is a field for a column heading and wins over the list of headings; the field `ignored` sets a column
    aside. `title` names the whole where no row of the table is the whole; without it the name of the file does.

    Raises:
        Refused: the file cannot be read, or its rows do not make one tree; with every fault of the file.
    """
    given = dict(mapping or {})
    known = known_headings().keys() | {plain(heading) for heading in given}
    table = read_table(path, lambda heading: plain(heading) in known)
    columns = read_columns(table, given)
    sheet, name = Sheet(table, columns.positions), title or path.stem
    arrangement = Arrangement() if table.broken else arrange(sheet, name)
    if problems := [*columns.problems, *table.problems, *arrangement.problems]:
        raise Refused(sorted(problems, key=_row))
    item, lines = nest(sheet, arrangement, name)
    document = Document(table.place, {"item": item}, lines)
    return BillOfMaterials(document, (*columns.warnings, *arrangement.warnings), columns.mapping, len(sheet))


def _row(problem: Problem) -> int:
    row = problem.place.rpartition(":")[2]
    return int(row) if row.isdecimal() else 0
