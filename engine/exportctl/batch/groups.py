"""The two halves of a row: the item, and everything around it; each half is numbered by what it amounts to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from exportctl.batch.column import Column, column, combine, constant, fold, pairs
from exportctl.batch.heading import Headings
from exportctl.batch.known_items import KnownItems
from exportctl.batch.reading import Bad, Cells
from exportctl.batch.reads import NOT_TESTED, Reads, stored
from exportctl.batch.table import PARTIES, TRANSFER
from exportctl.batch.value import Value

BAD = -1
ACTIVITIES, KIND = "technology.activities", "transfer.kind"
Key = tuple[str, str]


@dataclass(frozen=True)
class Around:
    """What stands around an item.

    `values` of facts, by subject and path, in a fixed order; `imported`: there is an importer; `same`: which facts are
    known and equal; `of_goods`: an item crosses the border though none is described.
    """

    values: tuple[Value, ...]
    imported: bool
    same: tuple[tuple[bool, bool, bool], ...]
    of_goods: bool


@dataclass(eq=False)
class Halves:
    """The columns of each half and the distinct halves met so far."""

    reads: Reads
    cells: Cells
    items: KnownItems
    arounds: dict[Around, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        facts = self.headings.facts
        self.item_columns = tuple(n for n, p in facts.items() if p.startswith("item.") and p not in NOT_TESTED)
        self.around_columns = tuple(n for n, p in facts.items() if not p.startswith("item.") and p != "on")
        self.keys: list[Key] = list(dict.fromkeys([*map(self._key, self.around_columns), (TRANSFER, ACTIVITIES)]))

    @property
    def headings(self) -> Headings:
        """The columns of the table."""
        return self.cells.headings

    def item_numbers(self, frame: pl.DataFrame) -> list[tuple[int, bool]]:
        """Return the number of each item and whether anything is said about it; `BAD` where a cell cannot be read."""
        if not self.item_columns:
            number = self.items.items.number(())
            self.items.classify()
            return [(number, False)] * frame.height
        columns = [self.cells.column(frame, name) for name in self.item_columns]
        given = _any_given(frame, self.item_columns)
        numbers = fold([*columns, given], lambda values: (self._item(values[:-1]), values[-1]))
        self.items.classify()
        return [numbers.values[code] for code in numbers.codes.to_list()]

    def _item(self, values: tuple[Any, ...]) -> int:
        if any(isinstance(value, Bad) for value in values):
            return BAD
        return self.items.items.number(tuple(values))

    def around_numbers(self, frame: pl.DataFrame) -> list[int]:
        """Return the number of what stands around each item; `BAD` where a cell cannot be read."""
        read = {name: self.cells.column(frame, name) for name in self.around_columns}
        columns = {self._key(name): found for name, found in read.items()}
        activities = columns.get((TRANSFER, ACTIVITIES), constant(self._value(ACTIVITIES, None), frame.height))
        kind = columns.get((TRANSFER, KIND), constant(self._value(KIND, None), frame.height))
        about = [n for n in self.around_columns if self.headings.facts[n].startswith("technology.")]
        technology = _any_given(frame, about)
        columns[TRANSFER, ACTIVITIES] = combine([activities, kind, technology], lambda v: self._activities(*v))
        imported = _any_given(frame, [n for n in self.around_columns if self._key(n)[0] == "importer"])
        same = pairs([constant(None, frame.height), *self._same(frame)])
        merged = fold([imported, same, kind, *(columns[key] for key in self.keys)], self._around)
        return [merged.values[code] for code in merged.codes.to_list()]

    def _around(self, values: tuple[Any, ...]) -> int:
        imported, same, kind, *facts = values
        if any(isinstance(value, Bad) for value in facts):
            return BAD
        of_goods = kind.raw not in ("technology", "service")
        around = Around(tuple(facts), imported, same[1:], of_goods)
        return self.arounds.setdefault(around, len(self.arounds))

    def _activities(self, given: Value | Bad, kind: Value | Bad, technology: bool) -> Value | Bad:
        """Return the activities: goods of which nothing is said about technology transfer none."""
        if isinstance(kind, Value) and kind.raw == "goods" and not technology:
            return self._value(ACTIVITIES, ())
        return given

    def _same(self, frame: pl.DataFrame) -> list[Column]:
        """Return, for each two facts that some clause compares, whether each is known and whether they are equal."""
        return [
            combine([self._stated(frame, one), self._stated(frame, other)], _compared) for one, other in self.compared
        ]

    @property
    def compared(self) -> list[tuple[str, str]]:
        """The facts that some clause compares with each other."""
        return list(dict.fromkeys((clause.fact or "", str(clause.operand)) for clause in self.reads.same))

    def _stated(self, frame: pl.DataFrame, path: str) -> Column:
        name = self.headings.column_of(path)
        if name is None:
            return constant(None, frame.height)
        texts = frame[name].to_list()
        return column([self.cells.stated(name, text) for text in texts])

    def _value(self, path: str, raw: Any) -> Value:
        return self.cells.classes.of(path, raw)

    def _key(self, name: str) -> Key:
        path = self.headings.facts[name]
        for party in PARTIES:
            if path.startswith(f"parties.{party}."):
                return party, stored(path)
        return TRANSFER, path


def _compared(pair: tuple[Any, Any]) -> tuple[bool, bool, bool]:
    first, second = pair
    return first is not None, second is not None, first == second


def _any_given(frame: pl.DataFrame, names: list[str] | tuple[str, ...]) -> Column:
    """Return whether any of the columns says something."""
    if not names:
        return constant(value=False, height=frame.height)
    given = frame.select(pl.any_horizontal(pl.col(n).str.strip_chars().str.len_bytes().fill_null(0) > 0 for n in names))
    return Column(given.to_series().cast(pl.UInt32), (False, True))
