"""Lines that Spark hands on in blocks, and the rows that lie over the border of two blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from exportctl.batch.chunk import Chunk
from exportctl.batch.lines import Lines

VALUE, PATH, START = "value", "path", "start"
PIECE = 8 * 2**20
Place = tuple[str, int]
"""A block: the file, and where in it the block begins."""


@dataclass(frozen=True)
class Seam:
    """What the block before left open, the number of the first row, and whether it is the last block of its file."""

    before: bytes = b""
    row: int = 1
    last: bool = False


@dataclass(frozen=True)
class Counted:
    """How many rows end in a block, what it leaves open, and the first lines of a file where the block begins one."""

    rows: int
    tail: bytes
    head: bytes


@dataclass(frozen=True)
class Blocks:
    """How the blocks of a table are read: `header` lines of every file are no rows."""

    lines: Lines
    header: int
    seams: Mapping[Place, Seam]

    def chunks(self, batches: Iterator[pa.RecordBatch]) -> Iterator[Chunk]:
        """Yield the rows of the blocks in batches of lines."""
        for step in self._read(batches):
            if step.chunk is not None:
                yield step.chunk

    def counted(self, batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[Place, Counted]]:
        """Yield each block with what it holds."""
        for place, steps in groupby(self._read(batches), key=lambda step: step.place):
            found = Counted(0, b"", b"")
            for step in steps:
                rows = found.rows if step.chunk is None else step.chunk.next_row - 1
                found = Counted(rows, step.rest, found.head + step.head)
            yield place, found

    def _read(self, batches: Iterator[pa.RecordBatch]) -> Iterator[_Step]:
        """Yield what each piece of each block holds."""
        for place, pieces in groupby(_pieces(batches), key=lambda piece: piece[0]):
            seam = self.seams.get(place, Seam())
            rest, row, skip = seam.before, seam.row, self.header if place[1] == 0 else 0
            for _, lines in pieces:
                head, kept, skip = b"".join(lines[:skip]), lines[skip:], max(0, skip - len(lines))
                chunk, rest = self._chunk(rest + b"".join(kept), row, last=False)
                row = row if chunk is None else chunk.next_row
                yield _Step(place, head, chunk, rest)
            if seam.last and rest:
                yield _Step(place, b"", *self._chunk(rest, row, last=True))

    def _chunk(self, data: bytes, row: int, *, last: bool) -> tuple[Chunk | None, bytes]:
        if not data:
            return None, b""
        chunk = self.lines.chunk(data, row, 0, last=last)
        return chunk, data[chunk.end :]


class _Step(NamedTuple):
    """A piece of a block: the header in it, its rows, and what is open behind them."""

    place: Place
    head: bytes
    chunk: Chunk | None
    rest: bytes


def _pieces(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[Place, list[bytes]]]:
    """Yield lines with their ends, some at a time, never of two blocks together."""
    held: list[bytes] = []
    at, size = ("", -1), 0
    for batch in batches:
        for frame in pl.DataFrame(batch).partition_by([PATH, START], maintain_order=True):
            place = (str(frame[PATH][0]), int(frame[START][0]))
            if held and (place != at or size > PIECE):
                yield at, held
                held, size = [], 0
            at, lines = place, [line + b"\n" for line in frame[VALUE].to_list()]
            held, size = held + lines, size + sum(map(len, lines))
    if held:
        yield at, held


def seams(count: Callable[[Mapping[Place, Seam]], dict[Place, Counted]]) -> tuple[dict[Place, Seam], int]:
    """Return how the blocks of a table hang together, and how many rows there are.

    `count` counts the blocks that it is given the seams of, and all of them if it is given none. A block that begins
    inside a row, or ends a file inside one, is counted once more, with what was left open before it.
    """
    found = count({})
    order = sorted(found)
    known = dict.fromkeys(order, Seam())
    while changed := dict(_changed(order, found, known)):
        known |= changed
        found |= count(changed)
    row = 1
    for place in order:
        known[place] = replace(known[place], row=row, last=place in _last(order))
        row += found[place].rows
    return known, row - 1


def _changed(
    order: list[Place], found: Mapping[Place, Counted], known: Mapping[Place, Seam]
) -> Iterator[tuple[Place, Seam]]:
    """Yield the blocks that were counted with another seam than they have."""
    before = {after: found[place].tail for place, after in pairwise(order) if place[0] == after[0]}
    ends = _last(order)
    for place in order:
        seam = Seam(before.get(place, b""), last=known[place].last or (place in ends and bool(found[place].tail)))
        if seam != known[place]:
            yield place, seam


def _last(order: list[Place]) -> set[Place]:
    """Return the block that is the last of each file."""
    return set({path: (path, start) for path, start in order}.values())
