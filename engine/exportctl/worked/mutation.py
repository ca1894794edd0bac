"""Whether some case notices each change of the rule book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from exportctl.case.case import Case
from exportctl.decide.examine import Examination
from exportctl.law.book import RuleBook
from exportctl.worked.coverage import DATES
from exportctl.worked.decided import decided, unlike
from exportctl.worked.expectation import Expectation
from exportctl.worked.holding import holds, view_of
from exportctl.worked.mutant import Mutant, mutants
from exportctl.worked.run import Run, case_of


@dataclass(frozen=True, eq=False)
class Tried:
    """A mutant, and whether a case noticed it."""

    mutant: Mutant
    noticed: bool


@dataclass(eq=False)
class Mutation:
    """A rule book and the generated runs that watch over it."""

    book: RuleBook
    runs: list[Run]
    cases: dict[int, Case] = field(default_factory=dict)

    def tried(self, wanted: Callable[[Mutant], bool] = lambda _: True) -> Iterator[Tried]:
        """Yield every mutant that is wanted, with whether a run notices it."""
        for mutant in mutants(self.book):
            if wanted(mutant):
                yield Tried(mutant, self.noticed(mutant))

    def noticed(self, mutant: Mutant) -> bool:
        """Return whether a run that watches over what a mutant changes comes out otherwise."""
        book = mutant.book()
        return any(notices(book, mutant.kind, self._case(run), run.expected) for run in self._watching(mutant))

    @cached_property
    def _by_owner(self) -> dict[str, list[Run]]:
        found: dict[str, list[Run]] = {}
        for run in self.runs:
            named = run.expected.shown
            for name in {*named, *(name.rpartition(":")[0] for name in named)}:
                found.setdefault(name, []).append(run)
        return found

    def _watching(self, mutant: Mutant) -> list[Run]:
        named = {"date": f"{DATES}{mutant.owner}", "tie": mutant.name}
        return self._by_owner.get(named.get(mutant.kind, mutant.owner), [])

    def _case(self, run: Run) -> Case:
        if id(run) not in self.cases:
            self.cases[id(run)] = case_of(run, self.book)
        return self.cases[id(run)]


def notices(book: RuleBook, kind: str, case: Case, expected: Expectation) -> bool:
    """Return whether a changed rule book gives another answer to a case than is expected."""
    if kind in ("tie", "date"):
        return any(True for _ in unlike(expected, decided(book, case, expected)))
    exam, view = Examination(book, case, expected.known_on), view_of(book, expected)
    wanted = {**expected.applies, **expected.holds}
    return any(str(view.truth(holds(exam, owner))) != truth for owner, truth in wanted.items())
