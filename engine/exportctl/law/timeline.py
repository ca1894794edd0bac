"""The law over time: stretches of days on which a provision stands in one way, from the dates of its instrument."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from exportctl.fork import World, settle
from exportctl.law.book import RuleBook
from exportctl.law.instrument import Instrument
from exportctl.law.rule import Rule
from exportctl.law.state import Standing, standing

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days looked at, both ends included, and how they are looked at.

    `world` answers every reading. With `known_on`, instruments issued after that day do not exist.
    """

    first: datetime.date
    last: datetime.date
    world: World
    known_on: datetime.date | None = None


@dataclass(frozen=True)
class Stretch:
    """Days on which a provision stands in one way, the first and the last included."""

    first: datetime.date
    last: datetime.date
    standing: Standing


@dataclass(frozen=True)
class Course:
    """The law over time for provisions of one instrument that stand alike on every day.

    `rules` are those of the provisions; none where the instrument has no rule of its own.
    """

    instrument: Instrument
    rules: tuple[Rule, ...]
    stretches: tuple[Stretch, ...]

    @property
    def eventful(self) -> bool:
        """Whether provisions with rules stand so, or more happens to it than coming into force."""
        return bool(self.rules) or any(s.standing.state in ("suspended", "unverified") for s in self.stretches)

    def on(self, day: datetime.date) -> Standing:
        """Return the standing on a day of the window."""
        return next(stretch.standing for stretch in self.stretches if stretch.last >= day)


def courses(book: RuleBook, window: Window, instrument: str | None = None) -> list[Course]:
    """Return the law over time, by instrument in the order of issue; of one instrument where it is named."""
    chosen = [i for i in book.instruments.values() if instrument in (None, i.id)]
    ordered = sorted(chosen, key=lambda i: (i.issued, i.id))
    return [course for one in ordered for course in _of_instrument(book, one, window)]


def stretches(book: RuleBook, instrument: Instrument, provision: str, window: Window) -> tuple[Stretch, ...]:
    """Return how a provision stands over the days of a window, without a gap."""
    found: list[tuple[datetime.date, Standing]] = []
    for day in _turning_days(instrument, provision, window):
        now = settle(standing(book, instrument.id, provision, day, window.known_on), window.world)
        if not found or found[-1][1] != now:
            found.append((day, now))
    ends = [*(first - ONE_DAY for first, _ in found[1:]), window.last]
    return tuple(Stretch(first, last, now) for (first, now), last in zip(found, ends, strict=True))


def follows_its_limb(book: RuleBook, rule: Rule) -> bool:
    """Return whether a rule is a review in the instrument of what it reviews, and so has the state of that limb."""
    return rule.kind == "review" and {book.rules[name].instrument for name in rule.touches} == {rule.instrument}


def _of_instrument(book: RuleBook, instrument: Instrument, window: Window) -> Iterator[Course]:
    alike: dict[tuple[Stretch, ...], list[Rule]] = {}
    for _, rule in sorted(book.rules.items()):
        if rule.instrument == instrument.id and not follows_its_limb(book, rule):
            alike.setdefault(stretches(book, instrument, rule.name, window), []).append(rule)
    if not alike:
        alike[stretches(book, instrument, "", window)] = []
    yield from (Course(instrument, tuple(rules), found) for found, rules in alike.items())


def _turning_days(instrument: Instrument, provision: str, window: Window) -> list[datetime.date]:
    """Return the first day of the window and every later one on which the state can change."""
    days = {instrument.issued, instrument.effective_for(provision).start}
    for suspension in instrument.suspended:
        days |= {suspension.start, suspension.until}
        if suspension.until < datetime.date.max:
            days.add(suspension.until + ONE_DAY)
    return [window.first, *sorted(day for day in days if window.first < day <= window.last)]
