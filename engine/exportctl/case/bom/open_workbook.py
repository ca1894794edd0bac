"""A process of its own that opens one workbook and prints its cells: `python -m` this module FILE HEAD [SHEET…].

A hostile or broken file can then cost no more than the memory set here, and cannot take the program with it. Prints one
JSON array a line: `["sheet", name, visible]` of every sheet; then, for each sheet asked for, `["rows", name, first
column, merged ranges, number of rows]` and `["row", cell, …]`; or `["fault", text, hint]`. The sheet `*` is the first
visible one.
"""

from __future__ import annotations

import datetime
import json
import sys
import zipfile
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

MEMORY = 2_000_000_000
LARGEST_UNPACKED = 600_000_000
SIGNIFICANT = 15
FIRST_VISIBLE = "*"
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"


def main(path: str, head: str, *names: str) -> None:
    """Print the sheets of a workbook; of those in `names` the first `head` rows, all of them for 0."""
    try:
        _limit_memory()
        _check_archive(Path(path))
        _print_sheets(path, int(head), names)
    except Exception as error:  # noqa: BLE001 - the libraries raise of many kinds, and each is the file's fault
        _say(["fault", *_fault(error)])


def _print_sheets(path: str, head: int, names: tuple[str, ...]) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    book = CalamineWorkbook.from_path(path)
    kept = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    for sheet in kept:
        _say(["sheet", sheet.name, sheet.visible == SheetVisibleEnum.Visible])
    visible = [sheet.name for sheet in kept if sheet.visible == SheetVisibleEnum.Visible]
    wanted = visible[:1] if names == (FIRST_VISIBLE,) else [sheet.name for sheet in kept if sheet.name in names]
    for name in wanted:
        cells = book.get_sheet_by_name(name)
        _say(["rows", name, cells.start[1] if cells.start else 0, cells.merged_cell_ranges or [], cells.height])
        for row in islice(cells.iter_rows(), head or None) if cells.start else ():
            _say(["row", *(_text(cell) for cell in row)])


def _text(cell: Any) -> str:
    """Return a cell as text. Numbers have the 15 digits a spreadsheet keeps, so 0.1 is 0.1."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return format(Decimal(f"{cell:.{SIGNIFICANT}g}"), "f")
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def _limit_memory() -> None:
    """Bound what this process may use, where the system can."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _check_archive(path: Path) -> None:
    """Refuse what is no workbook, what is encrypted, and what unpacks to more than it should.

    Raises:
        ValueError: with the fault and the hint.
    """
    with path.open("rb") as file:
        start = file.read(len(OLE))
    if start == OLE and path.suffix.lower() != ".xls":
        raise ValueError("the workbook is protected by a password", "remove the password and save it again")
    if start[:2] != ZIP:
        if start != OLE:
            raise ValueError("this is no workbook", "save it as XLSX, ODS or CSV")
        return
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
        encrypted = any(part.flag_bits & 1 for part in archive.infolist())
    if unpacked > LARGEST_UNPACKED:
        limit = f"{LARGEST_UNPACKED // 1_000_000} MB"
        raise ValueError(
            f"the workbook unpacks to {unpacked // 1_000_000} MB, over {limit}", "split it, or save it as CSV"
        )
    if encrypted:
        raise ValueError("the workbook is protected by a password", "remove the password and save it again")


def _fault(error: Exception) -> tuple[str, str]:
    if isinstance(error, ValueError) and len(error.args) == 2:  # noqa: PLR2004 - fault and hint
        return error.args[0], error.args[1]
    if isinstance(error, ImportError):
        return "workbooks need python-calamine", "install `exportctl[files]`, or save the sheet as CSV"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror}", ""
    if type(error).__name__ == "PasswordError" or "password" in str(error).lower():
        return "the workbook is protected by a password", "remove the password and save it again"
    if "limit exceeded" in str(error):
        return "the workbook has too many cells to open", "delete stray cells far from the table, or save it as CSV"
    reason = next(iter(str(error).splitlines()), type(error).__name__)
    return f"the workbook is broken or cut short: {reason}", ""


def _say(line: list[Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
