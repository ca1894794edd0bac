"""Decisions that a person made on hits: this is not that party, or it is; with a reason and an end."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from exportctl.law.strict import Strict, faults
from exportctl.party.listed import PartyList
from exportctl.party.name import read_name
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document, parse, read_text

Judged = Literal["false-positive", "same-party"]
EXAMPLE = "{name: …, listed: …, decision: false-positive, reason: …, by: …, on: 2026-01-15, until: 2026-12-31}"


class Decision(Strict):
    """A decision on the hit of a name with a listed party, kept until a day (included)."""

    name: str = Field(min_length=1)
    listed: str = Field(min_length=1)
    decision: Judged
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    on: datetime.date
    until: datetime.date

    @property
    def about(self) -> tuple[str, str]:
        """The two names as they are compared."""
        return read_name(self.name).key, read_name(self.listed).key


@dataclass(frozen=True, eq=False)
class Decisions:
    """The decisions of one file, with its name and the SHA-256 of its bytes."""

    file: str
    sha256: str
    all: tuple[Decision, ...]

    def on(self, name: str, listed: tuple[str, ...]) -> Decision | None:
        """Return the decision on a name and a listed party, under any name of that party, expired or not."""
        keys = {(read_name(name).key, read_name(other).key) for other in listed}
        return next((decision for decision in self.all if decision.about in keys), None)

    def not_listed(self, parties: PartyList) -> list[Decision]:
        """Return the decisions about a party that the list does not hold."""
        known = {name.key for row in parties.rows for name in row.read}
        return [decision for decision in self.all if decision.about[1] not in known]


def read_decisions(path: Path) -> Decisions:
    """Return the decisions of a YAML file: a list under `decisions`.

    Raises:
        Refused: with every fault of the file, two decisions on the same hit among them.
    """
    (document, *more) = parse(read_text(path), str(path))
    data = document.data
    if more or not isinstance(data, dict) or set(data) != {"decisions"} or not isinstance(data["decisions"], list):
        raise Refused([Problem(str(path), "", "holds one list, `decisions`", f"each is written {EXAMPLE}")])
    found, problems = _validated(document, data["decisions"])
    if problems:
        raise Refused(problems)
    return Decisions(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), tuple(found))


def _validated(document: Document, rows: list[object]) -> tuple[list[Decision], list[Problem]]:
    found: dict[tuple[str, str], int] = {}
    decisions, problems = [], []
    for number, row in enumerate(rows):
        path = ("decisions", number)
        try:
            decision = Decision.model_validate(row)
        except ValidationError as error:
            problems += list(faults(Decision, document, error, path))
            continue
        if decision.until < decision.on:
            problems.append(document.problem((*path, "until"), f"ends on {decision.until}, before {decision.on}"))
        if decision.about in found:
            earlier = document.at(("decisions", found[decision.about]))
            problems.append(document.problem(path, f"`{decision.name}` and `{decision.listed}` stand at {earlier} too"))
        found.setdefault(decision.about, number)
        decisions.append(decision)
    return decisions, problems
