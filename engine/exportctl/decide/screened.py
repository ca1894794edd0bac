"""What a list of parties that a user supplied holds on the parties of a case: a part of its determination."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from exportctl.decide.part import Part
from exportctl.law.state import State
from exportctl.law.strict import Text

Effect = Literal[
    "on-list", "as-stated", "asks-owners", "owners-stated", "none", "idle", "not-yet", "ended", "other-list",
    "set-aside",
]  # fmt: skip


class HitDecision(Part):
    """A decision that a person made on a hit; one that has expired on the day of the case changes nothing."""

    decision: Literal["false-positive", "same-party"]
    reason: str
    by: str
    on: str
    until: str
    expired: bool


class PartyHit(Part):
    """A listed party whose name is like that of a party to the case.

    `alias` is the listed name that hit, `why` the key of the reason, `score` how much of both names agrees in percent.
    `list` is null for a list that no rule here asks about. `law` is how the notice stood on the day of the case, null
    where no notice is known, `depends` where a reading decides. `effect` says what the hit does to the case.
    """

    class_: Literal["match", "possible_affiliate", "weak"] = Field(alias="class")
    listed: str
    alias: str
    list: str | None
    list_name: str
    notice: str | None
    law: State | Literal["depends"] | None
    since: str | None
    until: str | None
    country: str
    row: str
    why: str
    score: str
    effect: Effect
    decision: HitDecision | None

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ScreenedParty(Part):
    """One party of the case, or an owner of one, and what the list holds that is like its name."""

    party: str
    name: str
    found: Literal["match", "possible_affiliate", "weak", "not_found", "set_aside", "no_name"]
    hits: list[PartyHit]


class PartiesScreened(Part):
    """The list of parties that a user supplied, and what it holds on the parties of the case.

    `dated` is the latest day named in the list. A party that is not found in it is not known to be on no list.
    """

    file: str
    sha256: str
    dated: str | None
    rows: int
    by_list: dict[str, int]
    decisions_file: str | None
    decisions_sha256: str | None
    screened: list[ScreenedParty]
    notes: list[Text]
