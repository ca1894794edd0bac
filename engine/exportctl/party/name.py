"""A name as it is compared: without what changes from one writing to another and tells no firm from another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from exportctl.party.han import HAN, is_han, simplified
from exportctl.party.legal_form import legal_forms, shared, without_forms, without_han_forms

_DOTS = re.compile(r"[.'’`´·•‧・]")
_AMPERSAND = re.compile(r"[&＆+]")
_WORD = re.compile(rf"[{HAN}ー]+|[^\W_{HAN}]+")
_HAN_RUN = re.compile(rf"[{HAN}ー]+")
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "þ": "th", "ð": "d"})
_MARKS = "Mn"
TELLING_WORD, TELLING_HAN = 3, 3


@dataclass(frozen=True)
class Name:
    """A name, and its words as they are compared: one width and case, no accents, no legal form, simplified characters.

    A run of Chinese or Japanese characters is one word.
    """

    text: str
    words: tuple[str, ...]

    @cached_property
    def key(self) -> str:
        """The words in alphabetical order, each once: equal for names that differ in word order only."""
        return " ".join(sorted(set(self.words)))

    @cached_property
    def joined(self) -> str:
        """The words without the spaces between them."""
        return "".join(self.words)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The words, with every Chinese or Japanese character for itself, since no space divides these."""
        return tuple(p for word in self.words for p in (word if _HAN_RUN.fullmatch(word) else (word,)))

    @cached_property
    def han(self) -> int:
        """How many of the pieces are Chinese or Japanese characters."""
        return sum(is_han(piece) for piece in self.pieces)

    @cached_property
    def tells(self) -> bool:
        """Whether it holds a word that few firms share, or enough Chinese characters to tell firms apart."""
        return self.han >= TELLING_HAN or any(telling(piece) for piece in self.pieces)

    @cached_property
    def leads(self) -> tuple[str, ...]:
        """What names can be looked up by: each word, and each two characters that follow each other."""
        both = zip(self.pieces, (*self.pieces[1:], ""), strict=True)
        return tuple(one + two if is_han(one) and is_han(two) else one for one, two in both)


def telling(piece: str) -> bool:
    """Return whether a word is long enough, and not one of those that many firms share."""
    return len(piece) >= TELLING_WORD and not shared(piece) and not is_han(piece)


@lru_cache(maxsize=400_000)
def read_name(text: str) -> Name:
    """Return a name as it is compared; without a letter or digit in it, it has no words."""
    words: list[str] = []
    for word in _WORD.findall(_plain(text)):
        run = without_han_forms(word) if _HAN_RUN.fullmatch(word) else word
        words.append(run)
    left = [word for word in words if word not in legal_forms().han] or words
    return Name(text, without_forms(left))


def _plain(text: str) -> str:
    """Return a text in one width, case and alphabet, dots deleted: `K.K.` is one word, not two."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    for mark, form in legal_forms().marks.items():
        wide = wide.replace(mark, f" {form} ")
    bare = _AMPERSAND.sub(" ", _DOTS.sub("", wide)).translate(_LETTERS)
    return simplified(_without_accents(bare))


def _without_accents(text: str) -> str:
    """Return a text without accents on Latin and other letters; the voicing marks of kana stay."""
    if text.isascii():
        return text
    return "".join(char if _HAN_RUN.fullmatch(char) else _base(char) for char in text)


def _base(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", char) if unicodedata.category(part) != _MARKS)
