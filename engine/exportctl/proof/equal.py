"""Whether a changed condition means the same in every case: then no case can notice the change."""

from __future__ import annotations

import datetime

from exportctl.fork import worlds
from exportctl.law.book import RuleBook
from exportctl.law.state import standing
from exportctl.law.vocabulary import LIST_RULE
from exportctl.proof.argue import Argument, Witness
from exportctl.proof.days import turning_days
from exportctl.proof.known import Known
from exportctl.proof.mention import Mentions
from exportctl.proof.place import Shipment
from exportctl.proof.taste import as_usual
from exportctl.proof.truth import Truth, unlike
from exportctl.proof.witness import when_of
from exportctl.proof.world import World
from exportctl.worked.mutant import Mutant


def means_the_same(book: RuleBook, mutant: Mutant) -> bool:
    """Return whether what a mutant changes holds of the same cases as before; ties are not compared."""
    if mutant.kind == "date":
        return _stands_the_same(book, mutant.book(), mutant.owner)
    return mutant.kind == "clause" and told_apart(book, mutant) is None


def _stands_the_same(book: RuleBook, other: RuleBook, instrument: str) -> bool:
    """Return whether every provision of an instrument stands alike on every day, whenever it is looked at."""
    days = turning_days(book, other)
    named = {rule.name for rule in book.rules.values() if rule.instrument == instrument}
    return all(
        _state(book, instrument, name, day, known_on) == _state(other, instrument, name, day, known_on)
        for name in (*sorted(named), "", LIST_RULE)
        for day in days
        for known_on in (None, *days)
    )


def _state(
    book: RuleBook, instrument: str, provision: str, day: datetime.date, known_on: datetime.date | None
) -> list[tuple[dict[str, str], str]]:
    return [(world, found.state) for world, found in worlds(standing(book, instrument, provision, day, known_on))]


def told_apart(book: RuleBook, mutant: Mutant) -> Witness | None:
    """Return a case of which a changed condition does not say the same as before, None where there is none.

    The case does not rest on open law or unseen lines, nor on an unusual reading, where there is such a one.
    """
    other = mutant.book()
    shipment, world = Shipment(), World(other, book)
    known = Known(Mentions(other, book), shipment)
    before, after = (Argument(each, shipment, world=world, known=known) for each in (book, other))
    was, is_ = (_truth(argument, mutant.owner) for argument in (before, after))
    laws, seen = before.laws(), unlike(after.as_seen(was), after.as_seen(is_))
    found = after.find(unlike(was, is_), also=laws)
    for wishes in ((seen,), (seen, as_usual(after))) if found is not None else ():
        found = after.find(*wishes, also=laws) or found
    return found


def _truth(argument: Argument, owner: str) -> Truth:
    if owner in argument.book.rules:
        return argument.reading.applies(argument.book.rules[owner])
    shipment = argument.shipment
    about = {"transfer": shipment.transfer, "party": shipment.parties[-1]}
    place = shipment.root if "/" in owner else about.get(owner.partition(".")[0], shipment.root)
    return argument.reading.truth(when_of(argument.book, owner), place)
