"""What durable-rules makes of a case: the value of each rule, the contribution of each control, world by world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exportctl.decide.apply import Application
from exportctl.decide.outcome import Bounds, Outcome
from exportctl.fork import World
from exportctl.kleene import Kleene, any_of
from exportctl.law.book import RuleBook
from exportctl.law.rule import Rule
from exportctl.second_opinion.compile import Compiled
from exportctl.second_opinion.layer import value
from exportctl.second_opinion.put import Put, put
from exportctl.second_opinion.worlds import completed, settled


@dataclass(eq=False)
class Chained:
    """A case put through the layers of a compiled rule book."""

    compiled: Compiled
    book: RuleBook
    applied: Mapping[str, Application]
    _puts: dict[str, tuple[Put, ...]] = field(default_factory=dict)

    def puts(self, rule_id: str) -> tuple[Put, ...]:
        """Return a rule put to its subjects."""
        if rule_id not in self._puts:
            self._puts[rule_id] = put(self.compiled, self.book, self.applied[rule_id])
        return self._puts[rule_id]

    def holds(self, rule_id: str, literals: frozenset[str]) -> Kleene:
        """Return the value of a rule for a subject whose conditions are these literals."""
        return value(self.compiled.conditions.derive(literals), self.compiled.names.rule(rule_id))

    def applies(self, rule_id: str, world: World) -> Kleene:
        """Return the value of a rule over all of its subjects in a complete world."""
        return any_of(self.holds(rule_id, part.literals_in(world)) for part in self.puts(rule_id))

    def contributes(self, control_id: str, values: Mapping[str, Any], world: World) -> Bounds:
        """Return what a control contributes, from the values and states of rules by name, in a world."""
        literals = {f"{name}={known}" for name, known in values.items()} | self._readings(completed(self.book, world))
        lifted = self.compiled.lifting.derive(literals)
        literals |= {f"{name}={value(lifted, name)}" for name in self._results(control_id)}
        derived = self.compiled.contributions.derive(literals)
        return Bounds(*(self._strictest(derived, control_id, bound) for bound in ("certain", "possible")))

    def decided(self, world: World) -> tuple[dict[str, Kleene], dict[str, Bounds]]:
        """Return the value of every rule and what every control contributes in a complete world, all derived."""
        rules = {rule_id: self.applies(rule_id, world) for rule_id in self.compiled.rules if rule_id in self.applied}
        controls = {}
        for control_id, ties in self.compiled.ties.items():
            names = self.compiled.names
            known = [rule for rule in ties.rules if rule.id in self.applied]
            values: dict[str, Any] = {names.rule(rule.id): rules[rule.id] for rule in known}
            values |= {names.state(rule.id): settled(self.applied[rule.id].state, world) for rule in known}
            controls[control_id] = self.contributes(control_id, values, world)
        return rules, controls

    def states(self, rules: tuple[Rule, ...]) -> dict[str, Any]:
        """Return the values and states of rules by name, forked."""
        names = self.compiled.names
        values = {names.rule(rule.id): self.applied[rule.id].applies for rule in rules}
        return values | {names.state(rule.id): self.applied[rule.id].state for rule in rules}

    def _readings(self, world: World) -> set[str]:
        names = self.compiled.names
        taken = {(reading, choice): world.get(f"reading:{reading}") == choice for reading, choice in names.readings}
        return {f"{names.reading(*asked)}={'on' if yes else 'off'}" for asked, yes in taken.items()}

    def _results(self, control_id: str) -> set[str]:
        """Return the names of what the second layer says about a control."""
        ties, names = self.compiled.ties[control_id], self.compiled.names
        lifts = [lift.rule.id for lift in ties.lifts]
        found = {names.counts(review.id) for review in ties.reviews}
        return found | {name(control_id, lift) for lift in lifts for name in (names.lift, names.aside)}

    def _strictest(self, derived: frozenset[str], control_id: str, bound: str) -> Outcome:
        name = self.compiled.names.bound
        found = [outcome for outcome in Outcome if name(control_id, bound, str(outcome)) in derived]
        return max(found, default=Outcome.NO_REQUIREMENT_FOUND)


def strictest(parts: Iterable[Bounds]) -> Bounds:
    """Return what the contributions of all controls come to."""
    parts = list(parts)
    least = max((part.certain for part in parts), default=Outcome.NO_REQUIREMENT_FOUND)
    return Bounds(least, max((part.possible for part in parts), default=Outcome.NO_REQUIREMENT_FOUND))
