"""Who uses what in a rule book: which clauses ask for something, and which readings stand behind a clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.rule import Rule
from exportctl.law.vocabulary import ENTRIES

Through = dict[str, list[str]]


def bearers(book: RuleBook) -> Iterator[tuple[str, Clause]]:
    """Yield every `when` of a rule, a list row and a derived fact, with its name."""
    yield from ((rule.id, rule.when) for _, rule in sorted(book.rules.items()))
    yield from ((row.code, row.when) for listing in book.lists.values() for row in listing.rows)
    yield from ((path, fact.when) for path, fact in book.vocabulary.derived.items() if fact.when)


def using(book: RuleBook, uses: Callable[[Clause], bool]) -> list[str]:
    """Return the names of rules, rows and derived facts of which a clause satisfies `uses`."""
    return list(dict.fromkeys(name for name, when in bearers(book) if any(uses(clause) for clause in when.walk())))


def asking(book: RuleBook, path: str) -> list[str]:
    """Return who asks for a fact; for a fact of one party, also who asks for it of either."""
    paths = {path}
    for role in ("parties.importer.", "parties.end_user."):
        paths.add(path.replace(role, "party.", 1))
    return using(book, lambda clause: not paths.isdisjoint({clause.fact, clause.same_as}))


def looking_up(book: RuleBook, names: set[str]) -> list[str]:
    """Return who looks for entries under one of these names: a code, a list, a group of a list."""
    of_entries = {path for path, derived in book.vocabulary.derived.items() if derived.type == "entries"}
    return using(book, lambda clause: clause.fact in of_entries and not names.isdisjoint(_named(clause)))


def naming(book: RuleBook, reading: str) -> list[str]:
    """Return where a reading is named: rules, rows, derived facts, lifts and suspensions."""
    lifts = [rule.id for rule in book.rules.values() for lift in rule.lifts if reading in lift.under]
    ends = [i.id for i in book.instruments.values() for s in i.suspended if reading in s.last_day]
    return list(dict.fromkeys([*using(book, lambda clause: reading in clause.under), *sorted(lifts), *ends]))


def readings_of_rule(book: RuleBook, rule: Rule) -> Through:
    """Return the readings a rule stands under, each with where it is named: behind its clauses, lifts and dates."""
    found = readings_of_clause(book, rule.id, rule.when)
    lifting = [(rule.id, lift) for lift in rule.lifts]
    lifting += [
        (other.id, lift) for _, other in sorted(book.rules.items()) for lift in other.lifts if lift.rule == rule.id
    ]
    for name, lift in lifting:
        _note(found, name, lift.under)
    for suspension in book.instruments[rule.instrument].suspended:
        if rule.name in suspension.provisions or not suspension.provisions:
            _note(found, rule.instrument, suspension.last_day)
    return found


def readings_of_clause(book: RuleBook, name: str, when: Clause) -> Through:
    """Return the readings behind a clause, also those of the facts and entries it asks for."""
    found: Through = {}
    waiting, seen = [(name, when)], {name}
    while waiting:
        bearer, clause = waiting.pop(0)
        for part in clause.walk():
            _note(found, bearer, part.under)
            for behind, inner in _behind(book, part):
                if behind not in seen:
                    seen.add(behind)
                    waiting.append((behind, inner))
    return found


def _behind(book: RuleBook, clause: Clause) -> Iterator[tuple[str, Clause]]:
    """Yield the clauses that make the fact a test asks for: of a derived fact, or of the rows it looks up."""
    for path in (clause.fact, clause.same_as):
        yield from _deriving(book, path)
    if clause.fact in ENTRIES:
        for name in _named(clause):
            yield from ((entry.code, entry.row.when) for entry in book.entries[name])


def _deriving(book: RuleBook, path: str | None) -> Iterator[tuple[str, Clause]]:
    derived = book.vocabulary.derived.get(path or "")
    if derived and derived.when:
        yield path or "", derived.when
    if derived and derived.counts:
        yield from _deriving(book, derived.counts)


def _named(clause: Clause) -> list[str]:
    return clause.operand if isinstance(clause.operand, list) else [clause.operand]


def _note(found: Through, name: str, readings: dict[str, str]) -> None:
    for reading in readings:
        places = found.setdefault(reading, [])
        if name not in places:
            places.append(name)
