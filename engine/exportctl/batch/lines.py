"""Lines of CSV or TSV: those that are no rows are set apart, all others are parsed in columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import polars as pl

from exportctl.batch.chunk import Chunk, rejected_lines
from exportctl.batch.row_text import as_lines, suspects
from exportctl.problem import Problem, Refused

LONGEST = 2**20
SPAN = 50
BROKEN = "\ufffd"
BALANCE = "close the quotes, and double those inside a quoted cell"
ENDS_INSIDE = "new-line character"  # so the reader of lines says it
UTF_8 = "save the file as UTF-8"
END = "\r\n"
MARK = b"\xef\xbb\xbf"
NEVER, EMPTY = b"\1", '""'
CELL = '(?:[^"{0}]*|"(?:[^"]|"")*")'
Cells = list[str]
Fault = tuple[str, str]


@dataclass(frozen=True)
class Header:
    """The first row of a table: its cells, and how many lines and bytes it takes."""

    names: tuple[str, ...]
    lines: int
    size: int


def read_header(head: bytes, separator: str, place: str) -> Header:
    """Return the header with which the bytes of a file begin.

    Raises:
        Refused: it is written in UTF-16 or with bytes that are not UTF-8, is no CSV, or there is none.
    """
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused([Problem(place, "", "the file is written in UTF-16", UTF_8)])
    text = head.removeprefix(MARK).decode(errors="surrogateescape")
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        names = tuple(cell.strip() for cell in next(reader, []))
    except csv.Error as error:
        raise Refused([Problem(f"{place}:1", "", f"the first line is no row of names: {error}")]) from None
    if not any(names):
        raise Refused([Problem(place, "", "the file is empty", "its first line names the columns")])
    lines = "".join(islice(io.StringIO(text), reader.line_num)).encode(errors="surrogateescape")
    if BROKEN in lines.decode(errors="replace"):
        raise Refused([Problem(f"{place}:1", "", "the row of names holds bytes that are not UTF-8", UTF_8)])
    return Header(names, reader.line_num, len(lines) + (len(MARK) if head.startswith(MARK) else 0))


@dataclass(frozen=True)
class Block:
    """Lines as bytes, as they stand in the file."""

    data: bytes

    @cached_property
    def returns(self) -> bool:
        """Whether a line may end in more than a new line."""
        return b"\r" in self.data

    @cached_property
    def _lines(self) -> list[bytes]:
        return self.data.split(b"\n")

    def text(self, first: int, last: int) -> str:
        """Return lines by their numbers, with the ends between them."""
        return b"\n".join(self._lines[first : last + 1]).decode(errors="replace")


@dataclass(frozen=True)
class Lines:
    """How the lines of one table are read; `names` are its columns, `place` is named where lines cannot be parsed.

    With `wanted`, only these columns are parsed, and each row is passed on as a line.
    """

    names: tuple[str, ...]
    separator: str
    place: str
    wanted: tuple[str, ...] = ()

    def chunk(self, data: bytes, row: int, start: int, *, last: bool) -> Chunk:
        """Return the rows of a block of lines, the first of which has the number `row` and begins at `start`.

        The end of the chunk lies before the end of the block where a line or a cell is still open; with `last` nothing
        follows.
        """
        used = len(data) if last else data.rfind(b"\n") + 1
        lines = _lines(data) if used == len(data) else _lines(data).head(-1)
        odd = (lines.str.count_matches(self.separator, literal=True) != len(self.names) - 1) | _is_odd(lines)
        well = _is_well(lines.filter(odd), self._well)
        looked_at = odd.arg_true().filter(~well).to_list()
        mended, wrong_at, dropped, waits = self._looked_at(lines, Block(data), looked_at, last=last)
        if waits is not None:
            used = _before(data, used, len(lines) - waits)
            lines, odd = lines.head(waits), odd.head(waits)
        every = pl.int_range(len(lines), eager=True, dtype=pl.UInt32)
        keep = ~every.is_in(pl.Series([*dropped, *wrong_at], dtype=pl.UInt32).implode())
        numbers = (~every.is_in(pl.Series(dropped, dtype=pl.UInt32).implode())).cum_sum().cast(pl.Int64) + (row - 1)
        if mended:
            lines = lines.scatter(list(mended), list(mended.values()))
        wrong = rejected_lines([(int(numbers[at]), *fault) for at, fault in wrong_at.items()])
        frame, passed_on = self._rows(lines.filter(keep), odd.filter(keep), row)
        next_row = row + len(lines) - len(dropped)
        return Chunk(frame, frame, numbers.filter(keep), wrong, start + used, next_row, passed_on)

    @cached_property
    def _well(self) -> str:
        """What a line looks like that is a row as it stands: every quoted cell is quoted as a whole."""
        cell = CELL.format(self.separator)
        return f"^{cell}(?:{self.separator}{cell}){{{len(self.names) - 1}}}$"

    def _rows(self, lines: pl.Series, odd: pl.Series, row: int) -> tuple[pl.DataFrame, pl.Series | None]:
        """Return well-formed lines as texts, and as they stand in a result where they are only passed on."""
        frame = self._parsed(lines, self.wanted)
        if frame is None or frame.height != len(lines):
            raise Refused([Problem(self.place, "", f"lines behind row {row} cannot be parsed")])
        if not self.wanted:
            return frame, None
        anew = (odd | suspects(lines, self.separator)).arg_true()
        full = self._parsed(lines.gather(anew))
        if full is None:
            raise AssertionError("lines are parsed once but not twice")
        return frame, lines.scatter(anew, as_lines(full, self.separator)) if full.height else lines

    def _looked_at(
        self, lines: pl.Series, block: Block, odd: list[int], *, last: bool
    ) -> tuple[dict[int, str], dict[int, tuple[str, str, str]], list[int], int | None]:
        """Return lines written anew, lines that are no rows, lines that vanish, and from where on lines wait."""
        mended: dict[int, str] = {}
        wrong: dict[int, tuple[str, str, str]] = {}
        dropped: list[int] = []
        taken = -1
        for at in odd:
            if at <= taken:
                continue
            text, found, more, is_open = self._record_at(lines, block, at)
            if not text.strip(" \r"):
                dropped.append(at)
            elif is_open and not last and len(lines) - at <= SPAN:
                return mended, wrong, dropped, at
            elif isinstance(found, list):
                mended[at] = _written(found, self.separator)
            else:
                wrong[at] = (text, *found)
            taken = at + more
            dropped += range(at + 1, taken + 1)
        return mended, wrong, dropped, None

    def _record_at(self, lines: pl.Series, block: Block, at: int) -> tuple[str, Cells | Fault, int, bool]:
        """Return the text of the record that begins with a line, and what `_record` finds in it."""
        text = str(lines[at] or "")
        following = lines.slice(at + 1, SPAN).to_list() if '"' in text else []
        found, more, is_open = self._record(text, following)
        if more and block.returns:
            text = block.text(at, at + more)
            return text, self._record(text)[0], more, is_open
        return "\n".join([text, *following[:more]]), found, more, is_open

    def _record(self, text: str, following: Sequence[str] = ()) -> tuple[Cells | Fault, int, bool]:
        """Return the cells that begin with a line, or why it is no row; how many lines more; whether a cell stays open.

        Lines of a record that is no row stand for themselves where its quotes do not match: one of them is a row.
        """
        reader = csv.reader((line + "\n" for line in (text, *following)), delimiter=self.separator, strict=True)
        try:
            cells = next(reader, [])
        except csv.Error as error:
            return self._fault(text, str(error)), 0, "unexpected end" in str(error)
        more = following[: max(reader.line_num - 1, 0)]
        whole = "\n".join([text, *more])
        wrong = self._wrong(cells, whole)
        if whole.count('"') % 2 or (wrong and any(map(self._is_row, more))):
            return self._fault(text), 0, False
        return wrong or cells, len(more), False

    def _is_row(self, text: str) -> bool:
        return isinstance(self._record(text)[0], list)

    def _wrong(self, cells: Cells, whole: str) -> Fault | None:
        """Return why cells are no row of this table, if they are none."""
        if BROKEN in whole:
            return self._fault(whole)
        if len(cells) == len(self.names):
            return None
        problem = f"has {len(cells)} cells, and the header {len(self.names)}"
        return problem, f"quote a cell that holds `{self.separator}`"

    def _fault(self, text: str, error: str = "") -> Fault:
        """Return why a line is no row, and what would be right."""
        if BROKEN in text:
            return "holds bytes that are not UTF-8", UTF_8
        if error.startswith(ENDS_INSIDE):
            return "holds the end of a line in a cell without quotes", "quote the cell, or end each row with a new line"
        if "field limit" in error:
            return f"holds a cell of more than {csv.field_size_limit():,} characters", "shorten the cell"
        return "its quotes do not match", BALANCE

    def _parsed(self, lines: pl.Series, wanted: Sequence[str] = ()) -> pl.DataFrame | None:
        """Return columns of well-formed lines as texts, blank cells null; None where they are not well formed."""
        schema, wanted = dict.fromkeys(self.columns, pl.String), wanted or self.columns
        if lines.is_empty():
            return pl.DataFrame(schema=schema).select(wanted)
        file = io.BytesIO()
        lines.to_frame().write_csv(file, include_header=False, quote_style="never")
        file.seek(0)
        try:
            table = pl.scan_csv(file, has_header=False, schema=schema, separator=self.separator)
            if not lines.str.contains(EMPTY, literal=True).any():
                return table.select(wanted).collect()
            return table.select(_blank(name) for name in wanted).collect()
        except pl.exceptions.PolarsError:
            return None

    @property
    def columns(self) -> list[str]:
        """The names of the columns; one without a name is told by its place."""
        return [name or f"\1{at}" for at, name in enumerate(self.names)]


def _lines(data: bytes) -> pl.Series:
    """Return the lines of a block, without their ends; bytes that are not UTF-8 become `BROKEN`."""
    if not data or NEVER in data:
        found = data.decode(errors="replace").split("\n")
        return pl.Series(found if found[-1] else found[:-1], dtype=pl.String).str.strip_suffix("\r")
    lines = pl.read_csv(
        data,
        has_header=False,
        separator=NEVER.decode(),
        quote_char=None,
        encoding="utf8-lossy",
        schema={"line": pl.String},
    )
    return lines.to_series().fill_null("")


def _is_odd(lines: pl.Series) -> pl.Series:
    return lines.str.contains_any(['"', BROKEN, "\r"])


def _is_well(lines: pl.Series, pattern: str) -> pl.Series:
    return lines.str.contains(pattern) & ~lines.str.contains_any([BROKEN, "\r"])


def _blank(name: str) -> pl.Expr:
    text = pl.col(name)
    return pl.when(text == "").then(None).otherwise(text).alias(name)


def _before(data: bytes, end: int, count: int) -> int:
    """Return where the last lines of a block begin."""
    for _ in range(count):
        end = data.rfind(b"\n", 0, end - 1) + 1
    return end


def _written(cells: Cells, separator: str) -> str:
    """Return cells as a line in which every quote is doubled, and quoted, as every end of a line is."""
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator=END).writerow(cells)
    return line.getvalue().removesuffix(END)
