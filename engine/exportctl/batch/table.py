"""What the clauses of a batch look at: columns of facts by subject, for distinct rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exportctl.batch.column import Column, constant
from exportctl.batch.item_table import HIDDEN, ITEM
from exportctl.batch.value import Values

TRANSFER, PARTIES = "transfer", ("importer", "end_user")


@dataclass(eq=False)
class Table:
    """Columns of `Value` by subject and path; `present` says in which rows a subject exists, everywhere if missing.

    `stretch` holds the day that stands for each row's stretch, `same` whether two facts of the transfer are equal.
    """

    height: int
    values: Values
    facts: Mapping[tuple[str, str], Column]
    present: Mapping[str, Column]
    stretch: Column
    same: Mapping[tuple[str, str], Column]

    def fact(self, slot: str, path: str) -> Column:
        """Return the values of a fact of a subject; nobody knows one that has no column."""
        found = self.facts.get((slot, path))
        return found if found is not None else constant(self.values.of(path, None), self.height)

    def exists(self, slot: str) -> Column:
        """Return in which rows a subject exists."""
        found = self.present.get(slot)
        return found if found is not None else constant(slot == TRANSFER, self.height)


def kind_of(slot: str) -> str:
    """Return the kind of a subject, which the paths of its facts begin with."""
    return "item" if slot == ITEM or slot in HIDDEN else "party" if slot in PARTIES else "transfer"
