"""Each rule put to the case: whether it applies, to what, and how its provision stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from exportctl.decide.examine import Examination, Tried, some
from exportctl.decide.subject import Subject
from exportctl.exact import number
from exportctl.fork import fork, join
from exportctl.kleene import NO
from exportctl.law.rule import Rule
from exportctl.law.state import Standing

LAW_CHOICES = ("in_force", "suspended")


@dataclass(frozen=True, eq=False)
class Application:
    """A rule put to every subject it looks at. `applies` is forked; `standing` is the provision's on the day."""

    rule: Rule
    tried: tuple[tuple[Subject, Tried], ...]
    applies: Any
    standing: Any

    @cached_property
    def state(self) -> Any:
        """The state for deciding, forked: unverified law is a question with the answers in force and suspended."""
        return join(self._state, self.standing)

    def _state(self, standing: Standing) -> Any:
        if standing.state != "unverified":
            return standing.state
        return fork(f"law:{self.rule.instrument}", {choice: choice for choice in LAW_CHOICES})

    @cached_property
    def counts(self) -> Any:
        """Whether the rule applies and its provision exists on the day, forked."""
        return join(lambda applies, state: NO if state == "not_issued" else applies, self.applies, self.state)


def apply_all(exam: Examination) -> dict[str, Application]:
    """Return every rule of the book put to the case, by rule id."""
    return {rule.id: apply(exam, rule) for _, rule in sorted(exam.book.rules.items())}


def apply(exam: Examination, rule: Rule) -> Application:
    """Return one rule put to the case."""
    numbers: dict[str, Fraction] = {name: number(p.on(exam.case.on)) for name, p in rule.parameters.items()}
    tried = tuple((subject, exam.tried(rule.when, subject, numbers)) for subject in _subjects(exam, rule))
    applies = some(trial.holds for _, trial in tried)
    return Application(rule, tried, applies, exam.standing(rule.instrument, rule.name))


def _subjects(exam: Examination, rule: Rule) -> Iterable[Subject]:
    if rule.at == "transfer":
        return (exam.transfer,)
    if rule.at == "party":
        return exam.parties
    if exam.root is None:
        return ()
    if rule.at == "exported":
        return (exam.root,)
    return [exam.root, *(subject for subject in exam.root.below())]
