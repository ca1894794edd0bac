"""Claims in words: as an outline for a terminal or a pipe, and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from exportctl.claim.claim import VERDICTS, Claim
from exportctl.claim.prove import Tried
from exportctl.command.rule_outline import brackets, labelled, plain
from exportctl.command.rule_phrase import phrase
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.said import outcome
from exportctl.worked.run import Result, Run

STYLES = {"right": "yes", "wrong": "no", "imprecise": "unknown", "open": "unknown", "not law": "dim"}


def claim_lines(tried: Sequence[Tried], lang: Lang) -> Iterator[Line]:
    """Yield each claim with its verdict, why, and its cases, then how many there are of each verdict."""
    for one in tried:
        head = (Span(f"{one.claim.id}  ", "code"), verdict(one.claim, lang), Span(f"  {of(lang, one.claim.says)}"))
        yield Line(head, tuple(_below(one, lang)))
    yield plain(counts(tried, lang))


def claim_blocks(tried: Sequence[Tried], lang: Lang) -> list[Block]:
    """Return the same as a document, a section for each verdict."""
    blocks: list[Block] = [
        Heading(1, Span(phrase(lang, "claims_title"))),
        Paragraph((Span(counts(tried, lang)),)),
    ]
    for name in VERDICTS:
        own = [one for one in tried if one.claim.verdict == name]
        if own:
            blocks.append(Heading(2, Span(phrase(lang, f"verdict.{name}"))))
            blocks.append(Bullets(tuple(_entry(one, lang) for one in own)))
    return blocks


def verdict(claim: Claim, lang: Lang) -> Span:
    """Return the verdict of a claim in its own style."""
    return Span(phrase(lang, f"verdict.{claim.verdict}"), STYLES[claim.verdict])


def counts(tried: Sequence[Tried], lang: Lang) -> str:
    """Return how many claims there are of each verdict, how many cases were run, and how many of them failed."""
    by_verdict = Counter(one.claim.verdict for one in tried)
    parts = [
        phrase(lang, "count", name=phrase(lang, f"verdict.{name}"), number=str(by_verdict[name]))
        for name in VERDICTS
        if by_verdict[name]
    ]
    results = {run.place: result for one in tried for run, result in one.results}
    failed = sum(not result.passed for result in results.values())
    numbers = {"claims": str(len(tried)), "cases": str(len(results)), "failed": str(failed)}
    return phrase(lang, "claims_counts", verdicts=say(lang, "mark.comma").join(parts), **numbers)


def _entry(one: Tried, lang: Lang) -> Line:
    return Line((Span(one.claim.id, "code"), Span(f" {of(lang, one.claim.says)}")), tuple(_below(one, lang)))


def _below(one: Tried, lang: Lang) -> Iterator[Line]:
    claim = one.claim
    when = (brackets(lang, claim.said),) if claim.said else ()
    yield labelled(lang, "claim_said", Span(of(lang, claim.where)), *when)
    if claim.conflicts:
        yield labelled(lang, "claim_conflicts", Span(say(lang, "mark.comma").join(claim.conflicts), "code"))
    yield labelled(lang, "claim_why", Span(of(lang, claim.why)))
    for run, result in one.results:
        yield from _case(run, result, lang)


def _case(run: Run, result: Result, lang: Lang) -> Iterator[Line]:
    passed = Span(phrase(lang, "case_ok" if result.passed else "case_failed"), "yes" if result.passed else "no")
    colon = Span(say(lang, "mark.colon"))
    found = Span(result.outcome) if result.outcome == "refused" else outcome(lang, result.outcome)
    note = Span(f" {run.expected.note}")
    line = (passed, Span(" "), Span(short(run.place), "code"), note, colon, found)
    yield Line(line, tuple(plain(difference) for difference in result.differences))


def short(place: str) -> str:
    """Return the place of a case from the folder of cases on: `cases/statements/by-weight.yaml:31`."""
    return f"cases/{place.rpartition('/cases/')[2]}"
