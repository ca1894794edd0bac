"""What the rule book mentions of each fact: values no clause names are alike, so one of them stands for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Fact, Implication, Value

ROLES = ("importer", "end_user")
ELSEWHERE = ("KR", "DE", "VN", "MX", "BR")
UNNAMED_TEXT = "unnamed"
UNLISTED, CODE = "none", "item.control_code"
LISTS, BY = "party.lists", " by "
CODES = frozenset([CODE, "technology.control_code"])


def shared(path: str) -> str:
    """Return the path of a fact as the vocabulary has it: importer and end user share the facts of a party."""
    for role in ROLES:
        path = path.replace(f"parties.{role}.", "party.", 1) if path.startswith(f"parties.{role}.") else path
    return path


@dataclass(frozen=True, eq=False)
class Mentions:
    """What the clauses of a rule book name; `before` is another version of it, whose clauses count too."""

    book: RuleBook
    before: RuleBook | None = None

    @property
    def books(self) -> tuple[RuleBook, ...]:
        """The rule book, and its other version."""
        return (self.book,) if self.before is None else (self.book, self.before)

    @cached_property
    def clauses(self) -> list[Clause]:
        """Every clause of rules, list rows and derived facts."""
        return list(self._clauses())

    def _clauses(self) -> Iterator[Clause]:
        for book in self.books:
            for rule in book.rules.values():
                yield from rule.when.walk()
            for listing in book.lists.values():
                for row in listing.rows:
                    yield from row.when.walk()
            for derived in book.vocabulary.derived.values():
                if derived.when is not None:
                    yield from derived.when.walk()

    @cached_property
    def implications(self) -> list[Implication]:
        """What one fact of an item says about another."""
        return [implication for book in self.books for implication in book.vocabulary.implications]

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """The words each fact is compared with, by path; also those that one fact of an item says about another."""
        found: dict[str, set[str]] = {}
        for clause in self.clauses:
            if clause.fact and clause.operator != "same_as":
                operand = clause.operand
                listed = operand if isinstance(operand, list) else [operand]
                found.setdefault(shared(clause.fact), set()).update(w for w in listed if isinstance(w, str))
        for implication in self.implications:
            for path, words in (*implication.asked.items(), *((p, [w]) for p, w in implication.also.items())):
                found.setdefault(path, set()).update(words)
        for path in CODES:
            found.setdefault(path, set()).add(UNLISTED)
        return found

    @cached_property
    def elements(self) -> tuple[str, ...]:
        """The chemical elements that make a difference, and one that makes none."""
        named = self.words.get("item.elements", set()) | self.words.get("item.main_element", set())
        for implication in self.implications:
            named |= {*implication.present, *implication.holds}
        other = next(e for e in ("Zn", "Cu", "Pb", "Au") if e not in named)
        return (*sorted(named), other)

    def values(self, path: str, fact: Fact) -> tuple[str, ...]:
        """Return the words that stand for all values of a fact: those named, and one for each way of being unnamed."""
        path = shared(path)
        if fact.type in ("country", "countries"):
            return self._places()
        named = self.words.get(path, set())
        if not fact.values:
            return tuple(sorted(named)) if path in CODES else (*sorted(named), UNNAMED_TEXT)
        kept, seen = [], set()
        for word, value in fact.values.items():
            likeness = (frozenset(value.may_be) & named, value.holds_parts, value.single_substance)
            if word in named or likeness not in seen:
                kept.append(word)
            seen |= set() if word in named else {likeness}
        return (*kept, *(self._by_notice if path == LISTS else ()))

    @cached_property
    def _by_notice(self) -> tuple[str, ...]:
        """The listings by a notice that make a difference, each as a word of its own."""
        derived = [d for book in self.books for d in book.vocabulary.derived.values()]
        return tuple(dict.fromkeys(f"{name}{BY}{notice}" for d in derived for name in d.lists for notice in d.notices))

    def _places(self) -> tuple[str, ...]:
        types = {
            path: fact for path, fact in self.book.vocabulary.facts.items() if fact.type in ("country", "countries")
        }
        named = {word for path in types for word in self.words.get(path, set())}
        return (*sorted(named), *[place for place in ELSEWHERE if place not in named][:2])


def called(fact: Fact, names: list[str]) -> tuple[set[str], set[str]]:
    """Return the values that are one of the names, and those that might as well be called so."""
    sure = set(names)
    perhaps = {word for word, value in fact.values.items() if sure & set(_may_be(value))}
    return sure, perhaps


def _may_be(value: Value) -> list[str]:
    return value.may_be
