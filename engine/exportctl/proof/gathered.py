"""The cases of one owner as one document: the first as it is, the others by what is different in them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from exportctl.worked.run import changed

OWN = frozenset(["title", "on", "expect"])


def gathered(title: str, documents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield documents that together say what each of several said, each with one expectation, under one title."""
    if not documents:
        return
    first, apart = documents[0], []
    expected = [first["expect"]]
    for other in documents[1:]:
        difference = _difference(first, other)
        if _with(first, difference) == _facts(other):
            day = {} if other["on"] == first["on"] else {"on": other["on"]}
            expected.append({**day, **({"set": difference} if difference else {}), **other["expect"]})
        else:
            apart.append(other)
    yield {**first, "title": title, "expect": expected if len(expected) > 1 else expected[0]}
    yield from gathered(title, apart)


def _facts(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in OWN}


def _with(document: dict[str, Any], difference: dict[str, Any]) -> dict[str, Any]:
    data = copy.deepcopy(_facts(document))
    for path, value in difference.items():
        changed(data, path, copy.deepcopy(value))
    return data


def _difference(first: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return dict(_steps(_facts(first), _facts(other), ""))


def _steps(first: dict[str, Any], other: dict[str, Any], at: str) -> Iterator[tuple[str, Any]]:
    """Yield what changes from one block to another by path; null takes a fact away."""
    for name in dict.fromkeys([*first, *other]):
        path = f"{at}.{name}" if at else name
        if name not in other:
            yield path, None
        elif name not in first or first[name] != other[name]:
            both = first.get(name), other[name]
            if all(isinstance(part, dict) and part and None not in part.values() for part in both):
                yield from _steps(*both, path)  # type: ignore[arg-type]
            else:
                yield path, other[name]
