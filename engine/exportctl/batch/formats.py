"""The formats of tables, by the ending of a file's name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from exportctl.batch.chunk import Source
from exportctl.batch.delimited import Delimited
from exportctl.batch.sheet import Sheet
from exportctl.batch.tables import JsonLines, Parquet
from exportctl.problem import Problem, Refused, did_you_mean

SOURCES: dict[str, Callable[[Path], Source]] = {
    ".csv": lambda path: Delimited(path, ","),
    ".tsv": lambda path: Delimited(path, "\t"),
    ".parquet": Parquet,
    ".xlsx": Sheet,
    ".jsonl": JsonLines,
}


def open_source(path: Path) -> Source:
    """Return a table of shipments to read.

    Raises:
        Refused: there is no such file, its format is not known, or it holds no table.
    """
    if not path.is_file():
        raise Refused([Problem(str(path), "", "there is no such file")])
    known(path)
    if not path.stat().st_size:
        raise Refused([Problem(str(path), "", "the file is empty", "its first line names the columns")])
    try:
        return SOURCES[path.suffix.lower()](path)
    except PermissionError:
        raise Refused([Problem(str(path), "", "may not be read")]) from None


def known(path: Path) -> None:
    """Hold the ending of a name against the formats.

    Raises:
        Refused: it is none of them.
    """
    if path.suffix.lower() not in SOURCES:
        hint = did_you_mean(path.suffix.lower(), SOURCES) or f"use one of {', '.join(SOURCES)}"
        raise Refused([Problem(str(path), "", f"`{path.suffix}` is no format of tables known here", hint)])
