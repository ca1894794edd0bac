"""Operators and what they compare with: each fits the type of its fact."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from exportctl.law.book import RuleBook
from exportctl.law.check.condition import Condition, Site, conditions
from exportctl.law.check.passage import Passages, nearest
from exportctl.law.vocabulary import Derived, Fact, FactType
from exportctl.problem import Problem, did_you_mean

OF_NUMBER = ("at_least", "at_most", "above", "below", "between")
OF_WORD = ("is", "is_not", "in", "not_in", "same_as")
OF_SET = ("includes", "excludes", "in")
FITTING: dict[FactType, tuple[str, ...]] = {
    "number": OF_NUMBER,
    "boolean": ("is", "is_not"),
    "choice": OF_WORD,
    "country": OF_WORD,
    "text": OF_WORD,
    "date": ("same_as",),
    "choices": OF_SET,
    "countries": OF_SET,
    "texts": OF_SET,
    "elements": OF_SET,
    "lists": OF_SET,
    "entries": ("includes", "excludes"),
}


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each test whose operator or operand does not fit its fact."""
    for condition in conditions(book, passages):
        for site in condition.tests:
            known = book.vocabulary.find(site.clause.fact or "")
            if known is not None:
                yield from _tested(book, condition, site, known)


def _tested(book: RuleBook, condition: Condition, site: Site, known: Fact | Derived) -> Iterator[Problem]:
    operator, operand = site.clause.operator, site.clause.operand
    where, fitting = (*site.path, operator), FITTING.get(known.type, ())
    if operator not in fitting:
        text = f"`{operator}` does not fit `{site.clause.fact}`, which is of type {known.type}"
        hint = f"what fits is {', '.join(fitting)}" if fitting else "no operator tests a fact of this type"
        yield condition.passage.problem(where, text, hint)
    elif operator == "same_as":
        yield from _same(book, condition, site, known)
    elif known.type == "boolean":
        if not isinstance(operand, bool):
            hint = "write yes or no, without quotes"
            yield condition.passage.problem(where, f"`{operand}` is text, not a truth value", hint)
    elif known.type == "number":
        yield from _number(condition, site, operand)
    else:
        yield from _words(book, condition, site, known)


def _same(book: RuleBook, condition: Condition, site: Site, known: Fact | Derived) -> Iterator[Problem]:
    other = book.vocabulary.find(site.clause.operand)
    if other is not None and other.type != known.type:
        text = f"`{site.clause.operand}` is of type {other.type}, and `{site.clause.fact}` of type {known.type}"
        yield condition.passage.problem((*site.path, "same_as"), text, "compare two facts of one type")


def _number(condition: Condition, site: Site, operand: Any) -> Iterator[Problem]:
    if not isinstance(operand, str) or operand in condition.parameters:
        return
    hint = did_you_mean(operand, condition.parameters)
    if not hint:
        only = "write a number, without quotes"
        hint = f"{only}, or name a parameter of the rule" if condition.bearer == "rule" else only
    yield condition.passage.problem((*site.path, site.clause.operator), f"`{operand}` is not a number", hint)


def _words(book: RuleBook, condition: Condition, site: Site, known: Fact | Derived) -> Iterator[Problem]:
    operator, operand = site.clause.operator, site.clause.operand
    where = (*site.path, operator)
    if operand == []:
        yield condition.passage.problem(where, f"`{operator}` of nothing", "name at least one value")
    what, allowed = _allowed(book, site.clause.fact or "", known)
    for step, given in _each(operand):
        word = given if isinstance(given, str) else "yes" if given else "no"
        if allowed is not None and word not in allowed:
            text = f"`{word}` is not {what}"
            yield condition.passage.problem((*where, *step), text, nearest(word, allowed))
        elif not isinstance(given, str):
            text = f"`{word}` is a truth value, and `{site.clause.fact}` is of type {known.type}"
            yield condition.passage.problem(where, text, "put it in quotes if it is a word")


def _each(operand: Any) -> list[tuple[tuple[int, ...], Any]]:
    return [((n,), value) for n, value in enumerate(operand)] if isinstance(operand, list) else [((), operand)]


def _allowed(book: RuleBook, path: str, known: Fact | Derived) -> tuple[str, Collection[str] | None]:
    """Return what an operand of a fact must be, in words, and every such value; None where any text will do."""
    vocabulary = book.vocabulary
    if known.type in ("country", "countries"):
        return "a country code", vocabulary.countries
    if known.type == "elements":
        return "an element symbol", vocabulary.elements
    if known.type == "entries":
        return "a list, a group of a list or a code", book.entries
    if isinstance(known, Derived):
        of_element = known.primitive == "main_element"
        return "an element symbol or `none`", [*vocabulary.elements, "none"] if of_element else None
    return f"a value of `{path}`", known.values if known.type in ("choice", "choices", "lists") else None
