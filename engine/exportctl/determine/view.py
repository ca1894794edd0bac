"""What a person sees of forked values: every reading taken as usual, law and unseen lines left open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exportctl.decide import compare
from exportctl.decide.determination import Reason, Truth
from exportctl.decide.examine import Tried
from exportctl.decide.membership import Membership
from exportctl.decide.subject import Subject
from exportctl.exact import written
from exportctl.fork import Fork, World, leaves, settle
from exportctl.kleene import NO, UNKNOWN, YES, Kleene
from exportctl.law.clause import Clause
from exportctl.law.state import Standing
from exportctl.law.strict import Text

_OPERATORS = {
    "is": "is", "is_not": "is not", "in": "one of", "not_in": "none of", "includes": "includes",
    "excludes": "excludes", "at_least": "at least", "at_most": "at most", "above": "above", "below": "below",
    "between": "between", "same_as": "same as",
}  # fmt: skip

_Found = tuple[Reason, Sequence[tuple[int, str]]]


@dataclass(frozen=True)
class View:
    """The world as the default readings and the user's choices make it."""

    world: World

    def truth(self, value: Any) -> Kleene:
        """Return a forked truth value as one: unknown where the open questions disagree."""
        if isinstance(value, Kleene):
            return value
        found = set(leaves(settle(value, self.world)))
        return found.pop() if len(found) == 1 else UNKNOWN

    def standing(self, value: Any) -> Standing:
        """Return a forked standing as the readings have it."""
        found: Standing = value if isinstance(value, Standing) else next(iter(leaves(settle(value, self.world))))
        return found

    def value(self, value: Any) -> Any:
        """Return a forked fact as the readings have it, None where open questions disagree."""
        found = settle(value, self.world)
        return None if isinstance(found, Fork) else found

    def counts(self, clause: Clause) -> bool:
        """Return whether a clause is part of the rule under these readings."""
        return all(self.world[f"reading:{name}"] == choice for name, choice in clause.under.items())

    def reasons(self, trial: Tried) -> list[Reason]:
        """Return the clauses that carry a meaning, outermost first; what is the same of several items is told once."""
        found: dict[Reason, list[tuple[int, str]]] = {}
        for reason, alike in self._reasons(trial, ()):
            found.setdefault(reason.model_copy(update={"subject": ""}), []).extend(alike or [(0, reason.subject)])
        return [_told(reason, alike) for reason, alike in found.items()]

    def _reasons(self, trial: Tried, alike: Sequence[tuple[int, str]]) -> Iterator[_Found]:
        """Yield the reasons behind a trial, with the items it speaks for where they are several."""
        if not self.counts(trial.clause):
            return
        alike = trial.alike() or alike
        if trial.clause.meaning is not None:
            yield self._reason(trial, trial.clause.meaning), alike
            return
        for part in trial.parts:
            yield from self._reasons(part, alike)

    def _reason(self, trial: Tried, meaning: Text) -> Reason:
        operand = (
            trial.operand if isinstance(trial.operand, Fraction) else trial.clause.operand if trial.clause.fact else ""
        )
        value = self.value(trial.value) if self._says(trial) else None
        far = compare.distance(trial.clause.operator, value, operand) if trial.clause.fact else None
        return Reason(
            holds=said(self.truth(trial.holds)),
            meaning=meaning,
            words=trial.clause.words,
            fact=trial.clause.fact or trial.clause.kind,
            subject=real(trial.subject).name,
            value=self.shown(value),
            test=f"{_OPERATORS[trial.clause.operator]} {_operand(operand)}" if trial.clause.fact else trial.clause.kind,
            distance=None if far is None else written(far),
        )

    def _says(self, trial: Tried) -> bool:
        """Return whether what was seen can be told: an empty set of entries says nothing while some are open."""
        open_set = isinstance(trial.value, Membership) and self.truth(trial.holds) is UNKNOWN
        return (
            not open_set or any(self.truth(v) is YES for v in trial.value.known.values()) or trial.value.rest is not NO
        )

    def shown(self, value: Any) -> str | None:
        """Return a fact as it is written in a determination; None when it is not known."""
        if isinstance(value, Membership):
            sure = {name: NO if self.truth(v) is NO else self.truth(v) for name, v in value.known.items()}
            text = str(Membership(sure, value.rest))
            return None if text == "not known" else text
        return compare.shown(value)


def _told(reason: Reason, alike: Iterable[tuple[int, str]]) -> Reason:
    names = list(dict.fromkeys(name for _, name in sorted(alike)))
    return reason.model_copy(update={"subject": names[0], "also": tuple(names[1:])})


def real(subject: Subject) -> Subject:
    """Return the listed item that a stand-in would be found in; any other subject is itself."""
    return subject.stands_for or subject


def said(value: Kleene) -> Truth:
    """Return a truth value as it is published."""
    names: dict[int, Truth] = {0: "no", 1: "unknown", 2: "yes"}
    return names[int(value)]


def _operand(operand: Any) -> str:
    if isinstance(operand, bool):
        return "yes" if operand else "no"
    if isinstance(operand, Fraction):
        return written(operand)
    return ", ".join(str(part) for part in operand) if isinstance(operand, list) else str(operand)


Describe = Callable[[str], str]
