"""What a worked case expects of its determination."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import model_validator

from exportctl.decide.determination import Definite, Published, Truth
from exportctl.law.state import State
from exportctl.law.strict import Strict


class ExpectedReason(Strict):
    """A clause that must have been found so. Only what is given is compared."""

    rule: str
    fact: str
    holds: Truth
    value: str | None = None
    distance: str | None = None
    subject: str | None = None


class ExpectedShare(Strict):
    """A share that must have been worked out."""

    item: str
    low: str
    high: str
    readings: dict[str, str] | None = None


class ExpectedLicence(Strict):
    """What must have been said of a licence that is held."""

    standing: str
    differs: list[str] = []
    not_known: list[str] = []


class Expectation(Strict):
    """One run of the case's facts and what must come out. Only what is given is compared.

    `set` changes facts of the case by their path (`item.components.0.origin: CN`; null takes a fact away).
    `applies`, `law`, `codes`, `lifted` and `reviewed` go by rule id; `open` by the id of an open point, with what the
    named answers lead to. `holds` says what is found of the exported item, the transfer or the end user: by the path
    of a derived fact, or by `list/code` for a row. `shows` names conditions each of which decides, as coverage counts.
    `due` goes by the id of a duty, `licences` by number.
    """

    note: str = ""
    on: datetime.date | None = None
    known_on: datetime.date | None = None
    readings: dict[str, str] = {}
    set: dict[str, Any] = {}
    outcome: Published | None = None
    certain: Definite | None = None
    possible: Definite | None = None
    applies: dict[str, Truth] = {}
    law: dict[str, State] = {}
    codes: dict[str, list[str]] = {}
    lifted: dict[str, list[str]] = {}
    reviewed: dict[str, list[str]] = {}
    presumed: dict[str, bool] = {}
    reasons: list[ExpectedReason] = []
    open: dict[str, dict[str, Published]] = {}
    not_open: list[str] = []
    shares: list[ExpectedShare] = []
    duties: list[str] | None = None
    due: dict[str, datetime.date | None] = {}
    licences: dict[str, ExpectedLicence] = {}
    if_revived: Published | None = None
    evidence: str | None = None
    holds: dict[str, Truth] = {}
    shows: str | list[str] = ""

    @model_validator(mode="after")
    def _expects_something(self) -> Expectation:
        if self.outcome is None and not self.holds and not self.applies and not self.law:
            raise ValueError("needs an `outcome`")
        return self

    @property
    def shown(self) -> list[str]:
        """What the run shows, each by its name."""
        return [name for name in ([self.shows] if isinstance(self.shows, str) else self.shows) if name]
