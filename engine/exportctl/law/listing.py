"""Control lists: the rows of items that list rules look up."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from exportctl.law.clause import Clause
from exportctl.law.evidence import Evidence
from exportctl.law.strict import Strict, Text


class Row(Strict):
    """One line of a list: its code, what it names, when an item is it, reference customs numbers, evidence.

    `hs` are customs numbers of the list's `hs_year`, `hs_earlier` those of earlier years. `printed` holds a parameter
    shown as printed because it decides nothing alone. `ours`: the code is our reference, not an official one. `alias`:
    another code the same line may have been meant to carry.
    """

    code: str
    item: Text
    when: Clause
    groups: list[str] = []
    hs: list[str] = []
    hs_earlier: dict[int, list[str]] = {}
    evidence: Evidence
    note: str = ""
    form_note: str = ""
    printed: str = ""
    ours: bool = False
    alias: str = ""

    @cached_property
    def local(self) -> bool:
        """Whether the item's own facts decide, without looking at what is inside it."""
        return all(clause.kind != "any_component" for clause in self.when.walk())

    @cached_property
    def first(self) -> Clause | None:
        """The test of the item's own facts with which the row begins; None where it begins otherwise."""
        first = self.when.parts[0] if self.when.kind == "all" else self.when
        own = first.kind == "test" and str(first.fact).startswith("item.") and not first.under
        return first if own and first.fact != "item.entries" else None

    @cached_property
    def gate(self) -> tuple[str, ...]:
        """What the first test asks: rows that begin alike have the same."""
        return () if self.first is None else (str(self.first.fact), self.first.operator, str(self.first.operand))


class ControlList(Strict):
    """A list of an instrument. `id` is what rules name; a row belongs to `id` and to `id.GROUP` for its groups.

    `reserved` are codes printed without an item.
    """

    id: str
    instrument: str
    title: Text
    hs_year: int | None = None
    notes: dict[str, Text] = {}
    rows: list[Row] = Field(min_length=1)
    reserved: list[str] = []
    note: str = ""

    def names_of(self, row: Row) -> tuple[str, ...]:
        """Return every name under which a rule can include the row: its code, its list, its groups."""
        return (row.code, self.id, *(f"{self.id}.{group}" for group in row.groups))
