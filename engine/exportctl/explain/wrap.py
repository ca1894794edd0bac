"""Text that wraps at spaces and between Chinese characters, where rich by itself knows spaces only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING, _CLOSING = "「（“《", "」）”》，。、；：！？%"
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}]+)?[{_CLOSING}]*")

_JOINT = re.compile(r"(?<=[._/-])(?=[^._/-])")


class Wrapping(Text):
    """Text of which no line is wider than asked and nothing is left out."""

    def wrap(
        self,
        console: Console,  # noqa: ARG002
        width: int,
        *,
        justify: JustifyMethod | None = None,  # noqa: ARG002
        overflow: OverflowMethod | None = None,  # noqa: ARG002
        tab_size: int = 8,  # noqa: ARG002
        no_wrap: bool | None = None,  # noqa: ARG002
    ) -> Lines:
        """Return the lines of the text; the signature is that of the class it stands for."""
        lines = self.divide(breaks(self.plain, max(width, 1)))
        for line in lines:
            line.rstrip()
        return lines


def breaks(text: str, width: int) -> list[int]:
    """Return the places at which a text is broken to fit a width in cells."""
    found: list[int] = []
    at = used = 0
    for piece in _pieces(text, width):
        size = cell_len(piece)
        if used and used + size > width and not piece.isspace():
            found.append(at)
            used = 0
        used += size
        at += len(piece)
    return found


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield what stays on one line: words, single Chinese characters with their punctuation, parts of longer words."""
    for match in _PIECE.finditer(text):
        piece = match[0]
        for part in (piece,) if cell_len(piece) <= width else _JOINT.split(piece):
            yield from (part,) if cell_len(part) <= width else part
