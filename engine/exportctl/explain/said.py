"""Pieces of a document that come up again and again, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exportctl.decide.determination import Determination
from exportctl.explain.document import Line, Span, Spans
from exportctl.explain.phrase import Lang, phrases, say

SHOWN = 12


def labelled(lang: Lang, label: str, *spans: Span, **parts: str) -> Line:
    """Return `Label: …` as an entry of a list."""
    return Line((Span(say(lang, f"label.{label}", **parts), "label"), Span(say(lang, "mark.colon")), *spans))


def outcome(lang: Lang, name: str) -> Span:
    """Return the name of an outcome in its own style."""
    return Span(say(lang, f"outcome.{name}"), f"outcome.{name}")


def evidence(lang: Lang, mark: str) -> tuple[Span, Span]:
    """Return a mark of evidence with what it means."""
    meaning = say(lang, f"evidence_meaning.{mark}")
    return Span(say(lang, f"evidence.{mark}"), f"evidence.{mark}"), brackets(lang, meaning)


def brackets(lang: Lang, inside: str) -> Span:
    """Return ` (inside)`."""
    return Span(say(lang, "mark.brackets", inside=inside), "dim")


def rule_id(lang: Lang, rule: str) -> Spans:
    """Return the id of a rule behind what it says."""
    return Span(say(lang, "mark.open"), "dim"), Span(rule, "code"), Span(say(lang, "mark.close"), "dim")


def joined(lang: Lang, spans: Iterable[Span]) -> Spans:
    """Return spans with a comma between them."""
    return strung(lang, [(span,) for span in spans], "comma")


def strung(lang: Lang, parts: Iterable[Spans], mark: str) -> Spans:
    """Return parts of a sentence with a mark between them."""
    told: list[Span] = []
    for part in parts:
        told += [*([Span(say(lang, f"mark.{mark}"))] if told else []), *part]
    return tuple(told)


def shortened(lang: Lang, spans: Sequence[Span], shown: int = SHOWN) -> Spans:
    """Return the first spans of a long list, and how many more there are."""
    if len(spans) <= shown:
        return joined(lang, spans)
    more = say(lang, "line.more", count=str(len(spans) - shown))
    return joined(lang, [*spans[:shown], Span(more, "dim")])


def codes(lang: Lang, names: Sequence[str]) -> Spans:
    """Return ids and codes, as they are."""
    return shortened(lang, [Span(name, "code") for name in names])


def described(determination: Determination) -> dict[str, str]:
    """Return what each item is called, as far as the determination says."""
    shares = {share.item: share.description for share in determination.shares if share.description}
    points = {point.item: point.description for point in determination.open_points if point.item and point.description}
    suspects = {suspect.item: suspect.description for suspect in determination.suspects}
    return {**points, **shares, **suspects}


def items(lang: Lang, names: Sequence[str], called: dict[str, str]) -> Spans:
    """Return items with their descriptions."""
    return shortened(lang, [Span(f"{subject(lang, name)} {called.get(name, '')}".strip()) for name in names])


def subject(lang: Lang, name: str) -> str:
    """Return what a finding was decided on: an item by its position, the transfer and parties in words."""
    known = f"subject.{name}"
    return say(lang, known) if known in phrases() else name
