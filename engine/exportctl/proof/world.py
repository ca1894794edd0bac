"""Questions nobody has answered, as variables: readings, unseen lines, law that is not established."""

from __future__ import annotations

from dataclasses import dataclass, field

import z3

from exportctl.law.book import RuleBook
from exportctl.proof.given import Word, word
from exportctl.proof.truth import Formula


@dataclass(eq=False)
class World:
    """One answer to every open question of a rule book, and of its version before."""

    book: RuleBook
    before: RuleBook | None = None
    readings: dict[str, Word] = field(default_factory=dict)
    lines: dict[str, Formula] = field(default_factory=dict)
    law: dict[str, Formula] = field(default_factory=dict)

    def __post_init__(self) -> None:
        choices: dict[str, dict[str, None]] = {}
        for book in (self.book, self.before or self.book):
            for name, reading in book.readings.items():
                choices.setdefault(name, {}).update(dict.fromkeys(reading.choices))
        for name, known in choices.items():
            self.readings.setdefault(name, word(f"reading:{name}", known))

    def taken(self, reading: str, choice: str) -> Formula:
        """Return when a reading is taken in a way."""
        return self.readings[reading].is_[choice]

    def seen(self, code: str) -> Formula:
        """Return when a line that was not seen names its item."""
        return self.lines.setdefault(code, z3.Bool(f"unseen:{code}"))

    def in_force(self, instrument: str) -> Formula:
        """Return when an instrument of which this is not established works on the day."""
        return self.law.setdefault(instrument, z3.Bool(f"law:{instrument}"))

    @property
    def laws(self) -> list[Formula]:
        """What holds of the variables in every world."""
        return [law for reading in self.readings.values() for law in reading.laws]
