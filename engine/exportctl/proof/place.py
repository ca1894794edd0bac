"""Where clauses look in the shipment the solver reasons about: the transfer, two parties, a short tree of items.

The tree is a chain: the exported item, perhaps something inside it, perhaps something inside that, and beside each the
content that nobody listed. "Some" item of any tree is one of such a chain, so that longer ones say nothing new of it;
what is worked out over whole trees (shares) is a free amount here, and is tested apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import z3

from exportctl.proof.mention import ROLES
from exportctl.proof.truth import Formula, every, negated

Kind = Literal["transfer", "item", "party", "owner"]
What = Literal["listed", "inside", "magnet"]
OWNERS = 2


@dataclass(eq=False)
class Place:
    """One thing that facts are about.

    `exists` says when it is there. `what` tells a listed item from content nobody listed, which `around` holds.
    `broken_down` says when an item has components that were listed, `listed_all` when those are all.
    """

    kind: Kind
    name: str
    exists: Formula = True
    what: What = "listed"
    around: Place | None = None
    components: tuple[Place, ...] = ()
    hidden: tuple[Place, ...] = ()
    owners: tuple[Place, ...] = ()
    broken_down: Formula = False
    listed_all: Formula = True

    @property
    def inside(self) -> tuple[Place, ...]:
        """What may be directly inside it, listed or not."""
        return (*self.components, *self.hidden)

    def below(self) -> Iterator[Place]:
        """Yield everything that may be inside it."""
        for part in self.inside:
            yield part
            yield from part.below()


@dataclass(eq=False)
class Shipment:
    """Every place of the shipment. `nothing_crosses`: technology or a service alone, no item."""

    depth: int = 2
    transfer: Place = field(default_factory=lambda: Place("transfer", "transfer"))
    nothing_crosses: Formula = field(default_factory=lambda: z3.Bool("nothing-crosses"))

    def __post_init__(self) -> None:
        self.root = _item("1", self.depth, negated(self.nothing_crosses))
        self.parties = tuple(_party(role) for role in ROLES)

    @property
    def items(self) -> tuple[Place, ...]:
        """Every item that may be there, the exported one first."""
        return (self.root, *self.root.below())

    @property
    def listed(self) -> tuple[Place, ...]:
        """The items that a case file lists."""
        return tuple(place for place in self.items if place.what == "listed")


def _item(name: str, depth: int, exists: Formula) -> Place:
    place = Place("item", name, exists)
    if depth > 1:
        place.broken_down = z3.Bool(f"{name}.components?")
        place.listed_all = z3.Bool(f"{name}.components-complete")
        place.components = (_item(f"{name}.1", depth - 1, every([exists, place.broken_down])),)
    place.hidden = (
        Place("item", f"{name}/inside", what="inside", around=place),
        Place("item", f"{name}/magnet", what="magnet", around=place),
    )
    return place


def _party(role: str) -> Place:
    place = Place("party", role)
    place.owners = tuple(
        Place("owner", f"{role}.owners[{n}]", z3.Bool(f"{role}.owner{n}"), around=place) for n in range(OWNERS)
    )
    return place
