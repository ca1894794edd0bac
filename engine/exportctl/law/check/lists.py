"""Control lists: every code once, every note there, customs numbers of a possible length, evidence as was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check.passage import Passage, Passages
from exportctl.law.evidence import STRONGEST_FIRST
from exportctl.law.listing import ControlList, Row
from exportctl.problem import Problem
from exportctl.strict_yaml import Path_

HS = re.compile(r"[0-9]{6}([0-9]{2}){0,2}")
STRONGEST_OF_OURS = STRONGEST_FIRST.index("secondary")


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield what is wrong with the rows of the lists, each and together."""
    yield from _repeated(book, passages)
    codes, list_names = {row.code for listing in book.lists.values() for row in listing.rows}, _list_names(book)
    for listing in book.lists.values():
        passage = passages.of(listing.id)
        for number, row in enumerate(listing.rows):
            yield from _names(passage, ("rows", number), row, codes, list_names)
            yield from _row(passage, ("rows", number), row, listing)
        for number, code in enumerate(listing.reserved):
            if code in codes:
                text = f"`{code}` is reserved, and yet the code of a row"
                yield passage.problem(("reserved", number), text, "a reserved code is printed without an item")


def _repeated(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for listing in book.lists.values():
        passage = passages.of(listing.id)
        for number, row in enumerate(listing.rows):
            path = ("rows", number, "code")
            if row.code in first:
                text = f"`{row.code}` is the code of another row too"
                yield passage.problem(path, text, f"the other stands at {first[row.code]}")
            first.setdefault(row.code, passage.at(path))


def _list_names(book: RuleBook) -> set[str]:
    """Return the names of lists and of their groups."""
    rows = ((listing, row) for listing in book.lists.values() for row in listing.rows)
    return {name for listing, row in rows for name in listing.names_of(row)[1:]}


def _names(passage: Passage, path: Path_, row: Row, codes: set[str], list_names: set[str]) -> Iterator[Problem]:
    if row.code in list_names:
        text = f"`{row.code}` is the name of a list or a group too"
        yield passage.problem((*path, "code"), text, "one name stands for one thing")
    if row.alias in codes:
        text = f"the alias `{row.alias}` is the code of a row"
        yield passage.problem((*path, "alias"), text, "an alias is a code that no row has")


def _row(passage: Passage, path: Path_, row: Row, listing: ControlList) -> Iterator[Problem]:
    if row.form_note:
        what = f"note of `{listing.id}`:"
        yield from passage.unless_known((*path, "form_note"), what, row.form_note, listing.notes)
    years = {("hs",): row.hs} | {("hs_earlier", year): numbers for year, numbers in row.hs_earlier.items()}
    for where, numbers in years.items():
        for number, hs in enumerate(numbers):
            if not HS.fullmatch(hs):
                text, hint = f"`{hs}` is not a customs number", "6, 8 or 10 digits, in quotes"
                yield passage.problem((*path, *where, number), text, hint)
    for year in row.hs_earlier:
        if listing.hs_year is None or year >= listing.hs_year:
            text = f"customs numbers of {year} are not earlier than those of the list"
            hint = f"its `hs_year` is {listing.hs_year or 'not given'}"
            yield passage.problem((*path, "hs_earlier", year), text, hint)
    if row.ours and STRONGEST_FIRST.index(row.evidence) < STRONGEST_OF_OURS:
        text = f"`{row.evidence}` evidence for a code that is ours"
        hint = f"at best {', '.join(STRONGEST_FIRST[STRONGEST_OF_OURS:])}: nobody saw the official code"
        yield passage.problem((*path, "evidence"), text, hint)
