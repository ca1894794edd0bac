"""Clauses put to the subjects of a table: one column of `Seen` for each clause and subject."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from exportctl.batch.column import Column, combine, constant, fold
from exportctl.batch.item_table import HIDDEN, ITEM
from exportctl.batch.reads import Reads, numbers_on, stored
from exportctl.batch.seen import Meaning, Seen
from exportctl.batch.table import PARTIES, TRANSFER, Table, kind_of
from exportctl.batch.value import Value
from exportctl.decide import compare
from exportctl.fork import join
from exportctl.kleene import UNKNOWN, YES, Kleene, truth
from exportctl.law.clause import Clause
from exportctl.law.rule import Rule

Special = Callable[[Clause, str, "Rule | None"], "Column | None"]


@dataclass(eq=False)
class Clauses:
    """Tries clauses on one table. `special` answers those that need more than the table's facts."""

    table: Table
    reads: Reads
    meaning: Meaning
    special: Special
    done: dict[Any, Column] = field(default_factory=dict)

    def seen(self, clause: Clause, slot: str, rule: Rule | None = None) -> Column:
        """Return what a clause amounts to for a subject, a `Seen` in each row.

        Clauses that say the same are tried once, those of a rule that names numbers apart: they may name them.
        """
        key = (self.reads.number(clause), slot, rule.id if rule is not None and rule.parameters else None)
        if key not in self.done:
            found = self.special(clause, slot, rule)
            self.done[key] = self._seen(clause, slot, rule) if found is None else found
        return self.done[key]

    def _seen(self, clause: Clause, slot: str, rule: Rule | None) -> Column:
        if clause.kind == "test":
            return self._test(clause, slot, rule)
        if clause.kind == "any_component":
            return self._inside(clause, slot, rule)
        if clause.kind == "any_owner":
            return self._of_owners(clause, slot)
        parts = [self.seen(part, slot, rule) for part in clause.parts]
        return fold(parts, lambda seen: self.meaning.combined(clause, list(zip(clause.parts, seen, strict=True))))

    def _inside(self, clause: Clause, slot: str, rule: Rule | None) -> Column:
        """Return `any_component` of an item that nobody broke down: over what may be hidden in it."""
        if slot != ITEM:
            return constant(self.meaning.inside(clause, []), self.table.height)
        inner = [self.seen(clause.parts[0], hidden, rule) for hidden in HIDDEN]
        there = [self.table.exists(hidden) for hidden in HIDDEN]

        def merge(values: tuple[Any, ...]) -> Seen:
            seen, exists = values[: len(HIDDEN)], values[len(HIDDEN) :]
            return self.meaning.inside(clause, [one for one, is_there in zip(seen, exists, strict=True) if is_there])

        return fold([*inner, *there], merge)

    def _test(self, clause: Clause, slot: str, rule: Rule | None) -> Column:
        owner, path = self._owner(clause.fact or "", slot)
        own = self._tested(clause, (slot, owner, path), rule)
        if not (clause.fact or "").startswith("parties.importer."):
            return own
        stand_in = self._tested(clause, (slot, PARTIES[1], path), rule)
        imported = self.table.exists(owner)
        return combine([imported, own, stand_in], lambda each: each[1] if each[0] else each[2])

    def _tested(self, clause: Clause, at: tuple[str, str, str], rule: Rule | None) -> Column:
        slot, owner, path = at
        derived = self.reads.derived(clause)
        if derived is None and clause.operator == "same_as":
            return self._same(clause)
        if derived is None:
            return self._given(clause, owner, path, rule)
        if derived.when is not None:
            return self._derived(clause, derived.when, owner)
        if derived.primitive == "listed_owner_share":
            return self._of_owners(clause, owner)
        if derived.primitive == "listed_by_notice":
            lists, values = self.table.fact(owner, "party.lists"), self.table.values
            day = self.table.day("notices", tuple(derived.notices))
            return combine([lists, day], lambda pair: values.listed(pair[0], clause, pair[1]))
        raise AssertionError(f"a batch does not know what `{derived.primitive}` is for a {kind_of(slot)}")

    def _given(self, clause: Clause, owner: str, path: str, rule: Rule | None) -> Column:
        column = self.table.fact(owner, path)
        named = isinstance(clause.operand, str) and rule is not None and clause.operand in rule.parameters
        values, hidden = self.table.values, owner in HIDDEN

        def test(value: Value, day: datetime.date) -> Seen:
            operand = numbers_on(rule, day)[clause.operand] if named else clause.operand
            return values.test(value, clause, operand, day, hidden=hidden)

        day = self.table.day("dated", owner, path)
        if named and rule is not None:
            day = self.table.day("numbers", rule.id)
        if named or any(value.dated for value in column.values):
            return combine([column, day], lambda pair: test(*pair))
        return column.map(lambda value: test(value, datetime.date.min))

    def _derived(self, clause: Clause, when: Clause, owner: str) -> Column:
        path = clause.fact or ""
        seen = path.startswith((f"{kind_of(owner)}.", "share.")) or owner in PARTIES
        behind = self.seen(when, owner if seen else TRANSFER)

        def test(trial: Seen) -> Seen:
            fact = join(_as_fact, trial.holds)
            holds = compare.holds(clause.operator, fact, clause.operand, {})
            return self.meaning.test(clause, holds, frozenset(), [(when, trial)])

        return behind.map(test)

    def _same(self, clause: Clause) -> Column:
        """Return whether two facts of the transfer are equal."""
        paths = (clause.fact or "", str(clause.operand))

        def test(known: tuple[bool, bool, bool]) -> Seen:
            first, second, equal = known
            holds: Kleene = truth(equal) if first and second else UNKNOWN
            return self.meaning.test(clause, holds, frozenset(paths))

        return self.table.equal(paths).map(test)

    def _of_owners(self, clause: Clause, slot: str) -> Column:
        column, values = self.table.fact(slot, "party.owners"), self.table.values
        day = self.table.day("dated", slot, "party.owners")
        if any(value.dated for value in column.values):
            return combine([column, day], lambda pair: values.owners(pair[0], clause, pair[1]))
        return column.map(lambda value: values.owners(value, clause, datetime.date.min))

    def _owner(self, path: str, slot: str) -> tuple[str, str]:
        """Return the subject that has a fact, and the path under which its value is kept."""
        for party in PARTIES:
            if path.startswith(f"parties.{party}."):
                return party, stored(path)
        kind = path.partition(".")[0]
        return (slot, path) if kind == kind_of(slot) and slot != TRANSFER else (TRANSFER, path)


def _as_fact(value: Kleene) -> bool | None:
    return None if value is UNKNOWN else value is YES
