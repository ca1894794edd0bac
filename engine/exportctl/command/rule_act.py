"""An instrument in words: its names, dates, suspensions and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportctl.command.rule_law import Law
from exportctl.command.rule_outline import brackets, in_both, labelled, plain, section
from exportctl.command.rule_phrase import phrase
from exportctl.explain.document import Line, Span, Spans
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.book import RuleBook
from exportctl.law.evidence import Evidence
from exportctl.law.instrument import Effective, Instrument, Suspension


def instrument_lines(law: Law, name: str, lang: Lang) -> Iterator[Line]:
    """Yield everything about an instrument."""
    instrument, book = law.book.instruments[name], law.book
    yield Line((Span(name, "code"),), (*in_both(lang, instrument.number), *in_both(lang, instrument.title)))
    yield labelled(lang, "issuer", Span(instrument.issuer))
    yield labelled(lang, "evidence", *marked(lang, instrument.evidence))
    yield labelled(lang, "checked_on", Span(instrument.checked_on.isoformat()))
    yield labelled(lang, "file", Span(book.places.get(name, "")))
    yield from dates(book, instrument, lang)
    yield from section(lang, "rules", _rules(law, instrument, lang))
    own = [listing for _, listing in sorted(book.lists.items()) if listing.instrument == name]
    yield from section(
        lang, "lists", (Line((Span(one.id, "code"), brackets(lang, of(lang, one.title)))) for one in own)
    )
    yield from section(lang, "sources", sources(book, instrument, lang))
    yield from section(lang, "note", [plain(instrument.note)] if instrument.note else [])


def named(instrument: Instrument, lang: Lang) -> Spans:
    """Return an instrument by its id and number."""
    return Span(instrument.id, "code"), brackets(lang, of(lang, instrument.number))


def marked(lang: Lang, mark: Evidence) -> Spans:
    """Return a mark of evidence with what it means."""
    meaning = brackets(lang, say(lang, f"evidence_meaning.{mark}"))
    return Span(say(lang, f"evidence.{mark}"), f"evidence.{mark}"), meaning


def dates(book: RuleBook, instrument: Instrument, lang: Lang, provision: str | None = None) -> Iterator[Line]:
    """Yield when an instrument was issued, takes effect and is suspended; of one provision only where it is named."""
    mark = say(lang, f"evidence.{instrument.evidence}")
    yield labelled(lang, "issued", Span(instrument.issued.isoformat()), brackets(lang, mark))
    works = instrument.effective if provision is None else [instrument.effective_for(provision)]
    for effective in works:
        yield _effective(effective, lang, several=len(works) > 1)
    for suspension in instrument.suspended:
        if provision is None or not suspension.provisions or provision in suspension.provisions:
            yield _suspension(book, suspension, lang)


def sources(book: RuleBook, instrument: Instrument, lang: Lang) -> Iterator[Line]:
    """Yield where the text of an instrument was read, and when last."""
    for source in book.sources_of(instrument.id):
        mark = brackets(lang, say(lang, f"evidence.{source.evidence}"))
        below = [Line((Span(source.id, "code"),)), *([plain(source.url)] if source.url else [])]
        below.append(labelled(lang, "checked_on", Span(source.checked_on.isoformat())))
        yield Line((Span(of(lang, source.seen)), mark), tuple(below))


def _effective(effective: Effective, lang: Lang, *, several: bool) -> Line:
    whole = phrase(lang, "others" if several else "general")
    below = [plain(of(lang, effective.note))] if effective.note else []
    start = phrase(lang, "from", day=effective.start.isoformat())
    return labelled(
        lang, "effective", *_dated(start, effective.provisions, whole, effective.evidence, lang), below=below
    )


def _suspension(book: RuleBook, suspension: Suspension, lang: Lang) -> Line:
    days = {"day": suspension.start.isoformat(), "until": suspension.until.isoformat()}
    span = phrase(lang, "stopped" if suspension.for_good else "from_to", **days)
    whole = phrase(lang, "general")
    by = book.instruments[suspension.by]
    below = [Line((Span(phrase(lang, "by", by=of(lang, by.short))), brackets(lang, by.id)))]
    if suspension.last_day:
        readings = say(lang, "mark.comma").join(f"{name} = {choice}" for name, choice in suspension.last_day.items())
        below.append(plain(phrase(lang, "last_day", readings=readings)))
    if not suspension.for_good:
        below.append(plain(phrase(lang, f"then.{suspension.then}")))
    below.append(plain(of(lang, suspension.note)))
    return labelled(
        lang, "suspended", *_dated(span, suspension.provisions, whole, suspension.evidence, lang), below=below
    )


def _dated(when: str, provisions: Iterable[str], whole: str, evidence: Evidence, lang: Lang) -> Spans:
    """Return days, the provisions they hold for, and how well they are established."""
    names = say(lang, "mark.comma").join(provisions) or whole
    parts = (when, names, say(lang, f"evidence.{evidence}"))
    return Span(parts[0]), Span(say(lang, "mark.semicolon")), Span(parts[1]), brackets(lang, parts[2])


def _rules(law: Law, instrument: Instrument, lang: Lang) -> Iterator[Line]:
    for name, rule in sorted(law.book.rules.items()):
        if rule.instrument == instrument.id:
            state = brackets(lang, say(lang, f"law.{law.of(rule).state}"))
            yield Line((Span(name, "code"), Span(f" {of(lang, rule.provision)}"), state))
