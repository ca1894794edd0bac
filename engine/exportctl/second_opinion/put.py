"""A rule put to the subjects of a case, as the values of its conditions; subjects that are alike stand once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exportctl.decide.apply import Application
from exportctl.decide.examine import Tried
from exportctl.fork import World, fork
from exportctl.law.book import RuleBook
from exportctl.law.rule import Rule
from exportctl.second_opinion.compile import COMBINATIONS, Compiled
from exportctl.second_opinion.worlds import settled

Given = dict[str, Any]


@dataclass(frozen=True)
class Put:
    """Subjects for which every condition of a rule has the same value, forked; and what the reference made of it.

    `subjects` are their names. `foreign` says that a condition is not one of the compiled rule.
    """

    given: tuple[tuple[str, Any], ...]
    holds: Any
    subjects: tuple[str, ...]

    @property
    def foreign(self) -> bool:
        """Whether some condition that was tried is not one of the compiled rule."""
        return any(not name for name, _ in self.given)

    def literals(self, values: tuple[Any, ...]) -> frozenset[str]:
        """Return the literals of the conditions when they have these values."""
        return frozenset(f"{name}={value}" for (name, _), value in zip(self.given, values, strict=True))

    def literals_in(self, world: World) -> frozenset[str]:
        """Return the literals of the conditions in a world."""
        return self.literals(tuple(settled(value, world) for _, value in self.given))


def put(compiled: Compiled, book: RuleBook, application: Application) -> tuple[Put, ...]:
    """Return a rule put to every subject, those that are alike together."""
    taken = tuple(_readings(compiled, book, application.rule))
    alike: dict[tuple[Any, Any], list[str]] = {}
    for subjects, trial in application.tried:
        given = dict(_conditions(compiled, application.rule, trial))
        names = alike.setdefault(((*given.items(), *taken), trial.holds), [])
        names += [subject.name for subject in subjects]
    return tuple(Put(given, holds, tuple(names)) for (given, holds), names in alike.items())


def _conditions(compiled: Compiled, rule: Rule, trial: Tried) -> Iterator[tuple[str, Any]]:
    """Yield the value of every condition, before a reading leaves it out: that is for the compiled rule to say."""
    if trial.clause.kind not in COMBINATIONS:
        yield compiled.names.known_condition(rule, trial.clause), trial.holds
        return
    for part in trial.parts:
        yield from _conditions(compiled, rule, part)


def _readings(compiled: Compiled, book: RuleBook, rule: Rule) -> Iterator[tuple[str, Any]]:
    """Yield whether each reading that the compiled rule asks about is taken so, forked over the reading."""
    known = compiled.rules.get(rule.id, rule)
    for reading, choice in dict.fromkeys(taken for clause in known.when.walk() for taken in clause.under.items()):
        ways = {name: "on" if name == choice else "off" for name in book.readings[reading].choices}
        yield compiled.names.reading(reading, choice), fork(f"reading:{reading}", ways)
