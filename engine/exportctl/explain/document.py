"""A small document without a medium: what text and Markdown are made from.

Nothing in it holds a control character, so a description from a file cannot reach a terminal as a command.
"""

from __future__ import annotations

from dataclasses import dataclass

from exportctl.harmless import harmless


@dataclass(frozen=True)
class Span:
    """A stretch of text and the name of its style, such as `outcome.prohibited`, `yes`, `strong`, `dim`, `code`."""

    text: str
    style: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", harmless(self.text))


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the headline."""

    level: int
    text: Span


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    spans: Spans


@dataclass(frozen=True)
class Table:
    """A table; every row has a cell for every column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True)
class Line:
    """One entry of a list, with the entries below it."""

    spans: Spans
    below: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Bullets:
    """A list, numbered or not; the entries below its entries never are."""

    lines: tuple[Line, ...]
    numbered: bool = False


Block = Heading | Paragraph | Table | Bullets
