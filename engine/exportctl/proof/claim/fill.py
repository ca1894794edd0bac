"""Answering what is not known never leads outside the bounds, except below by a lift that the answer proves.

Shown in two steps: no answer changes a rule that was decided already; and where no rule changes so, the outcome keeps
within its bounds, whatever the rules say.
"""

from __future__ import annotations

from collections.abc import Iterator

import z3

from exportctl.proof.argue import Argument
from exportctl.proof.claim.result import Result, refuted
from exportctl.proof.given import Flag, Made, Number, Word, Words
from exportctl.proof.known import Given
from exportctl.proof.mention import CODE
from exportctl.proof.outcome import Deciding, stricter
from exportctl.proof.truth import Formula, Truth, every, implied, negated, same, some


def decided_stays(argument: Argument) -> Iterator[Result]:
    """Yield, for every rule, that one which surely applies, or surely does not, still does when more is known."""
    answered = argument.answered("answered:")
    _ = argument.applies, answered.applies
    laws = [*answered.laws(), *_only_more(argument, answered)]
    for rule_id, before in argument.applies.items():
        after = answered.applies[rule_id]
        changed = some([every([before.yes, negated(after.yes)]), every([negated(before.maybe), after.maybe])])
        found = argument.find(changed, also=laws, title=f"An answer reverses {rule_id}")
        yield refuted(rule_id, found, "an answer to an open question reverses what was decided")


def _only_more(argument: Argument, answered: Argument) -> Iterator[Formula]:
    """Yield that every fact known before is known alike afterwards.

    A control code is no such fact: it is the user's own classification, which stands against what the facts say.
    """
    for key, before in argument.facts.made.items():
        after = answered.facts.made.get(key)
        if after is not None:
            yield from _kept(before, after)
        if key[1] == CODE and isinstance(after, Word) and isinstance(before, Word):
            yield implied(after.known, before.known)


def _kept(before: Given, after: Given) -> Iterator[Formula]:
    if isinstance(before, Number) and isinstance(after, Number):
        yield implied(before.known, every([after.known, after.low >= before.low, after.high <= before.high]))
        return
    if isinstance(before, Made) and isinstance(after, Made):
        yield implied(before.known, every(_composition_kept(before, after)))
        return
    yield implied(before.known, every([after.known, *_equal(before, after)]))  # type: ignore[union-attr]


def _equal(before: Given, after: Given) -> Iterator[Formula]:
    if isinstance(before, Word) and isinstance(after, Word):
        yield from (same(is_, after.is_[name]) for name, is_ in before.is_.items())
    elif isinstance(before, Words) and isinstance(after, Words):
        yield from (same(has, after.has[name]) for name, has in before.has.items())
    elif isinstance(before, Flag) and isinstance(after, Flag):
        yield same(before.value, after.value)


def _composition_kept(before: Made, after: Made) -> Iterator[Formula]:
    yield after.known
    yield implied(before.complete, after.complete)
    for element, there in before.present.items():
        gone = some([before.absent[element], every([before.complete, negated(there)])])
        still_gone = some([after.absent[element], every([after.complete, negated(after.present[element])])])
        yield implied(there, after.present[element])
        yield implied(gone, every([still_gone, negated(after.present[element])]))
    for element, is_main in before.main.items():
        yield implied(is_main, after.main[element])


def bounds_hold(argument: Argument) -> Iterator[Result]:
    """Yield that an outcome keeps within its bounds whatever rules become decided, but for lifts that become proved."""
    before, after = (_any(argument, mark) for mark in ("before:", "after:"))
    laws = [law for rule in before for law in _refines(before[rule], after[rule])]
    first = Deciding(argument.book, before, argument.states, argument.answers).bounds()
    then = Deciding(argument.book, after, argument.states, argument.answers).bounds()
    above = argument.find(stricter(then.possible, first.possible), also=laws, title="An answer ends above possible")
    yield refuted("possible", above, "an answer leads above what was possible")
    lifts = argument.book.of_kind("scope", "exemption")
    proved = some(every([after[rule.id].yes, negated(before[rule.id].yes)]) for rule in lifts)
    below = argument.find(stricter(first.certain, then.certain), negated(proved), also=laws, title="Below certain")
    yield refuted("certain", below, "an answer leads below what was certain without proving a lift")


def _any(argument: Argument, mark: str) -> dict[str, Truth]:
    return {rule: Truth(z3.Bool(f"{mark}{rule}"), z3.Bool(f"{mark}{rule}?")) for rule in argument.book.rules}


def _refines(before: Truth, after: Truth) -> list[Formula]:
    return [
        implied(before.yes, before.maybe),
        implied(after.yes, after.maybe),
        implied(before.yes, after.yes),
        implied(after.maybe, before.maybe),
    ]
