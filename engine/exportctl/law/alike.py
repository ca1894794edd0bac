"""Which clauses items answer alike that share certain facts: what a clause looks at, and how far it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from exportctl.law.clause import Clause
from exportctl.law.listing import ControlList
from exportctl.law.rule import Rule
from exportctl.law.vocabulary import Derived, Vocabulary

PRIMITIVES_LOOK_AT = ("form", "elements", "composition", "magnet", "control_code")


@dataclass(frozen=True, eq=False)
class Alike:
    """The clauses of a rule book, by how far they look. Clauses are known by identity."""

    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    lists: tuple[ControlList, ...]

    @cached_property
    def tested(self) -> frozenset[str]:
        """The facts of an item that some clause or primitive looks at, without the prefix; others decide nothing."""
        looked = {fact for clause in self._clauses for fact in _facts(clause) if fact.startswith("item.")}
        return frozenset(PRIMITIVES_LOOK_AT) | {fact.removeprefix("item.") for fact in looked}

    @cached_property
    def of_items(self) -> frozenset[int]:
        """Clauses of which the answer depends on the item they look at, on the day, and on nothing else."""
        return self._grown(lambda clause: all(fact.startswith(("item.", "share.")) for fact in _facts(clause)))

    @cached_property
    def by_facts(self) -> frozenset[int]:
        """Clauses that no amount, and no share of one, decides."""
        return self._grown(lambda clause: not any(self._is_share(fact) for fact in _facts(clause)))

    @cached_property
    def inside(self) -> tuple[Clause, ...]:
        """The clauses about what is inside an item: all that its contents matter for, apart from amounts."""
        return tuple(clause for clause in self._clauses if clause.kind == "any_component")

    @cached_property
    def number(self) -> dict[int, int]:
        """The place of each of these clauses among them."""
        return {id(clause): number for number, clause in enumerate(self.inside)}

    @cached_property
    def contents_known_by_these(self) -> bool:
        """Whether the clauses about what is inside an item look at items alone and at no amount."""
        return all(id(clause) in self.by_facts and id(clause) in self.of_items for clause in self.inside)

    @cached_property
    def amounts(self) -> dict[int, tuple[Clause, ...]]:
        """The tests of amounts that a clause combines with what no amount decides.

        Clauses that look at amounts in another way are not there.
        """
        found = {id(clause): self._amounts(clause) for clause in self._clauses}
        return {known: tests for known, tests in found.items() if tests is not None}

    def _amounts(self, clause: Clause) -> tuple[Clause, ...] | None:
        if id(clause) in self.by_facts:
            return ()
        if clause.kind == "test":
            return (clause,) if id(clause) in self.of_items else None
        found: list[Clause] = []
        for part in clause.parts:
            tests = None if clause.kind in ("any_component", "any_owner") else self._amounts(part)
            if tests is None:
                return None
            found += tests
        return tuple(found)

    @cached_property
    def _clauses(self) -> list[Clause]:
        whens = [rule.when for rule in self.rules]
        whens += [derived.when for derived in self.vocabulary.derived.values() if derived.when is not None]
        whens += [row.when for listing in self.lists for row in listing.rows]
        return [clause for when in whens for clause in when.walk()]

    def _grown(self, looks: Callable[[Clause], bool]) -> frozenset[int]:
        """Return the clauses that look only so far, as do all behind them."""
        left = [id(clause) for clause in reversed(self._clauses) if looks(clause)]
        found: set[int] = set()
        before = -1
        while len(found) > before:
            before = len(found)
            for clause in left:
                if self._behind[clause] <= found:
                    found.add(clause)
        return frozenset(found)

    @cached_property
    def _behind(self) -> dict[int, set[int]]:
        """What decides each clause, by identity."""
        return {
            id(clause): {id(when) for when in (*clause.parts, *self._derived(clause), *self._entries(clause))}
            for clause in self._clauses
        }

    def _derived(self, clause: Clause) -> Iterable[Clause]:
        derived = [self._derived_fact(fact) for fact in _facts(clause)]
        counts = [self._derived_fact(one.counts or "") for one in derived if one is not None]
        return [one.when for one in (*derived, *counts) if one is not None and one.when is not None]

    def _derived_fact(self, fact: str) -> Derived | None:
        return self.vocabulary.derived.get(fact)

    def _entries(self, clause: Clause) -> Iterable[Clause]:
        """Return what decides under which entries an item falls."""
        derived = self._derived_fact(clause.fact or "")
        if derived is None or derived.type != "entries":
            return ()
        names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
        return [when for name in names for when in self._named.get(name, ())]

    @cached_property
    def _named(self) -> dict[str, list[Clause]]:
        found: dict[str, list[Clause]] = {}
        for listing in self.lists:
            for row in listing.rows:
                for name in listing.names_of(row):
                    found.setdefault(name, []).append(row.when)
        return found

    def _is_share(self, fact: str) -> bool:
        derived = self._derived_fact(fact)
        return derived is not None and derived.primitive == "value_share"


def _facts(clause: Clause) -> tuple[str, ...]:
    if clause.fact is None:
        return ()
    return (clause.fact, clause.operand) if clause.operator == "same_as" else (clause.fact,)
