"""Answers of the solver that are as they should be, each with its reason, in one file beside the rules.

The file says nothing about the law, so that it is not part of the rule book's hash.
"""

from __future__ import annotations

from pathlib import Path

from exportctl.law.strict import Strict, validate
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import parse, read_text

FILE = "exceptions.yaml"


class Exception_(Strict):  # noqa: N801 - not an error
    """A claim that does not hold of one thing, and why that is right."""

    claim: str
    about: list[str]
    reason: str


class Exceptions(Strict):
    """The file of exceptions."""

    exceptions: list[Exception_] = []

    def reason(self, claim: str, about: str) -> str:
        """Return why a claim need not hold of something; empty when it must."""
        found = [e.reason for e in self.exceptions if e.claim == claim and about in e.about]
        return found[0] if found else ""

    def of(self, claim: str) -> set[str]:
        """Return what a claim need not hold of."""
        return {about for e in self.exceptions if e.claim == claim for about in e.about}


def read_exceptions(folder: Path) -> Exceptions:
    """Return the exceptions of a rule book; none where there is no such file.

    Raises:
        Refused: the file is not well formed.
    """
    path = folder / FILE
    if not path.exists():
        return Exceptions()
    documents = parse(read_text(path), f"{folder.name}/{FILE}")
    if len(documents) != 1:
        raise Refused([Problem(f"{folder.name}/{FILE}", "", "holds more than one document")])
    found, problems = validate(Exceptions, documents[0], documents[0].data)
    if problems or found is None:
        raise Refused(problems)
    return found
