"""The worlds in which values differ: every combination of answers to the questions they depend on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from exportctl.fork import Fork, World, settle
from exportctl.law.book import RuleBook

MOST_WORLDS = 4096
_READING = "reading:"


@dataclass(frozen=True)
class Worlds:
    """Worlds, each with the values in it, and whether they are all there are."""

    found: tuple[tuple[World, tuple[Any, ...]], ...]
    complete: bool


def worlds_of(book: RuleBook, values: tuple[Any, ...], most: int = MOST_WORLDS) -> Worlds:
    """Return every world that makes a difference to one of the values.

    When there are more than `most`, those of the default readings, and of each other choice of one reading.
    """
    found = tuple(islice(_every(values), most + 1))
    if len(found) <= most:
        return Worlds(found, complete=True)
    return Worlds(tuple(_near_defaults(book, values, most)), complete=False)


def completed(book: RuleBook, world: World) -> dict[str, str]:
    """Return a world with every other reading taken by default."""
    return {f"{_READING}{name}": reading.default for name, reading in book.readings.items()} | dict(world)


def settled(value: Any, world: World) -> Any:
    """Return the value in a world; a question that the world leaves open is answered with its first choice."""
    value = settle(value, world)
    while isinstance(value, Fork):
        value = value.choices[0][1]
    return value


def _every(values: tuple[Any, ...]) -> Iterator[tuple[dict[str, str], tuple[Any, ...]]]:
    forks = [value for value in values if isinstance(value, Fork)]
    if not forks:
        yield {}, values
        return
    first = min(forks, key=lambda fork: fork.question)
    for name, _ in first.choices:
        for world, leaves in _every(tuple(_branch(value, first.question, name) for value in values)):
            yield {first.question: name, **world}, leaves


def _branch(value: Any, question: str, name: str) -> Any:
    return dict(value.choices)[name] if isinstance(value, Fork) and value.question == question else value


def _near_defaults(book: RuleBook, values: tuple[Any, ...], most: int) -> Iterator[tuple[World, tuple[Any, ...]]]:
    for answers in _one_reading_off(book):
        there = tuple(settle(value, answers) for value in values)
        for world, leaves in islice(_every(there), most):
            yield {**answers, **world}, leaves


def _one_reading_off(book: RuleBook) -> Iterator[Mapping[str, str]]:
    defaults = completed(book, {})
    yield defaults
    for name, reading in book.readings.items():
        for choice in reading.choices:
            if choice != reading.default:
                yield {**defaults, f"{_READING}{name}": choice}
