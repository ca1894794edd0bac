"""The answer of a row that has components: decided as `exportctl check` decides its case, without what no row says."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from exportctl.batch import answer
from exportctl.case.case import Case
from exportctl.decide.apply import apply_all
from exportctl.decide.determination import Share
from exportctl.decide.examine import Examination
from exportctl.decide.gap import defaults, verdict
from exportctl.decide.outcome import decide
from exportctl.decide.share import share_at
from exportctl.determine.ask import missing
from exportctl.determine.duty import duties
from exportctl.determine.finding import Findings
from exportctl.determine.value_share import value_shares
from exportctl.determine.view import View
from exportctl.exact import Interval, written
from exportctl.fork import World, join, questions, settle, worlds
from exportctl.kleene import NO
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Derived

Answer = dict[str, str | None]


@dataclass(eq=False)
class WholeCase:
    """A case with components. What one piece is worth may vary: only the side of a threshold it leads to matters.

    `classified` is shared by all cases under a rule book, so that like items are classified once.
    """

    book: RuleBook
    case: Case
    known_on: datetime.date | None
    readings: World
    marks: tuple[Fraction, ...]
    classified: dict[Any, Any]
    answers: dict[Any, tuple[Answer, list[Share]]] = field(default_factory=dict)

    def answer(self, case: Callable[[], Case], worth: Fraction | None, amounts: Any) -> Answer:
        """Return the answer of this case with other amounts, as `case` has them.

        `worth` is what one piece is worth. `amounts` tells amounts apart that answer for themselves; None where the
        share follows from the worth and the components.
        """
        if amounts is not None or worth is None:
            return self._of(amounts, case)[0]
        ratios = {name: share_at(lines, Interval.at(worth)) for name, lines in self._lines.items()}
        side = tuple((name, join(self._side, ratio)) for name, ratio in ratios.items())
        found, shares = self._of(side, case)
        return found | self._ends(ratios, shares)

    @cached_property
    def _lines(self) -> dict[str, list[Any]]:
        """What each line of components adds, for each share that rules test."""
        exam = Examination(self.book, self.case, self.known_on, self.classified)
        return {} if exam.root is None else {name: exam.shares.lines(fact, exam.root) for name, fact in self._shares}

    @property
    def _shares(self) -> list[tuple[str, Derived]]:
        derived = self.book.vocabulary.derived
        tested = {clause.fact for rule in self.book.rules.values() for clause in rule.when.walk()}
        return [(name, fact) for name, fact in derived.items() if fact.primitive == "value_share" and name in tested]

    def _side(self, ratio: Interval) -> tuple[Any, ...]:
        """Return on which side of every threshold a share lies, and whether it is nothing or exact."""
        ends = (ratio.low, Fraction(1) if ratio.high is None else ratio.high)
        return (
            *((end > mark) - (end < mark) for end in ends for mark in (Fraction(0), *self.marks)),
            ends[0] == ends[1],
        )

    def _of(self, key: Any, case: Callable[[], Case]) -> tuple[Answer, list[Share]]:
        if key not in self.answers:
            self.answers[key] = self._decided(case())
        return self.answers[key]

    def _decided(self, case: Case) -> tuple[Answer, list[Share]]:
        """Return what `exportctl.batch.answer.answer_of` says of the determination of a case, and its shares."""
        book, view = self.book, View(defaults(self.book, self.readings))
        exam = Examination(book, case, self.known_on, self.classified)
        applied = apply_all(exam)
        bounds = decide(book, applied)
        found = verdict(book, bounds, self.readings)
        each = Findings(exam, applied, view)
        findings = [each.of(one) for one in applied.values() if view.truth(one.applies) is not NO]
        shown = answer.shown_of(book, findings)
        fixed = {f"reading:{name}": choice for name, choice in self.readings.items()}
        depends = [" ".join(question.split(":", 1)) for question in questions(settle(bounds, fixed))]
        shares = value_shares(exam, applied, view)
        low, high = answer.share_shown(shares, fixed, book)
        return {
            "outcome": found.outcome,
            "certain": str(found.certain),
            "possible": str(found.possible),
            **answer.about_rules(shown),
            "share_low": low,
            "share_high": high,
            "reasons": answer.reasons(shown, depends),
            "open_points": answer.BETWEEN.join(sorted({group.fact for group in missing(exam, applied, view)})),
            "duties": answer.duties([(due.id, due.arises) for due in duties(book, findings, case.on)]),
            "rulebook": answer.rulebook(book),
        }, shares

    def _ends(self, ratios: dict[str, Any], shares: list[Share]) -> Answer:
        """Return the greatest share of any item that is tested, that of the exported one being one of these."""
        root = self.case.item.id if self.case.item else ""
        fixed = {f"reading:{name}": choice for name, choice in self.readings.items()}
        low, high = answer.share_shown([share for share in shares if share.item != root], fixed, self.book)
        if not any(share.item == root for share in shares):
            return {"share_low": low, "share_high": high}
        chosen = {f"reading:{name}": reading.default for name, reading in self.book.readings.items()} | fixed
        taken = [
            ratio for each in ratios.values() for world, ratio in worlds(each)
            if all(chosen.get(question, choice) == choice for question, choice in world.items())
        ]  # fmt: skip
        least, most = min(r.low for r in taken), max(Fraction(1) if r.high is None else r.high for r in taken)
        return {
            "share_low": written(max(least, Fraction(low or 0))),
            "share_high": written(max(most, Fraction(high or 0))),
        }
