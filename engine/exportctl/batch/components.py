"""What is inside each assembly: a table with one line for each component, read whole or refused with every fault."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exportctl.batch.cell import fault, raw, read_cell
from exportctl.batch.chunk import Chunk
from exportctl.batch.heading import NOT_COLUMNS, PLAIN
from exportctl.batch.reads import AMOUNTS
from exportctl.case.headings import plain
from exportctl.case.words import says_nothing
from exportctl.law.book import RuleBook
from exportctl.problem import Problem, Refused, did_you_mean

ASSEMBLY, COMPONENT = "assembly", "component"
PREFIX, PARAMETERS = "item.", "parameters."
LARGEST = 100_000
Line = dict[str, Any]
Row = tuple[str, Mapping[str, str | None]]
"""Where a line stands, and its cells."""


@dataclass(frozen=True, eq=False)
class Components:
    """The components of each assembly with everything inside them, as the `item` block of a case has them."""

    file: str
    trees: Mapping[str, Sequence[Line]]
    sha256: str

    def of(self) -> dict[str, str]:
        """Return what tells this table from others."""
        return {"file": self.file, "sha256": self.sha256}


def component_paths(names: Sequence[str], book: RuleBook, place: str) -> dict[str, str]:
    """Return the fact of an item that each column of a table of components means; others are not read.

    Raises:
        Refused: `assembly` or `component` is missing, two columns mean one thing, one is nearly a known one.
    """
    known = _known(book)
    found = {name: known[plain(name)] for name in names if plain(name) in known}
    problems = [
        Problem(place, needed, f"there is no column `{needed}`") for needed in (ASSEMBLY, COMPONENT)
        if needed not in found.values()
    ]  # fmt: skip
    for path in dict.fromkeys(found.values()):
        same = [name for name in names if found.get(name) == path]
        if len(same) > 1:
            shown = ", ".join(f"`{name}`" for name in same)
            problems.append(Problem(place, same[1], f"columns {shown} mean one thing", "leave one out"))
    for name in names:
        hint = "" if name in found or not name else did_you_mean(plain(name), known)
        if hint:
            problems.append(Problem(place, name, f"`{name}` is not a known column", f"{hint}; or rename it"))
    if problems:
        raise Refused(problems)
    return found


def _known(book: RuleBook) -> dict[str, str]:
    paths = [path for path in book.vocabulary.facts if path.startswith(PREFIX) and path not in NOT_COLUMNS]
    known = {name: path for name, path in PLAIN.items() if path.startswith(PREFIX) and path != "item.part_number"}
    known |= {path: path for path in (*paths, *AMOUNTS)}
    known |= {path.removeprefix(PREFIX): path for path in (*paths, *AMOUNTS)}
    known.pop("part_number", None)
    return {plain(name): path for name, path in (known | {ASSEMBLY: ASSEMBLY, COMPONENT: COMPONENT}).items()}


def read_components(file: str, rows: Iterable[Row], paths: Mapping[str, str], book: RuleBook) -> Components:
    """Return the components in the rows of a table; `paths` says what its columns mean.

    Raises:
        Refused: with every cell that cannot be read, and every assembly that is inside itself.
    """
    inside: dict[str, list[Line]] = {}
    problems: list[Problem] = []
    for place, cells in rows:
        names = {path: (cells[name] or "").strip() for name, path in paths.items() if path in (ASSEMBLY, COMPONENT)}
        problems += _unnamed(names, place)
        line = {"part_number": names[COMPONENT]}
        for name, path in paths.items():
            if path not in names:
                problems += _take(line, path, cells[name], book, (place, name))
        inside.setdefault(names[ASSEMBLY], []).append(line)
    if problems:
        raise Refused(problems)
    lines = json.dumps(inside, sort_keys=True, ensure_ascii=False)
    return Components(file, _nested(file, inside), hashlib.sha256(lines.encode()).hexdigest())


def components_in(
    place: str, file: str, chunks: Sequence[Chunk], paths: Mapping[str, str], book: RuleBook
) -> Components:
    """Return the components in the chunks of a table, as `read_components`.

    Raises:
        Refused: with every line that is no row, or as `read_components`.
    """
    faults = [Problem(f"{place}: row {row['row']}", "", row["problem"], row["hint"])
              for chunk in chunks for row in chunk.rejected.to_dicts()]  # fmt: skip
    if faults:
        raise Refused(faults)
    rows = (
        (f"{place}: row {number}", cells) for chunk in chunks
        for number, cells in zip(chunk.numbers, chunk.texts.select(list(paths)).iter_rows(named=True), strict=True)
    )  # fmt: skip
    return read_components(file, rows, paths, book)


def _unnamed(names: Mapping[str, str], place: str) -> Iterator[Problem]:
    """Yield what keeps a line from naming an assembly and a component."""
    for name, text in names.items():
        if not text:
            yield Problem(place, name, "is blank")
        elif name == ASSEMBLY and says_nothing(text):
            yield Problem(place, name, f"`{text}` says that the name is not known", "name the assembly")


def _take(line: Line, path: str, text: str | None, book: RuleBook, at: tuple[str, str]) -> Iterator[Problem]:
    """Take a cell into a line. A blank number of pieces is not known; any other blank cell says nothing."""
    try:
        value = None if text is None or read_cell(text, path, book) is None else raw(text, path, book)
    except ValueError as error:
        problem, hint = fault(error)
        yield Problem(*at, problem, hint)
        return
    put(line, path.removeprefix(PREFIX), value)


def put(line: Line, name: str, value: Any) -> None:
    """Put a fact into the block of an item."""
    if name.startswith(PARAMETERS):
        line.setdefault("parameters", {})[name.removeprefix(PARAMETERS)] = value
    elif value is not None or name == "quantity":
        line[name] = value


def _nested(file: str, inside: Mapping[str, Sequence[Line]]) -> dict[str, list[Line]]:
    """Return each assembly with the assemblies inside it, the innermost first.

    Raises:
        Refused: one is inside itself, or holds more than `LARGEST` lines with all that is inside it.
    """
    trees: dict[str, list[Line]] = {}
    sizes: dict[str, int] = {}
    for name in _innermost_first(file, inside):
        inner = [line["part_number"] for line in inside[name]]
        sizes[name] = sum(1 + sizes.get(part, 0) for part in inner)
        if sizes[name] > LARGEST:
            text = f"holds {sizes[name]:,} lines with all that is inside it, more than {LARGEST:,}"
            raise Refused([Problem(file, name, text)])
        trees[name] = [
            {**line, "components": trees[part]} if part in trees else line
            for line, part in zip(inside[name], inner, strict=True)
        ]
    return trees


def _innermost_first(file: str, inside: Mapping[str, Sequence[Line]]) -> Iterator[str]:
    done: set[str] = set()
    for first in inside:
        path = [] if first in done else [first]
        waiting = [iter(inside[first])]
        while path:
            inner = next((p for line in waiting[-1] if (p := line["part_number"]) in inside and p not in done), None)
            if inner in path:
                ring = " > ".join([*path[path.index(str(inner)) :], str(inner)])
                raise Refused([Problem(file, str(inner), f"an assembly is inside itself: {ring}")])
            if inner is not None:
                path.append(inner)
                waiting.append(iter(inside[inner]))
                continue
            waiting.pop()
            done.add(path[-1])
            yield path.pop()
