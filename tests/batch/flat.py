"""Cases written as rows of a shipment table, and what `check` says of the same facts."""

import json

import polars as pl

from exportctl.batch.answer import COLUMNS, answer_of
from exportctl.batch.heading import PLAIN, read_headings
from exportctl.batch.screening import Screening
from exportctl.case.read import read_cases
from exportctl.determine.determine import determine
from exportctl.strict_yaml import Document

SHORT = {path: name for name, path in PLAIN.items() if name != "end_user_owned_by_listed_share"}


def cells_of(raw):
    """Return the cells of a case as one row of a table; None where no row can hold it."""
    found = {} if raw.get("on") is None else {"on": str(raw["on"])}
    if set(raw) - {"title", "on", "transfer", "parties", "end_use", "technology", "item", "expect"}:
        return None
    blocks = {name: raw.get(name) or {} for name in ("transfer", "end_use", "technology", "item")}
    parties = raw.get("parties") or {}
    blocks |= {f"parties.{role}": parties.get(role) or {} for role in ("exporter", "importer", "end_user")}
    if isinstance(blocks["item"], list) or "components" in blocks["item"]:
        return None
    blocks["item.parameters"] = blocks["item"].pop("parameters", None) or {} if blocks["item"] else {}
    for block, facts in blocks.items():
        for name, value in facts.items():
            text = text_of(value)
            if text is None and value is not None and (block, name) != ("item", "quantity"):
                return None
            found[SHORT.get(f"{block}.{name}", f"{block}.{name}")] = text
    return found


def text_of(value):
    """Return a value as a cell; None where no cell can hold it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return None if "low" in value else several(e if part is None else f"{e} {part}" for e, part in value.items())
    if isinstance(value, list):
        nested = any(isinstance(part, dict) for part in value)
        return json.dumps(value, default=str) if nested else several(map(str, value))
    return None if value is None else str(value)


def several(parts):
    """Return several values in one cell."""
    return "; ".join(parts) or "none"


def frame_of(names, rows):
    """Return a table of texts; where pieces are counted, a row that says nothing about them is one piece."""
    if "item.quantity" in names:
        rows = [{"item.quantity": "1", **row} for row in rows]
    cells = {name: [row.get(name) for row in rows] for name in names}
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String))


def screened(book, rows, **options):
    """Return the answers of rows as a batch gives them, decided in one table."""
    names = list(dict.fromkeys(["from", "to", *(name for row in rows for name in row)]))
    screening = Screening(book, read_headings(names, book, "generated"), **options)
    return answers(screening, rows)


def answers(screening, rows):
    """Return the answers of rows, and what was rejected."""
    found = screening.screen(frame_of(screening.headings.names, rows))
    return found.answers.select(COLUMNS).to_dicts(), found.rejected


def checked(book, raw, known_on=None, readings=None):
    """Return what `check` says of the same facts."""
    (case,) = read_cases(Document("generated", raw, {}), book)
    return answer_of(book, determine(book, case, known_on=known_on, readings=readings))
