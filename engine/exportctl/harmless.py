"""Texts from files as a terminal may show them: on one line, without control and formatting characters."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_HIDDEN = {"Cc", "Cf", "Cs"}


def harmless(text: str) -> str:
    """Return a text without what cannot be seen of it, for people to read."""
    return "".join(char for char in _SPACE.sub(" ", text) if not _is_hidden(char))


def visible(text: str) -> str:
    r"""Return a text with escapes such as `\u200b` for what cannot be seen of it, for people to mend."""
    return "".join(ascii(char)[1:-1] if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in _HIDDEN
