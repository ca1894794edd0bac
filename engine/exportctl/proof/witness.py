"""A case for every condition of the rule book in which it alone decides: as true, as false, as unknown.

Where a condition compares a number, the number lies at its limit and just beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.proof.argue import Argument, Witness, substituted
from exportctl.proof.given import real
from exportctl.proof.known import Known
from exportctl.proof.mention import Mentions
from exportctl.proof.place import Place, Shipment
from exportctl.proof.read import Reading
from exportctl.proof.taste import wishes
from exportctl.proof.truth import Formula, Truth, Unprovable, every, negated
from exportctl.worked.coverage import TRUTHS
from exportctl.worked.holding import entry_of
from exportctl.worked.mutant import key_of, other_clause
from exportctl.worked.spot import Spot, walk

LITTLE = Fraction(1, 1_000_000)
LOOSE = 3
NEGATIVE = ("not_in", "excludes")
PASSING = {"at_least": Fraction(0), "above": LITTLE, "at_most": Fraction(0), "below": -LITTLE}
FAILING = {"at_least": -LITTLE, "above": Fraction(0), "at_most": LITTLE, "below": Fraction(0)}
"""How far from the limit the nearest number lies that passes a test, and the nearest that fails it."""


@dataclass(frozen=True, eq=False)
class Shown:
    """One condition with one truth, and the case in which it alone decides; None where there is no such case.

    `word` is the one word of several on which it depends there.
    """

    spot: Spot
    truth: str
    witness: Witness | None
    word: str = ""


@dataclass(eq=False)
class Owner:
    """A rule, row or derived fact before the solver, alone."""

    book: RuleBook
    name: str
    mentions: Mentions | None = None

    def __post_init__(self) -> None:
        shipment = Shipment()
        known = Known(self.mentions or Mentions(self.book), shipment)
        self.argument = Argument(self.book, shipment, known=known)
        self.plain = self._truth(self.argument.reading)
        self.others: list[Clause] = []
        self.wanted = [] if self._base.kind != "item" else [negated(self.argument.shipment.nothing_crosses)]

    def shown(self, spots: list[Spot]) -> Iterator[Shown]:
        """Yield each of the owner's conditions with each truth."""
        for spot in spots:
            places = list(self._places(spot))
            for truth in TRUTHS:
                found = (self._witness(spot.clause, place, truth) for place in places)
                yield Shown(spot, truth, next((w for w in found if w is not None), None))
            for word in _words(spot.clause):
                truth = "no" if spot.clause.operator in NEGATIVE else "yes"
                found = (self._witness(spot.clause, place, truth, word) for place in places)
                witness = next((w for w in found if w is not None), None)
                if witness is not None:
                    yield Shown(spot, truth, witness, word)

    def holding(self) -> Witness | None:
        """Return a case of which the owner holds for sure."""
        return self._find([self.plain.yes])

    # ---- where and what

    @property
    def _base(self) -> Place:
        shipment = self.argument.shipment
        rule = self.book.rules.get(self.name)
        about = {"transfer": shipment.transfer, "party": shipment.parties[-1]}
        if rule is not None:
            return about.get(rule.at, shipment.root)
        return about.get(self.name.partition(".")[0], shipment.root) if "/" not in self.name else shipment.root

    @property
    def _when(self) -> Clause:
        return when_of(self.book, self.name)

    def _truth(self, reading: Reading) -> Truth:
        if self.name in self.book.rules:
            return reading.applies(self.book.rules[self.name])
        return reading.truth(self._when, self._base)

    def _places(self, spot: Spot) -> Iterator[Place]:
        """Yield where a condition may be looked at: inside the item or at an owner of the party, where it says so."""
        places = [self._base]
        clauses = dict(walk(self._when))
        for depth in range(len(spot.steps)):
            kind = clauses[spot.steps[:depth]].kind
            if kind == "any_component":
                places = [part for place in places for part in place.inside]
            elif kind == "any_owner":
                places = [place.owners[0] for place in places]
        yield from places

    # ---- the question

    def _witness(self, clause: Clause, place: Place, truth: str, word: str = "") -> Witness | None:
        own = self.argument.reading.truth(clause, place, self._numbers())
        assumed = Truth(z3.Bool("assumed-yes"), z3.Bool("assumed-maybe"))
        reading = Reading(self.book, self.argument.facts, self.argument.answers, self.argument.calendar)
        reading.memo[id(clause), place.name] = assumed
        whole = self._truth(reading)
        turned = [
            substituted(whole.yes, [(assumed.yes, True), (assumed.maybe, True)]),
            negated(substituted(whole.maybe, [(assumed.yes, False), (assumed.maybe, False)])),
        ]
        is_so = {"yes": own.yes, "no": negated(own.maybe), "unknown": own.open}[truth]
        near = [self._by_word(clause, place, word)] if word else self._near(clause, place, truth)
        if word:
            return self._find([*turned, is_so, *near])
        return self._find([*turned, is_so, *near]) or (self._find([*turned, is_so]) if near else None)

    def _find(self, conditions: list[Formula]) -> Witness | None:
        """Return a case, as plain as a few wishes make it."""
        kept = [*conditions, *self.wanted]
        found = self.argument.find(*kept)
        wished = [self._nothing_unseen(), *list(wishes(self.argument, outcome=False))[:LOOSE]]
        for wish in wished if found is not None else ():
            better = self.argument.find(*kept, wish)
            if better is not None:
                found, kept = better, [*kept, wish]
        return found

    def _nothing_unseen(self) -> Formula:
        """Return when no line that nobody saw could name an item."""
        lines = [entry for name, rows in self.book.entries.items() for entry in rows if entry.code == name]
        unseen = [
            entry for entry in lines if entry.row.evidence == "unseen" and entry.code in self.argument.answers.lines
        ]
        items = self.argument.shipment.listed
        return every(negated(self.argument.reading.truth(e.row.when, item).maybe) for e in unseen for item in items)

    def _by_word(self, clause: Clause, place: Place, word: str) -> Formula:
        """Return when a test of several words would come out the other way without one of them."""
        rest = other_clause(clause, **{key_of(clause.operator): [w for w in clause.operand if w != word]})
        self.others.append(rest)
        without = self.argument.reading.truth(rest, place)
        return without.maybe if clause.operator in NEGATIVE else negated(without.yes)

    def _numbers(self) -> dict[str, Any]:
        rule = self.book.rules.get(self.name)
        return self.argument.reading.numbers(rule) if rule is not None else {}

    def _near(self, clause: Clause, place: Place, truth: str) -> list[Formula]:
        """Return that a number lies at its limit, or just beside it."""
        steps = {"yes": PASSING, "no": FAILING}.get(truth, {})
        amount = self.argument.reading.amount(clause, place, self._numbers()) if clause.operator in steps else None
        if amount is None:
            return []
        given, limit = amount
        beside = real(limit) + real(steps[clause.operator])
        return [given.low == beside, given.high == beside]


def _words(clause: Clause) -> list[str]:
    several = isinstance(clause.operand, list) and clause.operator != "between" and len(clause.operand) > 1
    return list(clause.operand) if several else []


def when_of(book: RuleBook, owner: str) -> Clause:
    """Return the conditions of a rule, row or derived fact.

    Raises:
        Unprovable: it has none.
    """
    if owner in book.rules:
        return book.rules[owner].when
    entry = entry_of(book, owner) if "/" in owner else None
    when = entry.row.when if entry else book.vocabulary.derived[owner].when
    if when is None:
        raise Unprovable(f"`{owner}` has no conditions")
    return when
