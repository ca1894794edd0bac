"""A hit as a determination publishes it: what it does to the case on its day, and what a person decided about it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from exportctl.decide.screened import Effect, HitDecision, PartyHit
from exportctl.law.state import State
from exportctl.party.decision import Decision
from exportctl.party.likeness import Class
from exportctl.party.search import Hit


@dataclass(frozen=True)
class Judged:
    """A hit on the name of a party with these facts, on a day, with the decision on it if there is one.

    `law` is how the notice of the listing stood on the day; None where no notice is known.
    """

    hit: Hit
    law: State | Literal["depends"] | None
    facts: dict[str, Any]
    on: datetime.date
    decision: Decision | None

    @property
    def expired(self) -> bool:
        """Whether the decision had run out on the day."""
        return self.decision is not None and self.decision.until < self.on

    @property
    def class_(self) -> Class:
        """The class of the hit; one that a person found to be the same party is a match."""
        return Class.MATCH if self._decided == "same-party" else self.hit.class_

    @property
    def _decided(self) -> str:
        return "" if self.decision is None or self.expired else self.decision.decision

    @property
    def effect(self) -> Effect:
        """What the hit does: sets a list, opens the question of ownership, or nothing, and why."""
        if self._decided == "false-positive":
            return "set-aside"
        if self.hit.listed.list is None:
            return "other-list"
        return self._outside_its_days() or self._by_class()

    def _outside_its_days(self) -> Effect | None:
        """Return that the listing had ended, or not begun; when it began is for the notice to say, if it is known."""
        row = self.hit.listed
        if row.until is not None and row.until < self.on:
            return "ended"
        return "not-yet" if row.notice is None and row.since is not None and self.on < row.since else None

    def _by_class(self) -> Effect:
        if not self.works:
            return "idle"
        if self.class_ is Class.MATCH:
            return "on-list" if self.facts.get("lists") is None else "as-stated"
        if self.class_ is Class.WEAK:
            return "none"
        return "asks-owners" if self.facts.get("owners") is None else "owners-stated"

    @property
    def works(self) -> bool:
        """Whether the listing may work on the day, as far as its notice goes."""
        return self.law not in ("not_issued", "not_yet_effective", "suspended")

    @property
    def listing(self) -> tuple[str, str | None]:
        """The list and the notice, as the fact `lists` holds them."""
        return str(self.hit.listed.list), self.hit.listed.notice

    def published(self) -> PartyHit:
        """Return the hit as a determination carries it."""
        row = self.hit.listed
        return PartyHit(
            class_=str(self.class_),
            listed=row.name,
            alias=self.hit.alias,
            list=row.list,
            list_name=row.list_name,
            notice=row.notice,
            law=self.law,
            since=row.since.isoformat() if row.since else None,
            until=row.until.isoformat() if row.until else None,
            country=row.country,
            row=row.id,
            why="decided" if self.class_ is not self.hit.class_ else self.hit.likeness.why,
            score=f"{self.hit.score:.1f}",
            effect=self.effect,
            decision=self._published_decision(),
        )

    def _published_decision(self) -> HitDecision | None:
        made = self.decision
        if made is None:
            return None
        return HitDecision(
            decision=made.decision,
            reason=made.reason,
            by=made.by,
            on=made.on.isoformat(),
            until=made.until.isoformat(),
            expired=self.expired,
        )
