"""A determination as GitHub Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exportctl.decide.determination import Determination
from exportctl.explain.blocks import blocks
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span, Spans, Table
from exportctl.explain.phrase import Lang

_SPECIAL = re.compile(r"[\\`*_\[\]|~$]")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_AT_START = re.compile(r"^(?:(?=[#+\-=])|(\d+)(?=[.)](?:\s|$)))")
_ID = re.compile(r"[\w.\-]+", re.ASCII)


def render_markdown(determination: Determination, lang: Lang) -> str:
    """Return a determination as Markdown, no newline at its end; words of the user are never taken for markup."""
    return as_markdown(blocks(determination, lang))


def as_markdown(document: Iterable[Block]) -> str:
    """Return a small document as Markdown, no newline at its end."""
    return "\n\n".join("\n".join(_lines(block)) for block in document)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_escaped(block.text.text)}"
    elif isinstance(block, Paragraph):
        yield _line(block.spans)
    elif isinstance(block, Bullets):
        for number, line in enumerate(block.lines, 1):
            yield from _entry(line, f"{number}. " if block.numbered else "- ", 0)
    else:
        yield from _table(block)


def _entry(line: Line, marker: str, indent: int) -> Iterator[str]:
    yield " " * indent + marker + _line(line.spans)
    for below in line.below:
        yield from _entry(below, "- ", indent + len(marker))


def _table(table: Table) -> Iterator[str]:
    yield _row([_escaped(column) for column in table.columns])
    yield _row(["---"] * len(table.columns))
    for row in table.rows:
        yield _row([_inline(cell) for cell in row])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(spans: Spans) -> str:
    """Return spans as one line that does not begin like a heading or a list."""
    return _AT_START.sub(r"\g<0>\\", _inline(spans))


def _inline(spans: Spans) -> str:
    return "".join(_span(span) for span in spans).strip()


def _span(span: Span) -> str:
    if span.style == "code" and _ID.fullmatch(span.text):
        return f"`{span.text}`"
    text = _escaped(span.text)
    bold = span.style == "strong" or span.style.startswith("outcome.")
    return f"**{text}**" if bold and text.strip() == text != "" else text


def _escaped(text: str) -> str:
    for char, entity in _HTML.items():
        text = text.replace(char, entity)
    return _SPECIAL.sub(r"\\\g<0>", text)
