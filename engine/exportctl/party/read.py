"""From a file to a list of parties: every row of it, or every fault that keeps it from being read."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from exportctl.law.book import RuleBook
from exportctl.party.layout import Faulty, Layout, layouts
from exportctl.party.listed import Listed, PartyList
from exportctl.problem import Problem, Refused, did_you_mean
from exportctl.strict_yaml import read_text

LARGEST = 200_000_000
FIELD_LIMIT = 100_000


def read_party_list(path: Path, book: RuleBook) -> PartyList:
    """Return the parties of a CSV file, in the own layout or in that of OpenSanctions; all of them.

    Raises:
        Refused: it cannot be read whole: not UTF-8, no or unknown columns, no rows, or rows with faults, each named.
    """
    text = read_text(path, LARGEST)
    reading = _Reading(str(path), book)
    rows = reading.rows(text)
    if reading.problems:
        raise Refused(reading.problems)
    return PartyList(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), tuple(rows))


@dataclass
class _Reading:
    """One pass over a file; keeps every fault, and the line of each id."""

    place: str
    book: RuleBook
    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    def rows(self, text: str) -> list[Listed]:
        cells = self._cells(text)
        _, heading = next(cells, (1, []))
        columns = [column.strip() for column in heading]
        layout = self._layout(columns)
        if layout is None:
            return []
        read = (self._row(layout, columns, line, number, row) for number, (line, row) in enumerate(cells, 1))
        found = [row for row in read if row is not None]
        if not found and not self.problems:
            self._fault(1, "", "holds no parties")
        return found

    def _cells(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are not blank, with the line on which each begins."""
        csv.field_size_limit(FIELD_LIMIT)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            self._fault(line, "", f"not a CSV row: {error}", "is a quotation mark missing, or the file cut off?")

    def _layout(self, columns: list[str]) -> Layout | None:
        for name in sorted({column for column in columns if column and columns.count(column) > 1}):
            self._fault(1, name, "this column stands twice")
        best = max(layouts(self.book), key=lambda layout: len(set(layout.needed) & set(columns)))
        for name in best.needed:
            if name not in columns:
                self._fault(1, name, "this column is missing", did_you_mean(name, columns))
        for name in columns if best.known is not None else ():
            if name not in (best.known or ()):
                hint = did_you_mean(name, best.known or ()) or f"the columns are {', '.join(best.known or ())}"
                self._fault(1, name, f"unknown column `{name}`", hint)
        return None if self.problems else best

    def _row(self, layout: Layout, columns: list[str], line: int, number: int, cells: list[str]) -> Listed | None:
        if len(cells) != len(columns):
            self._fault(line, "", f"has {len(cells)} cells where the heading has {len(columns)}")
            return None
        row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
        try:
            found = layout.listed(row, number, f"{self.place}:{line}")
        except Faulty as fault:
            self._fault(line, fault.column, fault.problem, fault.hint)
            return None
        if found.id in self.ids:
            self._fault(line, "id", f"`{found.id}` stands on line {self.ids[found.id]} too")
        self.ids[found.id] = line
        return found

    def _fault(self, line: int, column: str, problem: str, hint: str = "") -> None:
        self.problems.append(Problem(f"{self.place}:{line}", column, problem, hint))
