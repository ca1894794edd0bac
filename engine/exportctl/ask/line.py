"""How one line of an answer becomes the value a case file writes, by the type of the fact."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from exportctl.case.fact_type import read_fact
from exportctl.case.words.country import country
from exportctl.case.words.substance import substance
from exportctl.law.vocabulary import Fact, Vocabulary
from exportctl.problem import did_you_mean

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
NONE = ("none", "无", "没有")
TODAY = ("today", "今天", "今日")
_RANGE = re.compile(r"(\S+?)\s*(?:\.\.|…|至)\s*(\S+)")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_TRUTH = {"y": "yes", "n": "no", "不是": "no", "不": "no"}
_NUMBERS_OF_OWNER = (1, 2, 3)


def read_line(line: str, fact: Fact, vocabulary: Vocabulary) -> Any:
    """Return what a line says, as a case file writes it; it is read there as the vocabulary's readers would.

    Raises:
        ValueError: it does not fit the fact; the message is for the person who answered.
    """
    value = _READERS.get(fact.type, _text)(line.strip(), fact, vocabulary)
    read_fact(value, fact, vocabulary)
    return value


def words_of(fact: Fact) -> list[str]:
    """Return the values to choose from, in the order in which they are numbered."""
    return list(fact.values)


def _boolean(line: str, fact: Fact, vocabulary: Vocabulary) -> bool:
    return bool(read_fact(_TRUTH.get(line.casefold(), line), fact, vocabulary))


def _choice(line: str, fact: Fact, _vocabulary: Vocabulary) -> str:
    words = words_of(fact)
    if line.isascii() and line.isdigit() and 1 <= int(line) <= len(words):
        return words[int(line) - 1]
    named = {word.casefold(): word for word in words} | {v.zh: word for word, v in fact.values.items() if v.zh}
    found = named.get(line.casefold())
    if found is None:
        hint = did_you_mean(line, words) or f"one of {', '.join(words)}"
        raise ValueError(f"`{line}` is none of the choices; {hint}")
    return found


def _several(one: Callable[[str, Fact, Vocabulary], Any]) -> Callable[[str, Fact, Vocabulary], list[Any]]:
    def read(line: str, fact: Fact, vocabulary: Vocabulary) -> list[Any]:
        if line.casefold() in NONE:
            return []
        if not (parts := _parts(line)):
            raise ValueError(f"`{line}` names no value; write `none` for none")
        return list(dict.fromkeys(one(part, fact, vocabulary) for part in parts))

    return read


def _parts(line: str, marks: str = r"[;；]") -> list[str]:
    return [part.strip() for part in re.split(marks, line) if part.strip()]


def _country(line: str, _fact: Fact, _vocabulary: Vocabulary) -> str:
    return country(line)


def _number(line: str, _fact: Fact, _vocabulary: Vocabulary) -> Any:
    if ends := _RANGE.fullmatch(line):
        return {"low": _plain(ends[1]), "high": _plain(ends[2])}
    return _plain(line)


def _plain(text: str) -> Decimal | str:
    return Decimal(text) if _PLAIN.fullmatch(text) else text


def _date(line: str, _fact: Fact, _vocabulary: Vocabulary) -> datetime.date:
    if line.casefold() in TODAY:
        return today()
    try:
        return datetime.date.fromisoformat(line)
    except ValueError:
        raise ValueError(f"`{line}` is not a date such as 2026-01-15") from None


def _elements(line: str, _fact: Fact, _vocabulary: Vocabulary) -> dict[str, Any]:
    found: Mapping[str, str | None] = substance(line).elements
    return {element: None if percent is None else _plain(percent) for element, percent in found.items()}


def _owners(line: str, _fact: Fact, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    return [] if line.casefold() in NONE else [_owner(part, vocabulary) for part in _parts(line)]


def _owner(text: str, vocabulary: Vocabulary) -> dict[str, Any]:
    cells = _parts(text, r"[,，]")
    if len(cells) not in _NUMBERS_OF_OWNER:
        raise ValueError(f"`{text}` is not an owner; write name, share in percent, lists")
    owner: dict[str, Any] = {"name": cells[0]}
    if len(cells) > 1 and cells[1] != "?":
        owner["share"] = _plain(cells[1].removesuffix("%").strip())
    if len(cells) > 2 and cells[2] != "?":  # noqa: PLR2004 - the third cell
        words = [] if cells[2].casefold() in NONE else _parts(cells[2], r"[+＋、]")
        owner["lists"] = [_choice(word, vocabulary.facts["owner.lists"], vocabulary) for word in words]
    return owner


def _text(line: str, _fact: Fact, _vocabulary: Vocabulary) -> str:
    return line


def today() -> datetime.date:
    """Return today in Beijing."""
    return datetime.datetime.now(BEIJING).date()


_READERS: dict[str, Callable[[str, Fact, Vocabulary], Any]] = {
    "boolean": _boolean,
    "choice": _choice,
    "choices": _several(_choice),
    "lists": _several(_choice),
    "country": _country,
    "countries": _several(_country),
    "texts": _several(_text),
    "number": _number,
    "date": _date,
    "elements": _elements,
    "owners": _owners,
}
