"""Lines of CSV or TSV: those that are no rows are set apart, all others are parsed in columns."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import polars as pl

from exportctl.batch.chunk import Chunk, rejected_lines
from exportctl.problem import Problem, Refused

LONGEST = 2**20
SPAN = 50
BROKEN = "\ufffd"
BALANCE = "close the quotes, and double those inside a quoted cell"
UTF_8 = "save the file as UTF-8"
END = "\r\n"
MARK = b"\xef\xbb\xbf"

Block = tuple[pl.DataFrame, list[tuple[int, str, str, str]], int, int]


@dataclass(frozen=True)
class Header:
    """The first row of a table: its cells, and how many lines and bytes it takes."""

    names: tuple[str, ...]
    lines: int
    size: int


def read_header(head: bytes, separator: str, place: str) -> Header:
    """Return the header with which the bytes of a file begin.

    Raises:
        Refused: it is written in UTF-16, or there is none.
    """
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused([Problem(place, "", "the file is written in UTF-16", UTF_8)])
    text = head.decode("utf-8-sig", errors="replace")
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    names = tuple(cell.strip() for cell in next(reader, []))
    if not any(names):
        raise Refused([Problem(place, "", "the file is empty", "its first line names the columns")])
    lines = text.splitlines(keepends=True)[: reader.line_num]
    size = len("".join(lines).encode()) + (len(MARK) if head.startswith(MARK) else 0)
    return Header(names, len(lines), size)


@dataclass(frozen=True)
class Lines:
    """How the lines of one table are read; `names` are its columns, `place` is named where lines cannot be parsed."""

    names: tuple[str, ...]
    separator: str
    place: str

    def chunk(self, data: bytes, row: int, start: int, *, last: bool) -> Chunk:
        """Return the rows of a block of lines, the first of which has the number `row` and begins at `start`.

        The end of the chunk lies before the end of the block where a cell is still open; with `last` nothing follows.
        """
        records, wrong, count, used = self._plain(data, row) or self._sorted_out(data, row, last=last)
        return Chunk(records, records.drop("\0"), records["\0"], rejected_lines(wrong), start + used, row + count)

    def _plain(self, data: bytes, row: int) -> Block | None:
        """Return the rows of a block in which nothing is quoted and no line is ragged; None of any other."""
        count = data.count(b"\n") + (not data.endswith(b"\n"))
        if b'"' in data or data.count(self.separator.encode()) != count * (len(self.names) - 1):
            return None
        frame = None if _decodes(data) is False else self._parsed(data)
        if frame is None or frame.height != count:
            return None
        return self._numbered(frame, pl.int_range(row, row + count, eager=True)), [], count, len(data)

    def _sorted_out(self, data: bytes, row: int, *, last: bool) -> Block:
        """Return the rows of a block, its lines looked at one by one; an unclosed cell waits for the next block."""
        lines, used = _lines(data), len(data)
        commas = lines.str.count_matches(self.separator, literal=True)
        odd = (commas != len(self.names) - 1) | lines.str.contains_any(['"', BROKEN])
        mended, wrong_at, dropped, waits = self._looked_at(lines, odd.arg_true().to_list(), last=last)
        if waits is not None:
            used = len(data) - _tail(data, len(lines) - waits)
            lines = lines.head(waits)
        every = pl.int_range(len(lines), eager=True, dtype=pl.UInt32)
        keep = ~every.is_in(pl.Series([*dropped, *wrong_at], dtype=pl.UInt32).implode())
        numbers = (~every.is_in(pl.Series(dropped, dtype=pl.UInt32).implode())).cum_sum().cast(pl.Int64) + (row - 1)
        if mended:
            lines = lines.scatter(list(mended), list(mended.values()))
        frame = self._parsed("\n".join(lines.filter(keep).to_list()).encode()) if keep.any() else self._none()
        if frame is None or frame.height != keep.sum():
            raise Refused([Problem(self.place, "", f"lines behind row {row} cannot be parsed")])
        wrong = [(int(numbers[at]), *fault) for at, fault in wrong_at.items()]
        return self._numbered(frame, numbers.filter(keep)), wrong, len(lines) - len(dropped), used

    def _looked_at(
        self, lines: pl.Series, odd: list[int], *, last: bool
    ) -> tuple[dict[int, str], dict[int, tuple[str, str, str]], list[int], int | None]:
        """Return lines written anew, lines that are no rows, lines that vanish, and from where on lines wait."""
        mended: dict[int, str] = {}
        wrong: dict[int, tuple[str, str, str]] = {}
        dropped: list[int] = []
        taken = -1
        for at in odd:
            if at <= taken:
                continue
            text = str(lines[at] or "")
            whole, taken = self._whole(lines, at, text)
            cells = self._cells(whole)
            if not text.strip():
                dropped.append(at)
            elif isinstance(cells, list):
                mended[at] = _written(cells, self.separator)
                dropped += range(at + 1, taken + 1)
            elif whole.count('"') % 2 and not last and len(lines) - at <= SPAN:
                return mended, wrong, dropped, at
            else:
                wrong[at], taken = (text, *cells), at
        return mended, wrong, dropped, None

    def _whole(self, lines: pl.Series, at: int, text: str) -> tuple[str, int]:
        """Return a line with those in which its quoted cell goes on, and the last of them."""
        last = at
        while text.count('"') % 2 and last + 1 < len(lines) and last - at < SPAN:
            last += 1
            text += "\n" + str(lines[last] or "")
        return text, last

    def _cells(self, text: str) -> list[str] | tuple[str, str]:
        """Return the cells of a line; why it is no row, and what would be right, where it is none."""
        if BROKEN in text:
            return "holds bytes that are not UTF-8", UTF_8
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=self.separator, strict=True), [])
        except csv.Error:
            return "its quotes do not match", BALANCE
        if text.count('"') % 2:
            return "its quotes do not match", BALANCE
        if len(cells) != len(self.names):
            return (
                f"has {len(cells)} cells, and the header {len(self.names)}",
                f"quote a cell that holds `{self.separator}`",
            )
        return cells

    def _parsed(self, data: bytes) -> pl.DataFrame | None:
        """Return the rows of well-formed lines as texts; None where they are not well formed after all."""
        schema = dict.fromkeys(self.columns, pl.String)
        try:
            return pl.read_csv(
                data,
                has_header=False,
                schema=schema,
                separator=self.separator,
                quote_char='"',
                truncate_ragged_lines=False,
            )
        except pl.exceptions.PolarsError:
            return None

    @property
    def columns(self) -> list[str]:
        """The names of the columns; one without a name is told by its place."""
        return [name or f"\1{at}" for at, name in enumerate(self.names)]

    def _none(self) -> pl.DataFrame:
        return pl.DataFrame(schema=dict.fromkeys(self.columns, pl.String))

    def _numbered(self, frame: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
        return frame.with_columns(numbers.cast(pl.Int64).alias("\0"))


def _lines(data: bytes) -> pl.Series:
    """Return the lines of a block, without their ends; bytes that are not UTF-8 become `BROKEN`."""
    text = data.decode(errors="replace")
    found = text.split("\n")
    if found and not found[-1]:
        found.pop()
    return pl.Series(found, dtype=pl.String).str.strip_suffix("\r")


def _tail(data: bytes, count: int) -> int:
    """Return how many bytes the last lines of a block take."""
    at = len(data)
    for _ in range(count):
        at = data.rfind(b"\n", 0, at - 1) + 1
    return len(data) - at


def _decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _written(cells: list[str], separator: str) -> str:
    """Return cells as a line in which every quote is doubled, and quoted, as every end of a line is."""
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator=END).writerow(cells)
    return line.getvalue().removesuffix(END)
