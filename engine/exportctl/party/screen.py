"""The parties of a case held against a list: what the list adds to the case, and what it is said to hold."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from exportctl.case.case import AtLeast, Case, Party
from exportctl.decide.screened import PartiesScreened, ScreenedParty
from exportctl.fork import leaves
from exportctl.law.book import RuleBook
from exportctl.law.state import State, standing
from exportctl.law.strict import Text
from exportctl.party.decision import Decisions
from exportctl.party.hit import Judged
from exportctl.party.likeness import Class
from exportctl.party.search import Search

Found = Literal["match", "possible_affiliate", "weak", "not_found", "set_aside", "no_name"]


@dataclass(frozen=True)
class Screening:
    """A list to hold parties against, and the decisions on its hits.

    `known_on` leaves out listings that began after that day.
    """

    book: RuleBook
    search: Search
    decisions: Decisions | None = None
    known_on: datetime.date | None = None

    def judged(self, name: str, facts: Mapping[str, Any], on: datetime.date) -> list[Judged]:
        """Return the hits of a name on a day, with the decisions on them."""
        found = []
        for hit in self.search.hits(name):
            row = hit.listed
            if self.known_on and row.since and row.since > self.known_on:
                continue
            decision = self.decisions.on(name, row.names) if self.decisions else None
            found.append(Judged(hit, self._law(row.notice, on), dict(facts), on, decision))
        return sorted(found, key=lambda judged: -judged.class_)

    def _law(self, notice: str | None, on: datetime.date) -> State | Literal["depends"] | None:
        """Return how a notice stood on a day."""
        if notice is None:
            return None
        states = {each.state for each in leaves(standing(self.book, notice, "", on, self.known_on))}
        return states.pop() if len(states) == 1 else "depends"

    def published(self, screened: Sequence[ScreenedParty]) -> PartiesScreened:
        """Return what was screened, with the list it was held against."""
        parties, decisions = self.search.parties, self.decisions
        return PartiesScreened(
            file=parties.file,
            sha256=parties.sha256,
            dated=parties.dated.isoformat() if parties.dated else None,
            rows=len(parties.rows),
            by_list=parties.by_list,
            decisions_file=decisions.file if decisions else None,
            decisions_sha256=decisions.sha256 if decisions else None,
            screened=list(screened),
            notes=self._notes(),
        )

    def of(self) -> dict[str, str | None]:
        """Return what tells this list and these decisions from others."""
        made = self.decisions
        return {
            "file": self.search.parties.file,
            "sha256": self.search.parties.sha256,
            "decisions": made.file if made else None,
            "decisions_sha256": made.sha256 if made else None,
        }

    def _notes(self) -> list[Text]:
        unknown = self.decisions.not_listed(self.search.parties) if self.decisions else []
        return [
            Text(
                en=f"the decision on `{each.name}` names `{each.listed}`, which is not in the list supplied",
                zh=f"关于“{each.name}”的判定所指“{each.listed}”不在所提供的名单中",
            )
            for each in unknown
        ]


def screened_as(name: str, judged: Sequence[Judged], party: str) -> ScreenedParty:
    """Return a party with its hits, and the strongest class among those that nobody set aside."""
    found: Found = "not_found" if name else "no_name"
    left = [each.class_ for each in judged if each.effect != "set-aside"]
    if judged:
        found = str(max(left)) if left else "set_aside"  # type: ignore[assignment]
    return ScreenedParty(party=party, name=name, found=found, hits=[each.published() for each in judged])


def screen_case(case: Case, screening: Screening) -> tuple[Case, PartiesScreened]:
    """Return the case with what the list says about importer, end user and their owners, and an account of it.

    A match adds its list to a party of which no lists were stated; whether it is on others stays unknown. What the
    case states is never changed: where the list says more, a warning does. A party that is not found stays unknown.
    """
    one = _OneCase(case.on, screening)
    parties = tuple(Party(party.role, one.facts(party.role, party.facts)) for party in case.parties)
    warned = replace(case, parties=parties, warnings=(*case.warnings, *one.warnings))
    return warned, screening.published(one.screened)


def screen_party(
    facts: Mapping[str, Any], party: str, on: datetime.date, screening: Screening
) -> tuple[dict[str, Any], list[ScreenedParty]]:
    """Return the facts of one party as `screen_case` has them, and an account of the party and its owners."""
    one = _OneCase(on, screening)
    return one.facts(party, facts), one.screened


@dataclass
class _OneCase:
    """One pass over the parties of a case."""

    on: datetime.date
    screening: Screening
    screened: list[ScreenedParty] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def facts(self, party: str, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts of a party or owner, and of its owners, with what the list adds."""
        name = str(facts.get("name") or "").strip()
        judged = self.screening.judged(name, facts, self.on) if name else []
        self.screened.append(screened_as(name, judged, party))
        found = dict(facts)
        if listings := dict.fromkeys(each.listing for each in judged if each.effect == "on-list"):
            found["lists"] = AtLeast(listings)
        self._warn(party, name, judged)
        if facts.get("owners") is not None:
            owners = enumerate(facts["owners"])
            found["owners"] = tuple(self.facts(f"{party}.owners[{number}]", owner) for number, owner in owners)
        return found

    def _warn(self, party: str, name: str, judged: Sequence[Judged]) -> None:
        """Say where the case states fewer lists than the list file shows."""
        for each in judged:
            if each.effect != "as-stated" or each.class_ is not Class.MATCH:
                continue
            stated = {listing for listing, _ in each.facts["lists"]}
            row = each.hit.listed
            if row.list not in stated:
                said = ", ".join(sorted(stated)) or "none"
                self.warnings.append(
                    f"{party}: the case says lists: {said}; but `{name}` matches `{each.hit.alias}` on the "
                    f"{row.list} ({self.screening.search.parties.file}, {row.id}). The case was followed."
                )
