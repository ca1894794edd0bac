"""Rules put to the rows of a table: what `exportctl.decide.apply` and the findings say of each, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exportctl.batch.clauses import Clauses
from exportctl.batch.column import Column, fold
from exportctl.batch.item_table import HIDDEN, ITEM
from exportctl.batch.seen import Meaning, Said, Seen
from exportctl.batch.table import PARTIES, TRANSFER
from exportctl.decide.examine import some
from exportctl.kleene import NO
from exportctl.law.rule import Place, Rule

SUBJECTS: dict[Place, tuple[str, ...]] = {
    "transfer": (TRANSFER,),
    "party": PARTIES,
    "exported": (ITEM,),
    "part_2_node": (ITEM, *HIDDEN),
}


@dataclass(frozen=True)
class Put:
    """A rule put to a row: whether it applies (forked), the facts it misses, the reasons and codes it rests on."""

    applies: Any
    asks: frozenset[str]
    said: tuple[Said, ...]
    codes: tuple[str, ...]


NOT_PUT = Put(NO, frozenset(), (), ())


def put(clauses: Clauses, meaning: Meaning, rule: Rule) -> Column:
    """Return a rule put to every row of a table: `NOT_PUT` where it does not apply in any world."""
    slots = SUBJECTS[rule.at]
    seen = [clauses.seen(rule.when, slot, rule) for slot in slots]
    there = [clauses.table.exists(slot) for slot in slots]

    def merge(values: tuple[Any, ...]) -> Put:
        subjects = zip(slots, values[: len(slots)], values[len(slots) :], strict=True)
        return _together(rule, meaning, [(slot, one) for slot, one, exists in subjects if exists])

    return fold([*seen, *there], merge)


def _together(rule: Rule, meaning: Meaning, subjects: Sequence[tuple[str, Seen]]) -> Put:
    applies = some([seen.holds for _, seen in subjects])
    if applies is NO:
        return NOT_PUT
    truth, counts = meaning.view.truth(applies), meaning.view.counts(rule.when)
    alike = [(s, seen) for s, seen in subjects if meaning.view.truth(seen.holds) is truth] or list(subjects)
    asks = frozenset().union(*(seen.asks for _, seen in subjects)) if counts else frozenset()
    if not alike:
        return Put(applies, asks, (), () if truth is NO else tuple(rule.codes))
    _, chosen = min(alike, key=lambda pair: (_failing(pair[1]) if counts else 0, pair[0] in HIDDEN))
    codes = () if truth is NO else chosen.named or chosen.within or tuple(rule.codes)
    return Put(applies, asks, chosen.said if counts and truth is not NO else (), codes)


def _failing(seen: Seen) -> int:
    return sum(truth is NO for _, truth in seen.said)
