"""What each engine made of a case in the worlds in which they differ, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from exportctl.decide.outcome import Bounds, control_bounds
from exportctl.fork import World
from exportctl.kleene import NO, Kleene
from exportctl.second_opinion.chained import Chained, strictest
from exportctl.second_opinion.put import Put
from exportctl.second_opinion.worlds import completed, settled

MOST_SUBJECTS = 5


@dataclass(frozen=True)
class _Made:
    """What one engine made of a case in one world."""

    rules: dict[str, Kleene]
    controls: dict[str, Bounds]
    overall: Bounds


def both_traces(chained: Chained, bounds: Any, worlds: Sequence[World]) -> tuple[str, str]:
    """Return what the reference did and what durable-rules did, in each of the worlds."""
    reference: list[str] = []
    durable_rules: list[str] = []
    for world in worlds:
        whole = completed(chained.book, world)
        first, second = _reference(chained, bounds, whole), _durable_rules(chained, whole)
        heading = ", ".join(f"{question}={choice}" for question, choice in sorted(world.items()))
        reference += [f"world: {heading or 'every'}", *_lines(chained, first, second, whole)]
        durable_rules += [f"world: {heading or 'every'}", *_lines(chained, second, first, whole, derived=True)]
    return "\n".join(reference), "\n".join([*durable_rules, *_meanings(chained, durable_rules)])


def _reference(chained: Chained, bounds: Any, world: World) -> _Made:
    applied = chained.applied
    rules = {rule_id: settled(application.applies, world) for rule_id, application in applied.items()}
    controls = {
        rule_id: settled(control_bounds(chained.book, applied, application), world)
        for rule_id, application in applied.items()
        if application.rule.kind == "control"
    }
    return _Made(rules, controls, settled(bounds, world))


def _durable_rules(chained: Chained, world: World) -> _Made:
    rules, controls = chained.decided(world)
    return _Made(rules, controls, strictest(controls.values()))


def _lines(chained: Chained, made: _Made, other: _Made, world: World, *, derived: bool = False) -> Iterator[str]:
    """Yield what one engine made of each rule, of each control and of the whole; `!` marks a difference."""
    for rule_id in sorted({*made.rules, *other.rules}):
        mine, theirs = made.rules.get(rule_id), other.rules.get(rule_id)
        if mine is not theirs or mine is not NO:
            yield f"{' ' if mine is theirs else '!'} rule {rule_id}: {'not there' if mine is None else mine}"
        if mine is not theirs and mine is not None and rule_id in chained.applied:
            yield from _behind(chained, rule_id, world, derived=derived)
    for control_id in sorted({*made.controls, *other.controls}):
        part, against = made.controls.get(control_id), other.controls.get(control_id)
        yield f"{' ' if part == against else '!'} control {control_id}: {_said(part)}"
    yield f"{' ' if made.overall == other.overall else '!'} outcome: {_said(made.overall)}"


def _behind(chained: Chained, rule_id: str, world: World, *, derived: bool) -> Iterator[str]:
    """Yield the conditions of a rule for some of its subjects, or the steps by which durable-rules combined them."""
    for put in chained.puts(rule_id)[:MOST_SUBJECTS]:
        literals = put.literals_in(world)
        yield f"    {', '.join(put.subjects[:MOST_SUBJECTS])}: {_value(chained, put, rule_id, world, derived=derived)}"
        yield f"      given {', '.join(sorted(literals)) or 'nothing'}"
        if derived:
            for conditions, conclusion in chained.compiled.conditions.fired(literals):
                yield f"      {', '.join(conditions)} -> {conclusion}"


def _value(chained: Chained, put: Put, rule_id: str, world: World, *, derived: bool) -> str:
    if derived:
        return str(chained.holds(rule_id, put.literals_in(world)))
    return str(settled(put.holds, world))


def _said(bounds: Bounds | None) -> str:
    return f"certain {bounds.certain}, possible {bounds.possible}" if bounds else "not there"


def _meanings(chained: Chained, lines: Sequence[str]) -> Iterator[str]:
    """Yield what the names in the lines stand for."""
    text = "\n".join(lines)
    for name, meaning in chained.compiled.names.meanings().items():
        if f"{name}=" in text:
            yield f"  {name}: {meaning}"
