"""A determination in a terminal, or as plain text in a pipe."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from itertools import pairwise

from rich.box import MARKDOWN, SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from exportctl.decide.determination import Determination
from exportctl.explain.blocks import blocks
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span, Spans, Table
from exportctl.explain.phrase import Lang, say
from exportctl.explain.wrap import Wrapping

PIPE_WIDTH = 120
LEAST_CELL, LEAST_COLUMN, LEAST_LINE = 12, 6, 20
_UNDERLINE = {1: "=", 2: "-", 3: "~"}
_BOLD = "bold"
STYLES = {
    "strong": _BOLD, "code": "cyan", "value": _BOLD, "dim": "dim", "words": "magenta", "label": "dim",
    "yes": "green", "no": "red", "unknown": "yellow",
    "law.suspended": "blue", "law.unverified": "yellow", "evidence.unseen": "yellow", "evidence.inferred": "yellow",
    "outcome.prohibited": "bold white on red", "outcome.refusal_presumed": "bold red",
    "outcome.case_by_case": "bold magenta", "outcome.licence_required": "bold yellow",
    "outcome.suspended": "bold blue", "outcome.not_yet_required": "bold blue", "outcome.exempt": "bold green",
    "outcome.no_requirement_found": _BOLD, "outcome.needs_facts": "bold black on yellow",
    "outcome.verify_law": "bold black on yellow", "outcome.depends_on_reading": "bold black on yellow",
}  # fmt: skip


def render_text(determination: Determination, lang: Lang, console: Console) -> None:
    """Write a determination to a console: tables and colour in a terminal, plain text in a pipe."""
    write(blocks(determination, lang), lang, console)


def write(document: list[Block], lang: Lang, console: Console) -> None:
    """Write the blocks of a document to a console, as `render_text` does."""
    if console.is_terminal:
        _write(document, console, lang)
    else:
        console.out(_plain(document, lang), highlight=False, end="")


def _plain(document: list[Block], lang: Lang) -> str:
    """Return a document as plain text, without colour and without blanks at the ends of lines."""
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) else PIPE_WIDTH
    page = Console(file=io.StringIO(), width=max(width, LEAST_LINE), force_terminal=False, color_system=None)
    with page.capture() as written:
        _write(document, page, lang)
    return "\n".join(line.rstrip() for line in written.get().split("\n"))


def _write(document: list[Block], console: Console, lang: Lang) -> None:
    for before, block in pairwise([None, *document]):
        under = isinstance(before, Heading) or (isinstance(before, Paragraph) and isinstance(block, Bullets))
        if before is not None and not under:
            console.print()
        for part in _parts(block, console, lang) if block else ():
            console.print(part, crop=False, overflow="fold", highlight=False)


def _parts(block: Block, console: Console, lang: Lang) -> Iterator[Text | RichTable]:
    if isinstance(block, Heading):
        yield from _heading(block, console)
    elif isinstance(block, Paragraph):
        yield from _hanging(_text(block.spans), "", console)
    elif isinstance(block, Bullets):
        for number, line in enumerate(block.lines, 1):
            yield from _entry(line, f"{number}. " if block.numbered else "- ", 0, console)
    elif console.width < LEAST_CELL * len(block.columns):
        yield from _stacked(block, console, lang)
    else:
        yield _table(block, console)


def _heading(heading: Heading, console: Console) -> Iterator[Text]:
    text = _text((heading.text,))
    text.stylize(_BOLD)
    yield from _hanging(text, "", console)
    yield Text(_UNDERLINE[heading.level] * min(cell_len(heading.text.text), console.width))


def _entry(line: Line, marker: str, indent: int, console: Console) -> Iterator[Text]:
    """Yield an entry of a list with its wrapped lines under its text, and the entries below it."""
    yield from _hanging(_text(line.spans), " " * indent + marker, console)
    for below in line.below:
        yield from _entry(below, "- ", indent + len(marker), console)


def _hanging(text: Wrapping, lead: str, console: Console) -> Iterator[Text]:
    """Yield wrapped lines, the first behind `lead`, the others under it."""
    for number, part in enumerate(text.wrap(console, max(console.width - len(lead), LEAST_LINE))):
        yield Text(lead if number == 0 else " " * len(lead)) + part


def _table(table: Table, console: Console) -> RichTable:
    made = RichTable(box=SIMPLE_HEAD if console.is_terminal else MARKDOWN, pad_edge=False, show_edge=False)
    for column in table.columns:
        made.add_column(_text((Span(column),)), overflow="fold", min_width=LEAST_COLUMN)
    for row in table.rows:
        made.add_row(*(_text(cell) for cell in row))
    return made


def _stacked(table: Table, console: Console, lang: Lang) -> Iterator[Text]:
    """Yield a table that is too wide for the console as lists, one a row."""
    for row in table.rows:
        for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            said = _text((Span(column, "label"), Span(say(lang, "mark.colon")), *cell))
            if any(span.text for span in cell):
                yield from _hanging(said, "    " if index else "  * ", console)


def _text(spans: Spans) -> Wrapping:
    """Return spans as rich text; never as markup, so that nothing in them is taken for a style."""
    text = Wrapping()
    for span in spans:
        text.append(span.text, STYLES.get(span.style, ""))
    return text
