"""What would make the outcome milder or stricter, as two lists."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.decide.determination import Determination, Instead
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.said import outcome


def what_if(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the changes that were looked for; nothing when none were."""
    for way in ("milder", "stricter"):
        found = [one for one in determination.what_if if one.direction == way]
        if found:
            yield Heading(2, Span(say(lang, f"heading.{way}")))
            yield Bullets(tuple(_line(one, lang) for one in found))
    if determination.what_if:
        yield Paragraph((Span(say(lang, "what_if.truth")),))


def _line(one: Instead, lang: Lang) -> Line:
    colon = Span(say(lang, "mark.colon"))
    given = [] if one.yours else [Span(say(lang, "what_if.not_yours"), "dim")]
    return Line((Span(of(lang, one.text)), colon, outcome(lang, one.outcome), *given))
