"""A case with everything taken away that does not matter for what it shows."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[str | int, ...]
KEPT = frozenset(["title", "on"])


def smaller(raw: dict[str, Any], still: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the case without the facts that can be left out one after the other while `still` says yes."""
    again = True
    while again:
        again = False
        for path in sorted(paths(raw), key=len):
            tried = without(raw, path)
            if tried is not None and still(tried):
                raw, again = tried, True
    return raw


def paths(raw: Any, at: Path = ()) -> Iterator[Path]:
    """Yield the place of every fact and block of a case; a list is one fact as a whole."""
    steps = list(raw.items()) if isinstance(raw, dict) else list(enumerate(raw)) if isinstance(raw, list) else []
    for step, value in steps:
        if at or step not in KEPT:
            yield from [] if isinstance(step, int) else [(*at, step)]
            yield from paths(value, (*at, step))


def without(raw: dict[str, Any], path: Path) -> dict[str, Any] | None:
    """Return the case without one fact or block; None when it is gone already."""
    changed = copy.deepcopy(raw)
    inside: Any = changed
    for step in path[:-1]:
        try:
            inside = inside[step]
        except (KeyError, IndexError, TypeError):
            return None
    try:
        del inside[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return changed
