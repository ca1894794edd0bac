"""What every executor gets: the rule book and how the table is read; and what it does with a batch of Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl
import pyarrow as pa

from exportctl import __version__
from exportctl.batch.answer import COLUMNS
from exportctl.batch.chunk import Chunk, rejected_lines
from exportctl.batch.lines import Lines
from exportctl.batch.passage import Passage, Passed
from exportctl.batch.rejected import SCHEMA
from exportctl.batch.row_text import harmless
from exportctl.batch.tables import texts, written
from exportctl.batch.terms import Terms
from exportctl.spark.block import Blocks, Seam

ROW, REJECTED, HITS = "_exportctl_row", "_exportctl_rejected", "_exportctl_hits"
FAULT = {f"_exportctl_{name}": name for name in SCHEMA if name != "row"}
OLDEST = pl.CompatLevel.oldest()
READY: dict[str, Passage] = {}


@dataclass(frozen=True)
class Work:
    """One screening, as it is sent to every executor once. `key` tells it from others; `engine` is who sent it.

    `lines` is how lines are read, None where the table comes in columns; `seams` are the blocks of lines; `for_text`
    says that the result is a text file, in which no cell may begin like a formula.
    """

    key: str
    terms: Terms
    for_text: bool
    lines: Lines | None = None
    header: int = 0
    seams: dict[tuple[str, int], Seam] = field(default_factory=dict)
    engine: str = __version__

    def passage(self) -> Passage:
        """Return what decides, made once in each process and kept.

        Raises:
            RuntimeError: the executor has another version of exportctl than the machine that sent the work.
        """
        if self.engine != __version__:
            raise RuntimeError(f"exportctl {self.engine} sent this work, and the executor has {__version__}")
        if self.key not in READY:
            READY.clear()
            READY[self.key] = self.terms.passage()
        return READY[self.key]

    def decided(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the rows of batches with their answers, and those that cannot be read with what is wrong."""
        passage = self.passage()
        for chunk, arrays in self._columns(batches) if self.lines is None else self._lines(batches):
            found = passage.of(chunk)
            good = found.good.to_arrow()
            rows = [array.filter(good) for array in arrays]
            numbers = chunk.numbers.filter(found.good)
            yield _good(chunk.frame.columns, rows, found, numbers)
            if not found.rejected.is_empty():
                yield _rejected(chunk.frame.columns, rows, found.rejected)

    def _columns(self, batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[Chunk, Sequence[pa.Array]]]:
        for batch in batches:
            own = batch.drop_columns([ROW])
            frame = pl.DataFrame(own)
            numbers = pl.Series(batch.column(ROW), dtype=pl.Int64)
            arrays = _as_text(harmless(written(frame).cast(pl.String))) if self.for_text else own.columns
            yield Chunk(frame, texts(frame), numbers, rejected_lines([]), 0, 0), arrays

    def _lines(self, batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[Chunk, Sequence[pa.Array]]]:
        assert self.lines is not None  # noqa: S101 - for the type checker
        for chunk in Blocks(self.lines, self.header, self.seams).chunks(batches):
            frame = chunk.frame
            yield chunk, _as_text(harmless(frame) if self.for_text else frame)


def _good(names: Sequence[str], rows: list[pa.Array], found: Passed, numbers: pl.Series) -> pa.RecordBatch:
    count = found.answers.height
    nothing = [pa.nulls(count, pa.string()) for _ in FAULT]
    arrays = [
        *rows, *_as_text(found.answers.select(COLUMNS)), numbers.cast(pl.Int64).to_arrow(),
        pa.repeat(pa.scalar(value=False), count), *_as_text(found.hits.to_frame()), *nothing,
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(arrays, [*names, *COLUMNS, ROW, REJECTED, HITS, *FAULT])


def _rejected(names: Sequence[str], rows: list[pa.Array], rejected: pl.DataFrame) -> pa.RecordBatch:
    count = rejected.height
    arrays = [
        *(pa.nulls(count, array.type) for array in rows), *(pa.nulls(count, pa.string()) for _ in COLUMNS),
        rejected["row"].cast(pl.Int64).to_arrow(), pa.repeat(pa.scalar(value=True), count),
        pa.nulls(count, pa.string()),
        *_as_text(harmless(rejected.select(FAULT.values()))),
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(arrays, [*names, *COLUMNS, ROW, REJECTED, HITS, *FAULT])


def _as_text(frame: pl.DataFrame) -> list[pa.Array]:
    """Return columns of texts as Arrow's plain ones, which is what Spark takes."""
    return [frame[name].cast(pl.String).to_arrow(compat_level=OLDEST).cast(pa.string()) for name in frame.columns]
