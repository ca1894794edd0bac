"""A set of which membership may be unknown: purposes, lists, elements, entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from exportctl.case.item import Composition
from exportctl.fork import join
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, all_of, any_of


@dataclass(frozen=True)
class Membership:
    """What is known of a set: the truth (perhaps forked) for the names in `known`, and `rest` for all others."""

    known: Mapping[str, Any]
    rest: Kleene

    def holds(self, names: Iterable[str]) -> Any:
        """Return whether at least one of the names belongs to the set."""
        return join(lambda *values: any_of(values), *(self.known.get(name, self.rest) for name in names))

    def within(self, names: Iterable[str]) -> Any:
        """Return whether the set has members and every one is among the names."""
        allowed = set(names)
        inside = [value for name, value in self.known.items() if name in allowed]
        outside = [value for name, value in self.known.items() if name not in allowed]
        some = join(lambda *values: any_of(values), *inside) if inside else NO
        clean = join(lambda *values: all_of([*(~v for v in values), ~self.rest]), *outside)
        if self.rest is UNKNOWN and allowed - set(self.known):
            some = join(lambda value: max(value, UNKNOWN), some)
        return join(lambda *values: all_of(values), some, clean)

    def __str__(self) -> str:
        """Return the members that are certain, `none`, or what else is known."""
        members = [name for name, value in sorted(self.known.items()) if value is YES]
        text = ", ".join(members) or ("none" if self.rest is NO else "")
        return text if self.rest is NO else f"{text} and perhaps others".strip() if text else "not known"


def of_names(names: Iterable[str]) -> Membership:
    """Return a set that is known completely."""
    return Membership(dict.fromkeys(names, YES), NO)


def of_elements(made_of: Composition) -> Membership:
    """Return the elements of a composition; one listed with 0 is absent."""
    known = {element: NO if percent == 0 else YES for element, percent in made_of.percent.items()}
    return Membership({**dict.fromkeys(made_of.perhaps, UNKNOWN), **known}, NO if made_of.complete else UNKNOWN)
