"""Layers: a rule lifts only rules of layers below its own, and a review touches only controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check.passage import Passages
from exportctl.law.rule import LAYERS, Rule
from exportctl.problem import Problem

LIFTING = ("scope", "exemption", "review")


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each rule lifted or touched from the wrong layer."""
    for rule in book.rules.values():
        yield from _lifts(book, passages, rule)
        for number, name in enumerate(rule.touches):
            touched = book.rules.get(name)
            if touched is not None and touched.kind != "control":
                text = f"`{name}` is {_a(touched.kind)}, and only controls can be touched"
                yield passages.of(rule.id).problem(("touches", number), text, "name the control it stands behind")


def _lifts(book: RuleBook, passages: Passages, rule: Rule) -> Iterator[Problem]:
    passage = passages.of(rule.id)
    for number, lift in enumerate(rule.lifts):
        lifted = book.rules.get(lift.rule)
        if rule.kind not in LIFTING:
            yield passage.problem(
                ("lifts", number), f"{_a(rule.kind)} lifts nothing", f"only {_a(_or(LIFTING))} lifts rules"
            )
        elif lifted is not None and LAYERS[lifted.kind] >= LAYERS[rule.kind]:
            text = f"`{lift.rule}` is {_a(lifted.kind)}, which {_a(rule.kind)} cannot lift"
            below = [kind for kind, layer in LAYERS.items() if layer < LAYERS[rule.kind]]
            yield passage.problem(("lifts", number), text, f"{_a(rule.kind)} may lift {_a(_or(below))}")


def _or(kinds: Iterable[str]) -> str:
    return " or ".join(kinds)


def _a(kind: str) -> str:
    return f"an {kind}" if kind.startswith("e") else f"a {kind}"
