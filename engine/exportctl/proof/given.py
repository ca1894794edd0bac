"""Facts a person may know, as variables of the solver: each with a bit for whether it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import z3

from exportctl.law.vocabulary import Fact
from exportctl.proof.mention import called
from exportctl.proof.truth import NO, YES, Formula, Truth, chosen, every, negated, same, some, when_known


@dataclass(frozen=True, eq=False)
class Word:
    """One word out of a few: a choice, a country, a text. `is_` holds for each word where it is the one."""

    known: Formula
    is_: dict[str, Formula]
    laws: tuple[Formula, ...] = ()

    def one_of(self, fact: Fact, names: list[str]) -> Truth:
        """Return whether it is one of the names; what may be called otherwise too is unknown."""
        sure, perhaps = called(fact, names)
        yes = some(is_ for word, is_ in self.is_.items() if word in sure)
        return Truth(
            every([self.known, yes]),
            some([negated(self.known), yes, *(is_ for word, is_ in self.is_.items() if word in perhaps)]),
        )

    def same_as(self, other: Word) -> Truth:
        """Return whether two words are the same."""
        alike = some(every([is_, other.is_[word]]) for word, is_ in self.is_.items() if word in other.is_)
        return when_known(every([self.known, other.known]), alike)


def word(name: str, words: Iterable[str]) -> Word:
    """Return a word that is perhaps not known; its place among the words is written in bits."""
    listed = list(words)
    bits = [z3.Bool(f"{name}#{n}") for n in range(max(1, (len(listed) - 1).bit_length()))]
    is_ = {
        w: every(bit if place >> n & 1 else negated(bit) for n, bit in enumerate(bits))
        for place, w in enumerate(listed)
    }
    return Word(z3.Bool(f"{name}?"), is_, (some(is_.values()),))


def settled_word(chosen: str, words: Iterable[str]) -> Word:
    """Return a word that is settled."""
    return Word(True, {w: w == chosen for w in {*words, chosen}})


@dataclass(frozen=True, eq=False)
class Words:
    """A set of words that is known as a whole or not at all."""

    known: Formula
    has: dict[str, Formula]
    laws: tuple[Formula, ...] = ()

    def holds(self, names: Iterable[str]) -> Truth:
        """Return whether one of the names belongs to the set."""
        return when_known(self.known, some(self.has.get(name, False) for name in names))

    def within(self, names: Iterable[str]) -> Truth:
        """Return whether the set has members and every one is among the names."""
        allowed = set(names)
        inside = some(has for name, has in self.has.items() if name in allowed)
        outside = some(has for name, has in self.has.items() if name not in allowed)
        return when_known(self.known, every([inside, negated(outside)]))


def words(name: str, listed: Iterable[str], *, may_be_empty: bool) -> Words:
    """Return a set of words that is perhaps not known."""
    has = {w: z3.Bool(f"{name}={w}") for w in listed}
    known = z3.Bool(f"{name}?")
    return Words(known, has, () if may_be_empty else (some([negated(known), *has.values()]),))


@dataclass(frozen=True, eq=False)
class Flag:
    """A yes or no that is perhaps not known."""

    known: Formula
    value: Formula
    laws: tuple[Formula, ...] = ()

    @property
    def truth(self) -> Truth:
        """Whether it is yes."""
        return when_known(self.known, self.value)


def flag(name: str) -> Flag:
    """Return a yes or no that is perhaps not known."""
    return Flag(z3.Bool(f"{name}?"), z3.Bool(name))


@dataclass(frozen=True, eq=False)
class Number:
    """A number between two ends, both included; where it is not known, any number."""

    known: Formula
    low: Any
    high: Any
    laws: tuple[Formula, ...] = ()

    def compared(self, operator: str, limit: Any) -> Truth:
        """Return whether it passes a test against a limit."""
        tests = {
            "at_least": (_at_least(self.low, limit), _at_least(self.high, limit)),
            "above": (negated(_at_least(limit, self.low)), negated(_at_least(limit, self.high))),
            "at_most": (_at_least(limit, self.high), _at_least(limit, self.low)),
            "below": (negated(_at_least(self.high, limit)), negated(_at_least(self.low, limit))),
        }
        yes, maybe = tests[operator]
        return Truth(every([self.known, yes]), some([negated(self.known), maybe]))


def number(name: str, fact: Fact | None = None, least: int = 0, most: int | None = None) -> Number:
    """Return a number that is perhaps not known, within the least and the most the fact allows."""
    low, high = z3.Real(f"{name}.low"), z3.Real(f"{name}.high")
    floor = least if fact is None or fact.least is None else fact.least
    top = most if fact is None or fact.most is None else fact.most
    laws = [low <= high, low >= real(Fraction(floor))]
    return Number(z3.Bool(f"{name}?"), low, high, (*laws, *([] if top is None else [high <= real(Fraction(top))])))


def real(value: Any) -> Any:
    """Return an exact number as the solver writes it."""
    return z3.RealVal(f"{value.numerator}/{value.denominator}") if isinstance(value, Fraction) else value


def _at_least(value: Any, limit: Any) -> Formula:
    if isinstance(value, Fraction) and isinstance(limit, Fraction):
        return value >= limit
    return real(value) >= real(limit)


@dataclass(frozen=True, eq=False)
class Made:
    """What an item is made of. `present` and `absent` hold for elements that were named so, `main` for its metal.

    `complete`: elements that were not named are absent. `metal` holds for the elements that are metals.
    """

    known: Formula
    complete: Formula
    present: dict[str, Formula]
    absent: dict[str, Formula]
    main: dict[str, Formula]
    laws: tuple[Formula, ...] = ()

    def holds(self, names: Iterable[str]) -> Truth:
        """Return whether one of the elements is in it."""
        gone = [
            every([self.known, some([self.absent[e], every([self.complete, negated(self.present[e])])])]) for e in names
        ]
        return Truth(
            some(every([self.known, self.present[e]]) for e in names), some(negated(absent) for absent in gone)
        )

    def within(self, names: Iterable[str]) -> Truth:
        """Return whether some of the elements are in it, and no other is."""
        allowed = set(names)
        inside = some(self.present[e] for e in allowed)
        named = some(part[e] for e in allowed for part in (self.present, self.absent))
        clean = negated(some(there for e, there in self.present.items() if e not in allowed))
        perhaps = some([inside, every([negated(self.complete), negated(named)])])
        return Truth(
            every([self.known, inside, self.complete, clean]),
            some([negated(self.known), every([perhaps, clean])]),
        )

    def mainly(self, names: Iterable[str]) -> Truth:
        """Return whether one of the metals is all or most of it."""
        listed = [e for e in names if e in self.main]
        sure = some(self.main[e] for e in listed)
        settled = some(
            [some(self.main.values()), every([self.complete, negated(some(self.present[e] for e in self.main))])]
        )
        perhaps = some([negated(self.complete), *(self.present[e] for e in listed)])
        return Truth(every([self.known, sure]), some([negated(self.known), sure, every([negated(settled), perhaps])]))


@dataclass(frozen=True, eq=False)
class Inside:
    """The elements of something nobody listed inside an item: only what the item lacks for certain is known."""

    around: Made

    def holds(self, names: Iterable[str]) -> Truth:
        """Return whether one of the elements may be in it."""
        made = self.around
        gone = [
            every([made.known, some([made.absent[e], every([made.complete, negated(made.present[e])])])]) for e in names
        ]
        return Truth(False, some(negated(absent) for absent in gone))

    def within(self, names: Iterable[str]) -> Truth:
        """Return whether some of the elements may be in it, and no other."""
        made, allowed = self.around, list(names)
        there = some(made.present[e] for e in allowed)
        denied = some(made.absent[e] for e in allowed)
        return Truth(False, some([negated(made.known), chosen(made.complete, there, negated(denied))]))

    def mainly(self, names: Iterable[str]) -> Truth:
        """Return whether one of the metals may be most of it."""
        made = self.around
        perhaps = [negated(made.known), negated(made.complete), *(made.present[e] for e in names if e in made.main)]
        return Truth(False, some(perhaps))


def made_of(name: str, elements: Iterable[str], metals: frozenset[str], complete: Formula) -> Made:
    """Return a composition that is perhaps not known; `complete` says whether it names every element."""
    listed = list(elements)
    known = z3.Bool(f"{name}?")
    present = {e: z3.Bool(f"{name}.{e}") for e in listed}
    absent = {e: z3.Bool(f"{name}.no-{e}") for e in listed}
    main = {e: z3.Bool(f"{name}.main-{e}") for e in listed if e in metals}
    laws = [negated(every([present[e], absent[e]])) for e in listed]
    for e, is_main in main.items():
        others = [present[o] for o in main if o != e]
        laws += [
            some([negated(is_main), present[e]]),
            *(some([negated(is_main), negated(main[o])]) for o in main if o > e),
        ]
        laws.append(some([negated(complete), negated(present[e]), *others, is_main]))
    return Made(known, complete, present, absent, main, tuple(laws))


def settled_flag(value: bool) -> Truth:
    """Return the truth of a yes or no that is settled."""
    return YES if value else NO


@dataclass(eq=False)
class Laws:
    """What holds of the variables in every case; grows as variables are made."""

    found: list[Formula] = field(default_factory=list)

    def add(self, formulas: Iterable[Formula]) -> None:
        """Add what holds of new variables."""
        self.found += [formula for formula in formulas if formula is not True]


__all__ = ["Flag", "Inside", "Laws", "Made", "Number", "Word", "Words", "same"]
