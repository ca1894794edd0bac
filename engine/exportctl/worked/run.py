"""Running worked cases: each expectation of each document of each file, one result a run."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exportctl.case.case import Case
from exportctl.case.read import read_cases, read_documents
from exportctl.determine.determine import determine
from exportctl.law.book import RuleBook
from exportctl.law.strict import validate
from exportctl.problem import Problem, Refused, did_you_mean
from exportctl.strict_yaml import Document
from exportctl.worked.compare import differences
from exportctl.worked.decided import decided, unlike
from exportctl.worked.expectation import Expectation
from exportctl.worked.holding import otherwise

GENERATED = "generated"


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
    """Return the worked cases of a folder, or the one file it names; generated ones where they are named."""
    if folder.is_file():
        return [folder]
    return [path for path in sorted(folder.rglob("*.yaml")) if GENERATED not in path.relative_to(folder).parts]


@dataclass(frozen=True)
class Run:
    """One expectation of a document, still to be compared with a determination."""

    document: Document
    number: int
    expected: Expectation

    @property
    def place(self) -> str:
        """`file:line` of the expectation."""
        return self.document.at(("expect", self.number))


def runs_of(path: Path) -> list[Run]:
    """Return every expectation of a file.

    Raises:
        Refused: the file cannot be read, or an expectation is not well formed.
    """
    return [
        Run(document, number, expectation)
        for document in read_documents(path)
        for number, expectation in enumerate(_expectations(document))
    ]


def run_file(path: Path, book: RuleBook) -> Iterator[Result]:
    """Yield the result of every expectation of a file.

    Raises:
        Refused: the file cannot be read, or an expectation is not well formed.
    """
    for run in runs_of(path):
        yield perform(run, book)


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


def perform(run: Run, book: RuleBook) -> Result:
    """Return what comes out of one run, and how that differs from what is expected.

    A run that shows a condition, as generated ones do, is decided without its explanation.
    """
    expected = run.expected
    title = f"{run.document.data.get('title', '')}{f', {expected.on}' if expected.on else ''}"
    try:
        case = case_of(run, book)
    except Refused as refused:
        return Result(run.place, title, "refused", tuple(str(problem) for problem in refused.problems))
    if expected.shown:
        short = decided(book, case, expected)
        return Result(
            run.place, title, short.verdict.outcome, (*unlike(expected, short), *otherwise(book, case, expected))
        )
    found = determine(book, case, known_on=expected.known_on, readings=expected.readings)
    return Result(run.place, title, found.outcome, (*differences(expected, found), *otherwise(book, case, expected)))


def case_of(run: Run, book: RuleBook) -> Case:
    """Return the case of a run: that of its document with what the expectation changes.

    Raises:
        Refused: the case is not well formed, or the expectation names a reading the rule book does not have.
    """
    _fit(run, book)
    return read_cases(replace(run.document, data=data_of(run)), book)[0]


def data_of(run: Run) -> dict[str, Any]:
    """Return the raw case of a run, with the document's expectations still in it."""
    data: dict[str, Any] = copy.deepcopy(run.document.data)
    for path, value in run.expected.set.items():
        changed(data, path, value)
    if run.expected.on:
        data["on"] = run.expected.on
    return data


def _fit(run: Run, book: RuleBook) -> None:
    """Refuse readings the rule book does not have."""
    where = ("expect", run.number, "readings")
    problems = []
    for name, choice in run.expected.readings.items():
        if name not in book.readings:
            hint = did_you_mean(name, book.readings)
            problems.append(run.document.problem((*where, name), f"unknown reading `{name}`", hint))
        elif choice not in book.readings[name].choices:
            hint = f"one of {', '.join(book.readings[name].choices)}"
            problems.append(run.document.problem((*where, name), f"unknown choice `{choice}`", hint))
    if problems:
        raise Refused(problems)


def changed(data: Any, path: str, value: Any) -> None:
    """Set or, with None, take away what stands at a path of a raw case."""
    *steps, last = path.split(".")
    for step in steps:
        data = data[int(step)] if isinstance(data, list) else data.setdefault(step, {})
    if isinstance(data, list):
        data[int(last)] = value
    elif value is None:
        data.pop(last, None)
    else:
        data[last] = value
