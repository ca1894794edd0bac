"""Chinese and Japanese characters in one form: simplified, whatever form a name was written in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from exportctl.problem import Problem, Refused

HAN = "\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
LAST_ALPHABETIC = "\u2e7f"
HINT = "pip install 'exportctl[parties]'"


def is_han(piece: str) -> bool:
    """Return whether a piece of a name is Chinese or Japanese characters."""
    return piece > LAST_ALPHABETIC and _HAN.match(piece) is not None


def simplified(text: str) -> str:
    """Return a text with traditional Chinese and Japanese characters in their simplified form; kana stay.

    Raises:
        Refused: the library that knows the characters is not installed.
    """
    if not _HAN.search(text):
        return text
    traditional, simple = _converters()
    return str(simple.convert(traditional.convert(text)))


@cache
def _converters() -> tuple[Any, Any]:
    try:
        from opencc import OpenCC  # noqa: PLC0415 - an extra that everything else does without
    except ImportError:
        raise Refused([Problem("opencc", "", "not installed; party names cannot be screened", HINT)]) from None
    return OpenCC("jp2t"), OpenCC("t2s")
