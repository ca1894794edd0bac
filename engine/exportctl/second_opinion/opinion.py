"""The second opinion: durable-rules on the same case, compared with the reference in every world.

What a single condition says of a subject is taken from the reference; how conditions combine, what lifts what, and
what each control comes to is derived a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from exportctl.decide.apply import Application
from exportctl.decide.examine import Examination
from exportctl.decide.outcome import control_bounds, under
from exportctl.fork import World
from exportctl.second_opinion.chained import Chained, strictest
from exportctl.second_opinion.compile import Compiled, compiled
from exportctl.second_opinion.corridor import Unfit
from exportctl.second_opinion.trace import both_traces
from exportctl.second_opinion.worlds import completed, worlds_of

MOST_SHOWN = 3


@dataclass(frozen=True)
class Opinion:
    """Whether durable-rules came to the same; `why` it could not be asked, or was not asked about every world."""

    status: Literal["agrees", "unavailable"]
    why: str = ""


class Disagreement(Exception):  # noqa: N818 - the word of the contract
    """The two engines differ, so nothing may be issued. `reference` and `durable_rules` are what each one did."""

    def __init__(self, about: list[str], reference: str, durable_rules: str) -> None:
        self.about, self.reference, self.durable_rules = about, reference, durable_rules
        heading = "the two engines disagree about " + ", ".join(about)
        super().__init__(f"{heading}\n\nplain evaluator\n{reference}\n\ndurable-rules\n{durable_rules}")


def second_opinion(exam: Examination, applied: Mapping[str, Application], bounds: Any) -> Opinion:
    """Return whether durable-rules agrees with what was decided.

    Raises:
        Disagreement: it does not.
    """
    return compare(compiled(exam.book), exam, applied, bounds)


def compare(rules: Compiled, exam: Examination, applied: Mapping[str, Application], bounds: Any) -> Opinion:
    """Return whether compiled rules agree with what was decided; see `second_opinion`."""
    comparison = _Comparison(Chained(rules, exam.book, applied), bounds)
    found: list[Difference] = []
    try:
        rules.survive()
        for difference in islice(comparison.differences(), MOST_SHOWN):
            found.append(difference)  # noqa: PERF402 - what was found stays when the rest fails
    except Unfit as unfit:
        if not found:
            return Opinion("unavailable", str(unfit))
    if found:
        raise _disagreement(comparison.chained, bounds, found)
    return Opinion("agrees", "; ".join(comparison.incomplete))


@dataclass(frozen=True)
class Difference:
    """Something about which the engines differ, and a world in which they do."""

    about: str
    world: World


def _disagreement(chained: Chained, bounds: Any, found: list[Difference]) -> Disagreement:
    worlds = {tuple(sorted(completed(chained.book, one.world).items())): one.world for one in found}
    try:
        reference, durable_rules = both_traces(chained, bounds, list(worlds.values()))
    except Unfit as unfit:
        reference, durable_rules = "no trace", f"no trace: {unfit}"
    return Disagreement(list(dict.fromkeys(one.about for one in found)), reference, durable_rules)


@dataclass(eq=False)
class _Comparison:
    chained: Chained
    bounds: Any
    incomplete: list[str] = field(default_factory=list)
    contributions: dict[str, Any] = field(default_factory=dict)

    def differences(self) -> Iterator[Difference]:
        """Yield every difference: rules first, as a control can only be compared when its rules agree."""
        compiled, applied = self.chained.compiled, self.chained.applied
        if compiled.rules.keys() != applied.keys():
            yield Difference("the rules there are", {})
            return
        for rule_id in sorted(applied):
            yield from self._of_rule(rule_id)
        for control_id in compiled.ties:
            yield from self._of_control(control_id)
        yield from self._overall()

    def _of_rule(self, rule_id: str) -> Iterator[Difference]:
        for put in self.chained.puts(rule_id):
            for world, (*values, holds) in self._worlds(rule_id, (*(v for _, v in put.given), put.holds)):
                if put.foreign or self.chained.holds(rule_id, put.literals(tuple(values))) is not holds:
                    yield Difference(rule_id, world)
        for world, (applies,) in self._worlds(rule_id, (self.chained.applied[rule_id].applies,)):
            if self.chained.applies(rule_id, completed(self.chained.book, world)) is not applies:
                yield Difference(rule_id, world)

    def _of_control(self, control_id: str) -> Iterator[Difference]:
        states = self.chained.states(self.chained.compiled.ties[control_id].rules)
        values = (*states.values(), *self._lifts(control_id), self._contribution(control_id))
        for world, leaves in self._worlds(control_id, values):
            known = dict(zip(states, leaves, strict=False))
            if self.chained.contributes(control_id, known, world) != leaves[-1]:
                yield Difference(control_id, world)

    def _lifts(self, control_id: str) -> Iterator[Any]:
        """Yield what lifts a control and what sets that aside: it tells which readings make a difference."""
        applied = self.chained.applied
        for lift in self.chained.compiled.ties[control_id].lifts:
            for rule, named in ((lift.rule, lift.named), *lift.against):
                yield under(self.chained.book, named, applied[rule.id].counts)

    def _contribution(self, control_id: str) -> Any:
        """Return what the reference lets a control contribute, forked."""
        if control_id not in self.contributions:
            applied = self.chained.applied
            self.contributions[control_id] = control_bounds(self.chained.book, applied, applied[control_id])
        return self.contributions[control_id]

    def _overall(self) -> Iterator[Difference]:
        each = [self._contribution(control_id) for control_id in self.chained.compiled.ties]
        for world, (*parts, bounds) in self._worlds("the outcome", (*each, self.bounds)):
            if strictest(parts) != bounds:
                yield Difference("the outcome", world)

    def _worlds(self, about: str, values: tuple[Any, ...]) -> Iterator[tuple[World, tuple[Any, ...]]]:
        worlds = worlds_of(self.chained.book, values)
        if not worlds.complete:
            self.incomplete.append(
                f"{about}: too many worlds; seen are the default readings and each other reading alone"
            )
        return iter(worlds.found)
