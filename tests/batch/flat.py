"""Cases written as rows of a shipment table, and what `check` says of the same facts."""

import json

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
    """Return a value as a cell."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if set(value) == {"low", "high"}:
            return None
        return "; ".join(element if part is None else f"{element} {part}" for element, part in value.items()) or "none"
    if isinstance(value, list):
        if any(isinstance(part, dict) for part in value):
            return json.dumps(value, default=str)
        return "; ".join(map(str, value)) or "none"
    return str(value)


def screened(book, rows, **options):
    """Return the answers of rows as a batch gives them, decided in one table."""
    import polars as pl  # noqa: PLC0415

    if any("item.quantity" in row for row in rows):
        rows = [{"item.quantity": "1", **row} for row in rows]
    names = list(dict.fromkeys(["from", "to", *(name for row in rows for name in row)]))
    screening = Screening(book, read_headings(names, book, "generated"), **options)
    frame = pl.DataFrame({name: [row.get(name) for row in rows] for name in names}, schema=dict.fromkeys(names, pl.String))
    found = screening.screen(frame)
    return [{column: row[column] for column in COLUMNS} for row in found.rows.iter_rows(named=True)], found.rejected


def checked(book, raw, known_on=None, readings=None):
    """Return what `check` says of the same facts."""
    (case,) = read_cases(Document("generated", raw, {}), book)
    return answer_of(book, determine(book, case, known_on=known_on, readings=readings))
