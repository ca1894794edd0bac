"""Values that depend on a question nobody has answered: a reading, unverified law, an unseen line.

A `Fork` asks one question and holds a value for each choice; the values may fork again. Questions stand in
alphabetical order from the root, and a fork whose choices agree collapses, so equal dependence means equal objects
(a decision diagram). A value that depends on nothing is just itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

World = Mapping[str, str]


@dataclass(frozen=True)
class Fork:
    """One question and the value each choice leads to."""

    question: str
    choices: tuple[tuple[str, Any], ...]


def fork(question: str, choices: Mapping[str, Any]) -> Any:
    """Return the value behind `question`, without the question when every choice leads to the same.

    The values may depend on other questions; the result is in canonical order.
    """
    return _ask(question, choices)


def join(apply: Callable[..., Any], *values: Any) -> Any:
    """Return `apply` of the values, in every world in which they differ."""
    forks = [value for value in values if isinstance(value, Fork)]
    if not forks:
        return apply(*values)
    first = min(forks, key=_question)
    branches = zip(*(_branches(value, first) for value in values), strict=True)
    joined = [join(apply, *parts) for parts in branches]
    if all(branch == joined[0] for branch in joined):
        return joined[0]
    names = (name for name, _ in first.choices)
    return Fork(first.question, tuple(zip(names, joined, strict=True)))


def settle(value: Any, world: World) -> Any:
    """Return the value with the questions of `world` answered; other questions stay open."""
    if not isinstance(value, Fork):
        return value
    if value.question in world:
        return settle(dict(value.choices)[world[value.question]], world)
    return _collapse(Fork(value.question, tuple((name, settle(v, world)) for name, v in value.choices)))


def leaves(value: Any) -> Iterator[Any]:
    """Yield the value in each world that makes a difference."""
    for _, leaf in worlds(value):
        yield leaf


def worlds(value: Any) -> Iterator[tuple[dict[str, str], Any]]:
    """Yield each combination of answers that makes a difference, with the value it leads to."""
    if not isinstance(value, Fork):
        yield {}, value
        return
    for name, branch in value.choices:
        for world, leaf in worlds(branch):
            yield {value.question: name, **world}, leaf


def questions(value: Any) -> dict[str, tuple[str, ...]]:
    """Return the questions the value depends on, each with its choices."""
    if not isinstance(value, Fork):
        return {}
    found = {value.question: tuple(name for name, _ in value.choices)}
    for _, branch in value.choices:
        found.update(questions(branch))
    return found


def _ask(question: str, choices: Mapping[str, Any]) -> Any:
    """Place a question above or below those its values already ask."""
    inner = min((q for v in choices.values() for q in [_first(v)] if q), default=None)
    if inner is None or question < inner:
        return _collapse(Fork(question, tuple((name, _branch(v, question, name)) for name, v in choices.items())))
    if inner == question:
        return _ask(question, {name: _branch(v, question, name) for name, v in choices.items()})
    names = next(v for v in choices.values() if _first(v) == inner).choices
    return _collapse(
        Fork(inner, tuple((n, _ask(question, {c: _branch(v, inner, n) for c, v in choices.items()})) for n, _ in names))
    )


def _question(value: Fork) -> str:
    return value.question


def _branches(value: Any, asked: Fork) -> tuple[Any, ...]:
    """Return a value as each choice of a question leaves it, in the order in which the question names them."""
    if not isinstance(value, Fork) or value.question != asked.question:
        return (value,) * len(asked.choices)
    return tuple(branch for _, branch in value.choices)


def _first(value: Any) -> str | None:
    return value.question if isinstance(value, Fork) else None


def _branch(value: Any, question: str, name: str) -> Any:
    return dict(value.choices)[name] if isinstance(value, Fork) and value.question == question else value


def _collapse(value: Fork) -> Any:
    first = value.choices[0][1]
    return first if all(branch == first for _, branch in value.choices) else value
