"""The provisions that apply or may apply: law on the day, outcome, what lifts them, every clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from exportctl.decide.determination import Determination, Finding
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.reason import in_lines, in_table
from exportctl.explain.said import brackets, codes, described, evidence, items, labelled, outcome, rule_id


def applying(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the findings that apply, then those that may, by instrument; none that has no effect here."""
    yield Heading(2, Span(say(lang, "heading.applies")))
    found = sorted((f for f in determination.findings if has_effect(f)), key=lambda f: f.applies != "yes")
    if not found:
        yield Paragraph((Span(say(lang, "line.nothing_applies")),))
    called = described(determination)
    for findings in by_instrument(found).values():
        yield Heading(3, titled(findings[0], lang))
        for finding in findings:
            yield from _finding(finding, determination.on, called, lang)


def has_effect(finding: Finding) -> bool:
    """Return whether a provision applies or may, and, where it only bears on controls, one of them may apply."""
    alone = finding.kind in ("control", "duty")
    return finding.applies != "no" and (alone or bool(finding.bears_on))


def titled(finding: Finding, lang: Lang) -> Span:
    """Return the name of a finding's instrument, with its id."""
    return Span(f"{of(lang, finding.short)}{say(lang, 'mark.brackets', inside=finding.instrument)}")


def by_instrument(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """Return findings by instrument, in the order in which the instruments come up."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.instrument, []).append(finding)
    return grouped


def _finding(finding: Finding, on: str, called: dict[str, str], lang: Lang) -> Iterator[Block]:
    yield Paragraph(
        (Span(provision(finding, lang), "strong"), Span(say(lang, "mark.colon")), Span(of(lang, finding.title)))
    )
    lines = [*_what(finding, on, lang), *_whom(finding, called, lang), *_beside(finding, lang)]
    if finding.kind != "control":
        yield Bullets((*lines, *in_lines(finding, lang)))
        return
    yield Bullets(tuple(lines))
    if finding.reasons:
        yield in_table(finding, lang)


def provision(finding: Finding, lang: Lang) -> str:
    """Return the provision of a finding in one language."""
    return finding.provision_zh if lang == "zh" else finding.provision


def _what(finding: Finding, on: str, lang: Lang) -> Iterator[Line]:
    colon, applies = Span(say(lang, "mark.colon")), Span(say(lang, f"applies.{finding.applies}"), finding.applies)
    kind = Span(say(lang, f"kind.{finding.kind}"), "label")
    yield Line((kind, colon, applies, *rule_id(lang, finding.rule)))
    state = Span(say(lang, f"law.{finding.law}"), f"law.{finding.law}")
    note = finding.law_note_zh if lang == "zh" else finding.law_note
    yield labelled(lang, "law", state, *([brackets(lang, note)] if note else []), on=on)
    if finding.outcome:
        yield labelled(lang, "states", outcome(lang, finding.outcome))


def _whom(finding: Finding, called: dict[str, str], lang: Lang) -> Iterator[Line]:
    if finding.codes:
        yield labelled(lang, "codes", *codes(lang, finding.codes))
    names = list(dict.fromkeys([*([finding.item] if finding.item else []), *finding.items]))
    if names:
        yield labelled(lang, "items", *items(lang, names, called))
    if finding.contained:
        yield labelled(lang, "contained", Span(say(lang, "line.contained")))


def _beside(finding: Finding, lang: Lang) -> Iterator[Line]:
    if finding.lifted_by:
        yield labelled(lang, "lifted_by", *codes(lang, finding.lifted_by))
    if finding.reviewed_by:
        yield labelled(lang, "reviewed_by", *codes(lang, finding.reviewed_by))
    if finding.presumed:
        yield labelled(lang, "presumed", Span(say(lang, "line.presumed")))
    yield labelled(lang, "evidence", *evidence(lang, finding.evidence))
