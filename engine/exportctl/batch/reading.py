"""Cells read once for each distinct text of a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import polars as pl

from exportctl.batch.cell import fault, read_cell
from exportctl.batch.classes import Classes
from exportctl.batch.column import Column, column, constant, fold
from exportctl.batch.composition import standing_for
from exportctl.batch.heading import Headings
from exportctl.batch.reads import stored
from exportctl.batch.value import Value
from exportctl.case.item import Composition
from exportctl.law.book import RuleBook


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be read: why, and what would be right."""

    problem: str
    hint: str = ""


@dataclass(eq=False)
class Cells:
    """What the distinct texts of each column state; `given` says it of texts that no table holds."""

    book: RuleBook
    headings: Headings
    classes: Classes
    known: dict[tuple[str, str | None], Value | Bad] = field(default_factory=dict)
    raws: dict[tuple[str, str | None], Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)

    def column(self, frame: pl.DataFrame, name: str) -> Column:
        """Return what the cells of a column state: a `Value`, or `Bad`."""
        return _by_text(frame[name], partial(self.read, name))

    def facts(self, frame: pl.DataFrame, name: str) -> Column:
        """Return the facts that the cells of a column state, None where they are blank or cannot be read."""
        return _by_text(frame[name], partial(self.stated, name))

    def any_given(self, frame: pl.DataFrame, names: Sequence[str]) -> Column:
        """Return whether any of some columns states something that can be read."""
        given = [_by_text(frame[name], partial(self._is_given, name)) for name in names]
        return fold(given, any) if given else constant(value=False, height=frame.height)

    def _is_given(self, name: str, text: str | None) -> bool:
        return self.stated(name, text) is not None

    def forget(self, classes: Classes) -> None:
        """Begin anew with what was read, but keep what is given."""
        self.classes = classes
        self.known.clear()
        self.raws.clear()

    def read(self, name: str, text: str | None) -> Value | Bad:
        """Return what one cell of a column states."""
        key = (name, text)
        if key not in self.known:
            self.known[key] = self._read(name, text)
        return self.known[key]

    def stated(self, name: str, text: str | None) -> Any:
        """Return the fact behind a cell that was read, None where it is blank."""
        self.read(name, text)
        return self.raws.get((name, text))

    def _read(self, name: str, text: str | None) -> Value | Bad:
        path = self.headings.facts[name]
        try:
            raw = None if text is None else self.given.get(text) or read_cell(text, path, self.book)
        except ValueError as error:
            problem, hint = fault(error)
            return Bad(problem, hint)
        self.raws[name, text] = raw
        return self.classes.of(stored(path), standing_for(raw) if isinstance(raw, Composition) else raw)


def _by_text(series: pl.Series, read: Callable[[str | None], Any]) -> Column:
    """Return what is read from each cell of a column, once for each distinct text."""
    texts = series.unique()
    read_texts = column([read(text) for text in texts.to_list()])
    if len(read_texts.values) == 1:
        return constant(read_texts.values[0], len(series))
    codes = series.replace_strict(texts, read_texts.codes, return_dtype=pl.UInt32)
    return Column(codes, read_texts.values)
