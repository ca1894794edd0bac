"""What screening costs under smaller rule books: the same rows, fewer rules and rows of control lists."""

from __future__ import annotations

import datetime
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import ledger

from exportctl.batch.delimited import Delimited
from exportctl.batch.heading import read_headings
from exportctl.batch.screening import Screening
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.read import shipped_book
from exportctl.law.rule import Rule

ROWS, MANY = 1_000_000, [40, 150]
ENTRIES = ("item.entries", "item.entries_in_force")


class BookCost(NamedTuple):
    """Processor seconds of deciding, without reading and writing; the first is what each row costs later on."""

    rules: int
    rows: int
    seconds: float

    def __str__(self) -> str:
        many = self.rules + self.rows
        return f"| {many} | {self.rules} | {self.rows} | {self.seconds:.1f} | {ROWS / self.seconds:,.0f} |"


def costs() -> Iterator[BookCost]:
    """Yield what a million rows cost under the shipped book and under smaller ones, the smallest first."""
    print(
        "\n| rules and rows | rules | rows of lists | deciding, processor s | rows/s |\n| --- | --- | --- | --- | --- |"
    )
    book = shipped_book()
    whole = len(book.rules) + sum(len(listing.rows) for listing in book.lists.values())
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "ledger.csv"
        ledger.write(path, ROWS)
        for count in [*MANY, whole]:
            yield cost(book if count == whole else smaller(book, count), path)


def cost(book: RuleBook, path: Path) -> BookCost:
    source = Delimited(path, ",")
    screening = Screening(book, read_headings(source.names, book, str(path)), datetime.date(2026, 1, 15))
    seconds = 0.0
    for chunk in source.chunks(0, 1):
        began = time.process_time()
        screening.screen(chunk.texts, chunk.numbers)
        seconds += time.process_time() - began
    return BookCost(len(book.rules), sum(len(listing.rows) for listing in book.lists.values()), seconds)


def smaller(book: RuleBook, count: int) -> RuleBook:
    """Return a book with so many rules and rows of lists in all: a third are rules where there are enough.

    Every list and group that a rule names keeps a row; rules that lift, touch or follow others stay with them.
    """
    rules: dict[str, Rule] = {}
    for name in sorted(book.rules):
        more = closure(book, name) - rules.keys()
        if len(rules) + len(more) <= count // 3:
            rules |= {one: book.rules[one] for one in more}
    kept = set(needed(book, [rule.when for rule in rules.values()]))
    rows = [(listing.id, row.code) for listing in book.lists.values() for row in listing.rows]
    kept |= set([one for one in rows if one not in kept][: max(count - len(rules) - len(kept), 0)])
    lists = {
        name: listing.model_copy(update={"rows": [row for row in listing.rows if (name, row.code) in kept]})
        for name, listing in book.lists.items()
    }
    return replace(book, rules=rules, lists={name: one for name, one in lists.items() if one.rows})


def closure(book: RuleBook, name: str) -> set[str]:
    """Return a rule with all that it rests on."""
    found, new = {name}, {name}
    while new := {other for one in new for other in named(book.rules[one])} - found:
        found |= new
    return found


def named(rule: Rule) -> set[str]:
    """Return the rules that a rule rests on."""
    return {lift.rule for lift in rule.lifts} | set(rule.touches)


def needed(book: RuleBook, whens: list[Clause]) -> Iterator[tuple[str, str]]:
    """Yield a row for each list, group or code that a rule or a derived fact names."""
    derived = [fact.when for fact in book.vocabulary.derived.values() if fact.when is not None]
    rows = [row.when for listing in book.lists.values() for row in listing.rows]
    for when in [*whens, *derived, *rows]:
        for clause in when.walk():
            if clause.fact in book.vocabulary.derived or clause.fact in ENTRIES:
                names = clause.operand if isinstance(clause.operand, list) else [clause.operand]
                for entry in [book.entries[name][0] for name in names if name in book.entries]:
                    yield entry.listing.id, entry.code
