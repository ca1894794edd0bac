"""Where in the data of a case an answer stands: the path of keys and positions of each thing a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Place = tuple[str | int, ...]
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
DEEPEST_PARAMETERS = "parameters."


def places_of(fact: str, subjects: list[str], data: Mapping[str, Any]) -> list[Place]:
    """Return where the answer to a question about these subjects (items by id, parties by role) is written."""
    kind, _, name = fact.partition(".")
    if kind == "item":
        items = dict(_items(data))
        keys = ("parameters", name.removeprefix(DEEPEST_PARAMETERS)) if name.startswith(DEEPEST_PARAMETERS) else (name,)
        return [(*items[subject], *keys) for subject in subjects if subject in items]
    if kind in ("party", "owner"):
        return [("parties", *_steps(subject), name) for subject in subjects]
    return [_steps(fact)]


def value_at(data: Any, place: Place) -> tuple[bool, Any]:
    """Return whether something is written at a place, and what; `null` is written too."""
    for step in place:
        if isinstance(step, int):
            if not isinstance(data, list) or step >= len(data):
                return False, None
        elif not isinstance(data, Mapping) or step not in data:
            return False, None
        data = data[step]
    return True, data


def with_value(data: Any, place: Place, value: Any) -> Any:
    """Return the data with a value written at a place; nothing of the given data is changed."""
    if not place:
        return value
    step, *rest = place
    if isinstance(step, int):
        return [with_value(part, tuple(rest), value) if at == step else part for at, part in enumerate(data)]
    known = dict(data or {})
    known[step] = with_value(known.get(step), tuple(rest), value)
    return known


def _items(data: Mapping[str, Any]) -> Iterator[tuple[str, Place]]:
    """Yield each item of a case with its place, under the id it goes by."""
    waiting: list[tuple[Any, str, Place]] = [(data.get("item"), "1", ("item",))]
    while waiting:
        item, default, place = waiting.pop()
        known = item if isinstance(item, Mapping) else {}
        name = str(known.get("id", default))
        yield name, place
        for number, part in enumerate(known.get("components") or ()):
            waiting.append((part, f"{name}.{number + 1}", (*place, "components", number)))


def _steps(path: str) -> Place:
    return tuple(int(number) if number else word for word, number in _STEP.findall(path))
