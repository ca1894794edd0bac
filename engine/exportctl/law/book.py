"""The rule book: every rule, list, instrument and reading, and the index to look them up in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from exportctl.law.alike import Alike
from exportctl.law.clause import Clause
from exportctl.law.instrument import Instrument
from exportctl.law.listing import ControlList, Row
from exportctl.law.near import tests_numbers, widened
from exportctl.law.reading import Reading
from exportctl.law.rule import Duty, Rule
from exportctl.law.source import Source
from exportctl.law.vocabulary import Vocabulary


@dataclass(frozen=True)
class Entry:
    """A row of a control list, with the list it stands in."""

    row: Row
    listing: ControlList

    @property
    def code(self) -> str:
        """The row's control code, or our reference where no code was seen."""
        return self.row.code


@dataclass(frozen=True, eq=False)
class RuleBook:
    """What the law says, as read from one folder.

    `sha256` is over every file of it; `places` are `file:line` by id. `sources` stand beside it, in `seeds/official`,
    and decide nothing; None: there is no such folder.
    """

    vocabulary: Vocabulary
    instruments: dict[str, Instrument]
    readings: dict[str, Reading]
    duties: dict[str, Duty]
    lists: dict[str, ControlList]
    rules: dict[str, Rule]
    sha256: str
    version: str
    places: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] | None = None

    def __repr__(self) -> str:
        return f"RuleBook({self.version}, {self.sha256[:12]}, {len(self.rules)} rules)"

    @cached_property
    def entries(self) -> dict[str, tuple[Entry, ...]]:
        """The rows behind each name a rule can include: a code, a list, or a group of a list."""
        found: dict[str, list[Entry]] = {}
        for listing in self.lists.values():
            for row in listing.rows:
                for name in listing.names_of(row):
                    found.setdefault(name, []).append(Entry(row, listing))
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def coded(self) -> dict[str, Entry]:
        """The row behind each control code, also behind one that a row may have been meant to carry."""
        entries = [Entry(row, listing) for listing in self.lists.values() for row in listing.rows]
        aliases = {entry.row.alias: entry for entry in entries if entry.row.alias}
        return aliases | {entry.code: entry for entry in entries}

    @cached_property
    def technology_codes(self) -> frozenset[str]:
        """The control codes that rules themselves encode: those of technologies."""
        return frozenset(code for rule in self.rules.values() for code in rule.codes)

    @cached_property
    def cited(self) -> dict[str, str]:
        """How the provision behind each rule is cited in English."""
        short = {name: act.short.en for name, act in self.instruments.items()}
        return {name: f"{short[rule.instrument]}, {rule.provision.en}" for name, rule in self.rules.items()}

    @cached_property
    def alike(self) -> Alike:
        """Which clauses items answer alike."""
        return Alike(self.vocabulary, tuple(self.rules.values()), tuple(self.lists.values()))

    @cached_property
    def checked_on(self) -> str:
        """The day on which the law was last compared with its sources: the oldest day of any instrument."""
        return self.oldest_check(self.instruments)

    def oldest_check(self, instruments: Iterable[str]) -> str:
        """Return the oldest day on which one of these, or one that suspends it, was compared with its sources."""
        acts = [self.instruments[name] for name in instruments]
        acts += [self.instruments[suspension.by] for act in acts for suspension in act.suspended]
        return min(act.checked_on for act in acts).isoformat()

    def sources_of(self, instrument: str) -> list[Source]:
        """Return where the text of an instrument was read, in the order of the files."""
        return [source for source in (self.sources or {}).values() if instrument in source.instruments]

    def widened(self, entry: Entry, band: Decimal) -> Clause | None:
        """Return a row's condition with its limits moved outwards by a band; None of a row that compares no number."""
        key = (entry.code, band)
        if key not in self._widened:
            when = entry.row.when
            self._widened[key] = widened(when, band) if tests_numbers(when) else None
        return self._widened[key]

    @cached_property
    def _widened(self) -> dict[tuple[str, Decimal], Clause | None]:
        return {}

    def of_kind(self, *kinds: str) -> list[Rule]:
        """Return the rules of these kinds, by id."""
        return [rule for _, rule in sorted(self.rules.items()) if rule.kind in kinds]

    def lifting(self, rule_id: str) -> list[Rule]:
        """Return the scopes and exemptions that lift a rule."""
        return list(self._lifting.get(rule_id, ()))

    def reviewing(self, rule_id: str) -> list[Rule]:
        """Return the reviews that touch a control."""
        return list(self._reviewing.get(rule_id, ()))

    @cached_property
    def _lifting(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.of_kind("scope", "exemption"):
            for name in dict.fromkeys(lift.rule for lift in rule.lifts):
                found.setdefault(name, []).append(rule)
        return found

    @cached_property
    def _reviewing(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.of_kind("review"):
            for name in dict.fromkeys(rule.touches):
                found.setdefault(name, []).append(rule)
        return found
