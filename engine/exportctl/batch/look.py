"""What a question sees of the parts of a row, through the facts that it touches."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from exportctl.batch.item_table import SLOTS
from exportctl.batch.reads import numbers_on
from exportctl.batch.sample import Parts
from exportctl.batch.table import Touch
from exportctl.fork import join
from exportctl.law.state import standing


@dataclass(frozen=True, eq=False)
class Look:
    """What is seen of each part through what a question touches."""

    parts: Parts
    touched: frozenset[Touch]

    def at(self, axis: str, part: int) -> Iterator[Hashable]:
        """Yield everything that is seen of a part on an axis."""
        if axis == "item":
            return self._of_item(part // 2, part % 2)
        if axis == "about":
            return self._of_around(part)
        if axis == "day":
            return self._of_day(self.parts.days[part])
        return iter((part,) if ("worth",) in self.touched else ())

    @cached_property
    def sorted(self) -> list[Touch]:
        """What is touched, in one order."""
        return sorted(self.touched, key=repr)

    def is_dated(self, part: int) -> bool:
        """Return whether a party is listed by a notice that is looked at."""
        values = self.parts.arounds[part].values
        return any(values[at].dated for at in self._perhaps_dated)

    def _of_item(self, kind: int, described: int) -> Iterator[Hashable]:
        yield from (each[kind] for each in self._by_kind)
        if self._whether_item:
            yield described

    def _of_around(self, part: int) -> Iterator[Hashable]:
        around = self.parts.arounds[part]
        yield from (around.values[at] for at in self._facts)
        yield from (around.same[at] for at in self._compared)
        if self._whether_item:
            yield around.of_goods
        if ("exists", "importer") in self.touched:
            yield around.imported

    def _all(self, *kind: str) -> list[Touch]:
        """Return what is touched of one kind."""
        return [touch[len(kind) :] for touch in self.sorted if touch[: len(kind)] == kind]

    @cached_property
    def _by_kind(self) -> list[list[Any]]:
        """What is looked at of items, by kind of item."""
        known = self.parts.halves.items
        found: list[list[Any]] = [known.answers[clause, slot].codes for clause, slot in self._all("seen")]
        found += [known.empty[name] for (name,) in self._all("nothing")]
        return found + [known.there[slot] for (slot,) in self._all("exists") if slot in SLOTS]

    @cached_property
    def _whether_item(self) -> bool:
        return any(slot in SLOTS for (slot,) in self._all("exists"))

    @cached_property
    def _facts(self) -> list[int]:
        return self._at(self._all("fact"))

    @cached_property
    def _perhaps_dated(self) -> list[int]:
        return self._at(self._all("day", "dated"))

    def _at(self, keys: list[Touch]) -> list[int]:
        """Return the places among what stands around an item of those facts that stand there."""
        at = {key: place for place, key in enumerate(self.parts.halves.keys)}
        return [at[key] for key in keys if key in at]

    @cached_property
    def _compared(self) -> list[int]:
        return [self.parts.halves.compared.index(paths) for (paths,) in self._all("same")]

    def _of_day(self, day: datetime.date) -> Iterator[Hashable]:
        book = self.parts.meaning.book
        for touch in self.sorted:
            if touch[:2] == ("day", "numbers"):
                yield tuple(numbers_on(book.rules[str(touch[2])], day).items())
            elif touch[:2] == ("day", "works"):
                yield from (self.parts.works(instrument, day) for instrument in touch[2])
            elif touch[:2] == ("day", "notices"):
                stands = (standing(book, notice, "", day, self.parts.known_on) for notice in touch[2])
                yield from (join(lambda one: one.state, found) for found in stands)
