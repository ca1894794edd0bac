"""Running the worked cases of claims: each run once, however many claims rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exportctl.claim.check import Cases
from exportctl.claim.claim import Claim
from exportctl.claim.read import Stated
from exportctl.law.book import RuleBook
from exportctl.worked.run import Result, Run, perform


@dataclass(frozen=True)
class Tried:
    """A claim, where it stands, and each case it rests on with what came out."""

    claim: Claim
    place: str
    results: tuple[tuple[Run, Result], ...]

    @property
    def holds(self) -> bool:
        """Whether every case it rests on came out as it states."""
        return all(result.passed for _, result in self.results)


def prove(claims: Iterable[Stated], cases: Cases, book: RuleBook) -> Iterator[Tried]:
    """Yield each claim with its cases run. Every proof must name one run, as `exportctl.claim.check` makes sure.

    Raises:
        Disagreement: the two engines decide a case differently.
    """
    done: dict[str, Result] = {}
    for stated in claims:
        runs = [run for proof in stated.claim.cases for run in cases.named(proof)]
        for run in runs:
            if run.place not in done:
                done[run.place] = perform(run, book)
        place = stated.document.at(stated.base)
        yield Tried(stated.claim, place, tuple((run, done[run.place]) for run in runs))
