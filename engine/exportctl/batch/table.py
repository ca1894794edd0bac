"""What the clauses of a batch look at: columns of facts by subject, for distinct rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exportctl.batch.column import Column, constant
from exportctl.batch.item_table import HIDDEN, ITEM
from exportctl.batch.value import Values

TRANSFER, PARTIES = "transfer", ("importer", "end_user")
Touch = tuple[Any, ...]


@dataclass(eq=False)
class Table:
    """Columns of `Value` by subject and path, made when looked at.

    `present` says in which rows a subject exists, everywhere if missing. `stretch` holds the day that stands for each
    row's stretch, `same` whether two facts of the transfer are equal. `touched` collects what was looked at.
    """

    height: int
    values: Values
    facts: Mapping[tuple[str, str], Callable[[], Column]]
    present: Mapping[str, Column]
    stretch: Column
    same: Mapping[tuple[str, str], Column]
    touched: set[Touch] = field(default_factory=set)
    made: dict[tuple[str, str], Column] = field(default_factory=dict)

    def fact(self, slot: str, path: str) -> Column:
        """Return the values of a fact of a subject; nobody knows one that has no column."""
        self.touched.add(("fact", slot, path))
        if (slot, path) not in self.made:
            make = self.facts.get((slot, path))
            self.made[slot, path] = constant(self.values.of(path, None), self.height) if make is None else make()
        return self.made[slot, path]

    def exists(self, slot: str) -> Column:
        """Return in which rows a subject exists."""
        self.touched.add(("exists", slot))
        found = self.present.get(slot)
        return found if found is not None else constant(slot == TRANSFER, self.height)

    def equal(self, paths: tuple[str, str]) -> Column:
        """Return whether two facts of the transfer are known, and equal."""
        self.touched.add(("same", paths))
        return self.same[paths]

    def day(self, *why: Hashable) -> Column:
        """Return the day of each row; `why` is what of the law or of a fact is looked up for it."""
        self.touched.add(("day", *why))
        return self.stretch


def kind_of(slot: str) -> str:
    """Return the kind of a subject, which the paths of its facts begin with."""
    return "item" if slot == ITEM or slot in HIDDEN else "party" if slot in PARTIES else "transfer"
