"""How many pieces a quantity cell means: `24`, `24 pcs`, `2 x 10`, `1/2`."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from exportctl.case.words.number import plain_number, short
from exportctl.exact import number

PIECES = frozenset(
    ["each", "x", "ea", "ea.", "pc", "pcs", "pc.", "pcs.", "pce", "pieces", "piece", "unit", "units", "off", "nos",
     "no", "stk", "stk.", "stück", "st", "st.", "个", "件", "只", "枚", "片", "台", "颗", "支", "pcs/台", "個", "本",
     "ケ", "ヶ", "コ", "台数"]
)  # fmt: skip
PACKS = frozenset(
    ["pack", "packs", "pkg", "pkt", "box", "boxes", "set", "sets", "kit", "kits", "reel", "reels", "roll", "rolls",
     "bag", "bags", "pair", "pairs", "carton", "tray", "satz", "packung", "rolle", "paar", "盒", "包", "套", "组", "卷",
     "袋", "箱", "对", "式", "組", "箱入", "セット"]
)  # fmt: skip
_TIMES = re.compile(r"(.+?)\s*[x×*]\s*(.+)", re.IGNORECASE)
AS_REQUIRED = frozenset(
    ["ar", "a/r", "a.r.", "as required", "as needed", "n. b.", "nach bedarf", "按需", "适量", "適量"]
)
_PACKS_OF = re.compile(rf"(.+?)\s*(?:{'|'.join(sorted(PACKS))})\s+(?:of|à|zu)\s+(.+)", re.IGNORECASE)
_FRACTION = re.compile(r"([0-9]+)\s*/\s*([1-9][0-9]*)")
_UNIT = re.compile(r"(?P<number>[+-]?[0-9][0-9.,/ ']*?)\s*(?P<unit>[^0-9\s.,/'][^0-9]*)")


def count(text: str, mark: str | None = None) -> str | Fraction | None:
    """Return how many a text means, as plain decimal text, or as a fraction where it is one.

    None for `as required`: a quantity that nobody has fixed is not known.

    Raises:
        ValueError: it is no number of pieces; packs whose content is not said are among those.
    """
    plain = " ".join(unicodedata.normalize("NFKC", short(text).replace("⁄", "/")).split()).replace("⁄", "/")
    if plain.casefold() in AS_REQUIRED:
        return None
    if times := _TIMES.fullmatch(plain) or _PACKS_OF.fullmatch(plain):
        one, other = (count(part, mark) for part in times.groups())
        if one is None or other is None:
            raise ValueError(f"`{text}` does not say how many")
        return number(one) * number(other)
    if match := _UNIT.fullmatch(plain):
        _check_unit(match["unit"].strip().casefold(), text)
        plain = match["number"].strip()
    elif plain.casefold() in PIECES | PACKS:
        raise ValueError(f"`{text}` does not say how many")
    if parts := _FRACTION.fullmatch(plain):
        return Fraction(int(parts[1]), int(parts[2]))
    return plain_number(plain, mark)


def _check_unit(unit: str, text: str) -> None:
    if unit in PACKS:
        raise ValueError(f"`{text}` does not say how many pieces are in one `{unit}`; write `2 x 10` for two of ten")
    if unit not in PIECES:
        raise ValueError(f"`{unit}` in `{text}` is not pieces; put the unit in a column of its own")
