"""The two halves of a row: the item, and everything around it; each half is numbered by what it amounts to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from exportctl.batch.column import Column, combine, constant, fold, pairs
from exportctl.batch.heading import Headings
from exportctl.batch.known_items import KnownItems
from exportctl.batch.reading import Bad, Cells
from exportctl.batch.reads import NOT_TESTED, Reads, stored
from exportctl.batch.table import PARTIES, TRANSFER
from exportctl.batch.value import Value
from exportctl.case.complete import completed_technology

BAD = -1
NAMES = ("parties.exporter.name", "parties.end_user.name")
TECHNOLOGY = "technology."
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
        self.around_columns = tuple(n for n, p in facts.items() if not p.startswith("item.") and self._is_read(p))
        implied = [path for rule in self.cells.book.vocabulary.implications for path in rule.also]
        technology = [(TRANSFER, path) for path in (ACTIVITIES, *implied) if path.startswith(TECHNOLOGY)]
        self.keys: list[Key] = list(dict.fromkeys([*map(self._key, self.around_columns), *technology]))

    def _is_read(self, path: str) -> bool:
        """Return whether a row depends on a fact around its item: the day stands apart, and on names nothing rests."""
        compared = {one for pair in self.compared for one in pair}
        return path != "on" and (path not in NAMES or stored(path) in self.reads.tests or path in compared)

    @property
    def headings(self) -> Headings:
        """The columns of the table."""
        return self.cells.headings

    def item_numbers(self, frame: pl.DataFrame) -> list[tuple[int, bool]]:
        """Return the kind of each item and whether anything is said about it; `BAD` where a cell cannot be read."""
        if not self.item_columns:
            number = self.items.items.number(())
            self.items.classify()
            return [(self.items.kinds[number], False)] * frame.height
        columns = [self.cells.column(frame, name) for name in self.item_columns]
        given = self.cells.any_given(frame, self.item_columns)
        numbers = fold([*columns, given], lambda values: (self._item(values[:-1]), values[-1]))
        self.items.classify()
        alike = [(n if n == BAD else self.items.kinds[n], described) for n, described in numbers.values]
        return [alike[code] for code in numbers.codes.to_list()]

    def described_items(self, frame: pl.DataFrame) -> list[int]:
        """Return a number for each item, twice its kind, and one more when something is said about it; `BAD` alike."""
        numbers = self.item_numbers(frame)
        return [BAD if number == BAD else 2 * number + described for number, described in numbers]

    def _item(self, values: tuple[Any, ...]) -> int:
        if any(isinstance(value, Bad) for value in values):
            return BAD
        return self.items.items.number(tuple(values))

    def around_numbers(self, frame: pl.DataFrame) -> list[int]:
        """Return the number of what stands around each item; `BAD` where a cell cannot be read."""
        read = {name: self.cells.column(frame, name) for name in self.around_columns}
        columns = {key: constant(self._value(key[1], None), frame.height) for key in [*self.keys, (TRANSFER, KIND)]}
        columns |= {self._key(name): found for name, found in read.items()}
        technical = [n for n in self.around_columns if self.headings.facts[n].startswith(TECHNOLOGY)]
        technology = self.cells.any_given(frame, technical)
        imported = self.cells.any_given(frame, [n for n in self.around_columns if self._key(n)[0] == "importer"])
        same = pairs([constant(None, frame.height), *self._same(frame)])
        facts = (columns[key] for key in self.keys)
        merged = fold([imported, technology, same, columns[TRANSFER, KIND], *facts], self._around)
        return [merged.values[code] for code in merged.codes.to_list()]

    def _around(self, values: tuple[Any, ...]) -> int:
        imported, technology, same, kind, *facts = values
        if any(isinstance(value, Bad) for value in facts):
            return BAD
        known = self._completed(dict(zip(self.keys, facts, strict=True)), goods=kind.raw == "goods" and not technology)
        around = Around(tuple(known.values()), imported, same[1:], kind.raw not in ("technology", "service"))
        return self.arounds.setdefault(around, len(self.arounds))

    def _completed(self, known: dict[Key, Value], *, goods: bool) -> dict[Key, Value]:
        """Return the facts with those that follow: a control code says what a technology serves; goods bring none."""
        if goods:
            return known | {(TRANSFER, ACTIVITIES): self._value(ACTIVITIES, ())}
        raws = {path: value.raw for (_, path), value in known.items() if path.startswith(TECHNOLOGY)}
        given = {path.removeprefix(TECHNOLOGY): raw for path, raw in raws.items() if raw is not None}
        facts = completed_technology(given, self.cells.book.vocabulary)
        found = {(TRANSFER, TECHNOLOGY + name): self._value(TECHNOLOGY + name, raw) for name, raw in facts.items()}
        return {key: found.get(key, value) for key, value in known.items()}

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
        return constant(None, frame.height) if name is None else self.cells.facts(frame, name)

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
