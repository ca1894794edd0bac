"""A workbook of one sheet, written row by row: what is written is not held in memory."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

SETTINGS = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
TIMES = (datetime.date, datetime.time, datetime.timedelta)


def write_workbook(path: Path, parts: Iterable[pl.DataFrame]) -> None:
    """Write tables with the same columns below one another, under one header. Text stays text: no formula, no link.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        with xlsxwriter.Workbook(str(path), SETTINGS) as book:
            sheet, row = book.add_worksheet(), 0
            for part in parts:
                rows = part.iter_rows()
                for cells in rows if row else chain([part.columns], rows):
                    _write(sheet, row, cells)
                    row += 1
    except xlsxwriter.exceptions.FileCreateError as error:
        raise (error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error))) from None


def _write(sheet: Any, row: int, cells: Iterable[Any]) -> None:
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float | Decimal):
            sheet.write_number(row, column, cell)
        elif isinstance(cell, TIMES):
            sheet.write_datetime(row, column, cell)
        else:
            sheet.write_string(row, column, str(cell))
