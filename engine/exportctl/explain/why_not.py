"""Why the other provisions do not apply: one line each, with the clauses that failed."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.decide.determination import Determination, Finding, Reason
from exportctl.explain.applies import by_instrument, has_effect, provision, titled
from exportctl.explain.document import Block, Bullets, Heading, Line, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.reason import told
from exportctl.explain.said import rule_id, strung

SHOWN = 3


def why_not(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the controls that do not apply with what failed, then all else that does not, in short."""
    without = [finding for finding in determination.findings if not has_effect(finding)]
    controls = [finding for finding in without if finding.kind == "control"]
    if controls:
        yield Heading(2, Span(say(lang, "heading.why_not")))
    for findings in by_instrument(controls).values():
        yield Heading(3, titled(findings[0], lang))
        yield Bullets(tuple(_line(finding, lang) for finding in findings))
    yield from _in_short([finding for finding in without if finding.kind != "control"], lang)


def failing(finding: Finding) -> list[Reason]:
    """Return the clauses that keep a provision from applying, nearest to its limit first, each once."""
    failed = [reason for reason in finding.reasons if reason.holds == "no"] or finding.reasons
    alike = dict.fromkeys(reason.model_copy(update={"subject": ""}) for reason in failed)
    return sorted(alike, key=lambda reason: reason.distance is None)


def _line(finding: Finding, lang: Lang) -> Line:
    failed = failing(finding)
    head = (Span(provision(finding, lang), "strong"), *rule_id(lang, finding.rule), Span(say(lang, "mark.colon")))
    if not failed:
        return Line((*head, Span(say(lang, "line.not_tested"))))
    told_of = [told(reason, lang) for reason in failed[:SHOWN]]
    if len(failed) > SHOWN:
        told_of.append((Span(say(lang, "line.more", count=str(len(failed) - SHOWN)), "dim"),))
    return Line((*head, *strung(lang, told_of, "semicolon")))


def _in_short(findings: list[Finding], lang: Lang) -> Iterator[Block]:
    if not findings:
        return
    yield Heading(2, Span(say(lang, "heading.not_applying")))
    lines = []
    for each in by_instrument(findings).values():
        below = tuple(_short(finding, lang) for finding in each)
        lines.append(Line((titled(each[0], lang),), below))
    yield Bullets(tuple(lines))


def _short(finding: Finding, lang: Lang) -> Line:
    title = of(lang, finding.title)
    return Line(
        (
            Span(provision(finding, lang)),
            Span(say(lang, "mark.colon")),
            Span(title, "dim"),
            *rule_id(lang, finding.rule),
        )
    )
