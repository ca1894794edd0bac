"""Values that no clause tells apart, brought together: of two hundred countries, a handful that differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from exportctl.batch.reads import Reads
from exportctl.batch.seen import Meaning
from exportctl.batch.stretch import Stretches
from exportctl.batch.value import Value, Values


@dataclass(eq=False)
class Classes:
    """The value that stands for each value of a fact."""

    reads: Reads
    meaning: Meaning
    values: Values
    standing_for: dict[Any, Value] = field(default_factory=dict)

    def of(self, path: str, raw: Any) -> Value:
        """Return the value that stands for a raw one; `path` is where it is kept."""
        value = self.values.of(path, raw)
        if value.dated or path in self.reads.kept:
            return value
        day = Stretches(self.meaning.book).first_days[0]
        key: list[Any] = [path]
        for test in self.reads.tests.get(path, ()):
            key += [self.values.test(value, test.clause, test.operand, day, hidden=hidden) for hidden in (False, True)]
        if path == "party.owners":
            key += [self.values.owners(value, clause, day) for clause in self.reads.about_owners]
        return self.standing_for.setdefault(tuple(key), value)
