"""What is left to do: questions to answer, each with what the answers lead to, and duties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exportctl.decide.determination import Determination, DutyDue, LicenceHeld, OpenPoint
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span, Spans
from exportctl.explain.phrase import Lang, of, phrases, say
from exportctl.explain.said import brackets, codes, evidence, items, joined, labelled, outcome, rule_id

_SIDE = re.compile(r"(below|above) (\d.*)|(\d.*) (or more|or less)", re.ASCII)

MOST_SHOWN = 30


def open_points(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the open points as a numbered work list, in the order given; questions about the same things together."""
    if not determination.open_points:
        return
    together: dict[tuple[str, ...], list[OpenPoint]] = {}
    for point in determination.open_points:
        together.setdefault(tuple(sorted(_concerned(point))) or (point.id,), []).append(point)
    yield Heading(2, Span(say(lang, "heading.open_points")))
    each = list(together.values())
    yield Bullets(tuple(_together(points, determination.outcome, lang) for points in each[:MOST_SHOWN]), numbered=True)
    if rest := sum(len(points) for points in each[MOST_SHOWN:]):
        yield Paragraph((Span(say(lang, "line.more_questions", count=str(rest))),))


def _together(points: list[OpenPoint], now: str, lang: Lang) -> Line:
    if len(points) == 1:
        return _point(points[0], now, lang)
    first, why = points[0], dict.fromkeys(name for point in points for name in point.why)
    shared = [brackets(lang, first.description)] if first.description else []
    head = labelled(lang, "concerns", *items(lang, _concerned(first), {}), *shared)
    needed = labelled(lang, "why", *codes(lang, list(why)))
    if not any(_decides(point, now) for point in points):
        asked = [Line(_asked(point, lang)) for point in points]
        return Line(head.spans, (needed, Line((Span(say(lang, "line.none_alone"), "dim"),)), *asked))
    return Line(
        head.spans, (needed, *(Line(_asked(point, lang), tuple(_answers(point, now, lang))) for point in points))
    )


def _concerned(point: OpenPoint) -> list[str]:
    return list(dict.fromkeys([*([point.item] if point.item else []), *point.items]))


def _asked(point: OpenPoint, lang: Lang) -> Spans:
    return (Span(of(lang, point.question), "strong"), *rule_id(lang, point.id))


def _decides(point: OpenPoint, now: str) -> bool:
    """Return whether some answer leads to another outcome than stands now."""
    return bool(set(point.if_.values()) - {now})


def duties(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield what has to be done, by whom and when."""
    if determination.duties:
        yield Heading(2, Span(say(lang, "heading.duties")))
        yield Bullets(tuple(_duty(duty, lang) for duty in determination.duties))


def licences(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the licences held, each with what it covers; the findings stand whatever they say."""
    if determination.licences:
        yield Heading(2, Span(say(lang, "heading.licences")))
        lines = [_licence(licence, lang) for licence in determination.licences]
        yield Bullets((*lines, Line((Span(say(lang, "line.licences_remove_nothing"), "dim"),))))


def _licence(licence: LicenceHeld, lang: Lang) -> Line:
    name = licence.number or say(lang, "licence.no_number")
    standing = Span(say(lang, f"licence.{licence.standing}"), "strong")
    below = [
        labelled(lang, label, *joined(lang, [Span(say(lang, f"licence_field.{field}")) for field in fields]))
        for label, fields in (("differs", licence.differs), ("not_known", licence.not_known))
        if fields
    ]
    until = [labelled(lang, "valid_until", Span(licence.until, "value"))] if licence.until else []
    return Line((Span(name, "code"), Span(say(lang, "mark.colon")), standing), (*until, *below))


def _point(point: OpenPoint, now: str, lang: Lang) -> Line:
    kind, colon = Span(say(lang, f"point.{point.kind}"), "label"), Span(say(lang, "mark.colon"))
    question = Span(of(lang, point.question), "strong")
    return Line((kind, *rule_id(lang, point.id), colon, question), tuple(_about(point, now, lang)))


def _about(point: OpenPoint, now: str, lang: Lang) -> Iterator[Line]:
    names = _concerned(point)
    if names:
        shared = [brackets(lang, point.description)] if point.description else []
        yield labelled(lang, "concerns", *items(lang, names, {}), *shared)
    if point.why:
        yield labelled(lang, "why", *codes(lang, point.why))
    yield from _answers(point, now, lang)


def _answers(point: OpenPoint, now: str, lang: Lang) -> Iterator[Line]:
    """Yield what the answers lead to; that none of them settles the matter alone is said once."""
    if point.if_ and not _decides(point, now):
        yield Line((Span(say(lang, "line.not_alone"), "dim"),))
        return
    lead, colon = Span(say(lang, "line.if")), Span(say(lang, "mark.colon"))
    for leads_to in dict.fromkeys(point.if_.values()):
        answers = [Span(_answer(answer, lang), "value") for answer, to in point.if_.items() if to == leads_to]
        yield Line((lead, *joined(lang, answers), colon, outcome(lang, leads_to)))


def _answer(answer: str, lang: Lang) -> str:
    known, side = f"answer.{answer}", _SIDE.fullmatch(answer)
    if side:
        return say(lang, f"answer.{side[1] or side[4]}", amount=side[2] or side[3])
    return say(lang, known) if known in phrases() else answer


def _duty(duty: DutyDue, lang: Lang) -> Line:
    chinese = lang == "zh"
    below = [
        labelled(lang, "who", Span(duty.who_zh if chinese else duty.who)),
        labelled(lang, "when", Span(duty.when_zh if chinese else duty.when)),
        *([labelled(lang, "due", Span(duty.due, "value"))] if duty.due else []),
        *([labelled(lang, "due", Span(of(lang, duty.due_note)))] if duty.due_note else []),
        labelled(lang, "provision", Span(duty.provision_zh if chinese else duty.provision)),
        labelled(lang, "evidence", *evidence(lang, duty.evidence)),
    ]
    arises = Span(say(lang, f"arises.{duty.arises}"), duty.arises)
    head = (Span(of(lang, duty.text)), *rule_id(lang, duty.id), Span(say(lang, "mark.semicolon")), arises)
    return Line(head, tuple(below))
