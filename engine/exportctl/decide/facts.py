"""The value of every fact a clause can test: given in the case, worked out by clauses, or by a primitive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exportctl.case.case import AtLeast
from exportctl.decide.element import main_element
from exportctl.decide.membership import Membership, of_elements, of_names
from exportctl.decide.ownership import listed_share
from exportctl.decide.share import Shares
from exportctl.decide.subject import Ask, Subject
from exportctl.decide.tried import Examiner, Tried
from exportctl.exact import Interval, number
from exportctl.fork import fork, join
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, any_of
from exportctl.law.state import Standing
from exportctl.law.vocabulary import Derived

Behind = Callable[[], tuple[Tried, ...]]


@dataclass(eq=False)
class Facts:
    """Looks facts up for one examination."""

    exam: Examiner
    shares: Shares

    def look(self, path: str, subject: Subject) -> tuple[Any, Behind]:
        """Return the value of a fact (forked; None when not known), and the trials behind a derived one."""
        path, subject = self._of_party(path, subject)
        derived = self.exam.vocabulary.derived.get(path)
        if derived is None:
            return self._given(path, subject), tuple
        seen = path.startswith((f"{subject.kind}.", "share."))
        return self._derived(derived, subject if seen else self.exam.transfer)

    def _of_party(self, path: str, subject: Subject) -> tuple[str, Subject]:
        """Return a fact of a named party as that party's own; without an importer the end user imports."""
        if not path.startswith("parties."):
            return path, subject
        by_role = {party.name: party for party in self.exam.parties}
        _, role, fact = path.split(".", 2)
        if self.exam.vocabulary.find(f"party.{fact}") is None:
            return path, subject
        found = by_role.get(role) or (by_role.get("end_user") if role == "importer" else None)
        return (path, subject) if found is None else (f"party.{fact}", found)

    def _derived(self, derived: Derived, subject: Subject) -> tuple[Any, Behind]:
        if derived.when is not None:
            when = derived.when
            return join(_as_fact, self.exam.holds(when, subject, {})), lambda: (self.exam.tried(when, subject, {}),)
        if derived.primitive == "value_share":
            return self.shares.share(derived, subject), lambda: self._counted(derived, subject)
        return self._primitive(derived, subject), tuple

    def _primitive(self, derived: Derived, subject: Subject) -> Any:
        item, facts = subject.item, subject.facts
        found: dict[str, Callable[[], Any]] = {
            "exported": lambda: subject is self.exam.root,
            "stated": lambda: subject.stands_for is None,
            "undivided": lambda: not subject.children or (item is not None and not item.components_complete),
            "main_element": lambda: main_element(facts.get("form"), facts.get("elements")),
            "listed_by_notice": lambda: join(_as_fact, self._by_one_of(derived, subject)),
            "listed_owner_share": lambda: listed_share(self.exam, derived, subject),
        }
        return found[derived.primitive or ""]()

    def _counted(self, derived: Derived, subject: Subject) -> tuple[Tried, ...]:
        """Return the trials of whether each item inside counts in a share."""
        counts = self.exam.vocabulary.derived[derived.counts or ""].when
        return tuple(self.exam.tried(counts, below, {}) for below in self.shares.inside(subject)) if counts else ()

    def _given(self, path: str, subject: Subject) -> Any:
        known = self.exam.vocabulary.find(path)
        kind, _, name = path.partition(".")
        own = kind == subject.kind and kind != "transfer"
        raw = subject.facts.get(name) if own else self._stated(path)
        if raw is None or known is None:
            return None
        if known.type in ("choices", "countries", "texts"):
            return of_names(raw)
        if known.type == "lists":
            return self._lists(raw)
        if known.type == "elements":
            return of_elements(raw)
        return Interval.at(number(raw)) if known.type == "number" and not isinstance(raw, Interval) else raw

    def _stated(self, path: str) -> Any:
        """Return what the case states at a full path, of the transfer or of a party."""
        for party in self.exam.parties:
            if path.startswith(f"parties.{party.name}."):
                return party.facts.get(path.split(".", 2)[2])
        return self.exam.transfer.facts.get(path)

    def _lists(self, raw: tuple[tuple[str, str | None], ...]) -> Membership:
        """Return the lists a party is on; a listing by a notice follows the dates of the notice.

        Of a party known to be on some lists at least, nothing else is known, whatever became of these.
        """
        rest = UNKNOWN if isinstance(raw, AtLeast) else NO
        known: dict[str, Any] = {}
        for name, notice in raw:
            holds = YES if notice is None else self._by_notice(notice)
            known[name] = join(lambda *values: any_of([*values, rest]), known.get(name, NO), holds)
        return Membership(known, rest)

    def _by_one_of(self, derived: Derived, party: Subject) -> Any:
        """Return whether one of the named notices lists a party; which notice it is may not be known."""
        working = {notice: self._by_notice(notice) for notice in derived.notices}
        perhaps = join(lambda *values: min(UNKNOWN, any_of(values)), *working.values())
        raw = party.facts.get("lists")
        own = [None] if raw is None else [notice for name, notice in raw if name in derived.lists]
        return join(lambda *values: any_of(values), *(working.get(n, NO) if n else perhaps for n in own))

    def _by_notice(self, notice: str) -> Any:
        return join(lambda standing: _listing(standing, notice), self.exam.standing(notice, ""))

    def asks(self, path: str, subject: Subject, value: Any) -> tuple[Ask, ...]:
        """Return the facts to ask for when a fact with this value does not decide its test."""
        path, subject = self._of_party(path, subject)
        derived = self.exam.vocabulary.derived.get(path)
        if derived is not None:
            return self._asks_behind(derived, subject)
        if isinstance(value, Membership) and value.rest is NO:
            return ()
        kind = path.partition(".")[0]
        if kind == "item" and subject.stands_for is not None:
            return (Ask(self.exam.vocabulary.first_asked, subject.stands_for.name),)
        return (Ask(path, subject.name if kind == subject.kind else "transfer"),)

    def _asks_behind(self, derived: Derived, subject: Subject) -> tuple[Ask, ...]:
        if derived.primitive == "value_share":
            return self.shares.asks(derived, subject)
        if derived.primitive == "main_element":
            return self.asks("item.elements", subject, None)
        if derived.primitive == "listed_owner_share":
            return (Ask(f"{subject.kind}.owners", subject.name),)
        if derived.primitive == "listed_by_notice":
            return (Ask("party.lists", subject.name),)
        return ()


def _as_fact(value: Kleene) -> bool | None:
    return None if value is UNKNOWN else value is YES


def _listing(standing: Standing, notice: str) -> Any:
    if standing.state == "unverified":
        return fork(f"law:{notice}", {"in_force": YES, "suspended": NO})
    return YES if standing.state == "in_force" else NO
