"""A case the solver found, as a case file holds it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from exportctl.exact import written
from exportctl.law.vocabulary import Fact
from exportctl.proof.given import Flag, Made, Number, Word, Words
from exportctl.proof.known import Known
from exportctl.proof.mention import BY
from exportctl.proof.place import Place
from exportctl.proof.truth import Formula

MAINLY, NOT_MAINLY = "60", "30"
IN_PARAMETERS = "parameters."


@dataclass(frozen=True)
class Found:
    """A case as raw data, and the answers to open questions with which it was found."""

    case: dict[str, Any]
    world: dict[str, str]


@dataclass(frozen=True, eq=False)
class Writing:
    """Writes the case of one answer of the solver."""

    model: Any
    known: Known

    def case(self, day: datetime.date, title: str) -> dict[str, Any]:
        """Return the case; a fact that is not known, or makes no difference, is left out."""
        raw: dict[str, Any] = {"title": title, "on": day}
        for path, value in self._facts("transfer"):
            _put(raw, path.split("."), value)
        for party in self.known.shipment.parties:
            facts = {path.partition(".")[2]: value for path, value in self._facts(party.name) if path != "party.owners"}
            owners = self._owners(party)
            raw.setdefault("parties", {})[party.name] = facts | ({} if owners is None else {"owners": owners})
        if not self.holds(self.known.shipment.nothing_crosses):
            raw["item"] = self._item(self.known.shipment.root)
        technology = raw.get("technology", {})
        if raw.get("transfer", {}).get("kind") == "goods" and not technology:
            raw["technology"] = {"public_domain": None}
        return raw

    def holds(self, formula: Formula) -> bool:
        """Return whether a formula holds in the case."""
        return formula if isinstance(formula, bool) else z3.is_true(self.model.eval(formula, model_completion=True))

    def word(self, given: Word) -> str:
        """Return which word a word is."""
        return next(word for word, is_ in given.is_.items() if self.holds(is_))

    def _facts(self, place: str) -> list[tuple[str, Any]]:
        stated = [(path, fact) for (name, path), fact in self.known.made.items() if name == place and path != "share"]
        return [(path, value) for path, fact in sorted(stated, key=lambda s: s[0]) for value in self._value(fact)]

    def _value(self, given: Any) -> list[Any]:
        if isinstance(given, Made) or not self.holds(given.known):
            return []
        if isinstance(given, Word):
            return [self.word(given)]
        if isinstance(given, Words):
            return [[_listing(name) for name, has in given.has.items() if self.holds(has)]]
        if isinstance(given, Flag):
            return [self.holds(given.value)]
        return [_range(self._amount(given.low), self._amount(given.high))]

    def _amount(self, amount: Any) -> Fraction:
        found = self.model.eval(amount, model_completion=True)
        return Fraction(found.numerator_as_long(), found.denominator_as_long())

    def _owners(self, party: Place) -> list[dict[str, Any]] | None:
        known = self.known.of(party, "party.owners")
        if not isinstance(known, Flag) or not self.holds(known.known):
            return None
        there = [owner for owner in party.owners if self.holds(owner.exists)]
        return [{path.partition(".")[2]: value for path, value in self._facts(owner.name)} for owner in there]

    def _item(self, place: Place) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for path, value in self._facts(place.name):
            name = path.removeprefix("item.")
            if name.startswith(IN_PARAMETERS):
                raw.setdefault("parameters", {})[name.removeprefix(IN_PARAMETERS)] = value
            else:
                raw[name] = value
        raw |= self._made_of(place) | self._share(place)
        if self.holds(place.broken_down):
            raw["components"] = [self._item(part) for part in place.components]
            raw["components_complete"] = self.holds(place.listed_all)
        return raw

    def _made_of(self, place: Place) -> dict[str, Any]:
        made = self.known.made.get((place.name, "item.elements"))
        if not isinstance(made, Made) or not self.holds(made.known):
            return {}
        percent: dict[str, Any] = {e: None for e, there in made.present.items() if self.holds(there)}
        metals = [e for e in percent if e in made.main]
        main = [e for e in metals if self.holds(made.main[e])]
        if len(metals) == 1:
            percent[metals[0]] = MAINLY if main else NOT_MAINLY
        elif main:
            percent[main[0]] = MAINLY
        absent = {e: "0" for e, gone in made.absent.items() if self.holds(gone) and e not in percent}
        return {"elements": percent | absent}

    def _share(self, place: Place) -> dict[str, Any]:
        share = self.known.made.get((place.name, "share"))
        if not isinstance(share, Number):
            return {}
        low, high = self._amount(share.low), self._amount(share.high)
        worth = math.lcm(low.denominator, high.denominator)
        return {"value": str(worth), "currency": "USD", "cn_part1_value": _range(low * worth, high * worth)}


def _listing(name: str) -> Any:
    """Return one of several words as a case holds it: a listing by a notice names both."""
    listed, _, notice = name.partition(BY)
    return {"list": listed, "notice": notice} if notice else name


def _range(low: Fraction, high: Fraction) -> Any:
    return written(low) if low == high else {"low": written(low), "high": written(high)}


def _put(raw: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        raw = raw.setdefault(step, {})
    raw[steps[-1]] = value


def world_of(writing: Writing, readings: Mapping[str, Word], questions: Mapping[str, Formula]) -> dict[str, str]:
    """Return the answers to open questions in the case: readings by id, others as yes or no."""
    found = {name: writing.word(reading) for name, reading in readings.items()}
    return found | {name: "yes" if writing.holds(formula) else "no" for name, formula in questions.items()}


__all__ = ["Fact", "Found", "Writing", "world_of"]
