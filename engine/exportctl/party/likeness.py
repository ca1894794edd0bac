"""How like two names are: one class for each pair, which no third name can change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from exportctl.party.han import is_han
from exportctl.party.name import Name, telling

SIMILAR = 85
LEAST_LETTERS, LEAST_NAME = 6, 12
LEAST_LEADING, HAN_LEADING, HAN_ANYWHERE = 4, 3, 4


class Class(IntEnum):
    """What a listed name is to the name asked for, the strongest last."""

    WEAK = 1
    POSSIBLE_AFFILIATE = 2
    MATCH = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Likeness:
    """A class and why: the key of a phrase."""

    class_: Class
    why: str


SAME = Likeness(Class.MATCH, "same-name")
SAME_LETTERS = Likeness(Class.MATCH, "same-letters")
SPELLED_ALIKE = Likeness(Class.MATCH, "spelled-alike")
HOLDS_LISTED = Likeness(Class.POSSIBLE_AFFILIATE, "holds-listed-name")
PART_OF_LISTED = Likeness(Class.POSSIBLE_AFFILIATE, "part-of-listed-name")
SIMILAR_LETTERS = Likeness(Class.WEAK, "similar-letters")
SAME_BEGINNING = Likeness(Class.WEAK, "same-beginning")


def likeness(asked: Name, listed: Name, *, firms: bool = True) -> Likeness | None:
    """Return how like a name is to a listed one, None when it is not.

    `firms`: the listed one is a firm; a person has no affiliates and shares a family name with many.
    """
    if not asked.words or not listed.words:
        return None
    if found := _same(asked, listed):
        return found
    if firms and _holds(asked, listed):
        return HOLDS_LISTED
    if firms and asked.tells and listed.pieces[: len(asked.pieces)] == asked.pieces:
        return PART_OF_LISTED
    if score(asked, listed) >= SIMILAR:
        return SIMILAR_LETTERS
    return SAME_BEGINNING if firms and _begin_alike(asked.pieces, listed.pieces) else None


def score(asked: Name, listed: Name) -> float:
    """Return how much of both names agrees, in percent, whatever the order of the words (rapidfuzz's ratio)."""
    return fuzz.ratio(asked.key, listed.key)


def _same(asked: Name, listed: Name) -> Likeness | None:
    if asked.key == listed.key:
        return SAME
    if asked.joined == listed.joined:
        return SAME_LETTERS
    return SPELLED_ALIKE if _misspelled(asked, listed) else None


def _misspelled(asked: Name, listed: Name) -> bool:
    """Return whether one letter of one long word differs, in a name of several words and no figures."""
    first, second = set(asked.words), set(listed.words)
    apart = first ^ second
    if len(first) < 2 or len(first) != len(second) or len(apart) != 2:  # noqa: PLR2004 - one word in each
        return False
    one, other = apart
    long = min(len(one), len(other)) >= LEAST_LETTERS and min(len(asked.joined), len(listed.joined)) >= LEAST_NAME
    return long and one.isalpha() and other.isalpha() and OSA.distance(one, other, score_cutoff=1) == 1


def _holds(asked: Name, listed: Name) -> bool:
    """Return whether a whole listed name stands inside the name asked for, and is enough of a name for that."""
    inner, outer = listed.pieces, asked.pieces
    size, han_only = len(inner), listed.han == len(listed.pieces)
    if size >= len(outer) or not (listed.tells or (size > 1 and not han_only)):
        return False
    last = 0 if han_only and size < HAN_ANYWHERE else len(outer) - size
    return any(outer[at : at + size] == inner for at in range(last + 1))


def _begin_alike(asked: tuple[str, ...], listed: tuple[str, ...]) -> bool:
    """Return whether two names begin with the same telling word, or with three and more equal characters."""
    if not is_han(asked[0]):
        return asked[0] == listed[0] and len(asked[0]) >= LEAST_LEADING and telling(asked[0])
    first = asked[:HAN_LEADING]
    return first == listed[:HAN_LEADING] and len(first) == HAN_LEADING and all(map(is_han, first))
