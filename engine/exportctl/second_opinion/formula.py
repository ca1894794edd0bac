"""Formulas over literals, and the chaining rules that derive them.

A three-valued formula becomes two literals: one that it surely holds, one that it surely does not; neither derived is
unknown. So no rule ever needs "not derived", which forward chaining cannot say within a layer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from exportctl.second_opinion.corridor import ALWAYS, MOST_CONDITIONS, ChainRule

NEVER = "never"


@dataclass(frozen=True)
class Is:
    """A named value handed in from outside: holds when it is one of `yes`, does not when it is one of `no`."""

    name: str
    yes: tuple[str, ...] = ("yes",)
    no: tuple[str, ...] = ("no",)


@dataclass(frozen=True)
class Of:
    """All, any or not of other formulas."""

    kind: Literal["all", "any", "not"]
    parts: tuple[Formula, ...]


Formula = Is | Of


def all_(*parts: Formula) -> Of:
    """Return the formula that holds when every part does."""
    return Of("all", parts)


def any_(*parts: Formula) -> Of:
    """Return the formula that holds when one part does."""
    return Of("any", parts)


def not_(part: Formula) -> Of:
    """Return the formula that holds when the part does not."""
    return Of("not", (part,))


@dataclass(eq=False)
class Chain:
    """The rules of one layer, in the order in which they build on each other."""

    rules: list[ChainRule] = field(default_factory=list)
    literals: dict[tuple[Formula, bool], str] = field(default_factory=dict)

    def conclude(self, formula: Formula, name: str) -> None:
        """Add rules that derive `name=yes` when the formula holds and `name=no` when it does not."""
        self.rule((self.literal(formula, holds=True),), f"{name}=yes")
        self.rule((self.literal(formula, holds=False),), f"{name}=no")

    def literal(self, formula: Formula, *, holds: bool) -> str:
        """Return the literal that a formula holds, or that it does not; new rules derive it when it is new."""
        if (formula, holds) not in self.literals:
            self.literals[formula, holds] = self._literal(formula, holds)
        return self.literals[formula, holds]

    def _literal(self, formula: Formula, holds: bool) -> str:
        if isinstance(formula, Is):
            return self._some([f"{formula.name}={value}" for value in (formula.yes if holds else formula.no)])
        if formula.kind == "not":
            return self.literal(formula.parts[0], holds=not holds)
        parts = [self.literal(part, holds=holds) for part in formula.parts]
        return self._every(parts) if holds == (formula.kind == "all") else self._some(parts)

    def _every(self, literals: list[str]) -> str:
        """Return a literal derived when all of the literals are held."""
        needed = [literal for literal in dict.fromkeys(literals) if literal != ALWAYS]
        if NEVER in needed:
            return NEVER
        while len(needed) > MOST_CONDITIONS:
            starts = range(0, len(needed), MOST_CONDITIONS)
            needed = [self._node([tuple(needed[start : start + MOST_CONDITIONS])]) for start in starts]
        return self._node([tuple(needed)]) if needed else ALWAYS

    def _some(self, literals: list[str]) -> str:
        """Return a literal derived when one of the literals is held."""
        enough = [literal for literal in dict.fromkeys(literals) if literal != NEVER]
        if ALWAYS in enough:
            return ALWAYS
        return self._node([(literal,) for literal in enough]) if enough else NEVER

    def _node(self, ways: list[tuple[str, ...]]) -> str:
        """Return a literal that each of the ways derives; a single literal stands for itself."""
        if len(ways) == 1 and len(ways[0]) == 1:
            return ways[0][0]
        name = f"N{len(self.rules)}=yes"
        for way in ways:
            self.rule(way, name)
        return name

    def rule(self, conditions: tuple[str, ...], conclusion: str) -> None:
        """Add a rule, unless it can never fire."""
        if NEVER not in conditions:
            self.rules.append((conditions, conclusion))
