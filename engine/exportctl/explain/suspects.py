"""The parts whose descriptions raise a question: how many there are, and what their words suggest."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exportctl.decide.determination import Determination, Suspect
from exportctl.exact import written
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.said import items, joined, labelled


def suspects(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield each kind of suspect part with the pieces of it in one exported item, and that words decide nothing."""
    if determination.suspects:
        yield Heading(2, Span(say(lang, "heading.suspects")))
        yield Paragraph((Span(say(lang, "line.words_decide_nothing")),))
        yield Bullets(tuple(_suspect(alike, lang) for alike in _alike(determination.suspects)))


def _alike(suspects: list[Suspect]) -> list[list[Suspect]]:
    """Return parts that are called the same together, those that suggest the most first."""
    found: dict[tuple[str, str], list[Suspect]] = {}
    for suspect in suspects:
        found.setdefault((suspect.description, str(suspect.suggests)), []).append(suspect)
    return sorted(found.values(), key=lambda alike: -len(alike[0].suggests))


def _suspect(alike: list[Suspect], lang: Lang) -> Line:
    first = alike[0]
    pieces = Span(say(lang, "line.pieces", count=_count(alike, lang)), "strong")
    reasons = joined(lang, [Span(of(lang, text)) for text in first.suggests])
    colon = Span(say(lang, "mark.colon"))
    if len(alike) == 1:
        return Line((pieces, Span(f"{first.item} {first.description}"), colon, *reasons))
    concerned = labelled(lang, "concerns", *items(lang, [suspect.item for suspect in alike], {}))
    return Line((pieces, Span(first.description), colon, *reasons), (concerned,))


def _count(alike: list[Suspect], lang: Lang) -> str:
    """Return how many pieces there are together."""
    low = sum((Fraction(suspect.pieces[0]) for suspect in alike), Fraction(0))
    ends = [None if suspect.pieces[1] is None else Fraction(suspect.pieces[1]) for suspect in alike]
    if None in ends:
        return say(lang, "value.or_more", low=written(low))
    high = sum((end for end in ends if end is not None), Fraction(0))
    return written(low) if low == high else f"{written(low)}–{written(high)}"
