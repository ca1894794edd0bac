"""How every file of the rule book is read into its model: nothing unknown, nothing twice, every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from exportctl.problem import Problem, did_you_mean
from exportctl.strict_yaml import Document, Path_

M = TypeVar("M", bound=BaseModel)

_MEANINGS = {
    "missing": "this key is missing",
    "bool_type": "must be yes or no",
    "bool_parsing": "must be yes or no",
    "string_type": "must be text",
    "list_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "date_type": "must be a date such as 2026-01-15",
    "date_from_datetime_parsing": "must be a date such as 2026-01-15",
    "date_parsing": "must be a date such as 2026-01-15",
}


class Strict(BaseModel):
    """A part of a file in which every key is known and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Strict):
    """The same words in English and Chinese."""

    en: str
    zh: str


def validate(model: type[M], document: Document, data: Any, path: Path_ = ()) -> tuple[M | None, list[Problem]]:
    """Return the part of a document at `path` as its model, or every fault that keeps it from being one."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, list(faults(model, document, error, path))


def faults(model: type[BaseModel], document: Document, error: ValidationError, path: Path_) -> Iterator[Problem]:
    """Yield what pydantic found, in the words of the file's author."""
    for fault in error.errors():
        where = (*path, *(step for step in fault["loc"] if step != "[key]"))
        if fault["type"] == "extra_forbidden":
            key = str(fault["loc"][-1])
            known = _keys(model, fault["loc"][:-1])
            yield document.problem(where, f"unknown key `{key}`", did_you_mean(key, known))
        else:
            yield document.problem(where, _said(fault))


def _said(fault: Any) -> str:
    if fault["type"] == "literal_error":
        return f"`{fault['input']}` is not one of {fault['ctx']['expected'].replace(chr(39), '')}"
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    meaning = _MEANINGS.get(fault["type"], fault["msg"].lower())
    given = fault["input"]
    return meaning if isinstance(given, dict | list) or given is None else f"{meaning}, not `{given}`"


def _keys(model: Any, path: tuple[int | str, ...]) -> list[str]:
    """Return the keys a nested model knows, following field names and skipping list positions."""
    for step in path:
        inner = _field(model, step) if isinstance(step, str) else None
        model = inner or model
    return [info.alias or name for name, info in model.model_fields.items()]


def _field(model: Any, name: str) -> Any:
    for key, info in model.model_fields.items():
        if name in (key, info.alias):
            return _model_in(info.annotation)
    return None


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)
