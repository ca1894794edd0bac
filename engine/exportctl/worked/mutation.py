"""Whether some case notices each change of the rule book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from exportctl.case.case import Case
from exportctl.decide.examine import Examination
from exportctl.law.book import RuleBook
from exportctl.worked.decided import decided, unlike
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

    def tried(self, only: Iterable[str] | None = None) -> Iterator[Tried]:
        """Yield every mutant, or those of some owners, with whether a run notices it."""
        wanted = None if only is None else set(only)
        for mutant in mutants(self.book):
            if wanted is None or mutant.owner in wanted or mutant.owner.partition("/")[0] in wanted:
                book = mutant.book()
                yield Tried(mutant, any(self._notices(run, mutant, book) for run in self._watching(mutant)))

    @cached_property
    def _by_owner(self) -> dict[str, list[Run]]:
        found: dict[str, list[Run]] = {}
        for run in self.runs:
            named = run.expected.shows
            owner = named.rpartition(":")[0]
            for name in {named, owner}:
                found.setdefault(name, []).append(run)
        return found

    def _watching(self, mutant: Mutant) -> list[Run]:
        if mutant.kind == "date":
            return self._by_owner.get(f"dates of {mutant.owner}", [])
        if mutant.kind == "tie":
            return self._by_owner.get(mutant.name, [])
        return self._by_owner.get(mutant.owner, [])

    def _notices(self, run: Run, mutant: Mutant, book: RuleBook) -> bool:
        case, expected = self._case(run), run.expected
        if mutant.kind in ("tie", "date"):
            return any(True for _ in unlike(expected, decided(book, case, expected)))
        exam, view = Examination(book, case, expected.known_on), view_of(book, expected)
        wanted = {**expected.applies, **expected.holds}
        return any(str(view.truth(holds(exam, owner))) != truth for owner, truth in wanted.items())

    def _case(self, run: Run) -> Case:
        if id(run) not in self.cases:
            self.cases[id(run)] = case_of(run, self.book)
        return self.cases[id(run)]
