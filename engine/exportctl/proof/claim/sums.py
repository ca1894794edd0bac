"""What is announced of a share holds of the true one, and no further knowledge or content turns it the wrong way."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import z3

from exportctl.exact import number as exact
from exportctl.law.book import RuleBook
from exportctl.proof.argue import Argument, Undecided
from exportctl.proof.claim.result import Result
from exportctl.proof.given import real
from exportctl.proof.tree import ZERO, Node, fact, reaches, spine, true
from exportctl.proof.truth import Formula, every, implied, negated, same, some

BITS = ("worth?", "counts", "counts?", "given", "lacks", "complete")
AMOUNTS = ("least", "most", "given-least", "given-most")


def shares_hold(argument: Argument) -> Iterator[Result]:
    """Yield, for every limit of a share, that a tree of items is judged as its true amounts would be."""
    for name, limit in _limits(argument.book):
        yield _surely(f"{name}: reached", _wrongly_reached(limit))
        yield _surely(f"{name}: not reached", _wrongly_missed(limit))
        yield _surely(f"{name}: more content", _lowered(limit))
        yield _surely(f"{name}: more known", _reversed(limit))


def _limits(book: RuleBook) -> Iterator[tuple[str, Fraction]]:
    """Yield the limits of shares that rules name; parameters hold them."""
    shares = {path for path, derived in book.vocabulary.derived.items() if derived.primitive == "value_share"}
    for rule in book.rules.values():
        for clause in rule.when.walk():
            if clause.fact in shares and clause.operand in rule.parameters:
                for dated in rule.parameters[clause.operand].values:
                    yield f"{rule.id} {dated.value}", exact(dated.value)


def _surely(about: str, conditions: list[Formula]) -> Result:
    solver = z3.Solver()
    solver.set("timeout", 60_000)
    solver.add(*(formula for formula in conditions if formula is not True))
    answer = solver.check()
    if answer == z3.unknown:
        raise Undecided(about)
    model = solver.model() if answer == z3.sat else None
    return Result(about, "" if model is None else f"not of the tree with {_said(model)}")


def _said(model: object) -> str:
    return ", ".join(sorted(f"{name} = {model[name]}" for name in model))  # type: ignore[attr-defined,index]


def _wrongly_reached(limit: Fraction) -> list[Formula]:
    tree = spine("1")
    own = fact(tree)
    return [*tree.laws, *true(tree), reaches(tree, limit).yes, own.inside < real(limit) * own.worth]


def _wrongly_missed(limit: Fraction) -> list[Formula]:
    tree = spine("1")
    own = fact(tree)
    missed = [negated(reaches(tree, limit).maybe), own.worth > ZERO, own.inside >= real(limit) * own.worth]
    return [*tree.laws, *true(tree), *missed]


def _lowered(limit: Fraction) -> list[Formula]:
    """Return that more stated content, all else alike and both possible, makes a share reach its limit less surely."""
    less, more = spine("1"), spine("1+")
    alike = [*_alike(less, more, BITS, AMOUNTS[:2])]
    grown = [before.number(end) <= after.number(end) for before, after in _pairs(less, more) for end in AMOUNTS[2:]]
    first, second = reaches(less, limit), reaches(more, limit)
    lower = some([every([first.yes, negated(second.yes)]), every([first.maybe, negated(second.maybe)])])
    return [*less.laws, *more.laws, *true(less), *true(more), *alike, *grown, lower]


def _reversed(limit: Fraction) -> list[Formula]:
    """Return that answers where nothing was known, such as may be true, turn what was sure; amounts are exact."""
    before, after = spine("1"), spine("1+")
    known = [formula for pair in _pairs(before, after) for formula in _narrower(*pair)]
    first, second = reaches(before, limit), reaches(after, limit)
    turned = some([every([first.yes, negated(second.yes)]), every([negated(first.maybe), second.maybe])])
    return [*before.laws, *after.laws, *true(after), fact(after).worth > ZERO, *known, turned]


def _narrower(before: Node, after: Node) -> Iterator[Formula]:
    for name, low, high in (("worth?", *AMOUNTS[:2]), ("given", *AMOUNTS[2:])):
        yield implied(before.bit(name), every([after.bit(name), after.number(low) == before.number(low)]))
        yield from (node.number(low) == node.number(high) for node in (before, after))
    yield implied(after.bit("given"), before.bit("given"))
    yield implied(before.counts.yes, after.counts.yes)
    yield implied(after.counts.maybe, before.counts.maybe)
    yield implied(before.bit("lacks"), after.bit("lacks"))
    yield same(before.bit("complete"), after.bit("complete"))


def _pairs(first: Node, second: Node) -> Iterator[tuple[Node, Node]]:
    yield from zip(first.below(), second.below(), strict=True)


def _alike(first: Node, second: Node, bits: tuple[str, ...], amounts: tuple[str, ...]) -> Iterator[Formula]:
    for one, other in _pairs(first, second):
        yield from (same(one.bit(name), other.bit(name)) for name in bits)
        yield from (one.number(name) == other.number(name) for name in amounts)


__all__ = ["shares_hold"]
