"""A value of a case file as its author wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_WORDS = {None: "null", True: "true", False: "false"}


def source_text(value: Any) -> str:
    """Return a value that was read from YAML or JSON as it stands there, on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {source_text(part)}' for key, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(source_text, value))}]"
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    return format(value, "f") if isinstance(value, Decimal) else str(value)
