"""A claim made in public, what the rule book makes of it, and the runs of worked cases it rests on."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from exportctl.law.strict import Strict, Text
from exportctl.worked.expectation import Expectation

Verdict = Literal["right", "wrong", "imprecise", "open", "not law"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "imprecise", "open", "not law")
_WHEN = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def _when(said: Any) -> str:
    if not _WHEN.fullmatch(text := str(said)):
        raise ValueError(f"`{text}` is not a day, month or year such as 2026-01-15, 2026-01 or 2026")
    return text


class Proof(Strict):
    """A run of a worked case, by its file and its note, and what it must state for the claim to have its verdict."""

    case: str
    note: str
    shows: Expectation


class Claim(Strict):
    """What is said, in our words, and where; the verdict, why, and the cases. `said` is as exact as known, or absent.

    An `event` is something said to have happened: no statement of law, and yet decided, as cases. `conflicts` are
    claims that contradict this one; none of them is settled here.
    """

    id: str
    says: Text
    where: Text
    said: Annotated[str, BeforeValidator(_when)] | None = None
    verdict: Verdict
    why: Text
    event: bool = False
    conflicts: list[str] = []
    cases: list[Proof] = Field(default=[])

    @property
    def needs_case(self) -> bool:
        """Whether it is a claim of law, or an event the law answers."""
        return self.event or self.verdict != "not law"

    @model_validator(mode="after")
    def _events_are_not_law(self) -> Claim:
        if self.event and self.verdict != "not law":
            raise ValueError(f"an event is no statement of law, and its verdict is `{self.verdict}`")
        return self
