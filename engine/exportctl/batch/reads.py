"""What the clauses of a rule book read: which tests are put to which fact, and which clauses look at items alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from exportctl.exact import number
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.rule import Rule
from exportctl.law.vocabulary import ENTRIES, ENTRIES_IN_FORCE, Derived
from exportctl.problem import Problem, Refused

AMOUNTS = (
    "item.quantity",
    "item.unit_value",
    "item.value",
    "item.cn_part1_value",
    "item.unit_mass_g",
    "item.price_per_kg",
)
NOT_TESTED = (*AMOUNTS, "item.id", "item.description", "item.part_number", "item.currency", "item.components",
              "item.components_complete")  # fmt: skip
OWNER_FACTS = ("owner.", "party.owners")


@dataclass(frozen=True, eq=False)
class Test:
    """A test of a given fact with one number or word it is compared with."""

    clause: Clause
    operand: Any


@dataclass(eq=False)
class Reads:
    """The tests of a rule book by the fact they read."""

    book: RuleBook
    of_items: dict[int, bool] = field(default_factory=dict)
    of_lists: dict[int, list[tuple[str, Clause]]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    said: dict[tuple[Any, ...], int] = field(default_factory=dict)

    @cached_property
    def tests(self) -> dict[str, list[Test]]:
        """Every test of a given fact, by the path of the fact as its value stands in a case."""
        found: dict[str, list[Test]] = {}
        for clause, rule in self.clauses():
            if clause.kind != "test" or clause.operator == "same_as" or self.derived(clause) is not None:
                continue
            for operand in operands(clause, rule):
                found.setdefault(stored(clause.fact or ""), []).append(Test(clause, operand))
        return found

    @cached_property
    def about_owners(self) -> list[Clause]:
        """Every clause about the owners of a party, outermost only."""
        return [clause for clause, _ in self.clauses() if self.is_about_owners(clause)]

    @cached_property
    def same(self) -> list[Clause]:
        """Every clause that compares two facts with each other."""
        return [clause for clause, _ in self.clauses() if clause.kind == "test" and clause.operator == "same_as"]

    @cached_property
    def kept(self) -> frozenset[str]:
        """The facts that say something about other facts, so that their values never merge."""
        fixed = {
            "transfer.kind",
            "party.lists",
            "item.form",
            "item.kind",
            "item.magnet",
            "item.elements",
            "item.composition",
            "item.control_code",
        }
        implied = {path for rule in self.book.vocabulary.implications for path in (*rule.given, *rule.also)}
        return frozenset(fixed | implied)

    def derived(self, clause: Clause) -> Derived | None:
        """Return the derived fact a test reads, None for a given one."""
        path = clause.fact or ""
        for role in ("parties.importer.", "parties.end_user."):
            path = path.replace(role, "party.") if path.startswith(role) else path
        return self.book.vocabulary.derived.get(path)

    def number(self, clause: Clause) -> int:
        """Return the number of a clause; clauses that test the same and mean the same have one."""
        if id(clause) not in self.numbers:
            tested = (clause.fact, clause.operator, _kept(clause.operand)) if clause.kind == "test" else ()
            meaning = clause.meaning and clause.meaning.en
            parts = (self.number(part) for part in clause.parts)
            key = (clause.kind, tested, meaning, tuple(clause.under.items()), *parts)
            self.numbers[id(clause)] = self.said.setdefault(key, len(self.said))
        return self.numbers[id(clause)]

    def is_about_owners(self, clause: Clause) -> bool:
        """Return whether a clause is answered from the owners of a party alone."""
        if clause.kind == "any_owner":
            strange = [c.fact for c in clause.walk() if c.fact and not c.fact.startswith(OWNER_FACTS)]
            if strange:
                raise Refused([Problem("rules", strange[0], "a batch cannot test this fact of an owner")])
            return True
        derived = self.derived(clause) if clause.kind == "test" else None
        return derived is not None and derived.primitive == "listed_owner_share"

    def only_items(self, clause: Clause) -> bool:
        """Return whether the item a clause looks at decides it alone, its amounts apart."""
        if id(clause) not in self.of_items:
            self.of_items[id(clause)] = self._only_items(clause)
        return self.of_items[id(clause)]

    def _only_items(self, clause: Clause) -> bool:
        if clause.kind == "any_owner":
            return False
        if clause.kind != "test":
            return all(self.only_items(part) for part in clause.parts)
        if not (clause.fact or "").startswith("item.") or clause.operator == "same_as":
            return False
        if clause.fact == ENTRIES_IN_FORCE:
            return False
        derived = self.derived(clause)
        return derived is None or derived.when is None or self.only_items(derived.when)

    def by_list(self, clause: Clause) -> list[tuple[str, Clause]]:
        """Return a test of entries in force as one test of entries a list, each with the instrument of the list."""
        if id(clause) not in self.of_lists:
            names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
            self.of_lists[id(clause)] = [
                (self.book.entries[name][0].listing.instrument, Clause(fact=ENTRIES[0], includes=name))
                for name in names
            ]
        return self.of_lists[id(clause)]

    @cached_property
    def widened(self) -> list[Clause]:
        """The rows of lists with the limits that decide what comes close to an entry."""
        bands = {derived.band for derived in self.book.vocabulary.derived.values() if derived.band is not None}
        rows = {entry.code: entry for entries in self.book.entries.values() for entry in entries}
        each = (self.book.widened(entry, band) for band in bands for entry in rows.values())
        return [when for when in each if when is not None]

    def clauses(self) -> Iterator[tuple[Clause, Rule | None]]:
        """Yield every clause of rules, derived facts and list rows, with the rule whose numbers it names."""
        for rule in self.book.rules.values():
            yield from ((clause, rule) for clause in rule.when.walk())
        for derived in self.book.vocabulary.derived.values():
            yield from ((clause, None) for clause in (derived.when.walk() if derived.when else ()))
        for listing in self.book.lists.values():
            for row in listing.rows:
                yield from ((clause, None) for clause in row.when.walk())
        for when in self.widened:
            yield from ((clause, None) for clause in when.walk())


def operands(clause: Clause, rule: Rule | None) -> list[Any]:
    """Return what a test compares with: the values of a named number on all days, else the one thing it names."""
    named = rule.parameters.get(clause.operand) if rule and isinstance(clause.operand, str) else None
    return [clause.operand] if named is None else list(dict.fromkeys(number(dated.value) for dated in named.values))


def _kept(operand: Any) -> Any:
    return tuple(operand) if isinstance(operand, list) else operand


def numbers_on(rule: Rule | None, day: Any) -> dict[str, Fraction]:
    """Return the numbers a rule names, as they are on a day."""
    return {} if rule is None else {name: number(p.on(day)) for name, p in rule.parameters.items()}


def stored(path: str) -> str:
    """Return the path under which the value of a fact is kept: importer and end user keep theirs under `party.`."""
    for role in ("parties.importer.", "parties.end_user."):
        if path.startswith(role):
            return "party." + path.removeprefix(role)
    return path
