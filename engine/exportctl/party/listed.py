"""A list of listed parties as its user supplied it: every row, and what tells this copy from another."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from exportctl.party.name import Name, read_name


@dataclass(frozen=True)
class Listed:
    """One row: a party on a list, under all the names the row gives.

    `list` is a list of the vocabulary (`control-list` …), None for a list that no rule here asks about; `list_name` is
    how the file writes it. `notice` is the instrument that listed it, None when it is not known. `since` and `until`
    are the days of the listing, both included, as far as the file gives them. `place` is file and line.
    """

    id: str
    names: tuple[str, ...]
    list: str | None
    list_name: str
    notice: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    country: str = ""
    person: bool = False
    place: str = ""

    @property
    def name(self) -> str:
        """The name it goes by: the first one given."""
        return self.names[0]

    @cached_property
    def read(self) -> tuple[Name, ...]:
        """Its names as they are compared."""
        return tuple(read_name(name) for name in self.names)


@dataclass(frozen=True, eq=False)
class PartyList:
    """The rows of one file, with its name and the SHA-256 of its bytes."""

    file: str
    sha256: str
    rows: tuple[Listed, ...] = field(repr=False)

    @cached_property
    def dated(self) -> datetime.date | None:
        """The latest day named in it: how new the copy is at least; None when it names no day."""
        days = [day for row in self.rows for day in (row.since, row.until) if day is not None]
        return max(days, default=None)

    @cached_property
    def by_list(self) -> dict[str, int]:
        """How many rows stand on each list that rules ask about, and how many on others."""
        return dict(sorted(Counter(row.list or "other" for row in self.rows).items()))
