"""The fixed phrases of the conversation, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from exportctl.explain.phrase import Lang, of
from exportctl.law.strict import Text
from exportctl.strict_yaml import parse


@cache
def phrases() -> Mapping[str, Text]:
    """Return every phrase by its key."""
    text = files("exportctl.ask").joinpath("phrases.yaml").read_text(encoding="utf-8")
    (document,) = parse(text, "phrases.yaml")
    return {key: Text.model_validate(said) for key, said in document.data.items()}


def say(lang: Lang, key: str, **parts: str) -> str:
    """Return a phrase in one language, its braces filled in."""
    return of(lang, phrases()[key]).format(**parts)
