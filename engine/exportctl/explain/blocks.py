"""A determination as a small document, the same for every medium: first the answer, then why, then what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exportctl.decide.determination import Answered, Determination
from exportctl.explain.applies import applying
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span
from exportctl.explain.parties import parties
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.said import brackets, evidence, labelled, outcome, shortened
from exportctl.explain.shares import shares
from exportctl.explain.suspects import suspects
from exportctl.explain.warned import families, gathered
from exportctl.explain.what_if import what_if
from exportctl.explain.why_not import why_not
from exportctl.explain.work_list import duties, licences, open_points

SHA_SHOWN = 12


def blocks(determination: Determination, lang: Lang) -> list[Block]:
    """Return everything a determination says, in one language."""
    return [
        *_head(determination, lang),
        *suspects(determination, lang),
        *_granted(determination, lang),
        *applying(determination, lang),
        *shares(determination, lang),
        *open_points(determination, lang),
        *what_if(determination, lang),
        *duties(determination, lang),
        *licences(determination, lang),
        *parties(determination, lang),
        *why_not(determination, lang),
        *_foot(determination, lang),
    ]


def _head(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the headline with the outcome, and what the case is."""
    yield Heading(1, Span(of(lang, determination.headline), f"outcome.{determination.outcome}"))
    meaning = Span(say(lang, f"outcome_meaning.{determination.outcome}"))
    named = labelled(lang, "outcome", outcome(lang, determination.outcome), Span(say(lang, "mark.stop")), meaning)
    yield Paragraph(named.spans)
    yield Bullets(tuple(_case(determination, lang)))


def _case(determination: Determination, lang: Lang) -> Iterator[Line]:
    certain, possible = (say(lang, f"outcome.{b}") for b in (determination.certain, determination.possible))
    if certain != possible:
        yield labelled(lang, "bounds", Span(say(lang, "line.bounds", certain=certain, possible=possible)))
    if determination.title:
        yield labelled(lang, "case", Span(determination.title))
    yield labelled(lang, "on", Span(determination.on))
    if determination.known_on:
        yield labelled(lang, "known_on", Span(determination.known_on))
    if determination.evidence:
        yield labelled(lang, "evidence", *evidence(lang, determination.evidence))
    yield labelled(lang, "law_checked_on", Span(determination.law_checked_on))


def _granted(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield what is taken for granted, readings among it, and warnings."""
    assumed = determination.assumptions_zh if lang == "zh" else determination.assumptions
    colon = Span(say(lang, "mark.colon"))
    taken = [
        labelled(lang, "reading", Span(name, "code"), colon, Span(choice, "value"))
        for name, choice in sorted(determination.readings.items())
    ]
    yield from _listed("assumptions", [*_lines(assumed), *taken], lang)
    yield from _listed("answers", [_answer(answered, lang) for answered in determination.answers], lang)
    yield from _listed("warnings", list(_warned(determination, lang)), lang)


def _warned(determination: Determination, lang: Lang) -> Iterator[Line]:
    """Yield the warnings; of many that differ in their amounts only, how many more there are and in which rows."""
    for shown, rest in families(gathered(determination.warnings)):
        yield from _lines([str(one) for one in shown])
        if rest:
            rows = shortened(lang, [Span(str(row)) for row in sorted({row for one in rest for row in one.rows})])
            count = Span(say(lang, "line.same_other_amounts", count=str(len(rest))))
            yield Line((count, *((Span(say(lang, "mark.colon")), *rows) if rows else ())))


def _answer(answered: Answered, lang: Lang) -> Line:
    said = say(lang, "line.answered", by=answered.by, on=answered.on, place=answered.place)
    fact, colon = Span(f"{answered.item} {answered.fact}", "code"), Span(say(lang, "mark.colon"))
    return Line((fact, colon, Span(answered.answer, "value"), brackets(lang, said)))


def _foot(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield what a revival would change, what was not checked, and what all this rests on."""
    if determination.if_revived:
        colon = Span(say(lang, "mark.colon"))
        yield Heading(2, Span(say(lang, "heading.if_revived")))
        yield Paragraph((Span(say(lang, "line.revived")), colon, outcome(lang, determination.if_revived.outcome)))
    unchecked = determination.not_checked_zh if lang == "zh" else determination.not_checked
    yield from _listed("not_checked", _lines(unchecked), lang)
    yield from _listed("basis", list(_basis(determination, lang)), lang)
    yield Paragraph((Span(say(lang, "line.not_advice"), "strong"),))


def _basis(determination: Determination, lang: Lang) -> Iterator[Line]:
    book = determination.rulebook
    yield labelled(lang, "rulebook", Span(book.version), brackets(lang, book.sha256[:SHA_SHOWN]))
    yield labelled(lang, "engine", Span(determination.engine))
    yield labelled(lang, "second_opinion", Span(say(lang, f"second_opinion.{determination.second_opinion}")))


def _listed(heading: str, lines: Sequence[Line], lang: Lang) -> Iterator[Block]:
    if lines:
        yield Heading(2, Span(say(lang, f"heading.{heading}")))
        yield Bullets(tuple(lines))


def _lines(texts: Sequence[str]) -> list[Line]:
    return [Line((Span(text),)) for text in texts]
