"""What was worked out already, in layers: what a case shares with another one is not worked out twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Memory:
    """What was worked out, by what it is and whose. What `below` holds is seen and never changed."""

    below: Memory | None = None
    own: dict[Any, Any] = field(default_factory=dict)

    def get(self, key: Any) -> Any:
        """Return what is remembered, None when nothing is."""
        found = self.own.get(key)
        return self.below.get(key) if found is None and self.below is not None else found

    def __contains__(self, key: Any) -> bool:
        return key in self.own or (self.below is not None and key in self.below)

    def __getitem__(self, key: Any) -> Any:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: Any, value: Any) -> None:
        self.own[key] = value

    def __len__(self) -> int:
        return len(self.own) + (len(self.below) if self.below is not None else 0)
