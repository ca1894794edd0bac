"""A layer: any number of chaining rules, cut into rule sets small enough for durable-rules, with a memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from exportctl.kleene import NO, UNKNOWN, YES, Kleene
from exportctl.second_opinion.corridor import ALWAYS, MOST_TESTS, ChainRule, RuleSet, load
from exportctl.second_opinion.trial import survive

MOST_RULES = 50
"""In one rule set. Under every limit of rules on one literal, and small sets are fast."""
REMEMBERED = 50_000

Shard = tuple[ChainRule, ...]


@dataclass(eq=False)
class Layer:
    """Chaining rules in an order in which no rule concludes what one before it tests."""

    rules: tuple[ChainRule, ...]
    memory: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def shards(self) -> tuple[Shard, ...]:
        """The rules cut into rule sets. What one derives is handed to those after it."""
        return cut(self.rules)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every literal the rules test."""
        return frozenset(literal for conditions, _ in self.rules for literal in conditions)

    @cached_property
    def _rule_sets(self) -> tuple[RuleSet, ...]:
        """The compiled rule sets; a child process has loaded them first."""
        survive(self.shards)
        return tuple(load(shard) for shard in self.shards)

    def derive(self, literals: Iterable[str]) -> frozenset[str]:
        """Return what follows from the literals. Equal literals are not run twice."""
        held = self.known.intersection(literals)
        found = self.memory.get(held)
        if found is None:
            found = frozenset(conclusion for _, conclusion in self.fired(held))
            if len(self.memory) >= REMEMBERED:
                self.memory.clear()
            self.memory[held] = found
        return found

    def fired(self, literals: Iterable[str]) -> list[ChainRule]:
        """Return the rules that fire, by running them."""
        held = {ALWAYS, *literals}
        fired: list[ChainRule] = []
        for rule_set in self._rule_sets:
            if not rule_set.known.isdisjoint(held):
                found = rule_set.run(held)
                held.update(conclusion for _, conclusion in found)
                fired += found
        return fired


def cut(rules: Iterable[ChainRule]) -> tuple[Shard, ...]:
    """Return the rules without repetitions, in order, cut into rule sets within the limits."""
    found: list[list[ChainRule]] = [[]]
    tests: set[str] = set()
    for rule in dict.fromkeys(rules):
        tests |= set(rule[0])
        if len(found[-1]) == MOST_RULES or len(tests) > MOST_TESTS:
            found.append([])
            tests = set(rule[0])
        found[-1].append(rule)
    return tuple(tuple(part) for part in found if part)


def value(derived: frozenset[str], name: str) -> Kleene:
    """Return the three-valued result derived under a name: neither yes nor no is unknown."""
    if f"{name}=yes" in derived:
        return YES
    return NO if f"{name}=no" in derived else UNKNOWN
