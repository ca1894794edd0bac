"""Worse facts never lead to a milder outcome: more Chinese value, one more sensitive use, a military party."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.clause import Clause
from exportctl.proof.argue import Argument
from exportctl.proof.claim.result import Result, refuted
from exportctl.proof.given import Flag, Words, number
from exportctl.proof.outcome import stricter
from exportctl.proof.truth import Formula, some

PURPOSES, MILITARY = "end_use.purposes", "party.military"


def more_value(argument: Argument) -> Iterator[Result]:
    """Yield that more Chinese-origin value never makes an outcome milder."""
    changed: list[tuple[Formula, Formula]] = []
    laws: list[Formula] = []
    for place in argument.shipment.listed:
        share, more = argument.facts.share(place), number(f"more:{place.name}.share", most=1)
        changed += [(share.low, more.low), (share.high, more.high)]
        laws += [*more.laws, more.low >= share.low, more.high >= share.high]
    yield _milder(argument, "share", changed, laws)


def military_party(argument: Argument) -> Iterator[Result]:
    """Yield that a military importer or end user never makes an outcome milder."""
    for party in argument.shipment.parties:
        military = argument.facts.of(party, MILITARY)
        if isinstance(military, Flag):
            yield _milder(argument, party.name, [(military.known, True), (military.value, True)], [])


def one_more_use(argument: Argument) -> Iterator[Result]:
    """Yield, for every purpose that a control or review names, that adding it never makes an outcome milder."""
    purposes = argument.facts.of(argument.shipment.transfer, PURPOSES)
    if not isinstance(purposes, Words):
        raise TypeError("the purposes of an end use are a set")
    for name in sorted(triggers(argument)):
        yield _milder(argument, name, [(purposes.has[name], True)], [])


def triggers(argument: Argument) -> set[str]:
    """Return the purposes by which a control or review is met."""
    clauses = [clause for rule in argument.book.of_kind("control", "review") for clause in rule.when.walk()]
    return {name for clause in clauses if clause.fact == PURPOSES for name in _included(clause)}


def _included(clause: Clause) -> list[str]:
    if clause.operator != "includes":
        return []
    return [clause.operand] if isinstance(clause.operand, str) else clause.operand


def _milder(argument: Argument, about: str, changed: list[tuple[Formula, Formula]], laws: list[Formula]) -> Result:
    worse = argument.bounds_with(changed)
    milder = some(
        [stricter(argument.bounds.certain, worse.certain), stricter(argument.bounds.possible, worse.possible)]
    )
    found = argument.find(milder, also=laws, title=f"Milder with more: {about}")
    return refuted(about, found, "the outcome of this case becomes milder when this is added to it")
