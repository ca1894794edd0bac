"""Parquet files and JSON lines, in chunks of rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from exportctl.batch.chunk import Chunk, rejected_lines
from exportctl.problem import Problem, Refused

ROWS = 250_000
NOT_SAID = "null"  # among several values: no word of any fact, so that the row is rejected
BLOCKS = ("transfer", "parties", "exporter", "importer", "end_user", "end_use", "technology", "item", "parameters")


@dataclass(eq=False)
class Parquet:
    """A Parquet file. Positions are rows."""

    path: Path
    rows: int = ROWS
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.names = tuple(pl.read_parquet_schema(self.path))
            self.height = pl.scan_parquet(self.path).select(pl.len()).collect().item()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise Refused([Problem(str(self.path), "", "is no Parquet file", str(error).splitlines()[0])]) from None

    def share(self, position: int) -> float:
        """Return which part of the file lies before a position."""
        return position / self.height if self.height else 1.0

    def chunks(self, start: int, row: int) -> Iterator[Chunk]:
        """Yield the rows, some at a time."""
        for position in range(start, self.height, self.rows):
            try:
                frame = pl.scan_parquet(self.path).slice(position, self.rows).collect()
                chunk = whole(frame, row, position + frame.height)
            except (pl.exceptions.PolarsError, OSError) as error:
                said = f"cannot be read from row {position + 1} on"
                raise Refused([Problem(str(self.path), "", said, str(error).splitlines()[0])]) from None
            yield chunk
            row += frame.height


@dataclass(eq=False)
class JsonLines:
    """A file with one JSON object a line; those inside one another are read by their paths. Positions are bytes."""

    path: Path
    rows: int = ROWS // 5
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.size = self.path.stat().st_size
        known: dict[str, None] = {}
        with self.path.open("rb") as file:
            for line in file:
                record = _record(line)
                known |= dict.fromkeys(record) if isinstance(record, dict) else {}
        self.names = tuple(known)
        if not known:
            raise Refused([Problem(str(self.path), "", "holds no rows", "write one JSON object a line")])

    def share(self, position: int) -> float:
        """Return which part of the file lies before a position."""
        return position / self.size if self.size else 1.0

    def chunks(self, start: int, row: int) -> Iterator[Chunk]:
        """Yield the rows, some at a time."""
        with self.path.open("rb") as file:
            file.seek(start)
            while lines := [line for line, _ in zip(file, range(self.rows), strict=False)]:
                start += sum(map(len, lines))
                yield self._chunk([line for line in lines if line.strip()], row, start)
                row += sum(bool(line.strip()) for line in lines)

    def _chunk(self, lines: list[bytes], row: int, end: int) -> Chunk:
        read = [_record(line) for line in lines]
        good = [(number, record) for number, record in enumerate(read, row) if isinstance(record, dict)]
        wrong = [
            (number, lines[number - row].decode(errors="replace").strip(), record, "write one JSON object a line")
            for number, record in enumerate(read, row)
            if isinstance(record, str)
        ]
        cells = {name: [record.get(name) for _, record in good] for name in self.names}
        frame = pl.DataFrame(cells, schema=dict.fromkeys(self.names, pl.String))
        numbers = pl.Series([number for number, _ in good], dtype=pl.Int64)
        return Chunk(frame, frame, numbers, rejected_lines(wrong), end, row + len(lines))


def whole(frame: pl.DataFrame, row: int, end: int) -> Chunk:
    """Return a chunk of rows that are all well formed."""
    numbers = pl.int_range(row, row + frame.height, dtype=pl.Int64, eager=True)
    return Chunk(
        frame,
        texts(frame),
        numbers,
        rejected_lines([]),
        end,
        row + frame.height,
    )


def texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table as texts: several values in one cell, and yes and no, as a cell would have them."""
    return frame.select(_text(frame, name) for name in frame.columns)


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table in which several values in one cell are a text, as files without such cells take them."""
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    return frame.with_columns(_text(frame, name) for name in nested)


def written(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table as a text file has it: `flat`, and times to the microsecond, whatever they were counted in."""
    times = {name: kind for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime)}
    return flat(frame).with_columns(_time(name, kind) for name, kind in times.items() if kind.time_unit != "ns")


def _time(name: str, kind: pl.Datetime) -> pl.Expr:
    form = "%Y-%m-%dT%H:%M:%S%.6f" + ("%z" if kind.time_zone else "")
    return pl.col(name).cast(pl.Datetime("us", kind.time_zone)).dt.strftime(form)


def _text(frame: pl.DataFrame, name: str) -> pl.Expr:
    kind = frame.schema[name]
    if isinstance(kind, pl.List):
        parts = pl.col(name).cast(pl.List(pl.String)).list.eval(pl.element().fill_null(NOT_SAID))
        joined = parts.list.join("; ")
        return pl.when(pl.col(name).list.len() == 0).then(pl.lit("none")).otherwise(joined).alias(name)
    if kind == pl.Boolean:
        return pl.when(pl.col(name)).then(pl.lit("yes")).when(~pl.col(name)).then(pl.lit("no")).alias(name)
    return pl.col(name).cast(pl.String)


def _record(line: bytes) -> dict[str, str | None] | str:
    """Return the cells of a line by their paths; what is wrong with it where it is no object."""
    try:
        found = json.loads(line, parse_float=str, parse_int=str, object_pairs_hook=_object)
        return _by_path(found) if isinstance(found, dict) else "is no JSON object"
    except RecursionError:
        return "is nested too deeply"
    except ValueError as error:
        return _said(error) if line.strip() else {}


def _said(error: ValueError) -> str:
    """Return why a line is no row."""
    if isinstance(error, UnicodeEncodeError):
        return "holds half of a character"
    return f"is no JSON: {error}" if isinstance(error, json.JSONDecodeError | UnicodeDecodeError) else str(error)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which no name stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"names `{_repeated(pairs)}` twice")
    return found


def _by_path(record: dict[str, Any]) -> dict[str, str | None]:
    """Return the cells of a row by their paths, each of which is there once and can be written down."""
    pairs = list(_flat(record, ""))
    for text in (part for pair in pairs for part in pair if part is not None):
        text.encode()
    return _object(pairs)


def _repeated(pairs: list[tuple[str, Any]]) -> str:
    names = [name for name, _ in pairs]
    return next(name for name in names if names.count(name) > 1)


def _flat(record: dict[str, Any], prefix: str) -> Iterator[tuple[str, str | None]]:
    for name, value in record.items():
        if isinstance(value, dict) and name in BLOCKS:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, _cell(value)


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, bool):
        return None if value is None else "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(name if part is None else f"{name} {part}" for name, part in value.items()) or "none"
    if isinstance(value, list):
        nested = any(isinstance(part, dict) for part in value)
        return json.dumps(value, ensure_ascii=False) if nested else "; ".join(_part(part) for part in value) or "none"
    return str(value)


def _part(value: Any) -> str:
    """Return one of several values."""
    return NOT_SAID if value is None else str(value)
