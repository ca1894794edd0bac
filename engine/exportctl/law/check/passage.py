"""Where the parts of a rule book stand, so that every fault is told with its file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from exportctl.law.book import RuleBook
from exportctl.problem import Problem, did_you_mean
from exportctl.strict_yaml import Document, Path_

FEW = 12
FILES_OF_MANY = ("instruments", "readings", "duties", "sources")


@dataclass(frozen=True)
class Passage:
    """One part of the rule book: a whole file, or what stands at `base` in one. Paths are relative to it."""

    document: Document
    base: Path_ = ()

    @property
    def data(self) -> Any:
        """The part as its author wrote it."""
        data = self.document.data
        for step in self.base:
            data = data[step]
        return data

    def at(self, path: Path_) -> str:
        """Return `file:line` of a value."""
        return self.document.at((*self.base, *path))

    def problem(self, path: Path_, text: str, hint: str = "") -> Problem:
        """Return a fault of a value."""
        return self.document.problem((*self.base, *path), text, hint)

    def unless_known(self, path: Path_, what: str, name: str, known: Collection[str]) -> Iterator[Problem]:
        """Yield a fault when a name is not among the known ones."""
        if name not in known:
            yield self.problem(path, f"unknown {what} `{name}`", nearest(name, known))


@dataclass(frozen=True)
class Passages:
    """The passages of a book, by the id of the rule, list, instrument, reading or duty that stands there."""

    book: RuleBook
    documents: Mapping[str, Document]

    def of(self, name: str) -> Passage:
        """Return where a rule, list, instrument, reading or duty stands."""
        document = self.documents[name]
        for key in FILES_OF_MANY:
            parts = document.data.get(key)
            for number, part in enumerate(parts if isinstance(parts, list) else []):
                if part["id"] == name:
                    return Passage(document, (key, number))
        return Passage(document)

    @cached_property
    def vocabulary(self) -> Passage:
        """The vocabulary. Where its document was not handed over, its file is named without a line."""
        folder = next((document.place.partition("/")[0] for document in self.documents.values()), "rules")
        place = f"{folder}/vocabulary.yaml"
        written = self.documents.get("vocabulary.yaml")
        return Passage(written or Document(place, self.book.vocabulary.model_dump(by_alias=True)))

    @property
    def files(self) -> list[Passage]:
        """Every file once."""
        by_place = {document.place: Passage(document) for document in self.documents.values()}
        return list((by_place | {self.vocabulary.document.place: self.vocabulary}).values())


def nearest(word: str, known: Collection[str]) -> str:
    """Return a hint that names the known word nearest to `word`, or all known words when they are few."""
    same = next((name for name in known if name.casefold() == word.casefold()), None)
    hint = f"did you mean `{same}`?" if same else did_you_mean(word, known)
    return hint or (f"one of {', '.join(known)}" if 0 < len(known) <= FEW else "")
