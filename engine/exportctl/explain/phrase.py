"""The fixed phrases of an explanation, by key: `outcome.suspended`, `heading.duties`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from exportctl.law.strict import Text
from exportctl.strict_yaml import parse

Lang = Literal["en", "zh"]


@cache
def phrases() -> Mapping[str, Text]:
    """Return every phrase by its key."""
    text = files("exportctl.explain").joinpath("phrases.yaml").read_text(encoding="utf-8")
    (document,) = parse(text, "phrases.yaml")
    sections = document.data.items()
    return {f"{name}.{key}": Text.model_validate(said) for name, section in sections for key, said in section.items()}


def words(key: str, **parts: str | Text) -> Text:
    """Return a phrase in both languages, its braces filled in."""
    return Text(en=say("en", key, **parts), zh=say("zh", key, **parts))


def say(lang: Lang, key: str, **parts: str | Text) -> str:
    """Return a phrase in one language, its braces filled in; a key that is not there is a fault of the program."""
    filled = {name: part if isinstance(part, str) else of(lang, part) for name, part in parts.items()}
    return of(lang, phrases()[key]).format(**filled)


def of(lang: Lang, text: Text) -> str:
    """Return a text in one language."""
    return text.zh if lang == "zh" else text.en
