"""Distinct rows, by item, what stands around it, stretch of days and worth, and the decision of each.

Each rule is put once to what it can tell apart. Rows to which every rule says the same share one decision.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress

import polars as pl

from exportctl.batch.aspect import Aspect, Drawn
from exportctl.batch.column import Column
from exportctl.batch.control import Controls
from exportctl.batch.decided import STATES, Decided, Live
from exportctl.batch.decisions import KEPT, SHARE, STATED, Decisions
from exportctl.batch.groups import Around, Halves
from exportctl.batch.met import MISSING, PARTS, Met
from exportctl.batch.put import NOT_PUT, put
from exportctl.batch.sample import Parts, Sample, Share
from exportctl.batch.seen import Meaning
from exportctl.batch.share_column import Worth
from exportctl.batch.signature import Signatures, hashed
from exportctl.fork import World
from exportctl.law.rule import Rule
from exportctl.law.state import Standing, standing

SHARES = "shares"
NOT_ISSUED = 0


@dataclass(eq=False)
class Rows:
    """The distinct rows met so far, and the number of the decision of each."""

    halves: Halves
    meaning: Meaning
    known_on: datetime.date | None
    fixed: World
    decisions: Decisions
    met: Met = field(default_factory=Met)

    def __post_init__(self) -> None:
        rules = sorted(self.meaning.book.rules.items())
        self.decided_by = Decided(self.meaning, Controls(self.meaning, self.known_on), self.fixed)
        self.rules = {name: Aspect(partial(_put, self.meaning, rule)) for name, rule in rules}
        for aspect in self.rules.values():
            aspect.numbers[NOT_PUT] = 0
        self.shares = Aspect(Sample.shares)
        self.states: dict[tuple[str, datetime.date], int] = {}
        self.standings: dict[Hashable, int] = {}
        self.signatures = Signatures()

    def numbers(
        self, parts: pl.DataFrame, arounds: Sequence[Around], worths: Sequence[Worth], days: Sequence[datetime.date]
    ) -> pl.Series:
        """Return the number of the decision of each row, deciding those that were not met before.

        `parts` are the numbers of its item (twice, and one more when it is described), of what stands around it, of the
        stretch of days and of the worth.
        """
        if parts.is_empty():
            return pl.Series(dtype=pl.UInt32)
        found = self.met.decisions(parts)
        left = (found == MISSING).arg_true()
        if left.is_empty():
            return found
        rows = parts.select(PARTS)[left]
        new, known = rows.unique(), Parts(self.halves, self.meaning, self.known_on, arounds, days, worths)
        self.met.learn(new, self._numbers(known, Drawn(new)))
        return found.scatter(left, self.met.decisions(rows))

    def _numbers(self, parts: Parts, drawn: Drawn) -> pl.Series:
        """Return the numbers of decisions of new rows."""
        codes = {SHARES: (shares := self.shares.answers(parts, drawn)).codes}
        codes |= {path: self.halves.items.is_stated(path, drawn.rows["item"] // 2) for path in self._stated}
        days = [parts.days[part] for part in drawn.parts["day"]]
        for name, rule in self.rules.items():
            states = pl.Series([self._state(name, day) for day in days], dtype=pl.UInt32).gather(drawn.codes["day"])
            puts = rule.answers(parts, drawn)
            codes[name] = (puts.codes * STATES + states) * ((states != NOT_ISSUED) & (puts.codes != 0))
        table = pl.DataFrame(codes)

        def decide(rows: pl.Series) -> range:
            first = self.decisions.height
            self._decide(table[rows], [days[code] for code in drawn.codes["day"].gather(rows).to_list()], shares.values)
            return range(first, self.decisions.height)

        return self.signatures.number(hashed(table, table.columns), decide).cast(pl.UInt32)

    @property
    def cells(self) -> int:
        """How many answers of single rules are kept."""
        return sum(len(each.cells) for each in (*self.rules.values(), self.shares))

    @property
    def _stated(self) -> list[str]:
        return list(self.halves.items.stated)

    def _decide(self, table: pl.DataFrame, days: list[datetime.date], shares: Sequence[Share]) -> None:
        """Decide rows, one for each number that follows."""
        puts = {name: list(rule.numbers) for name, rule in self.rules.items()}
        flags = table.select(SHARES, *self._stated).iter_rows()
        answers, ends = [], []
        for codes, day, (share, *stated) in zip(table.select(*self.rules).iter_rows(), days, flags, strict=True):
            live = dict(compress(zip(self.rules, codes, strict=True), codes))
            known = dict(zip(self._stated, stated, strict=True))
            answers.append(self.decided_by.answer(Live(live, puts, day, known)))
            ends.append(shares[share])
        shown = pl.DataFrame(ends, schema={name: KEPT[name] for name in (*SHARE, STATED)}, orient="row")
        found = pl.DataFrame({name: [one[name] for one in answers] for name in answers[0]})
        self.decisions.add(found.hstack(shown))

    def _state(self, name: str, day: datetime.date) -> int:
        """Return the number of how the provision of a rule stands on a day."""
        if (name, day) not in self.states:
            rule = self.meaning.book.rules[name]
            now = standing(self.meaning.book, rule.instrument, rule.name, day, self.known_on)
            missing = isinstance(now, Standing) and now.state == "not_issued"
            number = NOT_ISSUED if missing else self.standings.setdefault(now, len(self.standings) + 1)
            self.states[name, day] = number
        return self.states[name, day]


def _put(meaning: Meaning, rule: Rule, sample: Sample) -> Column:
    return put(sample.clauses, meaning, rule)
