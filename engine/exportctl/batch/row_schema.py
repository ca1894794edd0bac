"""The JSON Schema of a row of a shipment table: what a reader takes, and what the result adds."""

from __future__ import annotations

from typing import Any

from exportctl.batch.answer import COLUMNS
from exportctl.batch.heading import OF_THE_ROW, PLAIN, REQUIRED, paths
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Fact

TEXT = {"type": ["string", "null"]}


def row_schema(book: RuleBook) -> dict[str, Any]:
    """Return the schema of a row: every cell is text or blank, a blank is not known; results are read-only.

    The usual headings come first, then every other fact by its path. Several values stand in one cell behind `;`.
    """
    known = paths(book)
    by_path = {path: path for path in sorted(set(known.values())) if path not in PLAIN.values()}
    columns = {name: _cell(book, path) for name, path in {**PLAIN, **by_path}.items()}
    return {
        "title": "Row of a shipment table",
        "type": "object",
        "properties": {**dict.fromkeys(OF_THE_ROW, TEXT), **columns, **{name: _result(name) for name in COLUMNS}},
        "required": [name for name, path in PLAIN.items() if path in REQUIRED],
        "additionalProperties": TEXT,
    }


def _cell(book: RuleBook, path: str) -> dict[str, Any]:
    general = path.replace("parties.importer.", "party.").replace("parties.end_user.", "party.")
    fact = book.vocabulary.facts.get(path) or book.vocabulary.facts.get(general)
    return {**TEXT, "description": _said(fact, path)}


def _said(fact: Fact | None, path: str) -> str:
    question = f"{fact.question.en} " if fact is not None and fact.question is not None else ""
    allowed = f" One of {', '.join(fact.values)}." if fact is not None and fact.values else ""
    return f"{question}The fact `{path}`.{allowed}"


def _result(name: str) -> dict[str, Any]:
    return {
        **TEXT,
        "readOnly": True,
        "description": f"Result column `{name}`; an input column of this name is an error.",
    }
