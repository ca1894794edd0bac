"""Legal forms and other words of a company name that do not tell one firm from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from exportctl.law.strict import Strict
from exportctl.strict_yaml import parse

Words = tuple[str, ...]


class LegalForms(Strict):
    """The file of legal forms: by where in a name they are dropped, and the words that carry little or nothing."""

    last: list[str]
    first: list[str]
    anywhere: list[str]
    han: list[str]
    marks: Mapping[str, str]
    fillers: list[str]
    shared: list[str]


@cache
def legal_forms() -> LegalForms:
    """Return the legal forms that come with this version."""
    text = files("exportctl.party").joinpath("legal_forms.yaml").read_text(encoding="utf-8")
    (document,) = parse(text, "legal_forms.yaml")
    return LegalForms.model_validate(document.data)


def shared(word: str) -> bool:
    """Return whether many firms carry a word, so that it ties no two of them together."""
    return word in _shared()


def without_forms(words: Sequence[str]) -> Words:
    """Return the words of a name without legal forms and fillers; at least one word always stays."""
    left = [word for word in words if word not in _fillers()] or list(words)
    before: list[str] = []
    while left != before:
        before = left
        left = _without_last(_without_first(_without_inner(left)))
    return tuple(left)


def without_han_forms(run: str) -> str:
    """Return a run of Chinese or Japanese characters without legal forms at its ends; never an empty one."""
    for form in _han():
        if run == form:
            return run
        run = run.removesuffix(form)
        run = run if run == form or form in _ONLY_LAST else run.removeprefix(form)
    return run


_ONLY_LAST = ("集团", "公司", "集团公司", "会社")


def _without_last(words: list[str]) -> list[str]:
    forms, sizes = _forms("last")
    size = next((size for size in sizes if len(words) > size and tuple(words[-size:]) in forms), 0)
    return words[: len(words) - size]


def _without_first(words: list[str]) -> list[str]:
    forms, sizes = _forms("first")
    size = next((size for size in sizes if len(words) > size and tuple(words[:size]) in forms), 0)
    return words[size:]


def _without_inner(words: list[str]) -> list[str]:
    forms, sizes = _forms("anywhere")
    for size in sizes:
        for at in range(1, len(words) - size + 1):
            if tuple(words[at : at + size]) in forms:
                return words[:at] + words[at + size :]
    return words


@cache
def _forms(place: str) -> tuple[frozenset[Words], tuple[int, ...]]:
    """Return the forms of a place, and how many words they have, most first: `gmbh co kg` goes before `kg`."""
    found = frozenset(tuple(form.split()) for form in getattr(legal_forms(), place))
    return found, tuple(sorted({len(form) for form in found}, reverse=True))


@cache
def _han() -> tuple[str, ...]:
    return tuple(sorted(legal_forms().han, key=lambda form: (-len(form), form)))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(legal_forms().fillers)


@cache
def _shared() -> frozenset[str]:
    return frozenset(legal_forms().shared)
