"""Numbers as people and systems write them: with thousands, with a decimal comma, and doubtful ones refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

POINT, COMMA = ".", ","
LONGEST = 100
_DIGITS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?|[+-]?\.[0-9]+")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:([ '’])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_THOUSANDS = {
    POINT: re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    COMMA: re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
}
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_DOUBTFUL = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


def plain_number(text: str, mark: str | None = None) -> str:
    """Return a number as plain decimal text: `1,234.50`, `1.234,50`, `1 234.5` and `3,10` are read.

    `mark` is the decimal mark of the column, where other cells of it show which one that is; see `decimal_mark`.
    Without it `1,234` is refused, for it may be a thousand or a little more than one; `1.234` is plain decimal text.

    Raises:
        ValueError: it is no number, or may be two.
    """
    written = unicodedata.normalize("NFKC", short(text)).strip().replace("\u2212", "-").replace("\u00a0", " ")
    grouped = _GROUPED.fullmatch(written)
    if grouped:
        written = written.replace(grouped[1], "")
        return plain_number(written, None if grouped[0].count(COMMA) == 0 else COMMA)
    if mark == COMMA:
        return _with_comma(written)
    if _DIGITS.fullmatch(written):
        return written.replace("+", "").replace("-.", "-0.") if written[0] != POINT else "0" + written
    if _DOUBTFUL.fullmatch(written) and mark is None:
        raise ValueError(f"`{text}` may be {written.replace(',', '')} or {written.replace(',', '.')}")
    if _THOUSANDS[POINT].fullmatch(written):
        return written.replace(COMMA, "").replace("+", "")
    if mark is None:
        return _with_comma(written)
    raise ValueError(f"`{text}` is not a number")


def short(text: str, longest: int = LONGEST) -> str:
    """Return the text.

    Raises:
        ValueError: it is longer than a cell of its kind can be, so nobody has to search all of it.
    """
    if len(text) > longest:
        raise ValueError(f"`{text[:20]}…` is longer than {longest} characters")
    return text


def decimal_mark(texts: Iterable[str]) -> str | None:
    """Return the decimal mark that the numbers of a column use, None where none shows it or they contradict."""
    found = {mark for text in texts if (mark := _shown(unicodedata.normalize("NFKC", text).strip()))}
    return found.pop() if len(found) == 1 else None


def _with_comma(written: str) -> str:
    if _THOUSANDS[COMMA].fullmatch(written) or _DECIMAL_COMMA.fullmatch(written) or _WHOLE.fullmatch(written):
        number = written.replace(POINT, "").replace(COMMA, POINT).replace("+", "")
        return number.replace("-.", "-0.") if number[0] != POINT else "0" + number
    raise ValueError(f"`{written}` is not a number")


def _shown(written: str) -> str | None:
    digits = re.sub(r"[^0-9.,]", "", written)
    if not digits or _DOUBTFUL.fullmatch(digits) or not (POINT in digits or COMMA in digits):
        return None
    point, comma = digits.rfind(POINT), digits.rfind(COMMA)
    last = POINT if point > comma else COMMA
    other = COMMA if last == POINT else POINT
    if digits.count(last) > 1:
        return None if digits.count(other) else other
    return last
