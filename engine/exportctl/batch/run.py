"""A whole file screened, chunk by chunk, into a result that appears under its name only when it is complete."""

from __future__ import annotations

import datetime
import json
import shutil
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from pathlib import Path, PurePath
from typing import Any

from exportctl.batch.ahead import ahead
from exportctl.batch.answer import COLUMNS
from exportctl.batch.chunk import Chunk, Source
from exportctl.batch.counts import Counts
from exportctl.batch.delimited import Delimited
from exportctl.batch.journal import Journal, fingerprint
from exportctl.batch.page import page
from exportctl.batch.passage import Passed
from exportctl.batch.rejected import SCHEMA
from exportctl.batch.row_text import harmless
from exportctl.batch.sink import TEXTS, Sink
from exportctl.batch.terms import Terms
from exportctl.problem import Problem, Refused

PACKED = (".parquet", ".xlsx")
ROOM = {(False, False): 7, (False, True): 1, (True, False): 70, (True, True): 4}
"""How many bytes of the result, with what lies beside it meanwhile, come of one byte of a table: whether it is packed,
and whether the result is. Measured on `benchmarks/ledger.py`; wider tables need less."""
COMPLETE = "complete"
READ_AHEAD, WRITTEN_BEHIND = 3, 1  # chunks, besides the one in hand
Progress = Callable[[float, int], None]
State = dict[str, Any]


@dataclass(eq=False)
class Run:
    """A screening of one file. A journal keeps its terms, so that a run that goes on decides as it began."""

    source: Source
    terms: Terms
    input: Path
    output: Path
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self.passage = self.terms.passage()
        self.sink = Sink(self.output)
        self.apart = Sink(self.output.with_name(self.output.name + ".rejected.csv"))
        if isinstance(self.source, Delimited) and self.source.separator == TEXTS.get(self.sink.ending):
            self.source.pass_on(self.passage.reads)
        self.journal = Journal(self.output.with_name(self.output.name + ".journal"), self._of())

    def go(self, progress: Progress, *, resume: bool) -> Counts:
        """Screen the file and return the counts. `progress` gets the part that is done and the rows so far.

        Raises:
            Refused: the result cannot be written, or the run that is to go on was of something else.
            OSError: the disk is full; what was done stays beside the result and can go on.
        """
        check_places(self.input, self.output)
        state = self.journal.last() if resume else None
        if state is not None and state.get(COMPLETE) and self.output.exists():
            self.counts = Counts.of_data(state["counts"])
            self._discard()
            return self.counts
        state = self._through(self._start() if state is None else self._go_on(state), progress)
        if not self.counts.read:
            self._discard()
            raise Refused([Problem(str(self.input), "", "holds a header and no rows")])
        if not self.counts.balanced:
            raise AssertionError("a row was lost")
        self._finish(state)
        return self.counts

    def _through(self, state: State, progress: Progress) -> State:
        """Screen chunk by chunk: while one is decided, the next ones are read and the last ones written."""
        row = state["row"]
        with ThreadPoolExecutor(1) as writer:
            written = deque([writer.submit(lambda: state)])
            chunks = self.source.chunks(state["end"], row)
            for chunk in ahead(repeat(partial(next, chunks, None)), READ_AHEAD):
                found = self.passage.of(chunk)
                self.counts.add(found, chunk.next_row - row)
                self.sink.fits(self.counts.written)
                row = chunk.next_row
                if len(written) > WRITTEN_BEHIND:
                    written.popleft().result()
                written.append(writer.submit(self._write, chunk, found, self.counts.as_data(), written[-1]))
                progress(self.source.share(chunk.end), self.counts.read)
            return written[-1].result()

    def _start(self) -> State:
        sizes = {"size": self.sink.start((*self.source.names, *COLUMNS)), "apart": self.apart.start(tuple(SCHEMA))}
        self.journal.start()
        return {"end": 0, "row": 1, **sizes}

    def _go_on(self, state: State) -> State:
        self.sink.go_on(state["size"])
        self.apart.go_on(state["apart"])
        self.counts = Counts.of_data(state["counts"])
        return state

    def _write(self, chunk: Chunk, found: Passed, counts: dict[str, Any], before: Future[State]) -> State:
        """Write a chunk behind what is there, each row behind its own line where the result is of the same format.

        The journal notes it when it is on the disk.
        """
        sink, state = self.sink, before.result()
        if chunk.lines is None:
            size = sink.add(found.rows(chunk), state["size"])
        else:
            size = sink.add_lines(found.lines(chunk.lines, TEXTS[sink.ending]), state["size"])
        apart = self.apart.add(found.rejected, state["apart"])
        now = {"end": chunk.end, "row": chunk.next_row, "size": size, "apart": apart, "counts": counts}
        self.journal.note(now)
        return now

    def _discard(self) -> None:
        """Take away what lies beside the result, the journal last."""
        self.sink.discard()
        self.apart.discard()
        self.journal.path.unlink()

    def _finish(self, state: State) -> None:
        """Give everything its final name, the result last; what it was made of goes when the journal knows of that."""
        data = summary_of(self.counts, self._of())
        summary = self.output.with_name(self.output.name + ".summary.json")
        summary.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.output.with_name(self.output.name + ".summary.html").write_text(page(data), encoding="utf-8")
        if self.passage.parties is not None:
            beside = self.output.with_name(self.output.name + ".parties.csv")
            beside.write_text(hits_file(self.counts), encoding="utf-8")
        self.apart.finish()
        self.sink.finish()
        self.journal.note({**state, COMPLETE: True})
        self._discard()

    def _of(self) -> dict[str, Any]:
        return {"input": self.input.name, "fingerprint": fingerprint(self.input), **self.terms.of()}


def summary_of(counts: Counts, of: dict[str, Any]) -> dict[str, Any]:
    """Return the summary of a screening: its counts, and what was screened with what."""
    data = counts.as_data()
    del data["hits"]
    return {**data, **of}


def hits_file(counts: Counts) -> str:
    """Return what a list of parties holds on the rows, as a CSV file."""
    from exportctl.batch.party_lists import rows_of_hits  # noqa: PLC0415 - its libraries are an extra

    return harmless(rows_of_hits(counts.hits)).write_csv()


def day_of_run(output: Path) -> datetime.date | None:
    """Return the day that an unfinished run took for rows without one."""
    path = output.with_name(output.name + ".journal")
    try:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        return datetime.date.fromisoformat(json.loads(first)["of"]["today"])
    except (OSError, IndexError, KeyError, ValueError):
        return None


def check_places(source: Path, output: Path) -> None:
    """Hold the places of input and output against each other and against the disk.

    Raises:
        Refused: they are one file, the folder is missing or closed, or there is too little room for the result.
    """
    if output.is_dir():
        raise Refused([Problem(str(output), "", "is a folder", "give `-o` the name of a file")])
    if output.exists() and output.samefile(source):
        raise Refused([Problem(str(output), "", "the result would overwrite its input", "give `-o` another name")])
    folder = output.parent
    if not folder.is_dir():
        raise Refused([Problem(str(folder), "", "there is no such folder")])
    probe = output.with_name(output.name + ".probe")
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Refused([Problem(str(folder), "", f"cannot be written to: {error.strerror}")]) from None
    check_room(str(folder), shutil.disk_usage(folder).free, room(source, output, source.stat().st_size))


def check_room(folder: str, free: int, needed: int) -> None:
    """Hold the bytes that are free in a folder against those that a result may need.

    Raises:
        Refused: there is too little room.
    """
    if free < needed:
        text = f"holds {free // 2**20} MB, and the result may need {needed // 2**20} MB"
        raise Refused([Problem(folder, "", text, "make room, or write to another disk")])


def room(source: PurePath, output: PurePath, size: int) -> int:
    """Return how many bytes a result may need, with what lies beside it meanwhile; `size` is that of the source."""
    packed = tuple(path.suffix.lower() in PACKED for path in (source, output))
    return ROOM[packed[0], packed[1]] * size
