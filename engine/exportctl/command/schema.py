"""`exportctl schema`: the JSON Schema of what goes in and what comes out."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from exportctl.batch.row_schema import row_schema
from exportctl.case.shape import case_schema
from exportctl.command.options import RulesDir, book_of
from exportctl.command.report import mending_errors
from exportctl.decide.determination import Determination
from exportctl.law.book import RuleBook
from exportctl.law.rule import Rule

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Name(StrEnum):
    """What there is a schema of."""

    case = "case"
    determination = "determination"
    rule = "rule"
    screening_row = "screening-row"


def schema(
    name: Annotated[Name, typer.Argument(metavar="NAME", help="case, determination, rule or screening-row.")],
    rules: RulesDir = None,
) -> None:
    """Print a JSON Schema: of a case file, a determination, a rule file, or a row of a shipment table.

    Examples:

      exportctl schema case > case.schema.json

      exportctl schema determination
    """
    with mending_errors():
        found = _schema(name, book_of(rules))
    typer.echo(json.dumps({"$schema": DIALECT, **found}, ensure_ascii=False, indent=2))


def _schema(name: Name, book: RuleBook) -> dict[str, Any]:
    if name is Name.case:
        return case_schema(book.vocabulary)
    if name is Name.determination:
        return Determination.model_json_schema(by_alias=True)
    return _rule() if name is Name.rule else row_schema(book)


def _rule() -> dict[str, Any]:
    """Return the schema of a rule file, in which a rule that is lifted may be given by its id alone."""
    found = Rule.model_json_schema(by_alias=True)
    lifts = found["properties"]["lifts"]
    lifts["items"] = {"anyOf": [{"type": "string"}, lifts["items"]]}
    return found
