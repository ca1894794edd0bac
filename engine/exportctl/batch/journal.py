"""How far a screening got, written down after every chunk, so that it can go on after a kill."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exportctl.problem import Problem, Refused


@dataclass(eq=False)
class Journal:
    """A file beside the result. `of` says what is screened, with what and how: a run goes on only with the same."""

    path: Path
    of: dict[str, Any]

    def start(self) -> None:
        """Begin anew."""
        self.path.write_text(json.dumps({"of": self.of}) + "\n", encoding="utf-8")

    def note(self, state: dict[str, Any]) -> None:
        """Write down how far the run got."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(state) + "\n")

    def last(self) -> dict[str, Any] | None:
        """Return how far the run got; None where there is none that can go on.

        Raises:
            Refused: the run that is there was of something else.
        """
        if not self.path.is_file():
            return None
        lines = [found for line in self.path.read_text(encoding="utf-8").splitlines() if (found := _read(line))]
        if not lines:
            return None
        if lines[0].get("of") != self.of:
            text = "the unfinished run was of another input, rule book or option"
            raise Refused([Problem(str(self.path), "", text, "leave out `--resume` to begin anew")])
        return lines[-1] if len(lines) > 1 else None


def fingerprint(path: Path) -> str:
    """Return what tells a file from its later versions: size, time of change, and the hash of its first megabyte."""
    stat = path.stat()
    with path.open("rb") as file:
        head = hashlib.sha256(file.read(2**20)).hexdigest()
    return f"{stat.st_size}-{stat.st_mtime_ns}-{head[:16]}"


def _read(line: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return found
