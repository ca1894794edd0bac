"""CSV and TSV files in blocks of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from exportctl.batch.chunk import Chunk
from exportctl.batch.lines import LONGEST, Lines, read_header
from exportctl.problem import Problem, Refused

BLOCK, MOST = 64 * 2**20, 2**28


@dataclass(eq=False)
class Delimited:
    """A file of lines. Positions are bytes; it is read in blocks, which grow up to `most` where a row ends in none."""

    path: Path
    separator: str
    block: int = BLOCK
    most: int = MOST
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.size = self.path.stat().st_size
        with self.path.open("rb") as file:
            header = read_header(file.read(LONGEST), self.separator, str(self.path))
        self.names, self.first = header.names, header.size
        self.lines = Lines(header.names, self.separator, str(self.path))

    def pass_on(self, wanted: Iterable[str]) -> None:
        """Parse only these columns from now on, and pass rows on as lines."""
        self.lines = replace(self.lines, wanted=tuple(wanted))

    def share(self, position: int) -> float:
        """Return which part of the file lies before a position."""
        return position / self.size if self.size else 1.0

    def chunks(self, start: int, row: int) -> Iterator[Chunk]:
        """Yield the rows in blocks of lines.

        Raises:
            Refused: a row is longer than memory should hold.
        """
        with self.path.open("rb") as file:
            position = start or self.first
            size = self.block
            file.seek(position)
            while data := file.read(size):
                last = position + len(data) >= self.size
                chunk = self.lines.chunk(data, row, position, last=last)
                size = self.block if chunk.end > position else self._grown(size, row)
                position, row = file.seek(chunk.end), chunk.next_row
                if not chunk.texts.is_empty() or not chunk.rejected.is_empty():
                    yield chunk

    def _grown(self, size: int, row: int) -> int:
        if 2 * size > self.most:
            text = f"row {row:,} does not end within {size // 2**20:,} MB"
            raise Refused([Problem(str(self.path), "", text, "end each row with a new line")])
        return 2 * size
