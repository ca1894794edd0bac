"""Readings: questions the text leaves open, and the ways it can be taken."""

from __future__ import annotations

from pydantic import model_validator

from exportctl.law.evidence import Evidence
from exportctl.law.strict import Strict, Text


class Choice(Strict):
    """One way to take the text, and who takes it so."""

    meaning: Text
    held_by: str


class Reading(Strict):
    """An ambiguity of the law: its question, its choices and the one taken unless the user fixes another."""

    id: str
    question: Text
    default: str
    choices: dict[str, Choice]
    evidence: Evidence
    note: str = ""

    @model_validator(mode="after")
    def _default_exists(self) -> Reading:
        if self.default not in self.choices:
            raise ValueError(f"the default `{self.default}` is not one of {', '.join(self.choices)}")
        return self


class Readings(Strict):
    """The file of readings."""

    readings: list[Reading]
