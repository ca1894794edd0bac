"""Each rule put to the case: whether it applies, to what, and how its provision stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from exportctl.progress import counted

LAW_CHOICES = ("in_force", "suspended")


@dataclass(frozen=True, eq=False)
class Application:
    """A rule put to every subject it looks at. `applies` is forked; `standing` is the provision's on the day.

    `alike` are the subjects, those together that answer it alike. `put` puts it to one of them once more, to see what
    is behind the answer.
    """

    rule: Rule
    alike: tuple[tuple[Subject, ...], ...]
    applies: Any
    standing: Any
    put: Callable[[Subject], Tried] | None = None

    @cached_property
    def tried(self) -> tuple[tuple[tuple[Subject, ...], Tried], ...]:
        """The trials, each with the subjects of which the first was tried for all."""
        return tuple((subjects, self.put(subjects[0])) for subjects in self.alike if self.put is not None)

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
    alike = _alike(exam, rule, numbers)
    applies = some(exam.holds(rule.when, subjects[0], numbers) for subjects in alike)
    standing = exam.standing(rule.instrument, rule.name)
    return Application(rule, alike, applies, standing, lambda subject: exam.tried(rule.when, subject, numbers))


def _alike(exam: Examination, rule: Rule, numbers: Mapping[str, Fraction]) -> tuple[tuple[Subject, ...], ...]:
    """Return the subjects a rule looks at, those together that answer it alike."""
    if rule.at in ("transfer", "party", "exported") or exam.root is None:
        return tuple((subject,) for subject in _subjects(exam, rule))
    key = ("alike", rule.id, exam.root.key)
    if key not in exam.of_items:
        found: dict[Any, list[Subject]] = {}
        for subject in counted("deciding parts", (exam.root, *exam.root.below())):
            found.setdefault(exam.mark(rule.when, subject, numbers), []).append(subject)
        exam.of_items[key] = tuple(tuple(subjects) for subjects in found.values())
    return exam.of_items[key]  # type: ignore[no-any-return]


def _subjects(exam: Examination, rule: Rule) -> tuple[Subject, ...]:
    if rule.at == "transfer":
        return (exam.transfer,)
    if rule.at == "party":
        return exam.parties
    return () if exam.root is None else (exam.root,)
