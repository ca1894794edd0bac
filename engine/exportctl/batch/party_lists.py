"""Parties of rows held against a list of parties, each distinct name once, as `exportctl check` does it.

What the list adds to a row stands in its cells under a mark of its own, and is read like any cell.
"""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any

import polars as pl

from exportctl.batch.heading import Headings
from exportctl.batch.passage import SEVERAL
from exportctl.batch.reading import Cells
from exportctl.batch.table import PARTIES
from exportctl.batch.value import hashable
from exportctl.decide.screened import PartyHit, ScreenedParty
from exportctl.party.screen import Screening, screen_party
from exportctl.problem import Problem, Refused

MARK = "\2"
NOTED = ("party", "name", "class", "listed", "alias", "list", "notice", "effect", "why", "score", "row", "decision")
MOST = 250_000
Cell = str | None


def with_lists(headings: Headings, place: str) -> Headings:
    """Return the columns of a table with one for the lists of each party that it names, where it has none.

    Raises:
        Refused: no column holds the name of a party.
    """
    known = headings.facts.values()
    named = [role for role in PARTIES if {f"parties.{role}.name", f"parties.{role}.owners"} & set(known)]
    if not any(f"parties.{role}.name" in known for role in PARTIES):
        hint = "name a column `end_user` or `importer`, or use `--map`"
        raise Refused([Problem(place, "", "no column is known to hold the name of a party", hint)])
    paths = [f"parties.{role}.lists" for role in named]
    return replace(headings, facts=headings.facts | {MARK + path: path for path in paths if path not in known})


@dataclass(eq=False)
class PartyLists:
    """The list, and what was found in it so far. `today` is the day of rows without one.

    `numbers` are those of marks: none is given twice, for what stood under it may be remembered elsewhere. No cell of a
    table is taken for a mark, since nobody can know the `secret`.
    """

    headings: Headings
    cells: Cells
    held: Screening
    today: datetime.date
    hit: dict[str, bool] = field(default_factory=dict)
    known: dict[tuple[str, tuple[Cell, ...]], tuple[tuple[Cell, ...], str | None]] = field(default_factory=dict)
    marks: dict[Any, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)
    secret: str = field(default_factory=secrets.token_hex)

    def held_against(self, texts: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """Return a table with what the list adds to its rows, and the hits of each row as lines of JSON."""
        self._forget()
        added = [pl.lit(None, pl.String).alias(n) for n in self.headings.facts if n not in texts.columns]
        texts = texts.with_columns(added)
        notes = [pl.repeat(None, texts.height, dtype=pl.String, eager=True)]
        for role in PARTIES:
            names = [self.headings.column_of(f"parties.{role}.{fact}") for fact in ("name", "lists", "owners")]
            if names[1] is not None:
                texts, found = self._role(texts, role, names)
                notes.append(found)
        return texts, pl.select(pl.concat_str(notes, separator=SEVERAL, ignore_nulls=True)).to_series().replace(
            "", None
        )

    def _forget(self) -> None:
        """Begin anew where more is remembered than memory should hold; answers do not depend on it."""
        if len(self.hit) + len(self.known) + len(self.marks) > MOST:
            for remembered in (self.hit, self.known, self.marks, self.cells.given):
                remembered.clear()

    def _role(self, texts: pl.DataFrame, role: str, names: list[str | None]) -> tuple[pl.DataFrame, pl.Series]:
        columns = [*names, self.headings.column_of("on")]
        rows = self._worth_a_look(texts, names).arg_true()
        each = pl.DataFrame({str(at): texts[n][rows] if n else [None] * len(rows) for at, n in enumerate(columns)})
        look = partial(self._looked_up, role, columns)
        found = [self.known.get((role, cells)) or look(cells) for cells in each.iter_rows()]
        for at, name in ((0, names[1]), (1, names[2])):
            if name is not None and found:
                texts = texts.with_columns(texts[name].scatter(rows, [cells[at] for cells, _ in found]).alias(name))
        notes = pl.repeat(None, texts.height, dtype=pl.String, eager=True)
        return texts, notes.scatter(rows, [note for _, note in found]) if found else notes

    def _worth_a_look(self, texts: pl.DataFrame, names: list[str | None]) -> pl.Series:
        """Return which rows name a party that the list hits, or owners."""
        found = pl.repeat(value=False, n=texts.height, eager=True)
        if names[0] is not None:
            hits = [name for name in texts[names[0]].unique().to_list() if name and self._hits(name)]
            found |= texts[names[0]].is_in(pl.Series(hits, dtype=pl.String).implode()).fill_null(value=False)
        if names[2] is not None:
            found |= texts[names[2]].str.contains('"name"', literal=True).fill_null(value=False)
        return found

    def _hits(self, name: str) -> bool:
        if name not in self.hit:
            self.hit[name] = bool(self.held.search.hits(name.strip()))
        return self.hit[name]

    def _looked_up(
        self, role: str, columns: list[str | None], cells: tuple[Cell, ...]
    ) -> tuple[tuple[Cell, Cell], str | None]:
        """Return the cells of lists and owners with what the list adds, and the hits."""
        stated = dict(zip(("name", "lists", "owners"), map(self._stated, columns, cells), strict=False))
        facts = {name: fact for name, fact in stated.items() if fact is not None}
        try:
            day = datetime.date.fromisoformat(cells[3].strip()) if cells[3] and cells[3].strip() else self.today
        except ValueError:
            return (cells[1], cells[2]), None
        more, screened = screen_party(facts, role, day, self.held)
        kept = [
            cell if more.get(name) == facts.get(name) else self._marked(more[name])
            for name, cell in (("lists", cells[1]), ("owners", cells[2]))
        ]
        notes = SEVERAL.join(note for party in screened for note in _notes(party))
        self.known[role, cells] = (kept[0], kept[1]), notes or None
        return (kept[0], kept[1]), notes or None

    def _stated(self, column: str | None, text: Cell) -> Any:
        return None if column is None else self.cells.stated(column, text)

    def _marked(self, raw: Any) -> str:
        """Return the text under which the cells hold a fact."""
        key = hashable(raw)
        if key not in self.marks:
            self.marks[key] = f"{MARK}{self.secret}{next(self.numbers)}"
            self.cells.given[self.marks[key]] = raw
        return self.marks[key]


def _notes(party: ScreenedParty) -> list[str]:
    return [json.dumps(dict(zip(NOTED, _note(party, hit), strict=True)), ensure_ascii=False) for hit in party.hits]


def _note(party: ScreenedParty, hit: PartyHit) -> tuple[Any, ...]:
    decision = hit.decision and f"{hit.decision.decision} until {hit.decision.until}"
    return (party.party, party.name, hit.class_, hit.listed, hit.alias, hit.list or hit.list_name, hit.notice,
            hit.effect, hit.why, hit.score, hit.row, decision)  # fmt: skip


def rows_of_hits(hits: Mapping[str, int]) -> pl.DataFrame:
    """Return the hits of a whole table with the number of rows of each, the most first."""
    schema = {"rows": pl.Int64, **dict.fromkeys(NOTED, pl.String)}
    each = [
        {"rows": count, **json.loads(hit)} for hit, count in sorted(hits.items(), key=lambda one: (-one[1], one[0]))
    ]
    return pl.DataFrame(each, schema=schema)
