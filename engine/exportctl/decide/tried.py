"""A clause put to a subject, and what an examination offers to those who look facts up for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from exportctl.decide.memory import Memory
from exportctl.decide.subject import Ask, Subject
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Tried:
    """A clause put to a subject: whether it holds, and what was seen. Truth values and facts are forked.

    `counted` is what the clause contributes to the combination around it: under a reading that leaves it out, nothing.
    `value` is the fact a test saw, `operand` what it was compared with. `behind` gives the trials of its parts, `asks`
    the facts of its own that are missing; both are worked out only when somebody wants to know. `alike` gives the
    listed items for which a trial inside another one speaks, by their order and name.
    """

    clause: Clause
    subject: Subject
    holds: Any
    counted: Any
    value: Any = None
    operand: Any = None
    behind: Callable[[], tuple[Tried, ...]] = tuple
    asks: Callable[[], tuple[Ask, ...]] = tuple
    alike: Callable[[], Sequence[tuple[int, str]]] = tuple

    @property
    def parts(self) -> tuple[Tried, ...]:
        """The trials behind this one: of a combination its parts, of a derived fact the clauses that make it."""
        return self.behind()


class Examiner(Protocol):
    """What an examination offers: clauses tried, facts looked up, provisions as they stand on the day."""

    @property
    def of_items(self) -> Memory:
        """What was worked out of items and depends on nothing else."""

    @property
    def book(self) -> RuleBook:
        """The rule book."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts and what their values mean."""

    @property
    def transfer(self) -> Subject:
        """The transfer itself."""

    @property
    def parties(self) -> tuple[Subject, ...]:
        """Importer and end user."""

    @property
    def root(self) -> Subject | None:
        """The exported item, None when no item crosses a border."""

    def tried(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Tried:
        """Return a clause put to a subject."""

    def holds(self, clause: Clause, subject: Subject, parameters: Mapping[str, Any]) -> Any:
        """Return whether a clause holds for a subject, forked."""

    def look(self, path: str, subject: Subject) -> Any:
        """Return the value of a fact, forked; None when it is not known."""

    def standing(self, instrument: str, provision: str) -> Any:
        """Return how a provision stands on the day of the case, forked."""
