"""How files are written: ids and file names agree, keys stand in one order, texts are there in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from exportctl.law.book import RuleBook
from exportctl.law.check.passage import Passage, Passages
from exportctl.law.rule import Rule
from exportctl.problem import Problem
from exportctl.strict_yaml import Path_

RULE_KEYS = (
    "id",
    "title",
    "kind",
    "instrument",
    "provision",
    "evidence",
    "codes",
    "at",
    "parameters",
    "when",
    "then",
    "lifts",
    "touches",
    "presumed",
    "related",
    "note",
)
ROW_KEYS = (
    "code",
    "item",
    "groups",
    "form_note",
    "hs",
    "hs_earlier",
    "evidence",
    "ours",
    "alias",
    "printed",
    "note",
    "when",
)


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each id in the wrong file, each key out of order, each text without words."""
    for rule in book.rules.values():
        passage = passages.of(rule.id)
        yield from _id(book, passage, rule)
        yield from _order(passage, (), passage.data, RULE_KEYS)
    for listing in book.lists.values():
        passage = passages.of(listing.id)
        for number, row in enumerate(passage.data["rows"]):
            yield from _order(passage, ("rows", number), row, ROW_KEYS)
    for passage in passages.files:
        for path in _empty(passage.data, ()):
            language = "Chinese" if path[-1] == "zh" else "English"
            yield passage.problem(path, f"the {language} text is empty", "every text stands in English and Chinese")


def _id(book: RuleBook, passage: Passage, rule: Rule) -> Iterator[Problem]:
    head = rule.id.partition(".")[0]
    folder, _, place = passage.document.place.partition("/")
    if not rule.name or rule.id != rule.id.lower():
        text = f"`{rule.id}` is not an id of a rule"
        yield passage.problem(("id",), text, "lower case: the instrument, a point, the provision")
    elif place != f"cn/{head}/{rule.name}.yaml":
        text = f"the rule `{rule.id}` does not belong in this file"
        yield passage.problem(("id",), text, f"its file is {folder}/cn/{head}/{rule.name}.yaml")
    if head in book.instruments and head != rule.instrument:
        text = f"the id names the instrument `{head}`, and the rule is of `{rule.instrument}`"
        yield passage.problem(("instrument",), text, f"write `{head}`, or move the rule")


def _order(passage: Passage, path: Path_, keys: Iterable[str], order: tuple[str, ...]) -> Iterator[Problem]:
    known = [key for key in keys if key in order]
    for earlier, key in pairwise(known):
        if order.index(key) < order.index(earlier):
            text = f"`{key}` stands after `{earlier}`"
            yield passage.problem((*path, key), text, f"the order is {', '.join(order)}")


def _empty(data: Any, path: Path_) -> Iterator[Path_]:
    """Yield the path of each text in which a language is blank."""
    if isinstance(data, dict):
        if set(data) == {"en", "zh"}:
            yield from ((*path, key) for key, text in data.items() if isinstance(text, str) and not text.strip())
        for key, value in data.items():
            yield from _empty(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _empty(value, (*path, number))
