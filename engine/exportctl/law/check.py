"""Whether the files of a rule book fit together: every name known, every layer below, every code once."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.problem import Problem
from exportctl.strict_yaml import Document


def check(book: RuleBook, documents: dict[str, Document]) -> Iterator[Problem]:
    """Yield every fault that shows only when the files are seen together."""
    yield from ()
