"""Whether a changed condition means the same in every case: then no case can notice the change."""

from __future__ import annotations

from exportctl.law.book import RuleBook
from exportctl.proof.argue import Argument
from exportctl.proof.known import Known
from exportctl.proof.mention import Mentions
from exportctl.proof.place import Shipment
from exportctl.proof.truth import Truth, every, negated, same
from exportctl.proof.witness import when_of
from exportctl.proof.world import World
from exportctl.worked.mutant import Mutant


def means_the_same(book: RuleBook, mutant: Mutant) -> bool:
    """Return whether what a mutant changes holds of the same cases as before; only conditions are compared."""
    if mutant.kind != "clause":
        return False
    other = mutant.book()
    shipment, world = Shipment(), World(other, book)
    known = Known(Mentions(other, book), shipment)
    both = [Argument(each, shipment, world=world, known=known) for each in (book, other)]
    before, after = (_truth(argument, mutant.owner) for argument in both)
    alike = every([same(before.yes, after.yes), same(before.maybe, after.maybe)])
    return both[1].find(negated(alike), also=both[0].laws()) is None


def _truth(argument: Argument, owner: str) -> Truth:
    if owner in argument.book.rules:
        return argument.reading.applies(argument.book.rules[owner])
    shipment = argument.shipment
    about = {"transfer": shipment.transfer, "party": shipment.parties[-1]}
    place = shipment.root if "/" in owner else about.get(owner.partition(".")[0], shipment.root)
    return argument.reading.truth(when_of(argument.book, owner), place)
