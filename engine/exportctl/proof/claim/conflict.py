"""No two provisions pull one control in opposite ways unless one says that it goes before the other."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.rule import Rule
from exportctl.proof.argue import Argument
from exportctl.proof.claim.result import Result, refuted
from exportctl.proof.outcome import differing
from exportctl.proof.truth import every, negated


def consistent(argument: Argument) -> Iterator[Result]:
    """Yield every pair of provisions that could free and hold one control, and pairs of different verdicts."""
    for control in argument.book.of_kind("control"):
        for lift in argument.book.lifting(control.id):
            for review in argument.book.reviewing(control.id):
                if not _one_first(lift, review):
                    yield _together(argument, lift, review, control)
    controls = argument.book.of_kind("control")
    for n, first in enumerate(controls):
        for second in controls[n + 1 :]:
            if _differ(first, second) and not _one_first(first, second):
                yield _together(argument, first, second, first)


def _differ(first: Rule, second: Rule) -> bool:
    """Return whether one instrument states two verdicts; of those of two instruments the strictest counts."""
    return first.instrument == second.instrument and first.then.outcome != second.then.outcome


def _one_first(first: Rule, second: Rule) -> bool:
    lifted = {lift.rule for lift in first.lifts} | {lift.rule for lift in second.lifts}
    known = {*first.related, *second.related}
    return bool({first.id, second.id} & (lifted | known))


def _together(argument: Argument, first: Rule, second: Rule, control: Rule) -> Result:
    """Return whether two provisions never apply together while both are in force."""
    rules = {first.id, second.id, control.id}
    both = [argument.applies[rule].yes for rule in rules] + [argument.states[rule]["in_force"] for rule in rules]
    about = f"{first.id} and {second.id}"
    found = argument.find(*both, title=f"Both apply: {about}")
    return refuted(about, found, f"both apply to one case of {control.id}, and neither says which goes first")


def proved_lifts_only(argument: Argument) -> Iterator[Result]:
    """Yield, for every scope and exemption, that the outcome is the same without it wherever it is not proved."""
    for rule in argument.book.of_kind("scope", "exemption"):
        without = argument.bounds_without(rule.id)
        unproved = negated(argument.applies[rule.id].yes)
        changes = every([unproved, differing(argument.bounds, without)])
        found = argument.find(changes, title=f"Freed by an unproved rule: {rule.id}")
        yield refuted(rule.id, found, "changes an outcome without being proved")
