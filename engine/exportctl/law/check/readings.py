"""Readings: every one that is named exists with the choice named, and every one that exists is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exportctl.law.book import RuleBook
from exportctl.law.check.condition import conditions
from exportctl.law.check.passage import Passage, Passages
from exportctl.problem import Problem
from exportctl.strict_yaml import Path_


@dataclass(frozen=True)
class Named:
    """A choice of a reading, named at some path of a passage."""

    passage: Passage
    path: Path_
    reading: str
    choice: str


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each unknown reading or choice, and each reading that nothing names."""
    named = list(_named(book, passages))
    for one in named:
        yield from one.passage.unless_known(one.path, "reading", one.reading, book.readings)
        reading = book.readings.get(one.reading)
        if reading is not None:
            what = f"choice of the reading `{one.reading}`:"
            yield from one.passage.unless_known(one.path, what, one.choice, reading.choices)
    for name in book.readings.keys() - {one.reading for one in named}:
        hint = "name it in an `under` or the `last_day` of a suspension, or remove it"
        yield passages.of(name).problem(("id",), f"nothing names the reading `{name}`", hint)


def _named(book: RuleBook, passages: Passages) -> Iterator[Named]:
    for condition in conditions(book, passages):
        for site in condition.sites:
            yield from _each(condition.passage, (*site.path, "under"), site.clause.under)
    for rule in book.rules.values():
        for number, lift in enumerate(rule.lifts):
            yield from _each(passages.of(rule.id), ("lifts", number, "under"), lift.under)
    for instrument in book.instruments.values():
        for number, suspension in enumerate(instrument.suspended):
            yield from _each(passages.of(instrument.id), ("suspended", number, "last_day"), suspension.last_day)


def _each(passage: Passage, path: Path_, choices: Mapping[str, str]) -> Iterator[Named]:
    yield from (Named(passage, (*path, reading), reading, choice) for reading, choice in choices.items())
