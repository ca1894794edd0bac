"""The parts whose descriptions raise a question: how many there are, and what their words suggest."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.decide.determination import Determination, Suspect
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.said import joined


def suspects(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield each suspect part with the pieces of it in one exported item, and that words decide nothing."""
    if determination.suspects:
        yield Heading(2, Span(say(lang, "heading.suspects")))
        yield Paragraph((Span(say(lang, "line.words_decide_nothing")),))
        yield Bullets(tuple(_suspect(suspect, lang) for suspect in determination.suspects))


def _suspect(suspect: Suspect, lang: Lang) -> Line:
    low, high = suspect.pieces
    count = low if low == high else say(lang, "value.or_more", low=low) if high is None else f"{low}–{high}"
    pieces = Span(say(lang, "line.pieces", count=count), "strong")
    reasons = joined(lang, [Span(of(lang, text)) for text in suspect.suggests])
    colon = Span(say(lang, "mark.colon"))
    return Line((pieces, Span(f"{suspect.item} {suspect.description}"), colon, *reasons))
