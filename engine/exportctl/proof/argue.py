"""A rule book put before the solver: one shipment, one day, one answer to every open question, all of them free."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import z3

from exportctl.decide.outcome import Outcome
from exportctl.law.book import RuleBook
from exportctl.proof.days import Days, states, turning_days
from exportctl.proof.given import Word
from exportctl.proof.known import Known
from exportctl.proof.mention import Mentions
from exportctl.proof.outcome import Bounds, Deciding, Level, together
from exportctl.proof.place import Shipment
from exportctl.proof.read import Reading
from exportctl.proof.truth import Formula, Truth, every, some
from exportctl.proof.world import World
from exportctl.proof.written import Writing


@dataclass(frozen=True)
class Witness:
    """A case that shows something: its facts as a case file holds them, and the answers under which it does.

    `bounds` are what the solver holds for certain and for possible.
    """

    case: dict[str, Any]
    readings: dict[str, str]
    answers: dict[str, str] = field(default_factory=dict)
    bounds: tuple[str, str] = ("", "")

    @property
    def world(self) -> dict[str, str]:
        """The answers to every open question, as the plain evaluator names them."""
        return {f"reading:{name}": choice for name, choice in self.readings.items()} | self.answers


class Undecided(Exception):  # noqa: N818 - the field's own word
    """The solver gave up on a question within its time."""


@dataclass(eq=False)
class Argument:
    """The formulas of one rule book. Shipment, days and world may be shared, so that two rule books can be compared."""

    book: RuleBook
    shipment: Shipment = field(default_factory=Shipment)
    days: Days | None = None
    world: World | None = None
    known: Known | None = None
    milliseconds: int = 60_000

    def __post_init__(self) -> None:
        self.days = self.days or Days(turning_days(self.book))
        self.world = self.world or World(self.book)
        self.known = self.known or Known(Mentions(self.book), self.shipment)
        self.reading = Reading(self.book, self.facts, self.answers, self.calendar)
        self.solver, self.asserted = z3.Solver(), 0
        self.solver.set("timeout", self.milliseconds)

    @property
    def facts(self) -> Known:
        """The facts of the shipment."""
        return _set(self.known)

    @property
    def answers(self) -> World:
        """The answers to open questions."""
        return _set(self.world)

    @property
    def calendar(self) -> Days:
        """The day."""
        return _set(self.days)

    @cached_property
    def applies(self) -> dict[str, Truth]:
        """Whether each rule applies, by id."""
        return {rule_id: self.reading.applies(rule) for rule_id, rule in sorted(self.book.rules.items())}

    @cached_property
    def states(self) -> dict[str, dict[str, Formula]]:
        """How each provision stands, by rule id."""
        return {rule.id: states(self.book, rule, self.calendar, self.answers) for rule in self.book.rules.values()}

    @cached_property
    def deciding(self) -> Deciding:
        """What decides the outcome."""
        return Deciding(self.book, self.applies, self.states, self.answers)

    @cached_property
    def bounds(self) -> Bounds:
        """The outcome."""
        return together(self.each.values())

    @cached_property
    def each(self) -> dict[str, Bounds]:
        """What each control contributes, by id."""
        return {rule.id: self.deciding.control(rule) for rule in self.book.of_kind("control")}

    def bounds_without(self, rule_id: str) -> Bounds:
        """Return the outcome without one rule: only the controls it is, lifts or touches are worked out again."""
        rule = self.book.rules[rule_id]
        tied = {*(lift.rule for lift in rule.lifts), *rule.touches}
        deciding = Deciding(self.book, self.applies, self.states, self.answers, frozenset([rule_id]))
        left = {name: bounds for name, bounds in self.each.items() if name != rule_id}
        again = {name: deciding.control(self.book.rules[name]) for name in left if name in tied}
        return together({**left, **again}.values())

    def answered(self, mark: str) -> Argument:
        """Return the same rule book about the same shipment with other facts, of variables with a mark of their own."""
        known = Known(self.facts.mentions, self.shipment, mark)
        return Argument(self.book, self.shipment, self.days, self.world, known, self.milliseconds)

    def bounds_with(self, changed: Iterable[tuple[Formula, Formula]]) -> Bounds:
        """Return the outcome where some variables are others."""
        pairs = list(changed)
        return self.bounds.changed(lambda formula: substituted(formula, pairs))

    def whatever_is_open(self, wanted: Formula) -> Iterator[Formula]:
        """Yield that something is so whether law that is not established works or not, and unseen lines likewise."""
        open_ = [*self.answers.law.values(), *self.answers.lines.values()]
        for answer in (True, False):
            yield substituted(wanted, [(question, answer) for question in open_])

    def as_seen(self, truth: Truth) -> Truth:
        """Return what a person sees of a truth: unknown where open law or an unseen line decides."""
        return Truth(every(self.whatever_is_open(truth.yes)), some(self.whatever_is_open(truth.maybe)))

    # ---- asking

    def laws(self) -> list[Formula]:
        """What holds in every case, world and day."""
        return [*self.answers.laws, *self.calendar.day.laws, *self.facts.laws.found]

    def find(self, *conditions: Formula, also: Iterable[Formula] = (), title: str = "") -> Witness | None:
        """Return a case in which every condition holds, or None when there is none; `also` are laws of other facts.

        Raises:
            Undecided: the solver did not come to an end within its time.
        """
        model = self.model(*conditions, also=also, title=title)
        return None if model is None else self.witness(model, title)

    def model(self, *conditions: Formula, also: Iterable[Formula] = (), title: str = "") -> Any:
        """Return an answer of the solver in which every condition holds, or None when there is none.

        Raises:
            Undecided: the solver did not come to an end within its time.
        """
        wanted = every(conditions)
        if wanted is False:
            return None
        solver = self._solver()
        solver.push()
        try:
            solver.add(*_formulas([*also, wanted]))
            answer = solver.check()
            if answer == z3.unknown:
                raise Undecided(title or str(solver.reason_unknown()))
            return solver.model() if answer == z3.sat else None
        finally:
            solver.pop()

    def _solver(self) -> Any:
        """Return the solver with everything that holds in every case; what it learns is kept."""
        laws = self.laws()
        self.solver.add(*_formulas(laws[self.asserted :]))
        self.asserted = len(laws)
        return self.solver

    def witness(self, model: Any, title: str) -> Witness:
        """Return the case of one answer of the solver."""
        writing = Writing(model, self.facts)
        day = datetime.date.fromisoformat(writing.word(self.calendar.day))
        readings = {name: writing.word(reading) for name, reading in self.answers.readings.items()}
        lines = {f"unseen:{code}": _said(writing.holds(line), LINE) for code, line in self.answers.lines.items()}
        law = {f"law:{name}": _said(writing.holds(works), LAW) for name, works in self.answers.law.items()}
        asked = "bounds" in self.__dict__
        bounds = (
            (_reached(writing, self.bounds.certain), _reached(writing, self.bounds.possible)) if asked else ("", "")
        )
        return Witness(writing.case(day, title), readings, lines | law, bounds)


def substituted(formula: Formula, changed: Iterable[tuple[Formula, Formula]]) -> Formula:
    """Return a formula in which some variables are others."""
    pairs = [(old, z3.BoolVal(new) if isinstance(new, bool) else new) for old, new in changed]
    return formula if isinstance(formula, bool) or not pairs else z3.substitute(formula, *pairs)


T = TypeVar("T")
LINE, LAW = ("listed", "not-listed"), ("in_force", "suspended")


def _said(holds: bool, words: tuple[str, str]) -> str:
    return words[0] if holds else words[1]


def _reached(writing: Writing, reached: Level) -> str:
    return str(max([Outcome.NO_REQUIREMENT_FOUND, *(o for o, when in reached.items() if writing.holds(when))]))


def _set(value: T | None) -> T:
    if value is None:
        raise AssertionError("set when the argument was made")
    return value


def _formulas(parts: list[Formula]) -> list[Any]:
    return [z3.BoolVal(part) if isinstance(part, bool) else part for part in parts]


__all__ = ["Argument", "Undecided", "Witness", "Word"]
