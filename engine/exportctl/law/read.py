"""From a folder of YAML files to a rule book, or to every fault that keeps it from being one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from exportctl import __version__
from exportctl.law.book import RuleBook
from exportctl.law.check import check
from exportctl.law.instrument import Instrument
from exportctl.law.listing import ControlList
from exportctl.law.reading import Reading
from exportctl.law.rule import Duty, Rule
from exportctl.law.source import Source
from exportctl.law.strict import Strict, validate
from exportctl.law.vocabulary import Vocabulary
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document, parse, read_text

S = TypeVar("S", bound=Strict)


def shipped_folder(name: str) -> Path:
    """Return a folder that comes with this version: inside the installed package, else beside `engine/`."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / name
    return shipped if shipped.is_dir() else package.parent.parent / name


def rules_folder() -> Path:
    """Return the folder of the shipped rules."""
    return shipped_folder("rules")


@cache
def shipped_book() -> RuleBook:
    """Return the rule book that comes with this version."""
    return read_book(rules_folder())


def read_book(folder: Path) -> RuleBook:
    """Return the rule book in a folder.

    Raises:
        Refused: some file cannot be read, or the rules do not fit together; with every fault of every file.
    """
    reading = _Reading(folder.absolute())
    book = reading.book()
    problems = reading.problems or list(check(book, reading.documents) if book else [])
    if problems or book is None:
        raise Refused(problems or [Problem(str(folder), "", "there is no rule book here")])
    return book


@dataclass
class _Reading:
    """One pass over a folder; keeps every fault, and where each id stands."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    sha: Any = field(default_factory=hashlib.sha256)

    def book(self) -> RuleBook | None:
        vocabulary = self.one("vocabulary.yaml", Vocabulary)
        instruments = self.many("instruments.yaml", "instruments", Instrument)
        readings = self.many("readings.yaml", "readings", Reading)
        duties = self.many("duties.yaml", "duties", Duty)
        lists = self.each("lists", ControlList)
        rules = self.each("cn", Rule)
        sources = self.sources()
        if vocabulary is None:
            return None
        return RuleBook(
            vocabulary,
            instruments,
            readings,
            duties,
            lists,
            rules,
            self.sha.hexdigest(),
            __version__,
            self.places,
            sources,
        )

    def document(self, path: Path, *, decides: bool = True) -> Document | None:
        place = path.relative_to(self.folder.parent).as_posix()
        try:
            text = read_text(path)
            if decides:
                self.sha.update(f"{place.partition('/')[2]}\0{text}\0".encode())
            found = parse(text, place)
        except Refused as refused:
            self.problems += [Problem(p.place.replace(str(path), place), *_rest(p)) for p in refused.problems]
            return None
        if len(found) != 1:
            self.problems.append(Problem(place, "", "holds more than one document"))
        return found[0]

    def one(self, name: str, model: type[S]) -> S | None:
        document = self.document(self.folder / name)
        if document is None:
            return None
        self.documents[name] = document
        return self.validated(model, document, document.data)

    def sources(self) -> dict[str, Source] | None:
        """Return the sources in `seeds/official` beside the rules; None where there is no such folder."""
        folder = self.folder.parent / "seeds" / "official"
        if not folder.is_dir():
            return None
        read = (self.document(path, decides=False) for path in sorted(folder.rglob("*.yaml")))
        files = [self.listed(document, "sources", Source) for document in read]
        return {name: source for file in files for name, source in file.items()}

    def many(self, name: str, key: str, model: type[S]) -> dict[str, S]:
        return self.listed(self.document(self.folder / name), key, model)

    def listed(self, document: Document | None, key: str, model: type[S]) -> dict[str, S]:
        if document is None:
            return {}
        data = document.data if isinstance(document.data, dict) else {}
        if set(data) != {key} or not isinstance(data[key], list):
            self.problems.append(document.problem((), f"holds one list, `{key}`"))
            return {}
        parts = [self.validated(model, document, part, (key, n)) for n, part in enumerate(data[key])]
        return self.by_id(document, [((key, n), part) for n, part in enumerate(parts) if part])

    def each(self, name: str, model: type[S]) -> dict[str, S]:
        found: dict[str, S] = {}
        for path in sorted((self.folder / name).rglob("*.yaml")):
            document = self.document(path)
            part = self.validated(model, document, document.data) if document else None
            if document and part:
                found |= self.by_id(document, [((), part)])
        return found

    def by_id(self, document: Document, parts: list[tuple[tuple[str | int, ...], S]]) -> dict[str, S]:
        found = {}
        for path, part in parts:
            name = str(getattr(part, "id", ""))
            if name in self.places:
                self.problems.append(document.problem((*path, "id"), f"`{name}` stands at {self.places[name]} too"))
            self.places[name] = document.at(path)
            self.documents[name] = document
            found[name] = part
        return found

    def validated(self, model: type[S], document: Document, data: Any, path: tuple[str | int, ...] = ()) -> S | None:
        part, problems = validate(model, document, data, path)
        self.problems += problems
        return part


def _rest(problem: Problem) -> Iterator[str]:
    yield from (problem.field, problem.problem, problem.hint)
