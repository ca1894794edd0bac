"""Every rule and row can apply, makes a difference, and says what no other rule says already."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.rule import Rule
from exportctl.proof.argue import Argument
from exportctl.proof.claim.result import Result
from exportctl.proof.outcome import differing
from exportctl.proof.truth import Formula, every, negated
from exportctl.proof.written import Writing


def reachable(argument: Argument) -> Iterator[Result]:
    """Yield, for every rule and list row, whether some case makes it apply for sure."""
    for rule_id, applies in argument.applies.items():
        issued = negated(argument.states[rule_id]["not_issued"])
        found = argument.model(applies.yes, issued)
        yield Result(rule_id, "" if found is not None else "no case on any day makes it apply for sure")
    root = argument.shipment.root
    for listing in argument.book.lists.values():
        for entry in (e for e in argument.book.entries[listing.id] if e.listing is listing):
            found = argument.model(argument.reading.row(entry, root).yes, negated(argument.shipment.nothing_crosses))
            yield Result(
                f"{listing.id}/{entry.code}", "" if found is not None else "no item falls under this row for sure"
            )


def decisive(argument: Argument) -> Iterator[Result]:
    """Yield, for every rule but duties, whether some case is decided otherwise without it."""
    for rule in argument.book.of_kind("control", "scope", "exemption", "review"):
        without = argument.bounds_without(rule.id)
        found = argument.model(argument.applies[rule.id].yes, differing(argument.bounds, without))
        yield Result(
            rule.id, "" if found is not None else "no case is decided otherwise without it: other rules mask it"
        )


def distinct(argument: Argument) -> Iterator[Result]:
    """Yield, for every rule, whether it sometimes works where no other one of its kind does all that it does."""
    works = {rule.id: _works(argument, rule) for rule in argument.book.rules.values()}
    for rule in argument.book.rules.values():
        rivals = [other for other in argument.book.rules.values() if _covers(other, rule)]
        inside = _covering(argument, works, rule.id, [other.id for other in rivals])
        yield Result(rule.id, f"applies only where {', '.join(inside)} does" if inside else "")


def _covering(argument: Argument, works: dict[str, Formula], rule: str, rivals: list[str]) -> list[str]:
    """Return the rivals that work wherever a rule does; each answer of the solver strikes out those that do not."""
    while rivals:
        model = argument.model(works[rule], negated(every(works[rival] for rival in rivals)))
        if model is None:
            return rivals
        writing = Writing(model, argument.facts)
        rivals = [rival for rival in rivals if writing.holds(works[rival])]
    return []


def _works(argument: Argument, rule: Rule) -> Formula:
    return every([argument.applies[rule.id].yes, argument.states[rule.id]["in_force"]])


def _covers(other: Rule, rule: Rule) -> bool:
    """Return whether a rule, where it applies, does all that another does, and neither says that it knows of it."""
    if other.id == rule.id or other.kind != rule.kind or other.id in rule.related or rule.id in other.related:
        return False
    lifted = {lift.rule for lift in other.lifts} >= {lift.rule for lift in rule.lifts}
    brings = set(other.then.duties) >= set(rule.then.duties) and other.then.outcome == rule.then.outcome
    return lifted and brings and set(other.touches) >= set(rule.touches)


__all__ = ["decisive", "distinct", "reachable"]
