"""The solver adds up a tree as the plain evaluator does, and catches a share that leaves out what is true."""

from fractions import Fraction

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from exportctl.decide.examine import Examination
from exportctl.decide.gap import defaults
from exportctl.exact import ZERO
from exportctl.fork import settle
from exportctl.law.read import shipped_book
from exportctl.proof import tree as tree_of_items
from exportctl.proof.claim import sums
from exportctl.proof.given import real
from exportctl.proof.tree import Amount, reaches, spine
from exportctl.proof.truth import negated
from proof.sampled import said
from properties.decided import case_of

book = shipped_book()
SHARE = book.vocabulary.derived["share.cn_part1"]
LIMITS = [Fraction(1, 1000), Fraction(1, 50), Fraction(1, 3), Fraction(1)]
amounts = st.sampled_from(["0", "0.4", "1", "2.5", "12", "40", {"low": "0.9", "high": "3"}])
dysprosium = {"form": "metal", "kind": "other", "elements": {"Dy": "99.4", "Fe": "0.6"}, "composition": "complete"}
kinds = st.sampled_from(
    [
        {**dysprosium, "origin": "CN", "made_in": "CN"},
        dysprosium,
        {"form": "alloy", "elements": {"Fe": 90, "Cr": 10}, "composition": "complete", "origin": "JP", "made_in": "JP"},
        {"form": "assembly", "origin": "JP", "made_in": "JP"},
        {},
    ]
)


@st.composite
def items(draw, depth):
    item = {**draw(kinds), "chinese_technology": [], "quantity": 1}
    if draw(st.integers(0, 3)):
        item["value"] = draw(amounts)
    if not draw(st.integers(0, 4)):
        item["cn_part1_value"] = draw(amounts)
    if depth > 1:
        item["components"] = [draw(items(depth - 1)), draw(items(1))]
        item["components_complete"] = draw(st.booleans())
    return item


def facts(exam, world, node, subject):
    """Yield that an item of the solver is one of the plain evaluator."""
    item = subject.item
    yield from amount(node, "worth?", "least", "most", item.worth)
    yield from amount(node, "given", "given-least", "given-most", item.cn_part1_value)
    counts = settle(exam.look(SHARE.counts, subject), world)
    yield from bits(node, {"counts": counts is True, "counts?": counts is not False})
    yield from bits(node, {"complete": item.components_complete})
    if not subject.children:
        yield from bits(node, {"lacks": exam.shares._undivided(SHARE, subject) == ZERO})  # noqa: SLF001
    for part, child in zip(node.parts, subject.children, strict=True):
        yield from facts(exam, world, part, child)


def bits(node, given_bits):
    yield from (node.bit(name) if holds else negated(node.bit(name)) for name, holds in given_bits.items())


def amount(node, bit, low, high, interval):
    yield from bits(node, {bit: interval is not None})
    yield node.number(low) == real(Fraction(0) if interval is None else interval.low)
    yield node.number(high) == real(Fraction(0) if interval is None else interval.high)


@settings(max_examples=max(15, settings.default.max_examples // 3))
@given(st.integers(1, 4).flatmap(lambda depth: st.tuples(st.just(depth), items(depth))))
def test_a_tree_adds_up_to_the_same_share_for_both(drawn):
    depth, item = drawn
    raw = {"title": "tree", "on": "2026-01-15", "item": item, "transfer": {"kind": "goods", "from": "JP", "to": "KR"}}
    exam, world = Examination(book, case_of(raw, book)), defaults(book, {})
    share = settle(exam.look("share.cn_part1", exam.root), world)
    node = spine("1", depth)
    solver = z3.Solver()
    solver.add(*facts(exam, world, node, exam.root))
    assert solver.check() == z3.sat
    for limit in LIMITS:
        expected = "yes" if share.low >= limit else "unknown" if share.high is None or share.high >= limit else "no"
        assert said(solver.model(), reaches(node, limit)) == expected, (share, limit)


@pytest.fixture
def careless(monkeypatch):
    """A reading of trees in which a part without a known worth is taken for worthless."""
    worth = tree_of_items.Node.worth.fget

    def known_or_nothing(node):
        found = worth(node)
        return Amount(found.low, z3.If(node.bit("worth?"), found.high, z3.RealVal(0)))

    monkeypatch.setattr(tree_of_items.Node, "worth", property(known_or_nothing))


def test_shares_of_trees_of_three_levels_hold(argument, monkeypatch):
    """`rules prove` shows the same of four levels."""
    monkeypatch.setattr(sums, "spine", lambda name: spine(name, 3))
    assert [found.about for found in sums.shares_hold(argument) if not found.proved] == []


@pytest.mark.usefixtures("careless")
def test_an_unknown_worth_taken_for_nothing_is_caught(argument):
    assert [found.about for found in sums.shares_hold(argument) if not found.proved]
