"""An indented outline: how parts of the rule book are written to a terminal, or as plain text to a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text as RichText

from exportctl.command.rule_phrase import phrase
from exportctl.explain.document import Line, Span, Spans
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.text import STYLES
from exportctl.law.strict import Text

STEP = 2
LEAST_WIDTH = 20


def write(lines: Iterable[Line], console: Console) -> None:
    """Write lines, each with those below it indented; a line at the margin with lines below has space around it."""
    after_block = False
    for number, line in enumerate(lines):
        if number and (line.below or after_block):
            console.print()
        after_block = bool(line.below)
        for part in _entry(line, 0, console):
            console.print(part, crop=False, no_wrap=True, overflow="ignore", highlight=False)


def labelled(lang: Lang, label: str, *spans: Span, below: Iterable[Line] = (), **parts: str) -> Line:
    """Return `Label: …`, with lines below."""
    return Line((Span(phrase(lang, label, **parts), "strong"), Span(say(lang, "mark.colon")), *spans), tuple(below))


def section(lang: Lang, label: str, lines: Iterable[Line], **parts: str) -> Iterator[Line]:
    """Yield a label with lines below it; nothing when there are none."""
    below = tuple(lines)
    if below:
        yield Line((Span(phrase(lang, label, **parts), "strong"),), below)


def in_both(lang: Lang, text: Text) -> tuple[Line, Line]:
    """Return a text in the language asked for, then in the other."""
    other: Lang = "en" if lang == "zh" else "zh"
    return plain(of(lang, text)), Line((Span(of(other, text), "dim"),))


def plain(text: str) -> Line:
    """Return a line of text."""
    return Line((Span(text),))


def brackets(lang: Lang, inside: str) -> Span:
    """Return ` (inside)`."""
    return Span(say(lang, "mark.brackets", inside=inside), "dim")


def styled(spans: Spans) -> RichText:
    """Return spans as rich text; never as markup, so that nothing in them is taken for a style."""
    text = RichText()
    for span in spans:
        text.append(span.text, STYLES.get(span.style, ""))
    return text


def _entry(line: Line, indent: int, console: Console) -> Iterator[RichText]:
    """Yield a line, its wrapped rest further in than the lines below it, and those."""
    hanging = 2 * STEP if line.below else STEP
    room = max(console.width - indent - hanging, LEAST_WIDTH)
    for number, part in enumerate(styled(line.spans).wrap(console, room, overflow="fold")):
        part.rstrip()
        yield RichText(" " * (indent + (hanging if number else 0))) + part
    for below in line.below:
        yield from _entry(below, indent + STEP, console)
