"""What one clause amounts to for one subject: its truth, and all that a row of the result says because of it.

The same meaning of a clause as in `exportctl.decide.examine`, on values that can be numbered: two subjects for which a
clause amounts to the same share one `Seen`, however many rows they stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from exportctl.decide.examine import some
from exportctl.determine.view import View
from exportctl.fork import fork, join
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, all_of, any_of
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause

Said = tuple[str, Kleene]


@dataclass(frozen=True)
class Seen:
    """A clause put to a subject: `holds` is forked; the rest is as the default readings have it.

    `asks` are the facts that are missing while it is not decided, `said` the clauses that carry a meaning with their
    truth, `named` the codes it found, `within` the codes of what is inside, `perhaps` those it left open.
    """

    holds: Any
    asks: frozenset[str] = frozenset()
    said: tuple[Said, ...] = ()
    named: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meaning:
    """How clauses combine under one rule book and one way of taking its readings."""

    book: RuleBook
    view: View

    def test(
        self, clause: Clause, holds: Any, asks: frozenset[str], behind: Sequence[tuple[Clause, Seen]] = ()
    ) -> Seen:
        """Return a test of a fact; `behind` are the clauses that make up a derived fact."""
        truth = self.view.truth(holds)
        inner = frozenset().union(*(seen.asks for part, seen in behind if self.view.counts(part)))
        named = [code for part, seen in behind if self.view.counts(part) for code in seen.named]
        return Seen(
            holds,
            asks | inner if truth is UNKNOWN else frozenset(),
            self.said(clause, truth, behind),
            tuple(dict.fromkeys(named)),
        )

    def combined(self, clause: Clause, parts: Sequence[tuple[Clause, Seen]]) -> Seen:
        """Return `all`, `any` or `not` of its parts."""
        kind = clause.kind
        neutral = NO if kind == "any" else YES
        counted = [self._counted(part, seen.holds, neutral) for part, seen in parts]
        holds = join(_OF[kind], *counted)
        truth = self.view.truth(holds)
        return Seen(
            holds,
            self._asked(parts) if truth is UNKNOWN else frozenset(),
            self.said(clause, truth, parts),
            () if kind == "not" else self._named(parts),
            () if kind == "not" else next((seen.within for _, seen in parts if seen.within), ()),
        )

    def inside(self, clause: Clause, inner: Sequence[Seen]) -> Seen:
        """Return `any_component` over what one knows to be, or not to be, inside an item."""
        parts = [(clause.parts[0], seen) for seen in inner]
        holds = some([seen.holds for seen in inner])
        truth = self.view.truth(holds)
        codes = (seen.named for seen in inner if seen.named and self.view.truth(seen.holds) is not NO)
        asks = self._asked(parts) if truth is UNKNOWN else frozenset()
        return Seen(holds, asks, self.said(clause, truth, parts), (), next(codes, ()))

    def said(self, clause: Clause, truth: Kleene, parts: Sequence[tuple[Clause, Seen]]) -> tuple[Said, ...]:
        """Return the clauses with a meaning: this one, or those it is made of."""
        if clause.meaning is not None:
            return ((clause.meaning.en, truth),)
        return tuple(said for part, seen in parts if self.view.counts(part) for said in seen.said)

    def _asked(self, parts: Sequence[tuple[Clause, Seen]]) -> frozenset[str]:
        return frozenset().union(*(seen.asks for part, seen in parts if self.view.counts(part)))

    def _named(self, parts: Sequence[tuple[Clause, Seen]]) -> tuple[str, ...]:
        found = [code for part, seen in parts if self.view.counts(part) for code in seen.named]
        return tuple(dict.fromkeys(found))

    def _counted(self, clause: Clause, holds: Any, neutral: Kleene) -> Any:
        for reading, choice in clause.under.items():
            choices = self.book.readings[reading].choices
            holds = fork(f"reading:{reading}", {name: holds if name == choice else neutral for name in choices})
        return holds


_OF: dict[str, Callable[..., Kleene]] = {
    "all": lambda *values: all_of(values),
    "any": lambda *values: any_of(values),
    "not": lambda value: ~value,
}
