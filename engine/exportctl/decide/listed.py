"""Whether an item falls under rows of control lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exportctl.decide.membership import Membership
from exportctl.decide.subject import Subject
from exportctl.decide.tried import Examiner, Tried
from exportctl.fork import fork, join
from exportctl.kleene import NO, YES, any_of
from exportctl.law.book import Entry
from exportctl.law.clause import Clause

LISTED, NOT_LISTED = "listed", "not-listed"
UNLISTED = "none"


@dataclass(eq=False)
class Lists:
    """The classification of items. `classified` may be shared by examinations under one rule book."""

    exam: Examiner
    classified: dict[Any, Any]

    def tried(self, clause: Clause, subject: Subject) -> Tried:
        """Return a test of the entries an item falls under."""
        names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
        rows = [entry for name in names for entry in self.exam.book.entries[name]]
        under = {entry.code: self.falls_under(entry, subject) for entry in rows}
        found = join(lambda *values: any_of(values), *dict.fromkeys(under.values()))
        holds = join(lambda value: ~value, found) if clause.operator == "excludes" else found
        value = Membership({code: truth for code, truth in under.items() if truth is not NO}, NO)
        return Tried(clause, subject, holds, holds, value, clause.operand, lambda: self._rows(rows, subject))

    def falls_under(self, entry: Entry, subject: Subject) -> Any:
        """Return whether an item falls under a row, forked; an unseen row is a question of its own.

        Where only the item's own facts matter, items with the same facts are decided once; else those that also hold
        alike things.
        """
        known = self.classified if entry.row.local else self.exam.memo
        alike = subject.signature if entry.row.local else subject.key if subject.likeness is None else subject.likeness
        key = (entry.listing.id, entry.code, alike)
        if key not in known:
            known[key] = self._falls_under(entry, subject)
        return known[key]

    def _falls_under(self, entry: Entry, subject: Subject) -> Any:
        classified_as = subject.facts.get("control_code")
        if classified_as == UNLISTED:
            return NO
        if classified_as and classified_as in (entry.code, entry.row.alias):
            return YES
        holds = self.exam.tried(entry.row.when, subject, {}).holds
        if entry.row.evidence != "unseen":
            return holds
        return fork(f"unseen:{entry.code}", {LISTED: holds, NOT_LISTED: NO})

    def _rows(self, rows: list[Entry], subject: Subject) -> tuple[Tried, ...]:
        """Return the trials of rows that were decided by the item's facts, not by the user's classification."""
        if subject.facts.get("control_code") is not None:
            return ()
        return tuple(self.exam.tried(entry.row.when, subject, {}) for entry in rows)
