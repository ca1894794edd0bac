"""What of the law wants looking at again, in words or as JSON."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from typing import Any

from exportctl.command.rule_act import marked, named
from exportctl.command.rule_outline import labelled, plain, section
from exportctl.command.rule_phrase import phrase
from exportctl.explain.document import Line, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.book import RuleBook
from exportctl.law.freshness import Ending
from exportctl.law.source import Source


def stale_lines(
    book: RuleBook, on: datetime.date, ending: Sequence[Ending], due: Sequence[Source], lang: Lang
) -> Iterator[Line]:
    """Yield how much is stale on a day, then each suspension and each source."""
    key = "stale_counts" if book.sources is not None else "stale_no_sources"
    counts = {"suspensions": str(len(ending)), "sources": str(len(due)), "all": str(len(book.sources or {}))}
    yield plain(phrase(lang, key, on=on.isoformat(), **counts))
    yield from section(lang, "stale_suspensions", (_suspension(book, one, lang) for one in ending))
    yield from section(lang, "stale_sources", (_source(one, lang) for one in due))


def stale_as_json(book: RuleBook, on: datetime.date, ending: Sequence[Ending], due: Sequence[Source]) -> str:
    """Return the same as one JSON document; `sources` is null where none are recorded beside the rule book."""
    found = {
        "on": on.isoformat(),
        "suspensions": [_suspension_as_data(one) for one in ending],
        "sources": None if book.sources is None else [_source_as_data(one, on) for one in due],
        "rulebook": {"version": book.version, "sha256": book.sha256},
    }
    return json.dumps(found, ensure_ascii=False)


def _suspension(book: RuleBook, ending: Ending, lang: Lang) -> Line:
    near = {0: "ends_today", 1: "ends_tomorrow", -1: "ended_yesterday"}
    when = near.get(ending.days, "ends_in" if ending.days > 0 else "ended")
    said = phrase(lang, when, day=ending.until.isoformat(), days=str(abs(ending.days)))
    by = Span(phrase(lang, "by", by=of(lang, book.instruments[ending.by].short)))
    spans = (Span(said, "law.unverified" if ending.days < 0 else ""), Span(say(lang, "mark.semicolon")), by)
    after = plain(phrase(lang, f"then.{ending.then}"))
    notes = dict.fromkeys(of(lang, suspension.note) for _, suspension in ending.held)
    return Line(spans, (after, *(plain(note) for note in notes), *_held(ending, lang)))


def _held(ending: Ending, lang: Lang) -> Iterator[Line]:
    for instrument, suspension in ending.held:
        names = Span(say(lang, "mark.comma").join(suspension.provisions))
        yield Line(
            (*named(instrument, lang), *((Span(say(lang, "mark.colon")), names) if suspension.provisions else ()))
        )


def _source(source: Source, lang: Lang) -> Line:
    below = [Line((Span(of(lang, source.seen)), Span(say(lang, "mark.semicolon")), *marked(lang, source.evidence)))]
    below += [plain(source.url)] if source.url else []
    below.append(labelled(lang, "supports", Span(say(lang, "mark.comma").join(source.instruments))))
    dates = {"day": source.checked_on.isoformat(), "every": str(source.check_every_days), "due": source.due.isoformat()}
    return Line(
        (Span(source.id, "code"), Span(say(lang, "mark.colon")), Span(phrase(lang, "overdue", **dates))), tuple(below)
    )


def _suspension_as_data(ending: Ending) -> dict[str, Any]:
    return {
        "by": ending.by,
        "until": ending.until.isoformat(),
        "then": ending.then,
        "days": ending.days,
        "instruments": [
            {"id": held.id, "provisions": part.provisions, "note": part.note.model_dump()} for held, part in ending.held
        ],
    }


def _source_as_data(source: Source, on: datetime.date) -> dict[str, Any]:
    own = source.model_dump(mode="json", include={"id", "instruments", "url", "seen", "evidence", "checked_on"})
    return own | {
        "check_every_days": source.check_every_days,
        "due": source.due.isoformat(),
        "days_overdue": (on - source.due).days,
    }
