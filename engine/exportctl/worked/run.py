"""Running worked cases: each expectation of each document of each file, one result a run."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exportctl.case.read import read_cases, read_documents
from exportctl.determine.determine import determine
from exportctl.law.book import RuleBook
from exportctl.law.strict import validate
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document
from exportctl.worked.compare import differences
from exportctl.worked.expectation import Expectation


@dataclass(frozen=True)
class Result:
    """One run of a worked case: where it stands, what it is called, what differed."""

    place: str
    title: str
    outcome: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the determination was as expected."""
        return not self.differences


def case_files(folder: Path) -> list[Path]:
    """Return the worked cases of a folder, or the one file it names."""
    return [folder] if folder.is_file() else sorted(folder.rglob("*.yaml"))


def run_file(path: Path, book: RuleBook) -> Iterator[Result]:
    """Yield the result of every expectation of a file.

    Raises:
        Refused: the file cannot be read, or an expectation is not well formed.
    """
    for document in read_documents(path):
        expected = _expectations(document)
        for number, expectation in enumerate(expected):
            yield _run(document, number, expectation, book)


def _expectations(document: Document) -> list[Expectation]:
    raw = document.data.get("expect") if isinstance(document.data, dict) else None
    listed = raw if isinstance(raw, list) else [raw] if raw else []
    if not listed:
        raise Refused([document.problem((), "a worked case needs `expect`")])
    problems: list[Problem] = []
    found: list[Expectation] = []
    for number, part in enumerate(listed):
        path = ("expect", number) if isinstance(raw, list) else ("expect",)
        expectation, faults = validate(Expectation, document, part, path)
        problems += faults
        found += [expectation] if expectation else []
    if problems:
        raise Refused(problems)
    return found


def _run(document: Document, number: int, expected: Expectation, book: RuleBook) -> Result:
    data = copy.deepcopy(document.data)
    for path, value in expected.set.items():
        _change(data, path.split("."), value)
    if expected.on:
        data["on"] = expected.on
    place = document.at(("expect", number))
    title = f"{data.get('title', '')}{f', {expected.on}' if expected.on else ''}"
    try:
        cases = read_cases(replace(document, data=data), book)
    except Refused as refused:
        return Result(place, title, "refused", tuple(str(problem) for problem in refused.problems))
    found = determine(book, cases[0], known_on=expected.known_on, readings=expected.readings)
    return Result(place, title, found.outcome, tuple(differences(expected, found)))


def _change(data: Any, steps: list[str], value: Any) -> None:
    """Set or, with None, take away what stands at a path."""
    for step in steps[:-1]:
        data = data[int(step)] if isinstance(data, list) else data.setdefault(step, {})
    last: Any = int(steps[-1]) if isinstance(data, list) else steps[-1]
    if value is None and isinstance(data, dict):
        data.pop(last, None)
    else:
        data[last] = value
