"""Rows whose part number is an assembly: each distinct kind of them is decided once, with all that is inside it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from exportctl.batch.amounts import CONTENT
from exportctl.batch.answer import COLUMNS
from exportctl.batch.cell import raw
from exportctl.batch.chunk import Chunk
from exportctl.batch.components import PREFIX, Components, put
from exportctl.batch.decisions import Decisions
from exportctl.batch.reads import AMOUNTS
from exportctl.batch.rejected import SCHEMA
from exportctl.batch.screening import Screened, Screening
from exportctl.batch.whole_case import Answer, WholeCase
from exportctl.case.case import Case
from exportctl.case.items import hints_in
from exportctl.case.read import read_cases
from exportctl.problem import Refused
from exportctl.strict_yaml import Document

if TYPE_CHECKING:
    from exportctl.party.screen import Screening as PartyScreening  # its libraries are an extra

MOST_WHOLES, MOST_ANSWERS = 10_000, 100_000
PART, DESCRIPTION, DAY = "item.part_number", "item.description", "on"
Cells = Mapping[str, str | None]
Fault = tuple[str, str | None, str, str]


@dataclass(eq=False)
class Assemblies:
    """Decides rows with components. `wholes` are the kinds of row met so far: all that matters but its amounts."""

    screening: Screening
    components: Components
    parties: PartyScreening | None
    wholes: dict[Any, WholeCase] = field(default_factory=dict)
    classified: dict[Any, Any] = field(default_factory=dict)
    begun: int = 0

    def __post_init__(self) -> None:
        self.book, self.headings = self.screening.book, self.screening.headings
        self.marks = tuple(self.screening.amounts.marks)
        self.part = self.headings.column_of(PART)
        self.given = {name: path for name, path in self.headings.shown.items() if path in AMOUNTS}

    def among(self, texts: pl.DataFrame) -> pl.Series:
        """Return which rows of a table are assemblies."""
        if self.part is None:
            return pl.repeat(value=False, n=texts.height, eager=True)
        known = pl.Series(list(self.components.trees), dtype=pl.String)
        return texts[self.part].str.strip_chars().is_in(known.implode()).fill_null(value=False)

    def decided(self, chunk: Chunk, texts: pl.DataFrame, found: Screened) -> Screened:
        """Return a table decided, its assemblies with their components; `texts` is what its cells were read as.

        Every cell can be read; still a row may contradict itself or its components, in two currencies for example.
        """
        rows = (self.among(chunk.texts) & found.good).arg_true()
        if rows.is_empty():
            return found
        self._forget()
        kinds = self.screening.arounds(texts[rows]).to_list()
        answers: dict[tuple[str | None, ...], int] = {}
        numbers: list[int | None] = []
        faults: list[tuple[Any, ...]] = []
        lines = chunk.texts.select(self.headings.shown.keys())[rows].iter_rows(named=True)
        for number, kind, cells in zip(chunk.numbers.gather(rows), kinds, lines, strict=True):
            answer = self._answer(cells, kind)
            if isinstance(answer, dict):
                numbers.append(answers.setdefault(tuple(answer.values()), len(answers)))
            else:
                numbers.append(None)
                faults.append((number, *answer))
        named = pl.DataFrame(list(answers), schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
        wrong = pl.DataFrame(faults, schema=SCHEMA, orient="row")
        return _merged(found, rows, pl.Series(numbers, dtype=pl.UInt32), named, wrong)

    def _forget(self) -> None:
        """Begin anew where the screening did, whose numbers the kinds of row rest on, or where much is remembered."""
        answers = sum(len(whole.answers) for whole in self.wholes.values())
        if self.begun != self.screening.begun or len(self.wholes) > MOST_WHOLES or answers > MOST_ANSWERS:
            self.begun = self.screening.begun
            self.wholes.clear()
            self.classified.clear()

    def _answer(self, cells: Cells, around: int) -> Answer | Fault:
        day = self._day(cells)
        key = (around, self.screening.stretches.of(day), *self._item(cells))
        worth = self.screening.amounts.worth(cells)
        try:
            if key not in self.wholes:
                case = self._case(cells, day)
                known_on, readings = self.screening.known_on, self.screening.readings
                self.wholes[key] = WholeCase(self.book, case, known_on, readings, self.marks, self.classified)
            stated = any(path == CONTENT and (cells[name] or "").strip() for name, path in self.given.items())
            amounts = None if worth and not stated else tuple(cells[name] for name in self.given)
            return self.wholes[key].answer(lambda: self._case(cells, day), worth, amounts)
        except Refused as refused:
            return self._fault(cells, refused)

    def _day(self, cells: Cells) -> datetime.date:
        name = self.headings.column_of(DAY)
        text = (cells[name] or "").strip() if name else ""
        return datetime.date.fromisoformat(text) if text else self.screening.today

    def _case(self, cells: Cells, day: datetime.date) -> Case:
        """Return the case that a row states."""
        data: dict[str, Any] = {"title": "row", DAY: day, "item": {}}
        for name, path in self.headings.shown.items():
            if path != DAY:
                text = cells[name]
                _put(data, path, None if text is None else raw(text, path, self.book))
        data["item"]["components"] = list(self.components.trees[str(data["item"]["part_number"])])
        (case,) = read_cases(Document("row", data, {}), self.book)
        if self.parties is None:
            return case
        from exportctl.party.screen import screen_case  # noqa: PLC0415 - its libraries are an extra

        return screen_case(case, self.parties)[0]

    def _item(self, cells: Cells) -> tuple[Any, ...]:
        """Return what a row says of the exported item but its amounts, and which amounts it gives."""
        found: list[Any] = []
        for name, path in self.headings.shown.items():
            text = (cells[name] or "").strip()
            if path == DESCRIPTION:
                found.append(tuple(hint.suggests.en for hint in hints_in(text, self.book.vocabulary.hints)))
            elif path.startswith(PREFIX):
                found.append(bool(text) if path in AMOUNTS else text)
        return tuple(found)

    def _fault(self, cells: Cells, refused: Refused) -> Fault:
        first, *more = refused.problems
        also = "".join(f"; also {one.problem}" for one in more)
        return self.part or "", cells[self.part or ""], first.problem + also, first.hint


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    """Put a fact where a case has it; what is not known is left out, but for a number of pieces."""
    if path.startswith(PREFIX):
        put(data["item"], path.removeprefix(PREFIX), value)
    elif value is not None:
        *blocks, last = path.split(".")
        for block in blocks:
            data = data.setdefault(block, {})
        data[last] = value


def _merged(
    found: Screened, rows: pl.Series, numbers: pl.Series, answers: pl.DataFrame, faults: pl.DataFrame
) -> Screened:
    """Return a table decided in which some rows have other answers, by number; those without a number are bad."""
    at = found.good.cast(pl.UInt32).cum_sum().gather(rows) - 1
    used = found.numbers.unique()
    own = found.numbers.replace_strict(used, pl.int_range(len(used), dtype=pl.UInt32, eager=True))
    decisions = Decisions(found.decisions.rulebook, found.decisions.frame[used])
    decisions.add(answers.with_columns(stated=pl.lit(value=False)))
    merged = own.scatter(at, (numbers + len(used)).fill_null(0))
    stated = found.stated.with_columns(_without(own, at) for own in found.stated)
    bad = numbers.is_null()
    keep = pl.repeat(value=True, n=len(merged), eager=True).scatter(at.filter(bad), values=False)
    good = found.good.scatter(rows.filter(bad), values=False)
    return Screened(decisions, merged.filter(keep), stated.filter(keep), good, pl.concat([found.rejected, faults]))


def _without(column: pl.Series, at: pl.Series) -> pl.Series:
    return column.scatter(at, pl.repeat(None, len(at), dtype=column.dtype, eager=True))
