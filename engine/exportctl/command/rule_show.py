"""Whatever has an id in the rule book, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from exportctl.command.rule_act import instrument_lines
from exportctl.command.rule_entry import code_lines, codes, list_lines
from exportctl.command.rule_fact import duty_lines, fact_lines, reading_lines
from exportctl.command.rule_law import Law
from exportctl.command.rule_text import rule_lines
from exportctl.explain.document import Line
from exportctl.explain.phrase import Lang
from exportctl.law.book import RuleBook
from exportctl.problem import did_you_mean

Lines = Callable[[Law, str, Lang], Iterable[Line]]


def shown(law: Law, name: str, lang: Lang) -> Iterable[Line] | None:
    """Return a rule, instrument, list, code, reading, duty or fact in words; None when nothing has this id."""
    return next((lines(law, name, lang) for names, lines in _kinds(law.book) if name in names), None)


def nearest(book: RuleBook, name: str) -> str:
    """Return a hint naming the id that a user may have meant, or an empty string."""
    every = {known.casefold(): known for names, _ in _kinds(book) for known in names}
    same = every.get(name.casefold())
    return f"did you mean `{same}`?" if same else did_you_mean(name, every.values())


def _kinds(book: RuleBook) -> tuple[tuple[Collection[str], Lines], ...]:
    """Return the ids of each kind, with what puts that kind into words."""
    listed = codes(book)
    lists = {*book.lists, *(name for name in book.entries if name not in listed)}
    return (
        (book.rules, rule_lines),
        (book.technology_codes, technology_lines),
        (book.instruments, instrument_lines),
        (lists, list_lines),
        (listed, code_lines),
        (book.readings, reading_lines),
        (book.duties, duty_lines),
        (_facts(book), fact_lines),
    )


def technology_lines(law: Law, code: str, lang: Lang) -> Iterator[Line]:
    """Yield the rules that encode a control code of a technology."""
    for _, rule in sorted(law.book.rules.items()):
        if code in rule.codes:
            yield from rule_lines(law, rule.id, lang)


def _facts(book: RuleBook) -> set[str]:
    """Return every path of the vocabulary, those of a party also by its role."""
    known = {*book.vocabulary.facts, *book.vocabulary.derived}
    shared = [path.removeprefix("party.") for path in known if path.startswith("party.")]
    return known | {f"parties.{role}.{name}" for role in ("importer", "end_user") for name in shared}
