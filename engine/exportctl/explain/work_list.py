"""What is left to do: questions to answer, each with what the answers lead to, and duties."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.decide.determination import Determination, DutyDue, OpenPoint
from exportctl.explain.document import Block, Bullets, Heading, Line, Span
from exportctl.explain.phrase import Lang, of, phrases, say
from exportctl.explain.said import codes, described, evidence, items, labelled, outcome, rule_id


def open_points(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the open points as a numbered work list, in the order given."""
    if determination.open_points:
        called = described(determination)
        yield Heading(2, Span(say(lang, "heading.open_points")))
        yield Bullets(tuple(_point(point, called, lang) for point in determination.open_points), numbered=True)


def duties(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield what has to be done, by whom and when."""
    if determination.duties:
        yield Heading(2, Span(say(lang, "heading.duties")))
        yield Bullets(tuple(_duty(duty, lang) for duty in determination.duties))


def _point(point: OpenPoint, called: dict[str, str], lang: Lang) -> Line:
    kind, colon = Span(say(lang, f"point.{point.kind}"), "label"), Span(say(lang, "mark.colon"))
    question = Span(of(lang, point.question), "strong")
    return Line((kind, *rule_id(lang, point.id), colon, question), tuple(_about(point, called, lang)))


def _about(point: OpenPoint, called: dict[str, str], lang: Lang) -> Iterator[Line]:
    names = list(dict.fromkeys([*([point.item] if point.item else []), *point.items]))
    if names:
        alike = dict.fromkeys(point.items, point.description)
        yield labelled(lang, "concerns", *items(lang, names, {**alike, **called}))
    elif point.description:
        yield labelled(lang, "concerns", Span(point.description))
    if point.why:
        yield labelled(lang, "why", *codes(lang, point.why))
    for answer, leads_to in point.if_.items():
        said = Span(_answer(answer, lang), "value")
        yield labelled(lang, "answers", said, Span(say(lang, "mark.colon")), outcome(lang, leads_to))


def _answer(answer: str, lang: Lang) -> str:
    known = f"answer.{answer}"
    return say(lang, known) if known in phrases() else answer


def _duty(duty: DutyDue, lang: Lang) -> Line:
    chinese = lang == "zh"
    below = [
        labelled(lang, "who", Span(duty.who_zh if chinese else duty.who)),
        labelled(lang, "when", Span(duty.when_zh if chinese else duty.when)),
        *([labelled(lang, "due", Span(duty.due, "value"))] if duty.due else []),
        labelled(lang, "provision", Span(duty.provision)),
        labelled(lang, "evidence", *evidence(lang, duty.evidence)),
    ]
    arises = Span(say(lang, f"arises.{duty.arises}"), duty.arises)
    head = (Span(of(lang, duty.text)), *rule_id(lang, duty.id), Span(say(lang, "mark.semicolon")), arises)
    return Line(head, tuple(below))
