"""Which column means which field: by an exact list of headings, or as `--map` says; never by likeness."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from exportctl.case.bom.table import Table
from exportctl.problem import Problem, did_you_mean
from exportctl.strict_yaml import parse

IGNORED = "ignored"
STRUCTURE = ("level", "parent", "item_number")
NAMES = ("description", "part_number")
SHOWN = 12


@dataclass
class Columns:
    """What the columns of a table mean: the position of each field's column, and the heading it was found under."""

    positions: dict[str, int] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@cache
def known_headings() -> Mapping[str, str]:
    """Return the field that each known heading means, by the heading in its plain form."""
    text = files("exportctl.case.bom").joinpath("headings.yaml").read_text("utf-8")
    data = parse(text, "headings.yaml")[0].data
    lists = {**data["structure"], **data["item"], IGNORED: data["ignored"]}
    own = {plain(prefix + name): name for name in lists for prefix in ("", "item.")}
    return own | {plain(str(word)): name for name, rows in lists.items() for row in rows for word in row}


def plain(heading: str) -> str:
    """Return a heading without what does not count: letter case, width of characters, spaces, underscores."""
    return " ".join(unicodedata.normalize("NFKC", heading).casefold().replace("_", " ").split())


def read_columns(table: Table, given: Mapping[str, str]) -> Columns:
    """Return what the columns of a table mean; `given` is a field for a heading, and wins over the list."""
    found = Columns()
    header = f"{table.place}:{table.header.number}"
    found.problems += _wrong(table, given, header)
    chosen = _chosen(table, given)
    filled = {position for row in table.rows for position, cell in enumerate(row.cells) if cell.strip()}
    for position, heading in enumerate(table.header.cells):
        name = chosen.get(plain(heading)) or known_headings().get(plain(heading))
        if name is None:
            found.warnings += _aside(heading, position, filled, header)
        elif plain(heading) not in chosen and name in chosen.values() and name != IGNORED:
            found.warnings.append(f"{header}: column `{heading}` is kept aside: `--map` has another one for `{name}`")
        elif name != IGNORED:
            _take(found, name, position, table, header)
    if not any(name in found.positions for name in NAMES):
        found.problems.append(_nameless(table, header))
    return found


def _chosen(table: Table, given: Mapping[str, str]) -> dict[str, str]:
    present, fields = {plain(cell) for cell in table.header.cells}, set(known_headings().values())
    named = {plain(heading): name.removeprefix("item.") for heading, name in given.items()}
    return {heading: name for heading, name in named.items() if heading in present and name in fields}


def _take(found: Columns, name: str, position: int, table: Table, header: str) -> None:
    heading = table.header.cells[position].strip()
    if name in found.positions:
        first = table.header.cells[found.positions[name]].strip()
        text = f"columns `{first}` and `{heading}` both mean `{name}`"
        found.problems.append(Problem(header, heading, text, f"say with `--map` which one counts, or `{IGNORED}`"))
        return
    found.positions[name] = position
    found.mapping[heading] = name


def _aside(heading: str, position: int, filled: Collection[int], header: str) -> Iterator[str]:
    """Yield a warning of a column nobody knows; one without a heading counts only when something stands in it."""
    if heading.strip():
        yield f"{header}: column `{heading.strip()}` is not known and is kept aside; `--map` can give it a field"
    elif position in filled:
        yield f"{header}: column {position + 1} has no heading and is kept aside"


def _wrong(table: Table, given: Mapping[str, str], header: str) -> Iterator[Problem]:
    """Yield the faults of the fields that were given for headings."""
    fields = sorted(set(known_headings().values()))
    present = {plain(cell): cell.strip() for cell in table.header.cells}
    for heading, name in given.items():
        if plain(heading) not in present:
            text = f"`--map` names the column `{heading}`, which is not in this table"
            yield Problem(header, heading, text, did_you_mean(heading, present.values()))
        if name.removeprefix("item.") not in fields:
            hint = did_you_mean(name, fields) or f"one of {', '.join(fields)}"
            yield Problem(header, heading, f"`--map` names the unknown field `{name}`", hint)


def _nameless(table: Table, header: str) -> Problem:
    columns = [f"`{cell.strip()}`" for cell in table.header.cells if cell.strip()]
    shown = ", ".join(columns[:SHOWN]) + (", …" if len(columns) > SHOWN else "")
    hint = f"say with `--map` which column is `description` or `part_number`; there are {shown}"
    return Problem(header, "", "no column is known to hold the description or the part number", hint)
