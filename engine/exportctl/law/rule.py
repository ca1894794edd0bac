"""A rule: what one provision says, clause by clause."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, model_validator

from exportctl.law.clause import Clause
from exportctl.law.evidence import Evidence
from exportctl.law.strict import Strict, Text

Kind = Literal["control", "scope", "exemption", "review", "duty"]
Place = Literal["exported", "part_2_node", "party", "transfer"]
Stated = Literal["licence_required", "prohibited", "refusal_presumed", "case_by_case"]

LAYERS: dict[Kind, int] = {"control": 1, "scope": 2, "exemption": 2, "review": 3, "duty": 4}


class Dated(Strict):
    """A parameter's value from a day on, with the phrase that states it."""

    start: datetime.date = Field(alias="from")
    value: Decimal
    words: str


class Parameter(Strict):
    """A number of the law, by date."""

    unit: str
    values: list[Dated] = Field(min_length=1)

    def on(self, day: datetime.date) -> Decimal:
        """Return the value on a day; before the first, the first."""
        return next((v.value for v in reversed(self.values) if v.start <= day), self.values[0].value)

    @model_validator(mode="after")
    def _in_order(self) -> Parameter:
        starts = [v.start for v in self.values]
        if starts != sorted(set(starts)):
            raise ValueError("the values overlap or are not in the order of their dates")
        return self


class Then(Strict):
    """What follows when a rule applies: the outcome it states, and the duties it brings."""

    outcome: Stated | None = None
    duties: list[str] = []


class Lift(Strict):
    """A rule that this one lifts, perhaps only under a reading."""

    rule: str
    under: dict[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:
        return {"rule": given} if isinstance(given, str) else given


class Evidenced(Strict):
    """How well the words of a provision are established. Its dates have their own mark on the instrument."""

    words: Evidence
    source: str = ""


class Rule(Strict):
    """One provision as conditions and consequence.

    `at` says where its clauses look: the exported item, each item of the tree, each of importer and end user, or the
    transfer; "some" is implied. `codes` are the control codes of an entry that the rule itself encodes, as those of
    technologies, which are no rows of a list. `lifts` names rules it takes away, `touches` controls whose licence it
    reviews, `presumed` that an exclusion holds "generally" only.
    """

    id: str
    title: Text
    kind: Kind
    instrument: str
    provision: Text
    evidence: Evidenced
    codes: list[str] = []
    at: Place
    parameters: dict[str, Parameter] = {}
    when: Clause
    then: Then = Then()
    lifts: list[Lift] = []
    touches: list[str] = []
    presumed: bool = False
    related: list[str] = []
    note: Text | None = None

    @property
    def name(self) -> str:
        """The part of the id behind the first point: `art-1-1`."""
        return self.id.partition(".")[2]

    @model_validator(mode="after")
    def _consequence(self) -> Rule:
        wanted: dict[str, tuple[str, ...]] = {
            "control": ("licence_required", "case_by_case", "prohibited"),
            "review": ("case_by_case", "refusal_presumed", "prohibited"),
        }
        allowed = wanted.get(self.kind, (None,))
        if self.then.outcome not in allowed:
            raise ValueError(f"a {self.kind} states one of {', '.join(map(str, allowed))}")
        if self.kind == "review" and not self.touches:
            raise ValueError("a review names the controls it `touches`")
        if self.kind in ("scope", "exemption") and not self.lifts:
            raise ValueError(f"a {self.kind} names the rules it `lifts`")
        if self.kind == "duty" and not self.then.duties:
            raise ValueError("a duty rule names its duties")
        return self


class Duty(Strict):
    """Something to do: who, by when, under which provision."""

    id: str
    who: Text
    when: Text
    working_days: int | None = None
    instrument: str
    provision: Text
    text: Text
    evidence: Evidence


class Duties(Strict):
    """The file of duties."""

    duties: list[Duty]
