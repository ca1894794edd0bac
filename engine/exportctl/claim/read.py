"""From the files of claims to claims, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exportctl.claim.claim import Claim
from exportctl.law.strict import validate
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document, Path_, parse, read_text


@dataclass(frozen=True)
class Stated:
    """A claim, and where in its file it stands."""

    claim: Claim
    document: Document
    base: Path_

    def problem(self, path: Path_, text: str, hint: str = "") -> Problem:
        """Return a fault of a part of the claim."""
        return self.document.problem((*self.base, *path), text, hint)


def read_claims(folder: Path) -> list[Stated]:
    """Return the claims of a folder, in the order of its files. Places start at the folder above `folder`'s parent.

    Raises:
        Refused: with every file that cannot be read and every claim that is not well formed.
    """
    found: list[Stated] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yaml")):
        place = path.relative_to(folder.parent.parent).as_posix()
        try:
            for document in parse(read_text(path), place):
                found += _claims(document, problems)
        except Refused as refused:
            problems += refused.problems
    problems += _repeated(found)
    if problems:
        raise Refused(problems)
    return found


def _claims(document: Document, problems: list[Problem]) -> Iterator[Stated]:
    data = document.data if isinstance(document.data, dict) else {}
    if set(data) != {"claims"} or not isinstance(data["claims"], list):
        problems.append(document.problem((), "holds one list, `claims`"))
        return
    for number, part in enumerate(data["claims"]):
        claim, faults = validate(Claim, document, part, ("claims", number))
        problems += faults
        if claim:
            yield Stated(claim, document, ("claims", number))


def _repeated(found: list[Stated]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for stated in found:
        here = stated.document.at(stated.base)
        if (name := stated.claim.id) in first:
            yield stated.problem(("id",), f"`{name}` stands at {first[name]} too", "one id for one claim")
        first.setdefault(name, here)
