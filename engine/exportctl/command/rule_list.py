"""The rules as a table, or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table

from exportctl.command.rule_law import Law
from exportctl.command.rule_outline import styled
from exportctl.command.rule_phrase import phrase
from exportctl.explain.document import Span, Spans
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.rule import LAYERS, Rule

COLUMNS = ("id", "kind", "law", "words", "provision", "title")
WHOLE = 4


def print_rules(law: Law, rules: Sequence[Rule], lang: Lang, console: Console) -> None:
    """Write the rules as a table, and how many there are; in a pipe every rule is one line."""
    head = tuple(phrase(lang, f"column.{name}") for name in COLUMNS)
    rows = [_cells(law, rule, lang) for rule in rules]
    if console.is_terminal:
        console.print(_table(head, rows))
    else:
        for line in _aligned([head, *(tuple(span.text for span in row) for row in rows)]):
            console.out(line, highlight=False)
        console.out()
    console.out(_counts(law, rules, lang), highlight=False)


def rules_as_json(law: Law, rules: Iterable[Rule]) -> str:
    """Return the rules, each with its state on the day, as one JSON document."""
    found = {
        "on": law.on.isoformat(),
        "known_on": law.known_on.isoformat() if law.known_on else None,
        "rules": [_as_data(law, rule) for rule in rules],
        "rulebook": {"version": law.book.version, "sha256": law.book.sha256},
    }
    return json.dumps(found, ensure_ascii=False)


def _cells(law: Law, rule: Rule, lang: Lang) -> Spans:
    state, words = law.of(rule).state, rule.evidence.words
    return (
        Span(rule.id, "code"),
        Span(say(lang, f"kind.{rule.kind}").lower()),
        Span(say(lang, f"law.{state}"), f"law.{state}"),
        Span(say(lang, f"evidence.{words}"), f"evidence.{words}"),
        Span(of(lang, rule.provision)),
        Span(of(lang, rule.title)),
    )


def _table(head: Sequence[str], rows: Iterable[Spans]) -> Table:
    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(head):
        made.add_column(column, no_wrap=number < WHOLE, overflow="fold")
    for row in rows:
        made.add_row(*(styled((span,)) for span in row))
    return made


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as a line, its cells under each other."""
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        yield "  ".join(set_cell_size(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _counts(law: Law, rules: Sequence[Rule], lang: Lang) -> str:
    kinds = Counter(rule.kind for rule in rules)
    states = Counter(law.of(rule).state for rule in rules)
    by_kind = [_count(lang, f"kind.{kind}", kinds[kind]) for kind in LAYERS if kinds[kind]]
    by_state = [_count(lang, f"law.{state}", number) for state, number in states.most_common()]
    comma = say(lang, "mark.comma")
    parts = {"kinds": comma.join(by_kind), "states": comma.join(by_state)} if rules else {}
    key = "counts" if rules else "counts_none"
    return phrase(lang, key, rules=str(len(rules)), on=law.on.isoformat(), **parts)


def _count(lang: Lang, key: str, number: int) -> str:
    return phrase(lang, "count", name=say(lang, key).lower(), number=str(number))


def _as_data(law: Law, rule: Rule) -> dict[str, Any]:
    standing = law.of(rule)
    return {
        "id": rule.id,
        "kind": rule.kind,
        "instrument": rule.instrument,
        "provision": rule.provision.model_dump(),
        "title": rule.title.model_dump(),
        "law": standing.state,
        "law_note": standing.note.model_dump(),
        "law_evidence": standing.evidence,
        "evidence": rule.evidence.words,
        "place": law.book.places.get(rule.id),
    }
