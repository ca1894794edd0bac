"""The vocabulary itself: derived facts are complete, and every fact, value and element it names is its own."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check.passage import Passage, Passages
from exportctl.law.vocabulary import Derived, Vocabulary
from exportctl.problem import Problem
from exportctl.strict_yaml import Path_


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each derived fact that is not worked out in one way, and each name the vocabulary lacks."""
    vocabulary, passage = book.vocabulary, passages.vocabulary
    for name, derived in vocabulary.derived.items():
        yield from _derived(vocabulary, passage, name, derived)
        for number, notice in enumerate(derived.notices):
            where = ("derived", name, "notices", number)
            yield from passage.unless_known(where, "instrument", notice, book.instruments)
    for name, fact in vocabulary.facts.items():
        if fact.asked_after:
            yield from passage.unless_known(("facts", name, "asked_after"), "fact", fact.asked_after, vocabulary.facts)
        for value, meant in fact.values.items():
            path = ("facts", name, "values", value, "may_be")
            for number, other in enumerate(meant.may_be):
                yield from passage.unless_known((*path, number), f"value of `{name}`:", other, fact.values)
    yield from _implications(vocabulary, passage)
    yield from passage.unless_known(("first_asked",), "fact", vocabulary.first_asked, vocabulary.facts)
    known = [*vocabulary.facts, *vocabulary.derived]
    for number, hint in enumerate(vocabulary.hints):
        for place, asked in enumerate(hint.asks):
            yield from passage.unless_known(("hints", number, "asks", place), "fact", asked, known)


def _derived(vocabulary: Vocabulary, passage: Passage, name: str, derived: Derived) -> Iterator[Problem]:
    path = ("derived", name)
    if name in vocabulary.facts:
        yield passage.problem(path, f"`{name}` is a fact that is asked for too", "give one of them another name")
    if (derived.when is None) == (derived.primitive is None):
        text = f"`{name}` is worked out in {'no way' if derived.when is None else 'two ways'}"
        yield passage.problem(path, text, "give it either `when` or `primitive`")
    if (derived.primitive == "near_entries") != (derived.band is not None):
        text = f"`{name}` has {'a' if derived.band is not None else 'no'} `band`"
        yield passage.problem(path, text, "`near_entries` takes a band, a ratio of each limit, and nothing else does")
    yield from _share(vocabulary, passage, path, derived)
    yield from _elements(vocabulary, passage, (*path, "absent_without"), derived.absent_without)
    values = vocabulary.facts["owner.lists"].values if "owner.lists" in vocabulary.facts else {}
    for number, listed in enumerate(derived.lists):
        yield from passage.unless_known((*path, "lists", number), "value of `owner.lists`:", listed, values)


def _share(vocabulary: Vocabulary, passage: Passage, path: Path_, derived: Derived) -> Iterator[Problem]:
    """Yield what a value share lacks: the items it counts, and for which items it is shown."""
    for key in ("counts", "shown_for"):
        named = getattr(derived, key)
        if named:
            yield from passage.unless_known((*path, key), "derived fact", named, list(vocabulary.derived))
        elif derived.primitive == "value_share":
            yield passage.problem(path, f"`{path[-1]}` has no `{key}`", "a value share cannot be worked out without it")


def _implications(vocabulary: Vocabulary, passage: Passage) -> Iterator[Problem]:
    for number, implication in enumerate(vocabulary.implications):
        path = ("implications", number)
        for key, said in (("given", implication.given), ("also", implication.also)):
            for name, values in said.items():
                for value in [values] if isinstance(values, str) else values:
                    yield from _said(vocabulary, passage, (*path, key, name), (name, value))
        yield from _elements(vocabulary, passage, (*path, "present"), implication.present)
        yield from _elements(vocabulary, passage, (*path, "holds"), implication.holds)


def _said(vocabulary: Vocabulary, passage: Passage, path: Path_, said: tuple[str, str]) -> Iterator[Problem]:
    name, value = said
    yield from passage.unless_known(path, "fact", name, vocabulary.facts)
    fact = vocabulary.facts.get(name)
    if fact is not None and fact.values:
        yield from passage.unless_known(path, f"value of `{name}`:", value, fact.values)


def _elements(vocabulary: Vocabulary, passage: Passage, path: Path_, given: list[str]) -> Iterator[Problem]:
    for number, element in enumerate(given):
        yield from passage.unless_known((*path, number), "element", element, vocabulary.elements)
