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
        truth, counting = self.view.truth(holds), self._counting(behind)
        asked = asks | _asked(counting) if truth is UNKNOWN else frozenset()
        return Seen(holds, asked, self.said(clause, truth, counting), _named(counting))

    def combined(self, clause: Clause, parts: Sequence[tuple[Clause, Seen]]) -> Seen:
        """Return `all`, `any` or `not` of its parts."""
        kind = clause.kind
        neutral = NO if kind == "any" else YES
        counted = [self._counted(part, seen.holds, neutral) for part, seen in parts]
        holds = join(_OF[kind], *counted)
        truth, counting = self.view.truth(holds), self._counting(parts)
        return Seen(
            holds,
            _asked(counting) if truth is UNKNOWN else frozenset(),
            self.said(clause, truth, counting),
            () if kind == "not" else _named(counting),
            () if kind == "not" else next((seen.within for _, seen in parts if seen.within), ()),
        )

    def inside(self, clause: Clause, inner: Sequence[Seen]) -> Seen:
        """Return `any_component` over what one knows to be, or not to be, inside an item."""
        counting = self._counting([(clause.parts[0], seen) for seen in inner])
        holds = some([seen.holds for seen in inner])
        truth = self.view.truth(holds)
        codes = (seen.named for seen in inner if seen.named and self.view.truth(seen.holds) is not NO)
        asks = _asked(counting) if truth is UNKNOWN else frozenset()
        return Seen(holds, asks, self.said(clause, truth, counting), (), next(codes, ()))

    def said(self, clause: Clause, truth: Kleene, counting: Sequence[Seen]) -> tuple[Said, ...]:
        """Return the clauses with a meaning: this one, or those of its parts that count."""
        if clause.meaning is not None:
            return ((clause.meaning.en, truth),)
        return tuple(said for seen in counting for said in seen.said)

    def _counting(self, parts: Sequence[tuple[Clause, Seen]]) -> list[Seen]:
        """Return the parts of a clause that count as the readings are taken."""
        return [seen for part, seen in parts if not part.under or self.view.counts(part)]

    def _counted(self, clause: Clause, holds: Any, neutral: Kleene) -> Any:
        for reading, choice in clause.under.items():
            choices = self.book.readings[reading].choices
            holds = fork(f"reading:{reading}", {name: holds if name == choice else neutral for name in choices})
        return holds


def _asked(counting: Sequence[Seen]) -> frozenset[str]:
    return frozenset().union(*(seen.asks for seen in counting))


def _named(counting: Sequence[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for seen in counting for code in seen.named))


_OF: dict[str, Callable[..., Kleene]] = {
    "all": lambda *values: all_of(values),
    "any": lambda *values: any_of(values),
    "not": lambda value: ~value,
}
