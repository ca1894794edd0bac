"""The facts of every place, made as they are asked for, and what holds among them in every case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import z3

from exportctl.decide.element import NOT_METALS
from exportctl.law.vocabulary import Fact, Implication
from exportctl.proof.given import (
    Flag,
    Inside,
    Laws,
    Made,
    Number,
    Word,
    Words,
    flag,
    made_of,
    number,
    settled_word,
    word,
    words,
)
from exportctl.proof.mention import ROLES, Mentions, shared
from exportctl.proof.place import Place, Shipment
from exportctl.proof.truth import Formula, Unprovable, every, implied, negated, some

Given = Word | Words | Flag | Number | Made | Inside
Key = tuple[str, str]
NOT_STATED = frozenset(["item.value", "item.unit_value", "item.quantity", "item.cn_part1_value", "item.components"])
SAYS = {"item": "item.", "transfer": "technology."}
ATTACHED = {"magnet": ("item.magnet", "item.elements", "item.composition")}


@dataclass(eq=False)
class Known:
    """The facts of one shipment. `mark` tells the variables of two shipments apart."""

    mentions: Mentions
    shipment: Shipment
    mark: str = ""
    made: dict[Key, Given] = field(default_factory=dict)
    laws: Laws = field(default_factory=Laws)
    _done: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        kind = self.of(self.shipment.transfer, "transfer.kind")
        if isinstance(kind, Word):
            stated = some(is_ for w, is_ in kind.is_.items() if w in ("technology", "service"))
            self.laws.add([implied(self.shipment.nothing_crosses, every([kind.known, stated]))])

    def of(self, place: Place, path: str) -> Given | None:
        """Return a fact of a place; None where nothing of it can be known."""
        for party in self.shipment.parties:
            if path.startswith(f"parties.{party.name}."):
                place, path = party, path.replace(f"parties.{party.name}.", "party.", 1)
        kind = path.partition(".")[0]
        if kind == "item" and place.kind == "item":
            return self._of_item(place, path)
        if kind in ("party", "owner") and kind == place.kind:
            return self._given(place, path)
        if kind in ("item", "party", "owner") or path in ("on", "title"):
            return None
        self._imply(self.shipment.transfer)
        return self._given(self.shipment.transfer, path)

    def _of_item(self, place: Place, path: str) -> Given | None:
        if place.what == "listed":
            self._imply(place)
            return self._given(place, path)
        around = place.around
        if around is None:
            raise AssertionError("content nobody listed is inside an item")
        if place.what == "magnet" and path == "item.form":
            return settled_word("magnet", ["magnet"])
        if place.what == "magnet" and path in ATTACHED["magnet"]:
            return self._of_item(around, path)
        elements = self._of_item(around, path) if path == "item.elements" else None
        return Inside(elements) if isinstance(elements, Made) and place.what == "inside" else None

    def _given(self, place: Place, path: str) -> Given | None:
        key = (place.name, path)
        if key not in self.made:
            made = self._make(place, path)
            if made is None:
                return None
            self.made[key] = made
            self.laws.add(getattr(made, "laws", ()))
        return self.made[key]

    def _make(self, place: Place, path: str) -> Given | None:
        fact = self._fact(path)
        name = f"{self.mark}{place.name}.{path}"
        if path in NOT_STATED or fact is None:
            return None
        if fact.type not in MADE:
            raise Unprovable(f"a fact of type `{fact.type}` (`{path}`) is not known to the solver")
        return MADE[fact.type](self, place, path, fact, name)

    def made_word(self, _place: Place, path: str, fact: Fact, name: str) -> Given:
        """Return a word of a place."""
        return word(name, self.mentions.values(path, fact))

    def made_words(self, _place: Place, path: str, fact: Fact, name: str) -> Given:
        """Return a set of words of a place."""
        empty = fact.type != "choices" or "none" in fact.answers or path == "technology.activities"
        return words(name, self.mentions.values(path, fact), may_be_empty=empty)

    def _fact(self, path: str) -> Fact | None:
        names = (shared(path), f"parties.end_user.{path.removeprefix('party.')}")
        known = (book.vocabulary.find(name) for book in self.mentions.books for name in names)
        fact = next((fact for fact in known if fact is not None), None)
        return fact if isinstance(fact, Fact) else None

    def made_composition(self, place: Place, _path: str, _fact: Fact, name: str) -> Given:
        """Return what an item is made of."""
        composition = self._given(place, "item.composition")
        complete: Formula = False
        if isinstance(composition, Word):
            complete = every([composition.known, composition.is_.get("complete", False)])
        elements = self.mentions.elements
        return made_of(name, elements, frozenset(elements) - NOT_METALS, complete)

    # ---- what one fact of an item says about another

    def _imply(self, place: Place) -> None:
        if place.name in self._done:
            return
        self._done.add(place.name)
        for implication in self.mentions.implications:
            if all(path.startswith(SAYS[place.kind]) for path in implication.asked):
                self.laws.add(self._implied(place, implication))

    def _implied(self, place: Place, implication: Implication) -> list[Formula]:
        condition = [
            some([self._is(place, path, value) for value in values]) for path, values in implication.asked.items()
        ]
        found: list[Formula] = []
        made = self._given(place, "item.elements") if place.kind == "item" else None
        if isinstance(made, Made):
            condition += [every([made.known, made.present[e]]) for e in implication.holds]
            found += [
                every([made.known, some([made.present[e], made.absent[e], made.complete])]) for e in implication.present
            ]
        given = every(condition)
        for path in implication.also:
            other = self._given(place, path)
            found.append(other.known if other is not None and not isinstance(other, Inside) else True)
        return [implied(given, consequence) for consequence in found]

    def _is(self, place: Place, path: str, value: str) -> Formula:
        fact = self._given(place, path)
        return every([fact.known, fact.is_.get(value, False)]) if isinstance(fact, Word) else False

    # ---- what is there

    def there(self, place: Place) -> Formula:
        """Return when a place exists: content nobody listed, where the item around it may hold some."""
        if place.kind == "owner" and place.around is not None:
            owners = self.of(place.around, "party.owners")
            return every([place.exists, owners.known]) if isinstance(owners, Flag) else False
        if place.what == "listed" or place.around is None:
            return place.exists
        form = self.of(place.around, "item.form")
        if not isinstance(form, Word):
            return False
        holds = some(is_ for w, is_ in form.is_.items() if self._holds_parts(w))
        unlisted = negated(every([place.around.broken_down, place.around.listed_all]))
        may_hold = some([negated(form.known), holds])
        found = [self.there(place.around), unlisted, may_hold]
        if place.what == "magnet":
            magnet = self.of(place.around, "item.magnet")
            found += [form.known, magnet.known if isinstance(magnet, Word) else False]
        return every(found)

    def _holds_parts(self, form: str) -> bool:
        known = self.mentions.book.vocabulary.facts["item.form"].values.get(form)
        return known is not None and known.holds_parts

    def share(self, place: Place) -> Number:
        """Return the share of an item's value that counts: any interval within 0 and 1 that its parts could give."""
        key = (place.name, "share")
        if key in self.made:
            found: Any = self.made[key]
            return found  # type: ignore[no-any-return]
        if place.around is not None:
            around = self.share(place.around)
            zero = z3.RealVal(0)
            high = z3.If(around.high == zero, zero, z3.RealVal(1))
            made = Number(True, zero, high)
        else:
            free = number(f"{self.mark}{place.name}.share", most=1)
            made = Number(True, free.low, free.high, free.laws)
        self.made[key] = made
        self.laws.add(made.laws)
        return made


Maker = Callable[[Known, Place, str, Fact, str], Given]
MADE: Mapping[str, Maker] = {
    **dict.fromkeys(("choice", "country", "text"), Known.made_word),
    **dict.fromkeys(("choices", "countries", "texts", "lists"), Known.made_words),
    **dict.fromkeys(("boolean", "owners"), lambda *about: flag(about[-1])),
    "number": lambda _known, _place, _path, fact, name: number(name, fact),
    "elements": Known.made_composition,
}

__all__ = ["ROLES", "Given", "Key", "Known"]
