"""From a rule book to chaining rules, in three layers: conditions, lifting, contribution.

What a layer derives, and what it does not, is handed to the next one as literals.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.rule import Rule
from exportctl.second_opinion.formula import Chain, Formula, Is, Of, all_, any_, not_
from exportctl.second_opinion.layer import Layer
from exportctl.second_opinion.names import Names, names_of
from exportctl.second_opinion.ties import Ties, contribution, gates, lifting, ties_of
from exportctl.second_opinion.trial import survive

COMBINATIONS = ("all", "any", "not")


@dataclass(frozen=True, eq=False)
class Compiled:
    """A rule book as three layers. `rules` are the rules it was made from, `ties` those of each control, by id."""

    names: Names
    rules: dict[str, Rule]
    ties: dict[str, Ties]
    conditions: Layer
    lifting: Layer
    contributions: Layer

    def survive(self) -> None:
        """Try every rule set in a child process.

        Raises:
            Unfit: durable-rules is not installed, or cannot be trusted with these rules.
        """
        survive([shard for layer in (self.conditions, self.lifting, self.contributions) for shard in layer.shards])


_compiled: WeakKeyDictionary[RuleBook, Compiled] = WeakKeyDictionary()


def compiled(book: RuleBook) -> Compiled:
    """Return a rule book compiled, once for each book."""
    if book not in _compiled:
        _compiled[book] = compile_book(book)
    return _compiled[book]


def compile_book(book: RuleBook) -> Compiled:
    """Return a rule book compiled."""
    names = names_of(book)
    ties = {control.id: ties_of(book, control) for control in book.of_kind("control")}
    conditions, lifts, contributions = Chain(), Chain(), Chain()
    for rule_id, rule in sorted(book.rules.items()):
        conditions.conclude(condition(names, rule, rule.when), names.rule(rule_id))
    for tied in ties.values():
        for name, formula in lifting(names, tied):
            lifts.conclude(formula, name)
        for literal, formula in contribution(names, tied):
            contributions.rule((contributions.literal(formula, holds=True),), literal)
    layers = [Layer(tuple(chain.rules)) for chain in (conditions, lifts, contributions)]
    return Compiled(names, dict(book.rules), ties, *layers)


def condition(names: Names, rule: Rule, clause: Clause) -> Formula:
    """Return a clause of a rule as a formula over the conditions it is made of."""
    if clause.kind not in COMBINATIONS:
        return Is(names.condition(rule, clause))
    parts = tuple(_counted(names, rule, part, clause.kind) for part in clause.parts)
    return Of(clause.kind, parts)  # type: ignore[arg-type]


def _counted(names: Names, rule: Rule, clause: Clause, around: str) -> Formula:
    """Return what a clause counts for in the combination around it: nothing where a reading leaves it out."""
    formula, taken = condition(names, rule, clause), tuple(gates(names, clause.under))
    if not taken:
        return formula
    return all_(formula, *taken) if around == "any" else any_(formula, *(not_(gate) for gate in taken))
