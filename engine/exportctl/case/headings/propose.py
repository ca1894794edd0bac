"""A field for a heading that the list lacks, by likeness: for a person to accept or not, never taken by itself."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from exportctl.case.headings.alias import IGNORED, bom_fields, plain

LIKENESS = 0.85
SHORTEST = 4


def proposal(heading: str, taken: Collection[str]) -> tuple[str, str] | None:
    """Return a known heading that is spelt much like this one, and its field; None when none is.

    A field of `taken` has a column already and is not proposed. Likeness is of letters only: `Container` is nothing
    like `Country of origin`, and a heading of fewer than four letters is like too many.
    """
    word = plain(heading)
    known = {alias: field for alias, field in bom_fields().items() if field not in taken and field != IGNORED}
    if len(word) < SHORTEST:
        return None
    near = difflib.get_close_matches(word, known, n=1, cutoff=LIKENESS)
    return (near[0], known[near[0]]) if near else None
