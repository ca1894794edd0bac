"""Every condition of the rule book by a name of its own: the rule, row or derived fact, and where in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause

Steps = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Spot:
    """One test of one fact. `owner` is a rule id, `list/code`, or the path of a derived fact; `steps` lead to it."""

    owner: str
    steps: Steps
    clause: Clause

    @property
    def name(self) -> str:
        """The owner, and the way through its combinations."""
        return f"{self.owner}:{'.'.join(map(str, self.steps)) or 'when'}"


def owners(book: RuleBook) -> Iterator[tuple[str, Clause]]:
    """Yield everything that has conditions, with them: rules, rows of lists, derived facts."""
    for rule_id, rule in sorted(book.rules.items()):
        yield rule_id, rule.when
    for listing in book.lists.values():
        for row in listing.rows:
            yield f"{listing.id}/{row.code}", row.when
    for path, derived in book.vocabulary.derived.items():
        if derived.when is not None:
            yield path, derived.when


def spots(book: RuleBook) -> list[Spot]:
    """Return every test of the rule book."""
    return [
        Spot(owner, steps, clause)
        for owner, when in owners(book)
        for steps, clause in walk(when)
        if clause.kind == "test"
    ]


def walk(clause: Clause, at: Steps = ()) -> Iterator[tuple[Steps, Clause]]:
    """Yield a clause and every clause inside it, with the steps that lead there."""
    yield at, clause
    for number, part in enumerate(clause.parts):
        yield from walk(part, (*at, number))
