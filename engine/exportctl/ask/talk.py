"""One conversation: the answers so far, the case they make, its determination, and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exportctl.ask.line import read_line
from exportctl.ask.place import Place, places_of, value_at, with_value
from exportctl.case.read import read_cases
from exportctl.decide.determination import Determination, OpenPoint
from exportctl.determine.determine import determine
from exportctl.law.book import RuleBook
from exportctl.law.strict import Text
from exportctl.law.vocabulary import Fact
from exportctl.problem import Refused
from exportctl.strict_yaml import Document

FIRST = ("on", "transfer.kind", "transfer.from", "transfer.to")
NOT_ASKED = ("list", "mapping")
SAYS_WHETHER_ALL = {"item.elements": "item.composition"}


@dataclass(frozen=True)
class Question:
    """A fact to ask for, whose it is, and the rules that wait for it; the first questions are asked whatever waits."""

    fact: str
    subjects: tuple[str, ...]
    wording: Text
    why: tuple[str, ...] = ()


@dataclass
class Talk:
    """A conversation about one case. `data` is the case as a file writes it; `past` are its earlier states."""

    book: RuleBook
    data: dict[str, Any]
    readings: Mapping[str, str] = field(default_factory=dict)
    past: list[dict[str, Any]] = field(default_factory=list)
    _decided: tuple[dict[str, Any], Determination] | None = None

    def determination(self) -> Determination:
        """Return the determination on the answers so far.

        Raises:
            Refused: the case the conversation began with has errors.
            Disagreement: the second engine decides otherwise.
        """
        if self._decided is None or self._decided[0] is not self.data:
            (case,) = read_cases(self._document(self.data), self.book)
            self._decided = (self.data, determine(self.book, case, readings=self.readings))
        return self._decided[1]

    def next(self) -> Question | None:
        """Return what to ask next; None when no answer to a fact could change the outcome, or no fact is left to ask.

        The transfer comes first, then the open point that decides most; among equals the one for which most controls
        wait, for what falls under no control needs no review and no exemption.
        """
        for fact in FIRST:
            if not self._said(fact, ()):
                return self._question(fact, ())
        found = self.determination()
        if found.certain == found.possible:
            return None
        if follow := self._whether_all():
            return follow
        order = list(self.book.vocabulary.facts)
        open_ = [point for point in found.open_points if point.kind == "fact" and self._askable(point.id)]
        left = [point for point in open_ if not self._said(point.id, point.items)]
        best = min(
            left, key=lambda p: (-p.weight, -len(p.why), order.index(_known(p.id, order)), p.items), default=None
        )
        return Question(best.id, tuple(best.items), best.question, tuple(best.why)) if best else None

    def answer(self, question: Question, line: str) -> None:
        """Take an answer over into the case.

        Raises:
            ValueError: it does not fit the fact, or the case; the message is for the person who answered.
        """
        fact = self.fact(question)
        value = read_line(line, fact, self.book.vocabulary)
        data = self._with(question, value)
        if fact.type == "elements" and not value:
            data = self._with(Question("item.composition", question.subjects, question.wording), "complete", data)
        try:
            read_cases(self._document(data), self.book)
        except Refused as refused:
            raise ValueError("; ".join(dict.fromkeys(p.problem for p in refused.problems))) from None
        self._go_on(data)

    def unknown(self, question: Question) -> None:
        """Take over that the answer is not known: `null` in the case, and never asked again."""
        self._go_on(self._with(question, None))

    def back(self) -> bool:
        """Take the last answer back; return whether there was one."""
        if not self.past:
            return False
        self.data = self.past.pop()
        return True

    def fact(self, question: Question) -> Fact:
        """Return what the vocabulary knows of the fact asked for."""
        found = self.book.vocabulary.find(question.fact)
        assert isinstance(found, Fact)  # noqa: S101 - only facts are asked for
        return found

    def _go_on(self, data: dict[str, Any]) -> None:
        self.past.append(self.data)
        self.data = data

    def _with(self, question: Question, value: Any, data: dict[str, Any] | None = None) -> dict[str, Any]:
        found: Any = self.data if data is None else data
        for place in places_of(question.fact, list(question.subjects), found):
            found = with_value(found, place, value)
        return dict(found)

    def _said(self, fact: str, subjects: list[str] | tuple[str, ...]) -> bool:
        """Return whether every place of a fact is written already, be it as unknown."""
        places: list[Place] = places_of(fact, list(subjects), self.data)
        return all(value_at(self.data, place)[0] for place in places)

    def _controls(self, point: OpenPoint) -> int:
        return sum(self.book.rules[rule].kind == "control" for rule in point.why)

    def _askable(self, fact: str) -> bool:
        known = self.book.vocabulary.find(fact)
        return isinstance(known, Fact) and known.type not in NOT_ASKED

    def _question(self, fact: str, subjects: tuple[str, ...]) -> Question:
        known = self.book.vocabulary.facts[fact]
        return Question(fact, subjects, known.question or known.label or Text(en=fact, zh=fact))

    def _whether_all(self) -> Question | None:
        """Return the question whether the elements just named are all, where elements were named."""
        for fact, follow in SAYS_WHETHER_ALL.items():
            (place,) = places_of(fact, ["1"], self.data) or [()]
            named = value_at(self.data, place)[1] if place else None
            if named and not self._said(follow, ("1",)):
                return self._question(follow, ("1",))
        return None

    def _document(self, data: dict[str, Any]) -> Document:
        return Document("answers", data)


def _known(fact: str, order: list[str]) -> str:
    """Return the path under which the vocabulary knows a fact."""
    if fact in order:
        return fact
    return next((path for path in order if path.partition(".")[2] == fact.split(".", 2)[-1]), order[-1])
