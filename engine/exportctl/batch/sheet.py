"""The first visible sheet of a workbook, in chunks of rows; a process of its own opens it, as it does bills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import polars as pl

from exportctl.batch.chunk import Chunk, rejected_lines
from exportctl.case.bom.table import Row
from exportctl.case.bom.workbook import first_sheet
from exportctl.problem import Problem, Refused

ROWS = 50_000
WIDE = "has cells behind the last named column"


@dataclass(eq=False)
class Sheet:
    """A sheet whose first row names its columns. Positions are rows with any text, the header being the first."""

    path: Path
    rows: int = ROWS
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.height, self.opened = first_sheet(self.path)
        header = next(self.opened, None)
        if header is None:
            raise Refused([Problem(str(self.path), "", "the sheet is empty", "its first row names the columns")])
        cells = [cell.strip() for cell in header.cells]
        self.names = tuple(cells[: max(at for at, cell in enumerate(cells, 1) if cell)])
        self.at = 1

    def share(self, position: int) -> float:
        """Return which part of the sheet lies before a position; blank rows count as if they stood at its end."""
        return position / self.height if self.height else 1.0

    def chunks(self, start: int, row: int) -> Iterator[Chunk]:
        """Yield the rows, some at a time.

        Raises:
            Refused: the workbook breaks off.
        """
        start = max(start, 1)
        if start < self.at:
            self.at, (_, self.opened) = 0, first_sheet(self.path)
        for _ in islice(self.opened, start - self.at):
            pass
        self.at = start
        while rows := list(islice(self.opened, self.rows)):
            self.at += len(rows)
            yield self._chunk(rows, row)
            row += len(rows)

    def _chunk(self, rows: list[Row], row: int) -> Chunk:
        width = len(self.names)
        wide = [any(cell.strip() for cell in one.cells[width:]) for one in rows]
        well = [one.cells[:width] for one, is_wide in zip(rows, wide, strict=True) if not is_wide]
        columns = list(zip(*well, strict=True)) if well else [()] * width
        frame = pl.DataFrame(dict(zip(self.names, columns, strict=True)), schema=dict.fromkeys(self.names, pl.String))
        texts = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
        numbers = pl.Series([at for at, is_wide in enumerate(wide, row) if not is_wide], dtype=pl.Int64)
        hint = "give every column a name in the first row"
        wrong = [(at, "; ".join(rows[at - row].cells), WIDE, hint) for at, is_wide in enumerate(wide, row) if is_wide]
        return Chunk(texts, texts, numbers, rejected_lines(wrong), self.at, row + len(rows))
