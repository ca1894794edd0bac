"""The clauses of a provision: what each says, what was found, and how far from its limit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exportctl.decide.determination import Finding, Reason
from exportctl.explain.document import Line, Span, Spans, Table
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.ratio import both, with_percent
from exportctl.explain.said import joined, strung

COLUMNS = ("holds", "clause", "found", "test", "distance")
TESTS = (
    "is not", "is", "one of", "none of", "includes", "excludes",
    "at least", "at most", "above", "below", "between", "same as",
)  # fmt: skip
_LIMIT = re.compile(r"(-?\d+(?:\.\d+|/\d+)?)$")


def in_table(finding: Finding, lang: Lang) -> Table:
    """Return every clause of a finding; those that say the same of several subjects stand in one row."""
    columns = tuple(say(lang, f"column.{name}") for name in COLUMNS)
    return Table(columns, tuple(_row(reason, others, lang) for reason, others in _alike(finding)))


def in_lines(finding: Finding, lang: Lang) -> list[Line]:
    """Return every clause of a finding as an entry of a list."""
    colon = Span(say(lang, "mark.colon"))
    return [Line((_holds(reason, lang), colon, *told(reason, lang, others))) for reason, others in _alike(finding)]


def told(reason: Reason, lang: Lang, others: Sequence[str] = ()) -> Spans:
    """Return a clause in a sentence: what it says, what was found, what is needed, how far that is."""
    seen, test, far = found(reason, lang, others), needed(reason, lang), distance(reason, lang)
    parts = [clause(reason, lang)]
    if seen:
        parts.append((Span(say(lang, "line.found")), *seen))
    parts += [(Span(text),) for text in (say(lang, "line.needed", test=test) if test else "", far) if text]
    return strung(lang, parts, "between")


def clause(reason: Reason, lang: Lang) -> Spans:
    """Return a clause: the statutory phrase in Chinese, and what it means."""
    meaning = Span(of(lang, reason.meaning))
    return (Span(say(lang, "mark.words", words=reason.words), "words"), meaning) if reason.words else (meaning,)


def found(reason: Reason, lang: Lang, others: Sequence[str] = ()) -> Spans:
    """Return the fact a clause tests and its value; nothing for a clause that combines others."""
    if reason.fact == reason.test:
        return tuple(Span(name, "code") for name in others[:1])
    where = [Span(name, "code") for name in others]
    prefix = (*joined(lang, where), Span(say(lang, "mark.colon"))) if where else ()
    return (*prefix, Span(reason.fact, "code"), Span(" = "), Span(_value(reason, lang), "value"))


def needed(reason: Reason, lang: Lang) -> str:
    """Return what the value has to be, `at least 0.001 (0.1 %)`; nothing for a clause that combines others."""
    if reason.fact == reason.test:
        return ""
    name = next((name for name in TESTS if reason.test.startswith(f"{name} ")), None)
    limit = reason.test.removeprefix(f"{name} ")
    limit = with_percent(limit, lang) if _of_share(reason) else limit
    return say(lang, f"test.{name.replace(' ', '_')}", limit=limit) if name else limit


def distance(reason: Reason, lang: Lang) -> str:
    """Return how far the value is from the limit; nothing where that cannot be said."""
    if reason.distance is None:
        return ""
    size = reason.distance.removeprefix("-")
    if size == "0":
        return say(lang, "distance.at")
    shown = both(size, lang).replace(" %", say(lang, "value.points")) if _of_share(reason) else size
    far = say(lang, "distance.below" if reason.distance.startswith("-") else "distance.above", distance=shown)
    return say(lang, "distance.up_to", distance=far) if reason.holds == "unknown" else far


def _row(reason: Reason, others: Sequence[str], lang: Lang) -> tuple[Spans, ...]:
    last = (Span(needed(reason, lang)),), (Span(distance(reason, lang)),)
    return ((_holds(reason, lang),), clause(reason, lang), found(reason, lang, others), *last)


def _holds(reason: Reason, lang: Lang) -> Span:
    return Span(say(lang, f"truth.{reason.holds}"), reason.holds)


def _alike(finding: Finding) -> Iterator[tuple[Reason, list[str]]]:
    """Yield each clause once, with whom it is about where that is not the one item the finding names."""
    alike: dict[Reason, list[str]] = {}
    for reason in finding.reasons:
        same = alike.setdefault(reason.model_copy(update={"subject": "", "also": ()}), [])
        same += [reason.subject, *reason.also]
    for reason, names in alike.items():
        different = list(dict.fromkeys(names))
        yield reason, [] if different in ([finding.item], [""]) else different


def _value(reason: Reason, lang: Lang) -> str:
    if reason.value is None:
        return say(lang, "value.unknown")
    limit = _LIMIT.search(reason.test)
    return with_percent(reason.value, lang, limit[1] if limit else "") if _of_share(reason) else reason.value


def _of_share(reason: Reason) -> bool:
    return reason.fact.startswith("share.")
