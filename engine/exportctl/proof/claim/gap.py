"""Nothing is left without an answer: listed items, days, values of an enumeration."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from exportctl.fork import leaves
from exportctl.law.clause import Clause
from exportctl.law.instrument import Instrument
from exportctl.law.rule import Rule
from exportctl.law.state import standing
from exportctl.proof.argue import Argument
from exportctl.proof.claim.result import Result
from exportctl.proof.given import Word
from exportctl.proof.mention import ELSEWHERE, shared
from exportctl.proof.truth import Formula, any_of, every, negated

ROUTES: tuple[tuple[str | int, str | int], ...] = (("CN", 0), (1, 0))
"""Out of China, and between two places outside China; a number stands for a place no rule names."""


def met(argument: Argument) -> Iterator[Result]:
    """Yield, for every row of a list, that an item of Chinese origin meets a control on one of the usual routes."""
    for listing in argument.book.lists:
        yield from rows_met(argument, listing)


def rows_met(argument: Argument, name: str) -> Iterator[Result]:
    """Yield the same for the rows of one list."""
    routes = [_route(argument, *ends) for ends in ROUTES]
    listing = argument.book.lists[name]
    controls = [rule for rule in argument.book.of_kind("control") if _names_list(argument, rule, listing.id)]
    for entry in (e for e in argument.book.entries[listing.id] if e.listing is listing):
        falls = argument.reading.row(entry, argument.shipment.root).yes
        missed = [
            argument.model(falls, route, _issued(argument, controls), _unmet(argument, controls)) for route in routes
        ]
        escapes = all(found is not None for found in missed)
        wrong = "" if not escapes or not controls else "an item of this row may leave without meeting a control"
        wrong = wrong or ("" if controls else "no control names this row")
        model = next((found for found in missed if wrong and found is not None), None)
        yield Result(f"{listing.id}/{entry.code}", wrong, None if model is None else argument.witness(model, ""))


def _names_list(argument: Argument, rule: Rule, listing: str) -> bool:
    return any(listing in {e.listing.id for e in argument.book.entries.get(n, ())} for n in _names(rule.when, argument))


def _names(clause: Clause, argument: Argument) -> Iterator[str]:
    """Yield the rows, groups and lists a clause names, itself or through derived facts."""
    derived = argument.book.vocabulary.derived
    for part in clause.walk():
        if part.fact == "item.entries":
            yield from [part.operand] if isinstance(part.operand, str) else part.operand
        elif part.fact in derived and derived[part.fact].when is not None:
            yield from _names(derived[part.fact].when or clause, argument)


def _route(argument: Argument, start: str | int, end: str | int) -> Formula:
    """Return what is said of an item of Chinese origin on one way."""
    known, root, transfer = argument.facts, argument.shipment.root, argument.shipment.transfer
    places = [p if isinstance(p, str) else _elsewhere(argument, p) for p in (start, end)]
    wanted = [
        (transfer, "transfer.kind", "goods"),
        (transfer, "transfer.from", places[0]),
        (transfer, "transfer.to", places[1]),
    ]
    wanted += [(root, "item.origin", "CN")]
    found = [negated(argument.shipment.nothing_crosses)]
    for place, path, value in wanted:
        fact = known.of(place, path)
        if isinstance(fact, Word):
            found += [fact.known, fact.is_.get(value, False)]
    return every(found)


def _elsewhere(argument: Argument, number: int) -> str:
    fact = argument.facts.of(argument.shipment.transfer, "transfer.to")
    return [place for place in ELSEWHERE if isinstance(fact, Word) and place in fact.is_][number]


def _issued(argument: Argument, controls: list[Rule]) -> Formula:
    return every(negated(argument.states[rule.id]["not_issued"]) for rule in controls)


def _unmet(argument: Argument, controls: list[Rule]) -> Formula:
    return negated(any_of(argument.applies[rule.id] for rule in controls).yes)


def one_state(argument: Argument) -> Iterator[Result]:
    """Yield, for every provision, that each day lies in one state: no two suspensions claim it, none is left out."""
    for rule in argument.book.rules.values():
        instrument = argument.book.instruments[rule.instrument]
        faults = [
            fault for day in argument.calendar.turning for fault in _state_faults(argument, rule, instrument, day)
        ]
        yield Result(rule.id, "; ".join(dict.fromkeys(faults)))


def _state_faults(argument: Argument, rule: Rule, instrument: Instrument, day: datetime.date) -> Iterator[str]:
    windows = [
        s for s in instrument.suspended if s.start <= day <= s.until and (not s.provisions or rule.name in s.provisions)
    ]
    if len(windows) > 1:
        yield f"on {day} it lies in {len(windows)} suspensions"
    if not list(leaves(standing(argument.book, rule.instrument, rule.name, day, None))):
        yield f"on {day} it has no state"
    if day >= instrument.issued and instrument.effective_for(rule.name).start < instrument.issued:
        yield f"it takes effect on {instrument.effective_for(rule.name).start}, before {instrument.id} was issued"


def values_covered(argument: Argument) -> Iterator[Result]:
    """Yield, for every value of a choice that rules ask about, whether one of them names it."""
    words = argument.facts.mentions.words
    for path, fact in argument.book.vocabulary.facts.items():
        named = words.get(shared(path), set())
        for value, about in fact.values.items() if named else ():
            covered = value in named or value == "other" or bool(set(about.may_be) & named)
            yield Result(f"{path}={value}", "" if covered else "no rule, row or derived fact names this value")


__all__ = ["met", "one_state", "rows_met", "values_covered"]
