"""Items classified once, however often they come back: what each clause about items amounts to, by item number."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from exportctl.batch.classify import Classification
from exportctl.batch.column import Column, column
from exportctl.batch.item_table import ITEM, SLOTS, Items
from exportctl.batch.reads import Reads
from exportctl.batch.seen import Meaning, Seen
from exportctl.batch.value import Values
from exportctl.case.case import Case
from exportctl.case.item import Item
from exportctl.decide.examine import Examination
from exportctl.decide.tree import tree_of
from exportctl.exact import ZERO, Interval
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Derived


@dataclass(eq=False)
class Answers:
    """The answers of one clause by kind of item, each distinct one once."""

    codes: list[int] = field(default_factory=list)
    numbers: dict[Seen, int] = field(default_factory=dict)

    def numbered(self, found: Column) -> list[int]:
        """Return the number of each answer."""
        mapped = [self.numbers.setdefault(seen, len(self.numbers)) for seen in found.values]
        return [mapped[code] for code in found.codes.to_list()]

    def at(self, items: pl.Series) -> Column:
        """Return the answers for items by kind."""
        return Column(pl.Series(self.codes, dtype=pl.UInt32)[items], tuple(self.numbers))


@dataclass(eq=False)
class KnownItems:
    """The kinds of items met so far: items that agree in everything a row can depend on are of one kind."""

    reads: Reads
    meaning: Meaning
    values: Values
    wanted: list[tuple[Clause, str]]
    answers: dict[tuple[int, str], Answers] = field(default_factory=dict)
    empty: dict[str, list[bool]] = field(default_factory=dict)
    there: dict[str, list[bool]] = field(default_factory=dict)
    stated: dict[str, list[bool]] = field(default_factory=dict)
    kinds: list[int] = field(default_factory=list)
    alike: dict[tuple[int, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items = Items(self.meaning.book)
        self.answers = {(id(clause), slot): Answers() for clause, slot in self.wanted}
        self.there = {slot: [] for slot in SLOTS}
        self.empty = {name: [] for name in self._shares()}
        self.stated = {fact.asked_after: [] for fact in self.meaning.book.vocabulary.facts.values() if fact.asked_after}

    def classify(self) -> None:
        """Work out the kinds of items that came in since the last time."""
        new, self.items.waiting = self.items.waiting, []
        if not new:
            return
        classification = Classification(self.reads, self.meaning, self.values, new)
        columns = [self.answers[id(c), slot].numbered(classification.seen(c, slot)) for c, slot in self.wanted]
        derived = self.meaning.book.vocabulary.derived
        columns += [[slot in item for item in new] for slot in self.there]
        columns += [[self._holds_nothing(derived[name], item[ITEM].item) for item in new] for name in self.empty]
        columns += [[path.removeprefix("item.") in item[ITEM].facts for item in new] for path in self.stated]
        self.kinds += [self._kind(found) for found in zip(*columns, strict=True)]

    def _kind(self, found: tuple[int, ...]) -> int:
        """Return the number of a kind, by all that is known of it in the order of the lists that keep it."""
        if found not in self.alike:
            self.alike[found] = len(self.alike)
            answers = (each.codes for each in self.answers.values())
            flags = (*self.there.values(), *self.empty.values(), *self.stated.values())
            kept: list[list[Any]] = [*answers, *flags]
            for each, value in zip(kept, found, strict=True):
                each.append(value)
        return self.alike[found]

    def seen(self, clause: Clause, slot: str, items: pl.Series) -> Column:
        """Return what a clause amounts to for items by kind."""
        return self.answers[id(clause), slot].at(items)

    def exists(self, slot: str, items: pl.Series) -> Column:
        """Return whether items of a kind have a subject."""
        return column_of(self.there[slot], items)

    def holds_nothing(self, name: str, items: pl.Series) -> Column:
        """Return whether nothing in an item can count in a share, whatever it is worth."""
        return column_of(self.empty[name], items)

    def is_stated(self, path: str, items: pl.Series) -> pl.Series:
        """Return whether a fact that others wait for is known of items by kind."""
        return pl.Series(self.stated[path], dtype=pl.Boolean).gather(items)

    def _shares(self) -> list[str]:
        derived = self.meaning.book.vocabulary.derived
        return [name for name, fact in derived.items() if fact.primitive == "value_share"]

    def _holds_nothing(self, derived: Derived, item: Item | None) -> bool:
        if item is None:
            raise AssertionError("the exported item is never a stand-in")
        worth_one = Item("1", facts=item.facts, value=Interval.at(1))
        exam = Examination(self.meaning.book, Case("", datetime.date.min, {}, (), None))
        exam.root = tree_of(worth_one, self.meaning.book.vocabulary)
        return bool(exam.shares.content(derived, exam.root).counted == ZERO)


def column_of(flags: list[bool], items: pl.Series) -> Column:
    """Return flags kept by number, for items by kind."""
    found = column(flags or [False])
    return found.take(items)
