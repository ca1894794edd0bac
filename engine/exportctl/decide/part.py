"""What every part of a determination has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a determination; never changed once made."""

    model_config = ConfigDict(extra="forbid", frozen=True)
