"""What is wrong with an input, said so that its author can mend it.

Refused        the input has errors; carries every one of them
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from exportctl.harmless import visible


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of an input: where it stands, what is wrong, and what would be right.

    `place` is a file, with the line or row behind a colon; `field` is a dotted path inside it.
    User input inside `problem` stands in backticks. `hint` is empty when there is nothing to suggest.
    """

    place: str
    field: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the fault as one line, with the hint on a second, and with escapes for what cannot be seen."""
        field = f"{self.field}: " if self.field else ""
        hint = f"\n  hint: {visible(self.hint)}" if self.hint else ""
        return visible(f"{self.place}: {field}{self.problem}") + hint


class Refused(Exception):  # noqa: N818 - the field's own word
    """The input cannot be read; `problems` holds every fault that was found, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint naming the known word nearest to `word`, or an empty string when none is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean `{near[0]}`?" if near else ""
