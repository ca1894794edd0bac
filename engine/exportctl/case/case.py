"""The facts of one case, typed and three-valued: a fact that is absent is not known."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exportctl.case.item import Item
from exportctl.case.licence import Licence
from exportctl.law.strict import Text


class AtLeast(tuple[Any, ...]):
    """The lists a party is on for certain; whether it is on others is not known."""

    __slots__ = ()


@dataclass(frozen=True)
class Party:
    """An importer or end user; `facts` are those under `party.` in the vocabulary, without the prefix."""

    role: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One hypothetical export.

    `facts` holds transfer, exporter, end use and technology by their full paths. `parties` are the importer and the
    end user. `item` is what crosses the border; None when nothing does. `noted` are the prices and rates from the
    user's tables that its amounts rest on.
    """

    title: str
    on: datetime.date
    facts: Mapping[str, Any]
    parties: tuple[Party, ...]
    item: Item | None
    licences: tuple[Licence, ...] = ()
    assumed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    noted: tuple[Text, ...] = ()
