"""A determination in a terminal, or as plain text in a pipe."""

from __future__ import annotations

import os
from collections.abc import Iterator

from rich.box import MARKDOWN, SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from exportctl.decide.determination import Determination
from exportctl.explain.blocks import blocks
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Spans, Table
from exportctl.explain.phrase import Lang, say

PIPE_WIDTH = 120
LEAST_CELL, LEAST_COLUMN, LEAST_LINE = 12, 6, 20
_UNDERLINE = {1: "=", 2: "-"}
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
    out = _for_pipe(console)
    for block in blocks(determination, lang):
        for part in _parts(block, out, lang):
            out.print(part, crop=False, overflow="fold", highlight=False)


def _for_pipe(console: Console) -> Console:
    """Return a console of the pipe's width over the same file, or the console itself where its width is known."""
    if console.is_terminal or os.environ.get("COLUMNS", "").isdigit():
        return console
    return Console(file=console.file, width=PIPE_WIDTH, force_terminal=False, color_system=None)


def _parts(block: Block, console: Console, lang: Lang) -> Iterator[Text | RichTable]:
    if isinstance(block, Heading):
        yield from _heading(block, console)
    elif isinstance(block, Paragraph):
        yield _text(block.spans)
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
    yield Text()
    yield text
    if heading.level in _UNDERLINE:
        yield Text(_UNDERLINE[heading.level] * min(cell_len(heading.text.text), console.width))


def _entry(line: Line, marker: str, indent: int, console: Console) -> Iterator[Text]:
    """Yield an entry of a list with its wrapped lines under its text, and the entries below it."""
    inner = indent + len(marker)
    wrapped = _text(line.spans).wrap(console, max(console.width - inner, LEAST_LINE), overflow="fold")
    for index, part in enumerate(wrapped):
        yield Text(" " * indent + marker if index == 0 else " " * inner) + part
    for below in line.below:
        yield from _entry(below, "- ", inner, console)


def _table(table: Table, console: Console) -> RichTable:
    made = RichTable(box=SIMPLE_HEAD if console.is_terminal else MARKDOWN, pad_edge=False)
    for column in table.columns:
        made.add_column(Text(column), overflow="fold", min_width=LEAST_COLUMN)
    for row in table.rows:
        made.add_row(*(_text(cell) for cell in row))
    return made


def _stacked(table: Table, console: Console, lang: Lang) -> Iterator[Text]:
    """Yield a table that is too wide for the console as lists, one a row."""
    for row in table.rows:
        for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            said = Text(column + say(lang, "mark.colon"), STYLES["label"]) + _text(cell)
            for number, part in enumerate(said.wrap(console, max(console.width - 4, LEAST_LINE), overflow="fold")):
                yield Text("  * " if index + number == 0 else "    ") + part


def _text(spans: Spans) -> Text:
    """Return spans as rich text; never as markup, so that nothing in them is taken for a style."""
    text = Text()
    for span in spans:
        text.append(span.text, STYLES.get(span.style, ""))
    return text
