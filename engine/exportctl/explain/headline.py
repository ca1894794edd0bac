"""The one sentence on top of a determination."""

from __future__ import annotations

from collections.abc import Sequence

from exportctl.explain.phrase import Lang, of, say, words
from exportctl.law.strict import Text

Deciding = Sequence[tuple[Text, Text | str]]
OPEN = ("needs_facts", "verify_law", "depends_on_reading")
_MANY = ("suspended", "not_yet_required")
_NAMED = 3


def headline(outcome: str, certain: str, possible: str, deciding: Deciding, presumed: bool, on: str) -> Text:
    """Return the outcome as one sentence.

    `deciding`: the short name of the instrument and the provision of each control that makes the outcome what it is.
    `presumed`: a control was taken away by an answer that speaks of "generally" only. `on`: the day, as text.
    """
    named = tuple(dict.fromkeys((short, _both(provision)) for short, provision in deciding))
    names = Text(en=_names("en", named), zh=_names("zh", named))
    key = f"headline.{outcome}{'_many' if outcome in _MANY and len(named) > 1 else ''}"
    concerning = words("mark.brackets", inside=names) if named else ""
    bounds = {"certain": words(f"outcome.{certain}"), "possible": words(f"outcome.{possible}")}
    said = words(key, names=names, on=on, concerning=concerning, **bounds)
    if outcome not in OPEN and certain != possible:
        said = words("headline.up_to", headline=said, possible=bounds["possible"])
    return _presumed(outcome, said, names if named else None) if presumed else said


def _presumed(outcome: str, said: Text, names: Text | None) -> Text:
    if outcome != "no_requirement_found":
        return words("headline.presumed_else", headline=said)
    return (
        words("headline.presumed_of", headline=said, names=names)
        if names
        else words("headline.presumed", headline=said)
    )


def _both(provision: Text | str) -> Text:
    return Text(en=provision, zh=provision) if isinstance(provision, str) else provision


def _names(lang: Lang, named: Sequence[tuple[Text, Text]]) -> str:
    """Return the provisions as a list in one language, each instrument named once in a row."""
    if not named:
        return say(lang, "headline.some_provision")
    said = [
        of(lang, provision) if index and named[index - 1][0] == short else _name(of(lang, short), of(lang, provision))
        for index, (short, provision) in enumerate(named[:_NAMED])
    ]
    if len(named) > _NAMED:
        said.append(say(lang, "headline.more", count=str(len(named) - _NAMED)))
    return say(lang, "mark.and").join(filter(None, (say(lang, "mark.comma").join(said[:-1]), said[-1])))


def _name(short: str, provision: str) -> str:
    """Return `No. 61 of 2025 Article 1(1)`, `No. 18 of 2025, list of items`, `2025年第61号第一条第（一）项`."""
    between = "" if not provision[:1].isascii() else " " if provision[:1].isupper() else ", "
    return f"{short}{between}{provision}"
