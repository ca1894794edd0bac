"""A bill of materials as it comes out of any file: one item with what is inside it, and what has to be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exportctl.strict_yaml import Document


@dataclass(frozen=True)
class BillOfMaterials:
    """A file as the `item` block of a case, not yet checked against the vocabulary.

    `document` holds `{"item": …}`, with the row of each item. `warnings` are sentences that name file and row.
    `mapping` is the field each column was read as, by its heading; `rows` is how many rows were read. `read_as` says
    what was found out about the file: its encoding, its sheet, the standard it follows.
    """

    document: Document
    warnings: tuple[str, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    read_as: tuple[str, ...] = ()
