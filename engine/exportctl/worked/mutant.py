"""The rule book with one thing changed: every operator, number, word, date, row, tie."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.instrument import FOR_GOOD, Instrument
from exportctl.law.rule import Rule
from exportctl.law.strict import Strict
from exportctl.worked.spot import Steps, owners, walk

S = TypeVar("S", bound=Strict)
ONE = datetime.timedelta(days=1)
FEWEST = 2
TURNED = {
    "is": "is_not", "is_not": "is", "in": "not_in", "not_in": "in", "includes": "excludes", "excludes": "includes",
    "at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most",
}  # fmt: skip
STATED = {
    "licence_required": "prohibited", "prohibited": "licence_required",
    "refusal_presumed": "case_by_case", "case_by_case": "refusal_presumed",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Mutant:
    """One change: what it is about, where, how, and the rule book with it. `kind`: clause, row, tie or date."""

    kind: str
    owner: str
    change: str
    book: Callable[[], RuleBook]

    @property
    def name(self) -> str:
        """The owner and the change, as a list of excepted mutants names it."""
        return f"{self.owner}: {self.change}"


def mutants(book: RuleBook) -> Iterator[Mutant]:
    """Yield every mutant of a rule book."""
    for owner, _ in owners(book):
        yield from mutants_of(book, owner)
    yield from ties_of(book)
    yield from dates_of(book)


def mutants_of(book: RuleBook, owner: str) -> Iterator[Mutant]:
    """Yield every mutant of the conditions of an owner, of the numbers a rule names, and a list without the row."""
    when = dict(owners(book))[owner]
    for steps, clause in walk(when):
        for change, other in _of_clause(clause):
            path = ".".join(map(str, steps)) or "when"
            yield Mutant("clause", owner, f"{path} {change}", _with_clause(book, owner, when, steps, other))
    if owner in book.rules:
        yield from _with_rule(book, owner, "clause", _of_numbers(book.rules[owner]))
    elif "/" in owner:
        name, _, code = owner.partition("/")
        yield Mutant("row", owner, "removed", partial(_without_row, book, name, code))


def ties_of(book: RuleBook) -> Iterator[Mutant]:
    """Yield every mutant of what a rule lifts, touches and states."""
    for rule in book.rules.values():
        yield from _with_rule(book, rule.id, "tie", _of_ties(rule))


def dates_of(book: RuleBook) -> Iterator[Mutant]:
    """Yield every mutant of the dates of instruments that have rules."""
    for name in sorted({rule.instrument for rule in book.rules.values()}):
        for change, dated in _of_dates(book.instruments[name]):
            changed = replace(book, instruments={**book.instruments, name: dated})
            yield Mutant("date", name, change, partial(_as_is, changed))


def _with_rule(book: RuleBook, rule: str, kind: str, changes: Iterator[tuple[str, Rule]]) -> Iterator[Mutant]:
    for change, other in changes:
        changed = replace(book, rules={**book.rules, rule: other})
        yield Mutant(kind, rule, change, partial(_as_is, changed))


def _without_row(book: RuleBook, name: str, code: str) -> RuleBook:
    """Return a rule book without one row; that of a list of one row has the list without rows."""
    listing = book.lists[name]
    rest = altered(listing, rows=[row for row in listing.rows if row.code != code])
    return replace(book, lists={**book.lists, name: rest})


def _as_is(book: RuleBook) -> RuleBook:
    return book


# ---- clauses


def _of_clause(clause: Clause) -> Iterator[tuple[str, Clause]]:
    if clause.under:
        yield "without its reading", other_clause(clause, under={})
    if clause.kind == "test":
        yield from _of_test(clause)
    elif clause.kind == "not":
        yield "without not", clause.parts[0]
    elif clause.kind in ("all", "any") and len(clause.parts) >= FEWEST:
        parts = list(clause.parts)
        turned = "any" if clause.kind == "all" else "all"
        yield f"{clause.kind} → {turned}", other_clause(clause, **{f"{clause.kind}_": None, f"{turned}_": parts})
        for number in range(len(parts)):
            rest = parts[:number] + parts[number + 1 :]
            yield f"without part {number}", other_clause(clause, **{f"{clause.kind}_": rest})


def _of_test(clause: Clause) -> Iterator[tuple[str, Clause]]:
    operator, operand = clause.operator, clause.operand
    turned = TURNED.get(operator)
    if turned is not None:
        yield f"{operator} → {turned}", other_clause(clause, **{key_of(operator): None, key_of(turned): operand})
    if isinstance(operand, Decimal):
        for value in beside(operand):
            yield f"{operand} → {value}", other_clause(clause, **{key_of(operator): value})
    if isinstance(operand, list) and operator == "between":
        for number in range(len(operand)):
            for value in beside(operand[number]):
                ends = [value if n == number else end for n, end in enumerate(operand)]
                yield f"end {operand[number]} → {value}", other_clause(clause, **{key_of(operator): ends})
    elif isinstance(operand, list) and len(operand) >= FEWEST:
        for word in operand:
            yield f"without {word}", other_clause(clause, **{key_of(operator): [w for w in operand if w != word]})


def beside(value: Decimal) -> tuple[Decimal, Decimal]:
    """Return the numbers one unit in the last place below and above."""
    exponent = value.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return value - unit, value + unit


def key_of(operator: str) -> str:
    """Return the name of the field that holds an operator."""
    return f"{operator}_" if operator in ("is", "in") else operator


def other_clause(clause: Clause, **changed: Any) -> Clause:
    """Return a clause with some of its keys changed, by the names of its fields."""
    return altered(clause, **changed)


def altered(part: S, **changed: Any) -> S:
    """Return a part of the rule book with some of its keys changed; nothing worked out before is kept."""
    values = {name: getattr(part, name) for name in type(part).model_fields}
    made: Any = type(part).model_construct(**{**values, **changed})
    return made  # type: ignore[no-any-return]


def _with_clause(book: RuleBook, owner: str, when: Clause, steps: Steps, other: Clause) -> Callable[[], RuleBook]:
    return lambda: _with_conditions(book, owner, _placed(when, steps, other))


def _placed(clause: Clause, steps: Steps, other: Clause) -> Clause:
    if not steps:
        return other
    parts = [_placed(p, steps[1:], other) if n == steps[0] else p for n, p in enumerate(clause.parts)]
    name = f"{clause.kind}_" if clause.kind in ("all", "any", "not") else clause.kind
    return other_clause(clause, **{name: parts if clause.kind in ("all", "any") else parts[0]})


def _with_conditions(book: RuleBook, owner: str, when: Clause) -> RuleBook:
    if owner in book.rules:
        return replace(book, rules={**book.rules, owner: altered(book.rules[owner], when=when)})
    if "/" in owner:
        name, _, code = owner.partition("/")
        rows = [altered(r, when=when) if r.code == code else r for r in book.lists[name].rows]
        return replace(book, lists={**book.lists, name: altered(book.lists[name], rows=rows)})
    derived = book.vocabulary.derived
    changed = {**derived, owner: altered(derived[owner], when=when)}
    return replace(book, vocabulary=altered(book.vocabulary, derived=changed))


# ---- what else a rule says, and dates


def _of_numbers(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for name, parameter in rule.parameters.items():
        for number, dated in enumerate(parameter.values):
            for value in beside(dated.value):
                values = [altered(d, value=value) if n == number else d for n, d in enumerate(parameter.values)]
                changed = {**rule.parameters, name: altered(parameter, values=values)}
                yield f"{name} {dated.value} → {value}", altered(rule, parameters=changed)


def _of_ties(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for lift in rule.lifts:
        rest = [other for other in rule.lifts if other is not lift]
        yield f"lifts without {lift.rule}", altered(rule, lifts=rest)
    for touched in rule.touches:
        rest_ = [other for other in rule.touches if other != touched]
        yield f"touches without {touched}", altered(rule, touches=rest_)
    if rule.then.outcome is not None:
        other = altered(rule.then, outcome=STATED[rule.then.outcome])
        yield f"{rule.then.outcome} → {other.outcome}", altered(rule, then=other)


def _of_dates(instrument: Instrument) -> Iterator[tuple[str, Instrument]]:
    for day in (-ONE, ONE):
        moved = instrument.issued + day
        yield f"issued {instrument.issued} → {moved}", altered(instrument, issued=moved)
        for name in ("effective", "suspended"):
            parts = getattr(instrument, name)
            for number, part in enumerate(parts):
                for end in ("start", "until"):
                    date = getattr(part, end, None)
                    if date is None or date == FOR_GOOD:
                        continue
                    changed = altered(part, **{end: date + day})
                    listed = [changed if n == number else p for n, p in enumerate(parts)]
                    text = f"{name} {number} {end} {date} → {date + day}"
                    yield text, altered(instrument, **{name: listed})
