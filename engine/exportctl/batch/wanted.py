"""The clauses that an item alone decides, and for which of what it may hold they are asked."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.batch.item_table import HIDDEN, ITEM
from exportctl.batch.put import SUBJECTS
from exportctl.batch.reads import Reads
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import ENTRIES_IN_FORCE


def wanted(reads: Reads) -> list[tuple[Clause, str]]:
    """Return every outermost clause about items alone that a rule puts to an item."""
    found: dict[tuple[int, str], tuple[Clause, str]] = {}
    for rule in reads.book.rules.values():
        for slot in SUBJECTS[rule.at]:
            found |= {(id(clause), at): (clause, at) for clause, at in _outermost(reads, rule.when, slot)}
    return list(found.values())


def _outermost(reads: Reads, clause: Clause, slot: str) -> Iterator[tuple[Clause, str]]:
    if slot in (ITEM, *HIDDEN) and reads.only_items(clause):
        yield clause, slot
        return
    if clause.fact == ENTRIES_IN_FORCE and slot in (ITEM, *HIDDEN):
        yield from ((part, slot) for _, part in reads.by_list(clause))
        return
    if clause.kind == "any_component":
        for hidden in HIDDEN if slot == ITEM else ():
            yield from _outermost(reads, clause.parts[0], hidden)
        return
    derived = reads.derived(clause) if clause.kind == "test" else None
    for part in [derived.when] if derived is not None and derived.when is not None else clause.parts:
        yield from _outermost(reads, part, slot)
