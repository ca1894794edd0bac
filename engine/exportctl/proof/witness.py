"""A case for every condition of the rule book in which it alone decides: as true, as false, as unknown.

Where a condition compares a number, the number lies at its limit and just beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
from exportctl.proof.truth import Formula, Truth, Unprovable, every, negated, some, unlike
from exportctl.worked.coverage import TRUTHS
from exportctl.worked.holding import entry_of
from exportctl.worked.mutant import key_of, other_clause
from exportctl.worked.spot import Spot, walk

LITTLE = Fraction(1, 1_000_000)
LOOSE = 3
NEGATIVE = ("not_in", "excludes")
AT, OVER, UNDER = Fraction(0), LITTLE, -LITTLE
PASSING = {
    "at_least": [(0, AT)], "above": [(0, OVER)], "at_most": [(0, AT)], "below": [(0, UNDER)],
    "between": [(0, AT), (1, AT)],
}  # fmt: skip
FAILING = {
    "at_least": [(0, UNDER)], "above": [(0, AT)], "at_most": [(0, OVER)], "below": [(0, AT)],
    "between": [(0, UNDER), (1, OVER)],
}  # fmt: skip
"""For each limit of a test, how far from it the nearest number lies that passes, and the nearest that fails."""


@dataclass(frozen=True, eq=False)
class Shown:
    """One condition with one truth, and the case in which it alone decides; None where there is none, and `why`.

    `word` is the one word of several on which it depends there.
    """

    spot: Spot
    truth: str
    witness: Witness | None
    word: str = ""
    why: str = ""


@dataclass(frozen=True)
class Sought:
    """A truth that is looked for; by one word alone, or with a number so far from one of its limits."""

    truth: str
    word: str = ""
    steps: tuple[int, Fraction] | None = None

    @property
    def plain(self) -> bool:
        """Whether any case will do in which the condition decides with that truth."""
        return not self.word and self.steps is None


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

    def shown(self, spots: list[Spot], seen: Callable[[Spot, Sought], bool]) -> Iterator[Shown]:
        """Yield each of the owner's conditions with each truth, but for what was `seen` in a case yielded before.

        A condition on a number is shown at each of its limits as well, and one of several words by each of them.
        """
        for spot in spots:
            for sought in self._sought(spot):
                if seen(spot, sought):
                    continue
                witness = self._first(spot, sought)
                if witness is not None:
                    yield Shown(spot, sought.truth, witness, sought.word)
                elif sought.plain:
                    yield Shown(spot, sought.truth, None, why=self._why(spot, sought.truth))

    def _sought(self, spot: Spot) -> Iterator[Sought]:
        """Yield what is looked for: numbers at their limits first, then each truth, then each word alone."""
        clause = spot.clause
        yield from (Sought("yes", steps=(end, step)) for end, step in PASSING.get(clause.operator, ()))
        yield from (Sought("no", steps=(end, step)) for end, step in FAILING.get(clause.operator, ()))
        yield from (Sought(truth) for truth in TRUTHS)
        truth = "no" if clause.operator in NEGATIVE else "yes"
        yield from (Sought(truth, word) for word in _words(clause))

    def _first(self, spot: Spot, sought: Sought) -> Witness | None:
        if sought.word:
            return self._by_word(spot, sought.word)
        found = (self._witness(spot.clause, place, sought) for place in self._places(spot))
        return next((w for w in found if w is not None), None)

    def _why(self, spot: Spot, truth: str) -> str:
        """Return why no case shows a condition with a truth: it has no such truth, or never decides with it."""
        truths = [self.argument.reading.truth(spot.clause, place, self._numbers()) for place in self._places(spot)]
        if self.argument.find(some(_so(own, truth) for own in truths)) is None:
            return f"it is never {truth}"
        return f"where it is {truth}, other conditions beside it settle the matter"

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

    def _witness(self, clause: Clause, place: Place, sought: Sought) -> Witness | None:
        """Return a case in which the condition alone decides; or else one in which the answer depends on it too."""
        near = self._near(clause, place, sought)
        if near is None:
            return None
        is_so = _so(self.argument.reading.truth(clause, place, self._numbers()), sought.truth)
        effect = self._effect(clause, place)
        return self._settled([_decides(effect), is_so, *near]) or self._settled([_matters(effect), is_so, *near])

    def _effect(self, clause: Clause, place: Place) -> dict[str, Truth]:
        """Return what the owner comes to with each truth the condition could have at a place."""
        assumed = Truth(z3.Bool("assumed-yes"), z3.Bool("assumed-maybe"))
        reading = Reading(self.book, self.argument.facts, self.argument.answers, self.argument.calendar)
        reading.memo[id(clause), place.name] = assumed
        whole = self._truth(reading)
        found = {}
        for truth, (yes, maybe) in {"yes": (True, True), "no": (False, False), "unknown": (False, True)}.items():
            pairs = [(assumed.yes, yes), (assumed.maybe, maybe)]
            found[truth] = Truth(substituted(whole.yes, pairs), substituted(whole.maybe, pairs))
        return found

    def _settled(self, wanted: list[Formula]) -> Witness | None:
        """Return a case of what is wanted, if there is one in which it does not rest on open law or unseen lines."""
        if self.argument.model(*wanted, *self.wanted) is None:
            return None
        return self._find([*wanted, *self.argument.whatever_is_open(every(wanted))]) or self._find(wanted)

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

    def _by_word(self, spot: Spot, word: str) -> Witness | None:
        """Return a case that comes out otherwise, as a person sees it, without one of the words of a condition."""
        key = key_of(spot.clause.operator)
        rest = other_clause(spot.clause, **{key: [w for w in spot.clause.operand if w != word]})
        self.others.append(rest)
        reading = Reading(self.book, self.argument.facts, self.argument.answers, self.argument.calendar)
        for place in self._places(spot):
            reading.memo[id(spot.clause), place.name] = self.argument.reading.truth(rest, place)
        with_it, without = (self.argument.as_seen(truth) for truth in (self.plain, self._truth(reading)))
        return self._find([unlike(with_it, without)])

    def _numbers(self) -> dict[str, Any]:
        rule = self.book.rules.get(self.name)
        return self.argument.reading.numbers(rule) if rule is not None else {}

    def _near(self, clause: Clause, place: Place, sought: Sought) -> list[Formula] | None:
        """Return that a number lies at its limit or just beside it; None where there is no such number."""
        if sought.steps is None:
            return []
        end, step = sought.steps
        limits = self.argument.reading.limits(clause, place, self._numbers())
        if limits is None:
            return None
        given, ends = limits
        beside = real(ends[end]) + real(step)
        return [given.low == beside, given.high == beside]


def _decides(effect: Mapping[str, Truth]) -> Formula:
    """Return when a condition alone decides: its owner follows it, or does the opposite."""
    yes, no = effect["yes"], effect["no"]
    return some([every([yes.yes, negated(no.maybe)]), every([no.yes, negated(yes.maybe)])])


def _matters(effect: Mapping[str, Truth]) -> Formula:
    """Return when the owner comes out otherwise with some other truth of a condition."""
    return unlike(effect["yes"], effect["no"])


def _so(own: Truth, truth: str) -> Formula:
    """Return when a three-valued formula has a truth."""
    return {"yes": own.yes, "no": negated(own.maybe), "unknown": own.open}[truth]


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
