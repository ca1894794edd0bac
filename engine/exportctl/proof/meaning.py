"""What two rule books decide differently: cases whose outcome changes, and from when to when; or a proof of none."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from exportctl.case.read import read_cases
from exportctl.decide.apply import apply_all
from exportctl.decide.examine import Examination
from exportctl.decide.gap import verdict
from exportctl.decide.outcome import decide
from exportctl.law.book import RuleBook
from exportctl.problem import Refused
from exportctl.proof.argue import Argument, Witness
from exportctl.proof.days import Days, turning_days
from exportctl.proof.known import Known
from exportctl.proof.mention import Mentions
from exportctl.proof.outcome import differing
from exportctl.proof.place import Shipment
from exportctl.proof.smaller import smaller
from exportctl.proof.taste import clear, find_plain
from exportctl.proof.truth import Formula, every, negated, same, some
from exportctl.proof.world import World
from exportctl.strict_yaml import Document

ONE = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """Days on which a case is decided differently, both ends included (no end: all later ones), and how."""

    first: datetime.date
    last: datetime.date | None
    before: str
    after: str


@dataclass(frozen=True)
class Decided:
    """A case that two rule books decide differently because of one instrument, and when."""

    instrument: str
    witness: Witness
    turns: tuple[Turn, ...]


@dataclass(eq=False)
class Comparison:
    """Two rule books about one shipment."""

    before: RuleBook
    after: RuleBook
    silent: list[str] = field(default_factory=list)
    classified: tuple[dict[Any, Any], dict[Any, Any]] = field(default_factory=lambda: ({}, {}))

    def __post_init__(self) -> None:
        days = Days(turning_days(self.before, self.after))
        world, shipment = World(self.after, self.before), Shipment()
        known = Known(Mentions(self.after, self.before), shipment)
        self.old = Argument(self.before, shipment, days, world, known)
        self.new = Argument(self.after, shipment, days, world, known)

    def decided(self) -> Iterator[Decided]:
        """Yield the cases, by instrument; instruments whose findings change and never the outcome go to `silent`."""
        _ = self.old.bounds
        instruments = sorted({r.instrument for book in (self.before, self.after) for r in book.of_kind("control")})
        for instrument in instruments:
            found = differing(self.old.deciding.bounds(instrument), self.new.deciding.bounds(instrument))
            if self._find(found) is None:
                continue
            here = list(self._of(instrument, instruments, found))
            yield from here
            if not here:
                self.silent.append(instrument)

    def unproved(self) -> list[str]:
        """Return what differs between the rule books and is not decided by formulas."""
        old, new = self.before.vocabulary, self.after.vocabulary
        found = ["what one fact of an item says about another"] if old.implications != new.implications else []
        if {p: f.values for p, f in old.facts.items()} != {p: f.values for p, f in new.facts.items()}:
            found.append("the values a fact may have")
        counts = [self._counted_otherwise(name) for name in {**old.derived, **new.derived} if self._share(name)]
        return found + [text for text in counts if text]

    def _share(self, name: str) -> bool:
        return any(
            book.vocabulary.derived[name].counts
            for book in (self.before, self.after)
            if name in book.vocabulary.derived
        )

    def _counted_otherwise(self, name: str) -> str:
        """Return whether a share may come out otherwise: whether some item counts otherwise in it."""
        old, new = self.before.vocabulary.derived.get(name), self.after.vocabulary.derived.get(name)
        if (
            old is None
            or new is None
            or old.counts is None
            or new.counts is None
            or old.absent_without != new.absent_without
        ):
            return f"how `{name}` is worked out"
        both = [
            argument.reading.truth(when, self.new.shipment.root)
            for argument, derived in ((self.old, old), (self.new, new))
            if (when := argument.book.vocabulary.derived[derived.counts or ""].when) is not None
        ]
        alike = every(same(getattr(both[0], part), getattr(both[-1], part)) for part in ("yes", "maybe"))
        return "" if self._find(negated(alike)) is None else f"which items count in `{name}`"

    def _find(self, *conditions: Formula) -> Witness | None:
        """Return a case of some conditions; facts, days and answers are one for both, and so are their laws."""
        return self.new.find(*conditions)

    # ---- days and cases of one instrument

    def _of(self, instrument: str, instruments: list[str], changed: Formula) -> Iterator[Decided]:
        """Yield as few cases as cover every day on which some case changes."""
        alone = every(self._nothing_of(other) for other in instruments if other != instrument)
        either = every([changed, differing(self.old.bounds, self.new.bounds)])
        left = list(self.new.calendar.turning)
        while (day := self._first(either, left)) is not None:
            left = [later for later in left if later > day]
            witness = self._on(day, either, alone)
            pair = self._outcomes(witness, day) if witness else None
            if witness is None or pair is None:
                continue
            witness = replace(witness, case=self._smaller(witness, day, pair), answers={})
            course = {other: self._outcomes(witness, other) for other in self.new.calendar.turning}
            found = {other: both for other, both in course.items() if both is not None}
            left = [later for later in left if later not in found]
            yield Decided(instrument, witness, tuple(self._turns(found)))

    def _first(self, changed: Formula, days: list[datetime.date]) -> datetime.date | None:
        """Return the first of some days on which a case changes."""
        first = None
        while (witness := self._find(changed, some(self.new.calendar.is_(day) for day in days))) is not None:
            first = witness.case["on"]
            days = [day for day in days if day < first]
        return first

    def _nothing_of(self, instrument: str) -> Formula:
        """Return when an instrument leads to nothing in either rule book."""
        both = [argument.deciding.bounds(instrument).possible for argument in (self.old, self.new)]
        return every(negated(some(reached.values())) for reached in both)

    def _on(self, day: datetime.date, changed: Formula, alone: Formula) -> Witness | None:
        """Return a case of a day that changes, as plain as possible."""
        more = [alone, every([clear(self.old.bounds), clear(self.new.bounds)]), clear(self.new.bounds)]
        return find_plain(self.new, changed, self.new.calendar.is_(day), more=more, title="decided differently")

    def _outcomes(self, witness: Witness, day: datetime.date) -> tuple[str, str] | None:
        """Return both outcomes of a case on a day where they differ."""
        raw = {**witness.case, "on": day}
        both = zip((self.before, self.after), self.classified, strict=True)
        before, after = (published(book, raw, witness.readings, classified) for book, classified in both)
        return (before, after) if before != after else None

    def _smaller(self, witness: Witness, day: datetime.date, pair: tuple[str, str]) -> dict[str, Any]:
        def still(raw: dict[str, Any]) -> bool:
            try:
                return self._outcomes(replace(witness, case=raw), day) == pair
            except Refused:
                return False

        return smaller({**witness.case, "on": day}, still)

    def _turns(self, found: dict[datetime.date, tuple[str, str]]) -> Iterator[Turn]:
        """Yield the days a list of turning days stands for, neighbours that are decided alike together."""
        turning = self.new.calendar.turning
        ends = {day: end - ONE for day, end in pairwise(turning)}
        days = list(found)
        start = days[0]
        for day, following in zip(days, [*days[1:], None], strict=True):
            end = ends.get(day)
            if following is None or end is None or following != end + ONE or found[following] != found[day]:
                yield Turn(start, end, *found[day])
                start = following or start


def published(book: RuleBook, raw: dict[str, Any], readings: dict[str, str], classified: dict[Any, Any]) -> str:
    """Return the outcome of a raw case under one rule book, with readings fixed that are not taken as usual.

    `classified` is what examinations under this rule book found of items before.

    Raises:
        Refused: the case is not well formed under this rule book.
    """
    case = read_cases(Document("a case the solver found", raw), book)[0]
    fixed = {
        name: choice for name, choice in readings.items() if choice in getattr(book.readings.get(name), "choices", ())
    }
    bounds = decide(book, apply_all(Examination(book, case, classified=classified)))
    return verdict(book, bounds, fixed).outcome
