"""YAML as rule and case files need it: exact numbers, no duplicate keys, no surprises, every value with its line.

`yes`, `no`, `true` and `false` in lower case are truth values; `NO` (Norway), `010` and `1e5` stay text; a plain
decimal becomes a `Decimal`, never a binary float; `2026-01-15` becomes a date when it is one.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from exportctl.problem import Problem, Refused

Path_ = tuple[str | int, ...]
LARGEST_FILE = 20_000_000
DEEPEST = 200
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Document:
    """The data of a file, and the line on which each value stands, or its key where it has one.

    Data made from a table knows of its mappings, by identity, which row they are: `rows` is a path to each that is no
    longer for being deep inside; `headings` are those of the columns that hold its fields.
    """

    place: str
    data: Any
    lines: dict[Path_, int] = field(default_factory=dict)
    rows: Mapping[int, Path_] = field(default_factory=dict, compare=False)
    headings: Mapping[str, str] = field(default_factory=dict)

    def at(self, path: Path_) -> str:
        """Return `file:line` for the value at `path`, or for the nearest thing around it."""
        known = self._row_of(path) or tuple(step for step in path if step != "")
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known)
        return f"{self.place}:{line}" if line else self.place

    def _row_of(self, path: Path_) -> Path_:
        """Return the path of the innermost row that holds the value at `path`."""
        value, found = self.data, Path_()
        for step in path if self.rows else ():
            try:
                value = value[step]
            except (LookupError, TypeError):
                break
            found = self.rows.get(id(value), found)
        return found

    def problem(self, path: Path_, text: str, hint: str = "") -> Problem:
        """Return a fault of the value at `path`, under the heading of its column where it has one."""
        named = [self.headings[str(step)] for step in path if str(step) in self.headings]
        own = path[2:] if self.rows and len(path) > 1 and isinstance(path[1], int) else path
        return Problem(self.at(path), named[0] if named else dotted(own), text, hint)

    def path_to(self, value: object, path: Path_) -> Path_:
        """Return the path by which a mapping of the data is known; `path` is where it stands."""
        return self.rows.get(id(value), path)


def dotted(path: Path_) -> str:
    """Return a path as people write it: `item.components[2].origin`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def read_text(path: Path, limit: int = LARGEST_FILE) -> str:
    """Return the text of a file.

    Raises:
        Refused: it cannot be opened, is a folder, is empty, is larger than `limit` bytes, or is not UTF-8 text.
    """
    place = str(path)
    try:
        if path.is_dir():
            raise Refused([Problem(place, "", "this is a folder, not a file")])
        if path.stat().st_size > limit:
            raise Refused([Problem(place, "", f"larger than {limit // 1_000_000} MB", "split the file")])
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refused([Problem(place, "", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8"
        raise Refused([Problem(place, "", f"not UTF-8 text (byte {error.start + 1})", hint)]) from None
    if "\0" in text:
        raise Refused([Problem(place, "", "this is a binary file")])
    if not text.strip():
        raise Refused([Problem(place, "", "the file is empty")])
    return text


def parse(text: str, place: str) -> list[Document]:
    """Return the documents of a YAML text, one for each `---`.

    Raises:
        Refused: it is not YAML, or a key stands twice; with every such fault.
    """
    loader = _Loader(text)
    documents: list[Document] = []
    problems: list[Problem] = []
    try:
        while loader.check_node():
            reading = _Reading(place)
            data = reading.value(node, ()) if (node := loader.get_node()) is not None else None
            problems += reading.problems
            documents.append(Document(place, data, reading.lines))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(f"{place}:{line}", "", f"not YAML: {error.problem}"))
    except yaml.YAMLError as error:
        problems.append(Problem(place, "", f"not YAML: {str(error).splitlines()[0]}"))
    finally:
        loader.dispose()
    if problems:
        raise Refused(problems)
    return documents


def parse_json(text: str, place: str) -> Document:
    """Return the one document of a JSON text, with exact numbers.

    Raises:
        Refused: it is not JSON, or a key stands twice.
    """
    repeated: list[Problem] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        repeated.extend(Problem(place, key, "this key stands twice") for key in set(keys) if keys.count(key) > 1)
        return dict(pairs)

    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=str, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise Refused([Problem(f"{place}:{error.lineno}", "", f"not JSON: {error.msg}")]) from None
    except (RecursionError, ValueError):
        raise Refused([Problem(place, "", "nested too deeply, or a number too long")]) from None
    if repeated:
        raise Refused(sorted(repeated))
    return Document(place, _dates(data))


def _dates(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _dates(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_dates(value) for value in data]
    return _date(data) if isinstance(data, str) and _DATE.fullmatch(data) else data


class _Loader(yaml.CSafeLoader):
    """Makes nodes only: what a plain text stands for is decided here, by `_scalar`, not by YAML's own rules."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        """Return a tag, which nobody looks at."""
        return ""


class _Reading:
    """Turns YAML nodes into plain data, keeping lines and collecting faults."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self.open: set[int] = set()

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self.open or len(path) > DEEPEST:
            self._fault(node, path, "refers to itself" if id(node) in self.open else "nested too deeply")
            return None
        self.open.add(id(node))
        data = self._sequence(node, path) if isinstance(node, yaml.SequenceNode) else self._mapping(node, path)
        self.open.discard(id(node))
        return data

    def _sequence(self, node: yaml.Node, path: Path_) -> list[Any]:
        return [self.value(part, (*path, index)) for index, part in enumerate(node.value)]

    def _mapping(self, node: yaml.Node, path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, line, value in self._pairs(node, path):
            if key in data:
                self._fault(value, (*path, key), "this key stands twice")
            data[key] = self.value(value, (*path, key))
            self.lines[*path, key] = line
        return data

    def _pairs(self, node: yaml.Node, path: Path_) -> Iterator[tuple[str, int, yaml.Node]]:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield str(key.value), key.start_mark.line + 1, value
            else:
                self._fault(key, path, "a key must be a word")

    def _fault(self, node: yaml.Node, path: Path_, text: str) -> None:
        self.problems.append(Problem(f"{self.place}:{node.start_mark.line + 1}", dotted(path), text))


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    if node.style:
        return text
    if text in ("", "~", "null"):
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.fullmatch(text):
        return Decimal(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return _date(text) if _DATE.fullmatch(text) else text


def _date(text: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text
