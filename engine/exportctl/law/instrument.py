"""Instruments: the acts of law, with the dates that decide when each provision works."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field, model_validator

from exportctl.law.evidence import Evidence
from exportctl.law.strict import Strict, Text


class Effective(Strict):
    """The day from which provisions work; no provisions named means all the others."""

    start: datetime.date = Field(alias="from")
    provisions: list[str] = []
    evidence: Evidence
    note: Text | None = None


FOR_GOOD = datetime.date.max


class Suspension(Strict):
    """A stretch of days on which provisions do not work, from `start` to `until`; stopped for good without an end.

    Both days belong to it, the last only where the readings in `last_day` are taken as given. `by` is the instrument
    that suspends; `then` says what is established about the day after `until`. With `unseen` evidence it is not
    established that provisions were suspended at all.
    """

    start: datetime.date = Field(alias="from")
    until: datetime.date = FOR_GOOD
    provisions: list[str] = []
    by: str
    then: Literal["unverified", "in_force"] = "unverified"
    last_day: dict[str, str] = {}
    note: Text
    evidence: Evidence

    @property
    def for_good(self) -> bool:
        """Whether it has no end: the provisions were stopped."""
        return self.until == FOR_GOOD

    @model_validator(mode="after")
    def _in_order(self) -> Suspension:
        if self.until < self.start:
            raise ValueError(f"ends on {self.until}, before it starts on {self.start}")
        if not self.for_good and "then" not in self.model_fields_set:
            raise ValueError("a suspension that ends says what is established about the day after: `then`")
        return self


class Instrument(Strict):
    """An act: who issued it, when, from when it works, and when it did not.

    `lists_parties_on`: it puts parties on this list, and says nothing else.
    """

    id: str
    number: Text
    title: Text
    short: Text
    issuer: str
    issued: datetime.date
    effective: list[Effective] = Field(min_length=1)
    suspended: list[Suspension] = []
    evidence: Evidence
    checked_on: datetime.date
    lists_parties_on: Literal["control-list", "watch-list", "unreliable-entity"] | None = None
    note: str = ""

    def effective_for(self, provision: str) -> Effective:
        """Return when a provision starts to work: its own date, else the instrument's."""
        own = [e for e in self.effective if provision in e.provisions]
        return (own or [e for e in self.effective if not e.provisions])[0]

    @model_validator(mode="after")
    def _one_general_date(self) -> Instrument:
        if len([e for e in self.effective if not e.provisions]) != 1:
            raise ValueError("needs exactly one effective date without provisions")
        named = [p for e in self.effective for p in e.provisions]
        if repeated := {p for p in named if named.count(p) > 1}:
            raise ValueError(f"two effective dates for {', '.join(sorted(repeated))}")
        return self


class Instruments(Strict):
    """The file of instruments."""

    instruments: list[Instrument]
