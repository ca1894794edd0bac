"""The law on one day, as the rule book is shown: readings answered, so that every provision stands in one way."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from exportctl.case.read import BEIJING
from exportctl.decide.gap import defaults
from exportctl.fork import World, settle
from exportctl.law.book import RuleBook
from exportctl.law.rule import Rule
from exportctl.law.state import Standing, standing


@dataclass(frozen=True)
class Law:
    """A rule book on a day; `known_on` leaves out what was issued later, `fixed` are readings the user chose."""

    book: RuleBook
    on: datetime.date
    known_on: datetime.date | None
    fixed: Mapping[str, str]

    @property
    def world(self) -> World:
        """Every reading, as the user or else the rule book takes it."""
        return defaults(self.book, self.fixed)

    def of(self, rule: Rule) -> Standing:
        """Return how the provision of a rule stands."""
        found: Standing = settle(standing(self.book, rule.instrument, rule.name, self.on, self.known_on), self.world)
        return found

    def choice(self, reading: str) -> str:
        """Return how a reading is taken."""
        return self.world[f"reading:{reading}"]


def today() -> datetime.date:
    """Return the day it is in Beijing."""
    return datetime.datetime.now(BEIJING).date()
