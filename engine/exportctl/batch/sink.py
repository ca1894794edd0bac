"""Where results go: beside the final name until all of it is there, in a way that can go on after a kill."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import polars as pl

from exportctl.batch.row_text import harmless
from exportctl.batch.tables import flat, written
from exportctl.batch.workbook import write_workbook
from exportctl.problem import Problem, Refused

PART = "part-{:06d}.parquet"
MOST_IN_A_SHEET = 1_048_575
TEXTS = {".csv": ",", ".tsv": "\t"}


@contextmanager
def told_by_the_system() -> Iterator[None]:
    """Raise what the system says no to as an OSError, also where Polars wrote: a full disk, a file too large."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        number = re.search(r"os error (\d+)", str(error))
        if number is None:
            raise
        raise OSError(int(number[1]), os.strerror(int(number[1]))) from None


def settled(file: BinaryIO) -> int:
    """Bring what was written to the disk, let memory go of it, and return how much there is.

    A journal may then count on it after the machine itself stops, and a long result fills no memory of others.
    """
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return file.tell()


@dataclass(eq=False)
class Sink:
    """A table being written. `partial` holds what is there so far: one growing file of text, or a folder of parts."""

    final: Path
    partial: Path = field(init=False)

    def __post_init__(self) -> None:
        self.partial = self.final.with_name(self.final.name + ".partial")
        self.ending = self.final.suffix.lower()
        self.in_parts = self.ending in (".parquet", ".xlsx")

    def start(self, names: tuple[str, ...]) -> int:
        """Begin anew; return how much is there: the header."""
        self.discard()
        if self.in_parts:
            self.partial.mkdir()
            return 0
        with self.partial.open("wb") as file:
            if self.ending in TEXTS:
                pl.DataFrame(schema=dict.fromkeys(names, pl.String)).write_csv(file, separator=TEXTS[self.ending])
            return file.tell()

    def go_on(self, size: int) -> None:
        """Go on where `size` was reached; what came after that is thrown away.

        Raises:
            Refused: less is there than that.
        """
        if not self.in_parts and not self.partial.exists() and _size(self.final) == size:
            self.final.replace(self.partial)
        if not self._holds(size):
            text = "less is there than the unfinished run had written"
            raise Refused([Problem(str(self.partial), "", text, "leave out `--resume` to begin anew")])
        if not self.in_parts:
            os.truncate(self.partial, size)
            return
        for part in self.partial.glob("*.parquet"):
            if part.name >= PART.format(size):
                part.unlink()

    def _holds(self, size: int) -> bool:
        if not self.in_parts:
            return _size(self.partial) >= size
        return all((self.partial / PART.format(number)).is_file() for number in range(size))

    def add(self, frame: pl.DataFrame, size: int) -> int:
        """Add rows behind what is there, and return how much is there then."""
        if self.in_parts:
            with told_by_the_system():
                frame.write_parquet(part := self.partial / PART.format(size))
            with part.open("r+b") as file:
                settled(file)
            return size + 1
        with told_by_the_system(), self.partial.open("ab") as file:
            if self.ending in TEXTS:
                harmless(written(frame)).write_csv(file, include_header=False, separator=TEXTS[self.ending])
            else:
                frame.write_ndjson(file)
            return settled(file)

    def add_lines(self, lines: pl.DataFrame, size: int) -> int:
        """Add rows that are ready-made text: the parts of each line are the columns. Return how much is there then."""
        if self.ending not in TEXTS:
            raise AssertionError("only a file of text takes lines")
        with told_by_the_system(), self.partial.open("ab") as file:
            lines.write_csv(file, include_header=False, separator=TEXTS[self.ending], quote_style="never")
            return max(settled(file), size)

    def fits(self, rows: int) -> None:
        """Hold the number of rows against what a table of this kind can hold.

        Raises:
            Refused: there are more.
        """
        if self.ending == ".xlsx" and rows > MOST_IN_A_SHEET:
            text = f"a sheet holds {MOST_IN_A_SHEET:,} rows, and the result has {rows:,} or more"
            raise Refused([Problem(str(self.final), "", text, "write .csv or .parquet")])

    def finish(self) -> None:
        """Give what is there its final name; `discard` then takes away the parts it was made of."""
        if not self.in_parts:
            self.partial.replace(self.final)
            return
        whole = self.final.with_name(self.final.name + ".whole")
        try:
            self._together(whole)
            whole.replace(self.final)
        finally:
            whole.unlink(missing_ok=True)

    def _together(self, whole: Path) -> None:
        """Write all parts as one file, without holding more than one of them in memory."""
        parts = sorted(self.partial.glob("*.parquet"))
        if self.ending == ".parquet":
            with told_by_the_system():
                pl.scan_parquet(parts).sink_parquet(whole)
            return
        write_workbook(whole, (harmless(flat(pl.read_parquet(part))) for part in parts))

    def discard(self) -> None:
        """Throw away what a run left beside the final name."""
        if self.partial.is_dir():
            shutil.rmtree(self.partial)
        self.partial.unlink(missing_ok=True)


def _size(file: Path) -> int:
    """Return how many bytes a file has, and less than any file where there is none."""
    return file.stat().st_size if file.is_file() else -1
