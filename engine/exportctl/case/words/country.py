"""Places as cells write them: `JP`, `JPN`, Japan, 日本, `Made in China`, P.R.C.; one place or a refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.core import get_global

from exportctl.case.words.number import short
from exportctl.strict_yaml import parse

LANGUAGES = ("en", "zh", "zh_Hant", "de", "ja")
NOT_COUNTRIES = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"])
DOUBTFUL_CODES = {"NA": "`NA` is Namibia, or `not available`; write NAM, Namibia or leave it blank"}
_CODE, _CODE_3 = re.compile("[A-Z]{2}"), re.compile("[A-Z]{3}")
_BETWEEN = re.compile(r"\s*(?:[/;,、，；&+|]|\bor\b|\band\b|\bund\b|或|和|及)\s*")


def country(text: str) -> str:
    """Return the ISO 3166-1 code of the one place a text names. Two small letters are a word, not a code.

    Raises:
        ValueError: it names no place, or several, or may mean something else.
    """
    written = unicodedata.normalize("NFKC", short(text)).strip()
    if written.upper() in DOUBTFUL_CODES:
        raise ValueError(DOUBTFUL_CODES[written.upper()])
    if code := _codes().get(written):
        return code
    key = _key(written)
    if key in _names()[1]:
        raise ValueError(f"`{text}` is not one country")
    if code := _name(key):
        return code
    _refuse_several(key, text)
    raise ValueError(f"`{text}` is not a country; use the two capital letters of ISO 3166-1, such as JP")


def _name(key: str) -> str | None:
    names = _names()[0]
    return names.get(key) or next((names[bare] for bare in _unframed(key) if bare in names), None)


def _unframed(key: str) -> list[str]:
    """Return what is left without `made in` before it or 制造 behind it."""
    found = [key.removeprefix(frame).strip(" :") for frame in _words()["frames"] if key.startswith(frame)]
    return found + [key.removesuffix(end).strip() for end in _words()["endings"] if key.endswith(end)]


def _refuse_several(key: str, text: str) -> None:
    parts = [part for part in _BETWEEN.split(key) if part]
    places = [_codes().get(part.upper()) or _name(part) for part in parts]
    if len(parts) > 1 and all(places):
        raise ValueError(f"`{text}` names several countries; split the line, or leave it blank if it is not known")


def _key(text: str) -> str:
    bare = re.sub(r"\((?:the )?([^()]*)\)", r" \1", text.casefold().replace("’", "'"))
    return " ".join(bare.replace(".", "" if re.search(r"\b\w\.\w", text) else " ").split())


@cache
def _codes() -> Mapping[str, str]:
    """Return codes by themselves and by their three-letter form, of today's countries only."""
    known = {str(code) for code in Locale.parse("en").territories if _CODE.fullmatch(str(code))} - NOT_COUNTRIES
    aliases = {str(old): new[0] for old, new in get_global("territory_aliases").items() if _CODE_3.fullmatch(str(old))}
    return {code: code for code in known} | {old: new for old, new in aliases.items() if new in known}


@cache
def _words() -> Mapping[str, Any]:
    text = files("exportctl.case.words").joinpath("countries.yaml").read_text("utf-8")
    data: Mapping[str, Any] = parse(text, "countries.yaml")[0].data
    return data


@cache
def _names() -> tuple[Mapping[str, str], frozenset[str]]:
    """Return codes by name, and the words that name no one place. A name that two places bear counts for neither."""
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    own = {_key(name): code for code, names in _words()["names"].items() for name in names}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in _codes():
                key = _key(name)
                doubtful |= {key} if found.setdefault(key, code) != code else set()
    none = {_key(word) for word in _words()["not_one_place"]} | (doubtful - own.keys())
    return found | own, frozenset(none)
