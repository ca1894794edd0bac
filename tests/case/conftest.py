"""What the tests of cases share."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a text as a CSV file and returns where."""

    def write(text: str) -> Path:
        path = tmp_path / "pump.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write
