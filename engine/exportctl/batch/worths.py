"""Every kind of worth that a row can have, numbered: by its class, by whether some content is stated, by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import polars as pl

from exportctl.batch.share_column import UNIT, Worth, standing_for
from exportctl.exact import ZERO, Interval

NOT_GIVEN, GIVEN, NOTHING_GIVEN = 0, 1, 2
CLASSES = (Worth(given=False, zero=False), Worth(given=True, zero=False), Worth(given=True, zero=True))
"""Items that state no content, by how much is known of their worth."""


@dataclass(frozen=True)
class Worths:
    """The worths that differ for shares compared with `marks`, the least first; a class has its own number."""

    marks: Sequence[Fraction]

    @cached_property
    def numbered(self) -> tuple[Worth, ...]:
        """Every worth, by number."""
        return (*dict.fromkeys((*CLASSES, *self._undivided, *self._divided)),)

    @property
    def undivided(self) -> pl.Series:
        """The numbers of worths whose content or worth is nothing or not known: twice the class, and 1 for some."""
        return self._numbers(self._undivided)

    @cached_property
    def divided(self) -> pl.Series:
        """The numbers of worths with a share, by the side of the marks it lies on."""
        return self._numbers(self._divided)

    @property
    def _undivided(self) -> list[Worth]:
        return [Worth(one.given, one.zero, content) for one in CLASSES for content in (ZERO, UNIT)]

    @property
    def _divided(self) -> list[Worth]:
        shares = [standing_for(side, self.marks) for side in range(2 * len(self.marks) + 1)]
        return [Worth(given=True, zero=False, content=Interval.at(share)) for share in shares]

    def _numbers(self, each: list[Worth]) -> pl.Series:
        return pl.Series([self.numbered.index(one) for one in each], dtype=pl.UInt32)
