"""Licences already held, as a case states them: shown beside the findings, and never in place of one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from exportctl.case.source_text import source_text
from exportctl.exact import Interval, number
from exportctl.law.strict import faults
from exportctl.problem import Problem
from exportctl.strict_yaml import Document

Kind = Literal["single", "general", "filing"]


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool | dict | list):
        raise ValueError("must be text")
    return str(value)


def _amount(value: Any) -> Interval | None:
    if value is None or value == "":
        return None
    found = number(value) if isinstance(value, str) or not isinstance(value, bool | dict | list) else None
    if found is None or found < 0:
        raise ValueError(f"`{source_text(value)}` is not an amount of 0 or more")
    return Interval.at(found)


class _Stated(BaseModel):
    """One entry of `licences` as it is written."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    number: Annotated[str | None, BeforeValidator(_text)] = None
    kind: Kind | None = None
    item: Annotated[str | None, BeforeValidator(_text)] = None
    end_user: Annotated[str | None, BeforeValidator(_text)] = None
    quantity: Annotated[Any, BeforeValidator(_amount)] = None
    until: datetime.date | None = None


@dataclass(frozen=True)
class Licence:
    """A licence that is held; what nobody said is None. `item` is a control code, `until` its last day."""

    number: str | None = None
    kind: Kind | None = None
    item: str | None = None
    end_user: str | None = None
    quantity: Interval | None = None
    until: datetime.date | None = None


def read_licences(raw: Any, document: Document) -> tuple[tuple[Licence, ...], list[Problem]]:
    """Return the licences of a case, and every fault of its `licences`; none is left out silently."""
    if raw is None:
        return (), []
    if not isinstance(raw, list):
        return (), [document.problem(("licences",), "must be a list of licences; [] means none")]
    found: list[Licence] = []
    problems: list[Problem] = []
    for position, part in enumerate(raw):
        try:
            stated = _Stated.model_validate(part)
            found.append(Licence(**{name: getattr(stated, name) for name in _Stated.model_fields}))
        except ValidationError as error:
            problems += faults(_Stated, document, error, ("licences", position))
    return tuple(found), problems


def licence_schema() -> dict[str, Any]:
    """Return the JSON Schema of a licence as a case file writes it."""
    text, amount = {"type": "string"}, {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}
    properties = {"number": text, "kind": {"enum": ["single", "general", "filing"]}, "item": text, "end_user": text}
    properties |= {"quantity": amount, "until": {"type": "string", "format": "date"}}
    return {"type": "object", "additionalProperties": False, "properties": properties}
