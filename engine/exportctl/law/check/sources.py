"""Sources: each is cited by an instrument that exists, and no instrument rests on nothing or on a look it never had."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check.passage import Passages
from exportctl.law.source import Source
from exportctl.problem import Problem


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each source that no instrument cites, and each instrument that its sources do not carry."""
    if book.sources is None:
        return
    for source in book.sources.values():
        yield from _cited(book, passages, source)
    for instrument in book.instruments.values():
        passage, own = passages.of(instrument.id), book.sources_of(instrument.id)
        if not own:
            hint = f"add one to seeds/official/{instrument.id}.yaml"
            yield passage.problem(("id",), f"no source is recorded for `{instrument.id}`", hint)
        elif instrument.checked_on > (seen := max(source.checked_on for source in own)):
            text = f"checked on `{instrument.checked_on}`, and its sources were last opened on {seen}"
            yield passage.problem(("checked_on",), text, "open a source again, and write the day into its record")


def _cited(book: RuleBook, passages: Passages, source: Source) -> Iterator[Problem]:
    passage = passages.of(source.id)
    known = [name for name in source.instruments if name in book.instruments]
    if not known:
        text = f"the source `{source.id}` is cited nowhere"
        named = ", ".join(f"`{name}`" for name in source.instruments)
        yield passage.problem(("instruments",), text, f"the rule book has no instrument {named}")
        return
    for number, name in enumerate(source.instruments):
        yield from passage.unless_known(("instruments", number), "instrument", name, book.instruments)
