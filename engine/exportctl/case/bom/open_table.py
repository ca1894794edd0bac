"""From a CSV, TSV, XLSX, XLS or ODS file to the one table in it that lists parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from exportctl.case.bom.delimited import records
from exportctl.case.bom.encoding import read_decoded
from exportctl.case.bom.header import FEWEST, HEADER_ROWS, header_at, header_of, heading_count
from exportctl.case.bom.table import Row, Table
from exportctl.case.bom.workbook import ENDINGS, Merged, grids, sheet_names
from exportctl.problem import Problem, Refused, did_you_mean

Known = Callable[[str], bool]


@dataclass(frozen=True)
class Opened:
    """A table, and the cells of its sheet that span several rows."""

    table: Table
    merged: tuple[Merged, ...] = ()


def open_table(path: Path, known: Known, sheet: str | None = None, encoding: str | None = None) -> Opened:
    """Return the table of a file. `known` says whether a cell is a known heading.

    `sheet` names the sheet of a workbook; without it the one sheet that looks like a bill of materials is taken.

    Raises:
        Refused: the file cannot be read, several sheets or none look like a bill of materials, or no header is there.
    """
    if path.suffix.lower() in ENDINGS:
        return _from_workbook(path, known, sheet)
    if sheet is not None:
        raise Refused([Problem(str(path), "", f"`--sheet {sheet}` is for workbooks, and this is none")])
    read = read_decoded(path, known, encoding)
    rows = list(records(read.text, str(path), known))
    how = () if read.encoding in ("utf-8", "utf-8-sig") else (f"read as {read.encoding} text",)
    return Opened(_table(str(path), rows, known, how))


def _from_workbook(path: Path, known: Known, sheet: str | None) -> Opened:
    names = sheet_names(path)
    chosen = _named(path, names, sheet) if sheet is not None else _likely(path, names, known)
    grid = grids(path, [chosen])[chosen]
    how = (f"sheet `{chosen}`",) if len(names) > 1 else ()
    return Opened(_table(f"{path}[{chosen}]", grid.rows, known, how, grid.merged), grid.merged)


def _named(path: Path, names: Sequence[str], sheet: str) -> str:
    if sheet not in names:
        hint = did_you_mean(sheet, names) or f"there are {_quoted(names)}"
        raise Refused([Problem(str(path), "", f"there is no sheet `{sheet}`", hint)])
    return sheet


def _likely(path: Path, names: Sequence[str], known: Known) -> str:
    """Return the one sheet with a row of known headings; of a workbook with a single filled sheet, that."""
    heads = grids(path, names, HEADER_ROWS) if len(names) > 1 else {}
    filled = [name for name, grid in heads.items() if grid.rows] or list(names)
    likely = [name for name in filled if name in heads and _looks_like_parts(heads[name].rows, known)]
    if len(likely) == 1 or len(filled) == 1:
        return (likely or filled)[0]
    text = f"sheets {_quoted(likely)} may all be" if likely else f"none of the sheets {_quoted(filled)} looks like"
    raise Refused([Problem(str(path), "", f"{text} the bill of materials", "choose one with `--sheet NAME`")])


def _looks_like_parts(rows: Sequence[Row], known: Known) -> bool:
    return heading_count(rows[header_at(rows, known)], known) >= FEWEST


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(
    place: str, found: Sequence[Row | Problem], known: Known, how: tuple[str, ...], merged: Sequence[Merged] = ()
) -> Table:
    """Return the table under the row of headings.

    Raises:
        Refused: there is no readable header.
    """
    rows = [row for row in found if isinstance(row, Row)]
    first = found[0] if found else Problem(place, "", "every cell is blank")
    if isinstance(first, Problem):
        raise Refused([first])
    header, used = header_of(rows, known, merged)
    faults = [record for record in found if isinstance(record, Problem)]
    if len(used) > 1 or used[0] is not rows[0]:
        how += ("headings in " + " and ".join(f"row {row.number}" for row in used),)
    headings = {row.cells for row in used}
    body = [row for row in rows if row.number > header.number and row.cells not in headings]
    ragged = [_ragged(row, header, place) for row in body if len(_filled(row)) > len(header.cells)]
    if not body and not faults:
        ragged.append(Problem(f"{place}:{header.number}", "", "the table has a header and no rows"))
    return Table(place, header, tuple(body), (*faults, *ragged), bool(faults), how)


def _filled(row: Row) -> tuple[str, ...]:
    cells = row.cells
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _ragged(row: Row, header: Row, place: str) -> Problem:
    text = f"{len(row.cells)} cells under {len(header.cells)} headings"
    return Problem(f"{place}:{row.number}", "", text, 'put a cell that holds the separator between `"`')
