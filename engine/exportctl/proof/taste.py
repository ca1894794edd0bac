"""What makes a case easy to read: wishes the solver follows one by one as long as the case still shows its point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportctl.proof.argue import Argument, Witness
from exportctl.proof.given import Flag, Made, Word, Words
from exportctl.proof.mention import CODE, ELSEWHERE
from exportctl.proof.outcome import Bounds, differ
from exportctl.proof.place import Place
from exportctl.proof.truth import Formula, every, negated, some

USUAL = ("CN", *ELSEWHERE)


def clear(bounds: Bounds) -> Formula:
    """Return when the outcome is known: what is certain is all that is possible."""
    return negated(differ(bounds.certain, bounds.possible))


def as_usual(argument: Argument) -> Formula:
    """Return when every reading is taken by default."""
    return every(argument.answers.taken(name, r.default) for name, r in argument.book.readings.items())


def wishes(argument: Argument, *, outcome: bool = True) -> Iterator[Formula]:
    """Yield what a case should be like, the most wanted first; `outcome`: its outcome should be known."""
    yield as_usual(argument)
    if outcome:
        yield clear(argument.bounds)
    yield negated(argument.shipment.root.broken_down)
    yield every(_ordinary(argument, argument.shipment.transfer, path) for path in ("transfer.from", "transfer.to"))
    for place in argument.shipment.listed:
        yield every(_ordinary(argument, place, path) for path in ("item.made_in", "item.origin"))
        yield _unknown(argument, place, CODE)
        yield _complete(argument, place)
    yield _first_answers(argument)
    yield every(_harmless(argument, party) for party in argument.shipment.parties)


def _ordinary(argument: Argument, place: Place, path: str) -> Formula:
    given = argument.facts.of(place, path)
    return some([negated(given.known), *(given.is_.get(p, False) for p in USUAL)]) if isinstance(given, Word) else True


def _unknown(argument: Argument, place: Place, path: str) -> Formula:
    given = argument.facts.of(place, path)
    return negated(given.known) if isinstance(given, Word) else True


def _complete(argument: Argument, place: Place) -> Formula:
    made = argument.facts.of(place, "item.elements")
    return every([made.known, made.complete]) if isinstance(made, Made) else True


def _first_answers(argument: Argument) -> Formula:
    """Return when the purposes are the one the vocabulary names first."""
    given = argument.facts.of(argument.shipment.transfer, "end_use.purposes")
    first = argument.book.vocabulary.facts["end_use.purposes"].answers[:1]
    if not isinstance(given, Words) or not first:
        return True
    return every([given.known, *(has if name in first else negated(has) for name, has in given.has.items())])


def _harmless(argument: Argument, party: Place) -> Formula:
    military, lists = argument.facts.of(party, "party.military"), argument.facts.of(party, "party.lists")
    owners = argument.facts.of(party, "party.owners")
    found: list[Formula] = []
    if isinstance(military, Flag):
        found += [military.known, negated(military.value)]
    if isinstance(lists, Words):
        found += [lists.known, *(negated(has) for has in lists.has.values())]
    if isinstance(owners, Flag):
        found += [owners.known, *(negated(owner.exists) for owner in party.owners)]
    return every(found)


def find_plain(
    argument: Argument,
    *conditions: Formula,
    also: Iterable[Formula] = (),
    more: Iterable[Formula] = (),
    title: str = "",
) -> Witness | None:
    """Return a case in which every condition holds and as many wishes as go together; `more` are further wishes."""
    laws, kept = list(also), list(conditions)
    found = argument.find(*kept, also=laws, title=title)
    for wish in (*more, *wishes(argument)) if found is not None else ():
        better = argument.find(*kept, wish, also=laws, title=title)
        if better is not None:
            found, kept = better, [*kept, wish]
    return found
