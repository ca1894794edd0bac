"""How well a statement of law is established."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Evidence = Literal["confirmed", "catalogue-copy", "secondary", "inferred", "unseen"]
STRONGEST_FIRST: tuple[Evidence, ...] = ("confirmed", "catalogue-copy", "secondary", "inferred", "unseen")


def weakest(marks: Iterable[Evidence]) -> Evidence | None:
    """Return the weakest of the marks, or None of none."""
    return max(marks, key=STRONGEST_FIRST.index, default=None)
