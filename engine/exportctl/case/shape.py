"""The shape of a case file, built from the vocabulary: a new fact needs a line there and no Python."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from exportctl.case.fact_type import read_fact, schema_of
from exportctl.case.licence import licence_schema
from exportctl.law.vocabulary import Fact, Vocabulary


class Shape(BaseModel):
    """A block of a case file; every key is known and every fact may be absent."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


@cache
def block(vocabulary: int, prefixes: tuple[str, ...], name: str) -> type[Shape]:
    """Return the model of a block whose facts stand under any of the prefixes of a vocabulary."""
    known = _VOCABULARIES[vocabulary]
    fields: dict[str, Any] = {}
    for path, fact in known.facts.items():
        for prefix in prefixes:
            key = path.removeprefix(prefix)
            if path.startswith(prefix) and "." not in key:
                fields[f"fact_{key}"] = (_annotated(fact, known), Field(None, alias=key))
    return create_model(name, __base__=Shape, **fields)


_VOCABULARIES: dict[int, Vocabulary] = {}


def blocks(vocabulary: Vocabulary) -> dict[str, type[Shape]]:
    """Return the model of each block of a case by its path."""
    _VOCABULARIES[id(vocabulary)] = vocabulary
    paths = {
        "transfer": ("transfer.",),
        "parties.exporter": ("parties.exporter.",),
        "parties.importer": ("party.",),
        "parties.end_user": ("party.", "parties.end_user."),
        "end_use": ("end_use.",),
        "technology": ("technology.",),
        "item": ("item.",),
        "item.parameters": ("item.parameters.",),
    }
    return {path: block(id(vocabulary), prefixes, _name(path)) for path, prefixes in paths.items()}


def case_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the JSON Schema of a case file."""
    known = blocks(vocabulary)
    defs = {_name(path): model.model_json_schema(by_alias=True) for path, model in known.items()}
    item = defs["Item"]["properties"]
    item["components"] = {"type": "array", "items": {"$ref": "#/$defs/Item"}}
    item["parameters"] = {"$ref": "#/$defs/ItemParameters"}
    parties = {role: {"$ref": f"#/$defs/{_name('parties.' + role)}"} for role in ("exporter", "importer", "end_user")}
    lines = {"anyOf": [{"$ref": "#/$defs/Item"}, {"type": "array", "items": {"$ref": "#/$defs/Item"}}]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Case",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "title": {"type": "string"},
            "on": {"type": "string", "format": "date"},
            "transfer": {"$ref": "#/$defs/Transfer"},
            "parties": {"type": "object", "properties": parties, "additionalProperties": False},
            "end_use": {"$ref": "#/$defs/EndUse"},
            "licences": {"type": "array", "items": licence_schema()},
            "item": lines,
            "technology": {"$ref": "#/$defs/Technology"},
        },
        "$defs": defs,
    }


def _annotated(fact: Fact, vocabulary: Vocabulary) -> Any:
    def read(value: Any) -> Any:
        return None if value is None or value == "" else read_fact(value, fact, vocabulary)

    return Annotated[Any, BeforeValidator(read), WithJsonSchema(schema_of(fact))]


def _name(path: str) -> str:
    return "".join(part.capitalize() for part in path.replace("parties.", "").replace("_", ".").split("."))
