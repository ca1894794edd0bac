"""The days that make a difference: the first of each stretch over which no date of the rule book falls."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from exportctl.fork import worlds
from exportctl.law.book import RuleBook
from exportctl.law.rule import Rule
from exportctl.law.state import standing
from exportctl.proof.given import Word, word
from exportctl.proof.truth import Formula, every, negated, some
from exportctl.proof.world import World

ONE = datetime.timedelta(days=1)
STATES = ("not_issued", "not_yet_effective", "in_force", "suspended")


def turning_days(*books: RuleBook) -> list[datetime.date]:
    """Return the first day of every stretch of days on which nothing in the rule books changes."""
    found = {day for book in books for day in _dates(book)}
    return sorted({min(found) - ONE, *found})


def _dates(book: RuleBook) -> Iterator[datetime.date]:
    named = {rule.instrument for rule in book.rules.values()} | {listing.instrument for listing in book.lists.values()}
    named |= {notice for derived in book.vocabulary.derived.values() for notice in derived.notices}
    for instrument in (book.instruments[name] for name in sorted(named)):
        yield instrument.issued
        yield from (effective.start for effective in instrument.effective)
        for suspension in instrument.suspended:
            yield suspension.start
            yield from () if suspension.for_good else (suspension.until, suspension.until + ONE)
    for rule in book.rules.values():
        for parameter in rule.parameters.values():
            yield from (dated.start for dated in parameter.values)


@dataclass(frozen=True, eq=False)
class Days:
    """The day of a case, as one of the turning days."""

    turning: list[datetime.date]
    mark: str = ""

    @cached_property
    def day(self) -> Word:
        """The day, as a word of the solver."""
        return word(f"{self.mark}day", [day.isoformat() for day in self.turning])

    def is_(self, day: datetime.date) -> Formula:
        """Return when the case falls into the stretch that begins on a turning day."""
        return self.day.is_[day.isoformat()]

    def since(self, start: datetime.date) -> Formula:
        """Return when the case falls on a day or later."""
        return some(self.is_(day) for day in self.turning if day >= start)


def states(book: RuleBook, rule: Rule, days: Days, world: World) -> dict[str, Formula]:
    """Return when a provision stands in each state; law that is not established is in force or suspended."""
    return standings(book, rule.instrument, rule.name, days, world)


def standings(book: RuleBook, instrument: str, provision: str, days: Days, world: World) -> dict[str, Formula]:
    """Return when a provision of an instrument, named or not by a rule, stands in each state."""
    found: dict[str, list[Formula]] = {state: [] for state in STATES}
    for day in days.turning:
        for answers, stands in worlds(standing(book, instrument, provision, day, None)):
            readings = [world.taken(question.partition(":")[2], choice) for question, choice in answers.items()]
            here = every([days.is_(day), *readings])
            if stands.state == "unverified":
                law = world.in_force(instrument)
                found["in_force"].append(every([here, law]))
                found["suspended"].append(every([here, negated(law)]))
            else:
                found[stands.state].append(here)
    return {state: some(formulas) for state, formulas in found.items()}
