"""The short names under which rules, conditions and readings reach durable-rules.

`L` a condition, `U` a reading taken in one way, `R` a rule, `S` the state of its provision, `E` a lift of a control,
`A` whether a review sets that lift aside, `K` whether a review counts, `C` what a control contributes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.rule import Rule


@dataclass(eq=False)
class Names:
    """Names by number, given in the order in which things are first named."""

    rules: dict[str, int]
    conditions: dict[str, int] = field(default_factory=dict)
    readings: dict[tuple[str, str], int] = field(default_factory=dict)
    _seen: dict[tuple[int, int], tuple[Rule, Clause, str]] = field(default_factory=dict)

    def rule(self, rule_id: str) -> str:
        """Return the name of whether a rule applies."""
        return f"R{self.rules[rule_id]}"

    def state(self, rule_id: str) -> str:
        """Return the name of the state of a rule's provision."""
        return f"S{self.rules[rule_id]}"

    def counts(self, rule_id: str) -> str:
        """Return the name of whether a review applies and its provision exists."""
        return f"K{self.rules[rule_id]}"

    def lift(self, control_id: str, lift_id: str) -> str:
        """Return the name of whether a scope or exemption lifts a control."""
        return f"E{self.rules[control_id]}.{self.rules[lift_id]}"

    def aside(self, control_id: str, lift_id: str) -> str:
        """Return the name of whether a review of the control sets a lift of it aside."""
        return f"A{self.rules[control_id]}.{self.rules[lift_id]}"

    def bound(self, control_id: str, bound: str, outcome: str) -> str:
        """Return the literal that a control contributes an outcome to a bound, `certain` or `possible`."""
        return f"C{self.rules[control_id]}:{bound}={outcome}"

    def reading(self, reading: str, choice: str) -> str:
        """Return the name of whether a reading is taken in one way."""
        return f"U{self.readings.setdefault((reading, choice), len(self.readings))}"

    def condition(self, rule: Rule, clause: Clause) -> str:
        """Return the name of a condition of a rule, giving it one when it has none."""
        content = content_of(rule, clause)
        return f"L{self.conditions.setdefault(content, len(self.conditions))}"

    def known_condition(self, rule: Rule, clause: Clause) -> str:
        """Return the name of a condition of a rule; nothing when it was never named."""
        key = (id(rule), id(clause))
        if key not in self._seen:
            number = self.conditions.get(content_of(rule, clause))
            self._seen[key] = (rule, clause, "" if number is None else f"L{number}")
        return self._seen[key][2]

    def meanings(self) -> dict[str, str]:
        """Return what the names of conditions, readings and rules stand for."""
        found = {f"L{number}": content for content, number in self.conditions.items()}
        found |= {f"U{number}": f"{reading} taken as {choice}" for (reading, choice), number in self.readings.items()}
        return found | {f"R{number}": rule_id for rule_id, number in self.rules.items()}


def names_of(book: RuleBook) -> Names:
    """Return the names for a rule book; its rules are numbered by id."""
    return Names({rule_id: number for number, rule_id in enumerate(sorted(book.rules))})


def content_of(rule: Rule, clause: Clause) -> str:
    """Return what a condition of a rule asks, apart from how it is worded and when it counts."""
    asked = clause.model_dump(mode="json", by_alias=True, exclude={"words", "meaning", "under"}, exclude_none=True)
    content = f"{rule.id}: {json.dumps(asked, ensure_ascii=False)}"
    operand = clause.operand if clause.kind == "test" else None
    named = rule.parameters.get(operand) if isinstance(operand, str) else None
    return f"{content} with {named.model_dump_json()}" if named else content
