"""Sources: the places where the text of an instrument was read, each with the day it was last opened."""

from __future__ import annotations

import datetime

from pydantic import Field, field_validator

from exportctl.law.evidence import Evidence
from exportctl.law.strict import Strict, Text


class Publication(Strict):
    """An official document that is no instrument itself, such as answers of a spokesman: who issued it, and when."""

    issuer: str
    title: Text
    number: Text | None = None
    issued: datetime.date | None = None


class Source(Strict):
    """One place where the text of instruments was read: which, what of it was seen, and how well that establishes it.

    Issuer, number and title are those of the `instruments` it supports, unless it is a `publication` of its own. `url`
    is empty where only a print or a description of it was seen. `check_every_days` is how long a look at it holds.
    """

    id: str
    instruments: list[str] = Field(min_length=1)
    publication: Publication | None = None
    url: str = ""
    seen: Text
    evidence: Evidence
    checked_on: datetime.date
    check_every_days: int = Field(gt=0)
    note: str = ""

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://")):
            raise ValueError(f"`{url}` is no address that begins with https:// or http://")
        return url

    @property
    def due(self) -> datetime.date:
        """The last day on which the latest look at it still holds."""
        return self.checked_on + datetime.timedelta(days=self.check_every_days)
