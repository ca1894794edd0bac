"""How a written value becomes a fact, by the type the vocabulary gives it; and the JSON Schema of each type."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from exportctl.case.item import Composition
from exportctl.case.source_text import source_text
from exportctl.exact import Interval, number, written
from exportctl.law.vocabulary import Fact, Vocabulary
from exportctl.problem import did_you_mean

_TRUTH = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}
WHOLE, KEPT = Fraction(100), 2**14
Reader = Callable[[Any, Fact, Vocabulary], Any]


def read_fact(value: Any, fact: Fact, vocabulary: Vocabulary) -> Any:
    """Return a written value as the fact it states.

    Raises:
        ValueError: the value does not fit the fact; the message is for its author.
    """
    return _READERS[fact.type](value, fact, vocabulary)


def schema_of(fact: Fact) -> dict[str, Any]:
    """Return the JSON Schema of a fact as a case file writes it."""
    words = {"enum": list(fact.values)} if fact.values else {"type": "string"}
    amount = {"anyOf": [{"type": "number"}, {"type": "string"}]}
    known: dict[str, dict[str, Any]] = {
        "boolean": {"type": "boolean"},
        "choice": words,
        "choices": {"type": "array", "items": words},
        "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "countries": {"type": "array", "items": {"type": "string", "pattern": "^[A-Z]{2}$"}},
        "number": {"anyOf": [*amount["anyOf"], _range_schema(amount)]},
        "date": {"type": "string", "format": "date"},
        "text": {"type": "string"},
        "texts": {"type": "array", "items": {"type": "string"}},
        "elements": {"type": "object", "additionalProperties": {"anyOf": [*amount["anyOf"], {"type": "null"}]}},
        "lists": {"type": "array", "items": {"anyOf": [words, {"type": "object"}]}},
        "owners": {"type": "array", "items": {"type": "object"}},
    }
    found = known.get(fact.type, {})
    return found | ({"description": fact.question.en} if fact.question else {})


def _range_schema(amount: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {"low": amount, "high": amount}, "required": ["low", "high"]}


def _boolean(value: Any, _fact: Fact, _vocabulary: Vocabulary) -> bool:
    if isinstance(value, bool):
        return value
    found = _TRUTH.get(str(value).strip().lower())
    if found is None:
        raise ValueError(f"`{source_text(value)}` is not yes or no")
    return found


def _word(value: Any, fact: Fact, _vocabulary: Vocabulary) -> str:
    if not isinstance(value, str) or (fact.values and value not in fact.values):
        hint = did_you_mean(str(value), fact.values) or f"one of {', '.join(fact.values)}"
        raise ValueError(f"`{source_text(value)}` is not a known value; {hint}")
    return value


def _country(value: Any, _fact: Fact, vocabulary: Vocabulary) -> str:
    if isinstance(value, bool):
        raise ValueError("`no` in lower case is not a country; Norway is written NO")
    if not isinstance(value, str) or value not in vocabulary.countries:
        raise ValueError(
            f"`{source_text(value)}` is not a country; use the two capital letters of ISO 3166-1, such as JP"
        )
    return value


def _text(value: Any, _fact: Fact, _vocabulary: Vocabulary) -> str:
    if isinstance(value, bool | dict | list):
        raise ValueError("must be text")
    return str(value)


def _date(value: Any, _fact: Fact, _vocabulary: Vocabulary) -> datetime.date:
    try:
        return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"`{source_text(value)}` is not a date such as 2026-01-15") from None


def _number(value: Any, fact: Fact, _vocabulary: Vocabulary) -> Interval:
    if isinstance(value, Mapping):
        if set(value) != {"low", "high"}:
            raise ValueError("a range is written {low: 300, high: 420}")
        low, high = (_one_number(value[end], fact) for end in ("low", "high"))
        if high < low:
            raise ValueError(f"the low end {value['low']} lies above the high end {value['high']}")
        return Interval(low, high)
    return Interval.at(_one_number(value, fact))


def _one_number(value: Any, fact: Fact) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | Fraction):
        raise ValueError(f"`{source_text(value)}` is not a number")
    found = number(value)
    if fact.least is not None and found < number(fact.least):
        raise ValueError(f"`{source_text(value)}` is below {fact.least}")
    if fact.most is not None and found > number(fact.most):
        raise ValueError(f"`{source_text(value)}` is above {fact.most}")
    return found


def _sequence(one: Reader) -> Reader:
    def read(value: Any, fact: Fact, vocabulary: Vocabulary) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list such as [a, b]; [] means none")
        if fact.never_none and not value:
            raise ValueError("an empty list would mean none at all; leave the fact out when it is not known")
        return tuple(one(part, fact, vocabulary) for part in value)

    return read


def _elements(value: Any, _fact: Fact, vocabulary: Vocabulary) -> Composition:
    if not isinstance(value, Mapping):
        raise ValueError(f"`{source_text(value)}` is not a composition such as {{Nd: 29, Dy: 2.5}}")
    faults = [f"`{symbol}` is not a chemical element" for symbol in value if symbol not in vocabulary.elements]
    percent = {symbol: None if part is None else _percent(part) for symbol, part in value.items()}
    wrong = [symbol for symbol, part in percent.items() if part is None and value[symbol] is not None]
    faults += [f"{symbol} `{source_text(value[symbol])}` is not a percentage from 0 to 100" for symbol in wrong]
    total = sum(part for part in percent.values() if part is not None)
    if total > WHOLE:
        faults.append(f"the percentages add up to {written(Fraction(total))}, over 100")
    if any(isinstance(value[symbol], Mapping | list) for symbol in wrong):
        faults.append("write one number for each element, such as {Nd: 29, Dy: 2.5}")
    if faults:
        raise ValueError("; ".join(faults))
    return Composition(percent)


def _percent(part: Any) -> Fraction | None:
    """Return a percentage from 0 to 100, None for anything else."""
    if isinstance(part, bool) or not isinstance(part, str | int | Decimal):
        return None
    return _percent_of(part)


@lru_cache(KEPT, typed=True)
def _percent_of(part: str | int | Decimal) -> Fraction | None:
    try:
        found = number(part)
    except ValueError:
        return None
    return found if 0 <= found <= WHOLE else None


def _listing(value: Any, fact: Fact, vocabulary: Vocabulary) -> tuple[str, str | None]:
    if isinstance(value, Mapping):
        if set(value) != {"list", "notice"}:
            raise ValueError("a listing by notice is written {list: control-list, notice: mofcom-2025-21}")
        return _word(value["list"], fact, vocabulary), str(value["notice"])
    return _word(value, fact, vocabulary), None


def _owner(value: Any, _fact: Fact, vocabulary: Vocabulary) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("an owner is written {name: …, share: 50, lists: [control-list]}")
    known = {"name": "owner.name", "share": "owner.share", "lists": "owner.lists", "owners": "party.owners"}
    if unknown := [key for key in value if key not in known]:
        raise ValueError(f"unknown key `{unknown[0]}` of an owner; {did_you_mean(unknown[0], known)}")
    return {
        key: read_fact(part, vocabulary.facts[known[key]], vocabulary)
        for key, part in value.items()
        if part is not None
    }


def _as_given(value: Any, _fact: Fact, _vocabulary: Vocabulary) -> Any:
    return value


_READERS: dict[str, Reader] = {
    "boolean": _boolean,
    "choice": _word,
    "choices": _sequence(_word),
    "country": _country,
    "countries": _sequence(_country),
    "number": _number,
    "date": _date,
    "text": _text,
    "texts": _sequence(_text),
    "elements": _elements,
    "lists": _sequence(_listing),
    "owners": _sequence(_owner),
    "list": _as_given,
    "mapping": _as_given,
}
