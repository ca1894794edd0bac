"""Whether claims rest on worked cases that say what they need; nothing is run here.

A case that states what a claim needs and does not pass is found where the case is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exportctl.claim.claim import Claim, Proof
from exportctl.claim.read import Stated
from exportctl.problem import Problem, Refused, did_you_mean
from exportctl.strict_yaml import Path_
from exportctl.worked.expectation import Expectation
from exportctl.worked.run import Run, runs_of


@dataclass
class Cases:
    """The runs of worked cases under a folder, each file read once."""

    folder: Path
    read: dict[str, list[Run] | Refused] = field(default_factory=dict)

    def runs(self, case: str) -> list[Run]:
        """Return the runs of a file.

        Raises:
            Refused: it cannot be read, or an expectation is not well formed.
        """
        if case not in self.read:
            try:
                self.read[case] = runs_of(self.folder / case)
            except Refused as refused:
                self.read[case] = refused
        found = self.read[case]
        if isinstance(found, Refused):
            raise found
        return found

    def named(self, proof: Proof) -> list[Run]:
        """Return the runs a proof may mean; exactly one where it is well chosen.

        Raises:
            Refused: the file cannot be read.
        """
        return [run for run in self.runs(proof.case) if run.expected.note == proof.note]


def faults(claims: list[Stated], cases: Cases) -> Iterator[Problem]:
    """Yield each claim of law without a case, and each case that does not state what its claim needs."""
    by_id = {stated.claim.id: stated.claim for stated in claims}
    for stated in claims:
        claim = stated.claim
        if claim.needs_case and not claim.cases:
            what = "an event" if claim.event else "a claim of law"
            yield stated.problem(("id",), f"`{claim.id}` is {what} and names no case", "name the case that decides it")
        yield from _blank(stated, claim)
        yield from _conflicts(stated, claim, by_id)
        for number, proof in enumerate(claim.cases):
            yield from _proof(stated, ("cases", number), proof, cases)


def _blank(stated: Stated, claim: Claim) -> Iterator[Problem]:
    for name in ("says", "where", "why"):
        for language, word in (("en", "English"), ("zh", "Chinese")):
            if not getattr(getattr(claim, name), language).strip():
                hint = "every text stands in English and Chinese"
                yield stated.problem((name, language), f"the {word} text is empty", hint)


def _conflicts(stated: Stated, claim: Claim, by_id: dict[str, Claim]) -> Iterator[Problem]:
    for number, name in enumerate(claim.conflicts):
        if name not in by_id:
            yield stated.problem(("conflicts", number), f"unknown claim `{name}`", did_you_mean(name, by_id))
        elif claim.id not in by_id[name].conflicts:
            text = f"`{name}` does not name `{claim.id}` in return"
            yield stated.problem(("conflicts", number), text, "a conflict stands in both claims")


def _proof(stated: Stated, path: Path_, proof: Proof, cases: Cases) -> Iterator[Problem]:
    try:
        found = cases.named(proof)
    except Refused as refused:
        first = refused.problems[0]
        yield stated.problem((*path, "case"), f"`{proof.case}` {first.problem}", f"a file under {cases.folder.name}/")
        return
    if len(found) != 1:
        notes = [run.expected.note for run in cases.runs(proof.case)]
        text = f"{len(found) or 'no'} run{'s' if found else ''} of `{proof.case}` with the note `{proof.note}`"
        yield stated.problem((*path, "note"), text, did_you_mean(proof.note, notes) or "copy the note of one run")
        return
    for name, needed, said in _unsaid(proof.shows, found[0].expected):
        text = f"the claim needs {name} {needed}, and the case says {said}"
        yield stated.problem((*path, "shows", name), text, f"the case stands at {found[0].place}")


def _unsaid(needed: Expectation, said: Expectation) -> Iterator[tuple[str, str, str]]:
    """Yield each thing a claim needs that a run does not state, with what it states instead."""
    for name in sorted(needed.model_fields_set):
        wanted, got = getattr(needed, name), getattr(said, name)
        if not _holds(wanted, got):
            yield name, _words(wanted), _words(got)


def _holds(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(key in got and _holds(value, got[key]) for key, value in wanted.items())
    return bool(wanted == got)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_words(part)}" for key, part in value.items()) or "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) if value is not None else "nothing"
