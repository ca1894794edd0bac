"""Which column means which field: by the exact list of headings, or as `--map` says; likeness only proposes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from exportctl.case.bom.table import Table
from exportctl.case.headings import IGNORED, Meaning, bom_field, bom_fields, plain, proposal
from exportctl.case.words import money
from exportctl.problem import Problem, did_you_mean

NAMES = ("description", "part_number")
MARKING = "marking"
SHOWN = 12

Ask = Callable[[str, str], bool]


@dataclass
class Columns:
    """What the columns of a table mean: the position of each field's column, and the heading it was found under.

    `units` is the currency or unit of mass that a heading names; `refused` are the headings a person set aside.
    """

    positions: dict[str, int] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Reading:
    table: Table
    chosen: Mapping[str, str]
    ask: Ask | None
    found: Columns = field(default_factory=Columns)

    @property
    def place(self) -> str:
        return f"{self.table.place}:{self.table.header.number}"


def read_columns(table: Table, given: Mapping[str, str], ask: Ask | None = None) -> Columns:
    """Return what the columns of a table mean; `given` is a field for a heading, and wins over the list.

    `ask` is shown a heading that is spelt much like a known one, with the field of that, and says whether it is meant.
    Without `ask` such a heading is a problem, for nobody decided.
    """
    reading = _Reading(table, _chosen(table, given), ask)
    reading.found.problems += _wrong(table, given, reading.place)
    unknown = [position for position, heading in enumerate(table.header.cells) if not _take_known(reading, position)]
    if not any(name in reading.found.positions for name in NAMES) and MARKING in reading.found.positions:
        _rename(reading.found, MARKING, "description")
    if "value" in reading.found.positions and not reading.chosen and not _holds_money(reading):
        _drop_value(reading)
    filled = {position for row in table.rows for position, cell in enumerate(row.cells) if cell.strip()}
    for position in unknown:
        _settle(reading, position, filled)
    if not any(name in reading.found.positions for name in NAMES):
        reading.found.problems.append(_nameless(table, reading.place))
    return reading.found


def _chosen(table: Table, given: Mapping[str, str]) -> dict[str, str]:
    present, fields = {plain(cell) for cell in table.header.cells}, set(bom_fields().values())
    named = {plain(heading): name.removeprefix("item.") for heading, name in given.items()}
    return {heading: name for heading, name in named.items() if heading in present and name in fields}


def _take_known(reading: _Reading, position: int) -> bool:
    """Take a column whose heading is known or was given; False for one that nobody knows."""
    heading, cells = reading.table.header.cells[position], reading.table.header.cells
    own = reading.chosen.get(plain(heading))
    meaning = Meaning(own) if own else bom_field(heading, cells)
    if meaning is None:
        return False
    if not own and meaning.field in reading.chosen.values() and meaning.field != IGNORED:
        text = f"column `{heading}` is kept aside: `--map` has another one for `{meaning.field}`"
        reading.found.warnings.append(f"{reading.place}: {text}")
    elif meaning.field != IGNORED:
        _take(reading, meaning, position)
    elif own:
        reading.found.mapping[heading.strip()] = IGNORED
    return True


def _take(reading: _Reading, meaning: Meaning, position: int) -> None:
    heading, found, name = reading.table.header.cells[position].strip(), reading.found, meaning.field
    if name in found.positions:
        first = reading.table.header.cells[found.positions[name]].strip()
        text = f"columns `{first}` and `{heading}` both mean `{name}`"
        hint = f"say with `--map` which one counts, or `{IGNORED}`"
        found.problems.append(Problem(reading.place, heading, text, hint))
        return
    found.positions[name] = position
    found.mapping[heading] = name
    if meaning.unit:
        found.units[name] = meaning.unit


def _settle(reading: _Reading, position: int, filled: Collection[int]) -> None:
    """Ask about a heading that is much like a known one; set any other unknown column aside."""
    heading = reading.table.header.cells[position].strip()
    near = proposal(heading, reading.found.positions) if position in filled else None
    if near is None:
        reading.found.warnings += _aside(heading, position, filled, reading.place)
    elif reading.ask is None:
        text = f"`{heading}` is not a known heading; it is much like `{near[0]}`, which is `{near[1]}`"
        hint = f"decide with `--map FILE`: `{heading}: {near[1]}`, or `{heading}: {IGNORED}`"
        reading.found.problems.append(Problem(reading.place, heading, text, hint))
    elif reading.ask(heading, near[1]):
        _take(reading, Meaning(near[1]), position)
    else:
        reading.found.mapping[heading] = IGNORED


def _holds_money(reading: _Reading) -> bool:
    """Return whether any cell of the value column is an amount; the `100nF` printed on a part is none."""
    position = reading.found.positions["value"]
    texts = {row.cells[position].strip() for row in reading.table.rows if position < len(row.cells)} - {""}
    return not texts or any(_is_money(text) for text in texts)


def _is_money(text: str) -> bool:
    try:
        money(text)
    except ValueError as error:
        return "may be" in str(error)
    return True


def _drop_value(reading: _Reading) -> None:
    position = reading.found.positions.pop("value")
    heading = reading.table.header.cells[position].strip()
    del reading.found.mapping[heading]
    text = f"column `{heading}` holds no amount of money and is kept aside"
    reading.found.warnings.append(f"{reading.place}: {text}")


def _rename(found: Columns, old: str, new: str) -> None:
    found.positions[new] = found.positions.pop(old)
    found.mapping |= {heading: new for heading, name in found.mapping.items() if name == old}


def _aside(heading: str, position: int, filled: Collection[int], place: str) -> Iterator[str]:
    """Yield a warning of a column nobody knows; one without a heading counts only when something stands in it."""
    if heading:
        yield f"{place}: column `{heading}` is not known and is kept aside; `--map` can give it a field"
    elif position in filled:
        yield f"{place}: column {position + 1} has no heading and is kept aside"


def _wrong(table: Table, given: Mapping[str, str], place: str) -> Iterator[Problem]:
    """Yield the faults of the fields that were given for headings."""
    fields = sorted(set(bom_fields().values()))
    present = {plain(cell): cell.strip() for cell in table.header.cells}
    for heading, name in given.items():
        if plain(heading) not in present:
            text = f"`--map` names the column `{heading}`, which is not in this table"
            yield Problem(place, heading, text, did_you_mean(heading, present.values()))
        if name.removeprefix("item.") not in fields:
            hint = did_you_mean(name, fields) or f"one of {', '.join(fields)}"
            yield Problem(place, heading, f"`--map` names the unknown field `{name}`", hint)


def _nameless(table: Table, place: str) -> Problem:
    columns = [f"`{cell.strip()}`" for cell in table.header.cells if cell.strip()]
    shown = ", ".join(columns[:SHOWN]) + (", …" if len(columns) > SHOWN else "")
    hint = f"say with `--map` which column is `description` or `part_number`; there are {shown}"
    return Problem(place, "", "no column is known to hold the description or the part number", hint)
