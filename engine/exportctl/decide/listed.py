"""Whether an item falls under rows of control lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from exportctl.decide.membership import Membership
from exportctl.decide.subject import Subject
from exportctl.decide.tried import Examiner, Tried
from exportctl.fork import fork, join
from exportctl.kleene import NO, YES, any_of
from exportctl.law.book import Entry
from exportctl.law.clause import Clause
from exportctl.law.listing import Row
from exportctl.law.state import Standing
from exportctl.law.vocabulary import ENTRIES_IN_FORCE, LIST_RULE

LISTED, NOT_LISTED = "listed", "not-listed"
UNLISTED = "none"


@dataclass(eq=False)
class Lists:
    """The classification of items. `classified` may be shared by examinations under one rule book."""

    exam: Examiner
    classified: dict[Any, Any]
    working: dict[str, Any] = field(default_factory=dict)

    def tried(self, clause: Clause, subject: Subject) -> Tried:
        """Return a test of the entries an item falls under, of all lists or of those that work on the day."""
        if clause.fact == ENTRIES_IN_FORCE:
            return self._tried_now(clause, subject)
        names = (clause.operand,) if isinstance(clause.operand, str) else tuple(clause.operand)
        rows = [entry for name in names for entry in self.exam.book.entries[name]]
        found, value = self._among(names, rows, subject)
        holds = join(lambda value: ~value, found) if clause.operator == "excludes" else found
        return Tried(clause, subject, holds, holds, value, clause.operand, lambda: self._rows(rows, subject))

    def _tried_now(self, clause: Clause, subject: Subject) -> Tried:
        names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
        each: list[Any] = []
        under: dict[str, Any] = {}
        rows: list[Entry] = []
        for name in names:
            entries = list(self.exam.book.entries[name])
            now = self._working(entries[0].listing.instrument)
            if now is not NO:
                found, value = self._among((name,), entries, subject)
                each.append(join(min, now, found))
                under |= {code: join(min, now, truth) for code, truth in value.known.items()}
                rows += entries
        found = join(lambda *values: any_of(values), *each)
        holds = join(lambda value: ~value, found) if clause.operator == "excludes" else found
        value = Membership(under, NO)
        return Tried(clause, subject, holds, holds, value, clause.operand, lambda: self._rows(rows, subject))

    def tried_near(self, clause: Clause, subject: Subject, band: Decimal) -> Tried:
        """Return a test of the entries an item would fall under with their limits moved outwards by a band."""
        names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
        rows = [entry for name in names for entry in self.exam.book.entries[name]]
        each = [(entry, self.exam.book.widened(entry, band)) for entry in rows]
        wider = [(entry, when) for entry, when in each if when is not None]
        near = {entry.code: self._near(entry, when, subject) for entry, when in wider}
        found = join(lambda *values: any_of(values), *near.values())
        holds = join(lambda value: ~value, found) if clause.operator == "excludes" else found
        value = Membership({code: truth for code, truth in near.items() if truth is not NO}, NO)

        def behind() -> tuple[Tried, ...]:
            return tuple(self.exam.tried(when, subject, {}) for _, when in wider)

        return Tried(clause, subject, holds, holds, value, clause.operand, behind)

    def _near(self, entry: Entry, when: Clause, subject: Subject) -> Any:
        """Return whether an item meets a row with wider limits, forked."""
        if self._shut_out(entry.row, subject):
            return NO
        holds = self.exam.tried(when, subject, {}).holds
        unseen = entry.row.evidence == "unseen"
        return fork(f"unseen:{entry.code}", {LISTED: holds, NOT_LISTED: NO}) if unseen else holds

    def _among(self, names: tuple[str, ...], rows: list[Entry], subject: Subject) -> tuple[Any, Membership]:
        """Return whether an item falls under some of the rows, and under which it does or may."""
        alike = self.classified.setdefault(subject.signature, {})
        alone = all(entry.row.local for entry in rows)
        known = alike if alone else self.exam.of_items
        key = ("rows", names) if alone else ("rows", names, _holding(subject))
        if key not in known:
            under = {entry.code: self._decided(entry, subject, alike) for entry in rows}
            possible = Membership({code: truth for code, truth in under.items() if truth is not NO}, NO)
            known[key] = join(lambda *values: any_of(values), *dict.fromkeys(under.values())), possible
        found: tuple[Any, Membership] = known[key]
        return found

    def _decided(self, entry: Entry, subject: Subject, alike: Any) -> Any:
        """Return whether an item falls under a row; `alike` is what was decided of items with the same facts.

        Where only the item's own facts matter, such items are decided once; else those that also hold alike things.
        """
        known = alike if entry.row.local else self.exam.of_items
        key = ("row", entry.code) if entry.row.local else ("row", entry.code, _holding(subject))
        if key not in known:
            known[key] = self._falls_under(entry, subject)
        return known[key]

    def _working(self, instrument: str) -> Any:
        """Return whether the list of an instrument is in force, forked."""
        if instrument not in self.working:
            standing = self.exam.standing(instrument, LIST_RULE)
            self.working[instrument] = join(lambda now: works(now, instrument), standing)
        return self.working[instrument]

    def _falls_under(self, entry: Entry, subject: Subject) -> Any:
        """Return whether an item falls under a row, forked; an unseen row is a question of its own."""
        classified_as = subject.facts.get("control_code")
        if classified_as == UNLISTED:
            return NO
        if classified_as and classified_as in (entry.code, entry.row.alias):
            return YES
        if self._shut_out(entry.row, subject):
            return NO
        holds = self.exam.tried(entry.row.when, subject, {}).holds
        if entry.row.evidence != "unseen":
            return holds
        return fork(f"unseen:{entry.code}", {LISTED: holds, NOT_LISTED: NO})

    def _shut_out(self, row: Row, subject: Subject) -> bool:
        """Return whether the first test of a row already says no; rows that begin alike are asked once."""
        if row.first is None:
            return False
        key = ("gate", row.gate, subject.key)
        if key not in self.exam.of_items:
            self.exam.of_items[key] = self.exam.holds(row.first, subject, {})
        return self.exam.of_items[key] is NO

    def _rows(self, rows: list[Entry], subject: Subject) -> tuple[Tried, ...]:
        """Return the trials of rows that were decided by the item's facts, not by the user's classification."""
        if subject.facts.get("control_code") is not None:
            return ()
        return tuple(self.exam.tried(entry.row.when, subject, {}) for entry in rows)


def _holding(subject: Subject) -> Any:
    """Return what items have in common that are alike and hold alike things."""
    return subject.key if subject.likeness is None else subject.likeness


def works(standing: Standing, instrument: str) -> Any:
    """Return whether an instrument is in force where it stands so; unverified law is a question."""
    if standing.state == "unverified":
        return fork(f"law:{instrument}", {"in_force": YES, "suspended": NO})
    return YES if standing.state == "in_force" else NO
