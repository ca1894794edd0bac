"""How much of a party listed owners hold together, as an amount of the solver."""

from __future__ import annotations

from typing import Any

import z3

from exportctl.law.vocabulary import Derived
from exportctl.proof.given import Flag, Number, Words
from exportctl.proof.known import Known
from exportctl.proof.place import Place
from exportctl.proof.truth import UNKNOWN, Formula

ZERO, WHOLE = z3.RealVal(0), z3.RealVal(100)


def listed_share(known: Known, derived: Derived, party: Place) -> Number:
    """Return the percent of a party held by owners on one of the lists; what is held through others is left out."""
    owners = known.of(party, "party.owners")
    if not isinstance(owners, Flag):
        raise AssertionError("owners are known or not")
    low, high = ZERO, ZERO
    for owner in party.owners:
        least, most = _held(known, derived, owner)
        low, high = low + least, high + most
    top = z3.If(low > WHOLE, low, WHOLE)
    return Number(True, _if(owners.known, low, ZERO), _if(owners.known, z3.If(high < top, high, top), WHOLE))


def _held(known: Known, derived: Derived, owner: Place) -> tuple[Any, Any]:
    share, lists = known.of(owner, "owner.share"), known.of(owner, "owner.lists")
    if not isinstance(share, Number):
        raise AssertionError("an owner's share is a number")
    listed = lists.holds(derived.lists) if isinstance(lists, Words) else UNKNOWN
    there = known.there(owner)
    low, high = _if(share.known, share.low, ZERO), _if(share.known, share.high, WHOLE)
    return _if(there, _if(listed.yes, low, ZERO), ZERO), _if(there, _if(listed.maybe, high, ZERO), ZERO)


def _if(condition: Formula, here: Any, otherwise: Any) -> Any:
    if isinstance(condition, bool):
        return here if condition else otherwise
    return z3.If(condition, here, otherwise)
