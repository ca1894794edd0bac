"""What must make no difference makes none: the order of rules, a suspension but for the state, a reading elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import z3

from exportctl.decide.outcome import Outcome
from exportctl.law.book import RuleBook
from exportctl.law.clause import Clause
from exportctl.law.vocabulary import ENTRIES, ENTRIES_IN_FORCE
from exportctl.proof.argue import Argument, substituted
from exportctl.proof.claim.result import Result, refuted
from exportctl.proof.days import STATES
from exportctl.proof.outcome import Bounds, Deciding, differ, differing, level, milder_of
from exportctl.proof.truth import Formula, every, negated, same, some


def order_never_matters(argument: Argument) -> Iterator[Result]:
    """Yield, for every rule and for the outcome, that reading the rule book backwards changes nothing."""
    other = Argument(_backwards(argument.book), argument.shipment, argument.days, argument.world, argument.known)
    for rule_id, applies in argument.applies.items():
        again = other.applies[rule_id]
        found = argument.find(negated(every([same(applies.yes, again.yes), same(applies.maybe, again.maybe)])))
        yield refuted(rule_id, found, "applies to this case or not depending on the order in which the rules are read")
    bounds = Deciding(other.book, argument.applies, other.states, argument.answers).bounds()
    found = argument.find(differing(argument.bounds, bounds))
    yield refuted("outcome", found, "the outcome depends on the order in which the rules are read")


def _backwards(book: RuleBook) -> RuleBook:
    return replace(
        book, rules=dict(reversed(book.rules.items())), lists=dict(reversed(book.lists.items())),
        readings=dict(reversed(book.readings.items())),
    )  # fmt: skip


def suspended_alike(argument: Argument) -> Iterator[Result]:
    """Yield, for every control, that a suspension changes nothing but the state."""
    for rule in argument.book.of_kind("control"):
        suspended, in_force = (_in(argument, rule.id, state) for state in ("suspended", "in_force"))
        capped = level(Outcome.SUSPENDED)
        wrong = some(
            differ(had, milder_of(would, capped))
            for had, would in ((suspended.certain, in_force.certain), (suspended.possible, in_force.possible))
        )
        found = argument.find(wrong, title=f"Suspended otherwise than in force: {rule.id}")
        yield refuted(rule.id, found, "a suspension changes more of this case than the state")


def _in(argument: Argument, rule: str, state: str) -> Bounds:
    return argument.deciding.control(argument.book.rules[rule], {name: name == state for name in STATES})


def reading_where_named(argument: Argument) -> Iterator[Result]:
    """Yield, for every reading, that only rules which name it depend on it, and that some case depends on it."""
    used = {rule: _variables(t.yes) | _variables(t.maybe) for rule, t in argument.applies.items()}
    for name in argument.book.readings:
        bits = _variables(every([negated(f) for f in argument.answers.readings[name].is_.values()]))
        where = {rule for rule, names in used.items() if bits & names}
        strangers = sorted(where - _naming(argument.book, name))
        wrong = f"it changes {', '.join(strangers)}, which do not name it" if strangers else ""
        if not wrong and not _alive(argument, name):
            wrong = "no case depends on it"
        yield Result(name, wrong)


def _naming(book: RuleBook, reading: str) -> set[str]:
    return {rule.id for rule in book.rules.values() if reading in named(book, rule.when)}


def named(book: RuleBook, clause: Clause, seen: frozenset[str] = frozenset()) -> set[str]:
    """Return the readings a clause names, itself, by derived facts or by rows of lists."""
    found: set[str] = set()
    for part in clause.walk():
        found |= set(part.under)
        derived = book.vocabulary.derived.get(part.fact or "")
        if part.fact in ENTRIES:
            for name in [part.operand] if isinstance(part.operand, str) else part.operand:
                for entry in book.entries[name]:
                    found |= _of_dates(book, entry.listing.instrument) if part.fact == ENTRIES_IN_FORCE else set()
                    if entry.code not in seen:
                        found |= named(book, entry.row.when, seen | {entry.code})
        elif derived is not None and part.fact not in seen and derived.when is not None:
            found |= named(book, derived.when, seen | {str(part.fact)})
    return found


def _of_dates(book: RuleBook, instrument: str) -> set[str]:
    return {reading for suspension in book.instruments[instrument].suspended for reading in suspension.last_day}


def _alive(argument: Argument, reading: str) -> bool:
    """Return whether two choices of a reading lead to different outcomes of one case."""
    choices = argument.answers.readings[reading].is_
    for first, second in combinations(choices, 2):
        one, two = (argument.bounds_with(_bits(choices[choice])) for choice in (first, second))
        if argument.find(differing(one, two)):
            return True
    return any(
        _counts_otherwise(argument, derived.counts, choices) for derived in argument.book.vocabulary.derived.values()
    )


def _counts_otherwise(argument: Argument, counts: str | None, choices: dict[str, Formula]) -> bool:
    """Return whether a reading decides whether an item counts in a share; shares themselves are free amounts here."""
    when = argument.book.vocabulary.derived[counts].when if counts else None
    if when is None:
        return False
    truth = argument.reading.truth(when, argument.shipment.root)
    for first, second in combinations(choices.values(), 2):
        one, two = (substituted(truth.yes, _bits(choice)) for choice in (first, second))
        if argument.find(negated(same(one, two))) is not None:
            return True
    return False


def _bits(choice: Any) -> Iterator[tuple[Any, bool]]:
    """Yield the bits of a reading as they are when the choice is taken."""
    if z3.is_and(choice):
        for part in choice.children():
            yield from _bits(part)
    elif z3.is_not(choice):
        yield choice.children()[0], False
    else:
        yield choice, True


def _variables(formula: Formula) -> frozenset[str]:
    """Return the names of the variables a formula depends on."""
    if isinstance(formula, bool):
        return frozenset()
    found, waiting, seen = set(), [formula], set()
    while waiting:
        part = waiting.pop()
        if part.get_id() in seen:
            continue
        seen.add(part.get_id())
        if z3.is_const(part) and part.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.add(part.decl().name())
        waiting += part.children()
    return frozenset(found)
