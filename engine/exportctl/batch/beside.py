"""The names beside a result that a screening writes to: none of them may be a file that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exportctl.problem import Problem, Refused

REJECTED, PARTIES = ".rejected.csv", ".parties.csv"
ENDINGS = (
    "", REJECTED, PARTIES, ".summary.json", ".summary.html", ".partial", REJECTED + ".partial", ".journal", ".whole",
    ".probe",
)  # fmt: skip


def check_beside(output: str, read: Iterable[str], same: Callable[[str, str], bool]) -> None:
    """Hold the result and the names beside it against the files that are read; `same` says what would be overwritten.

    Raises:
        Refused: with every file that would be lost.
    """
    found = [
        Problem(one, "", f"is read, and would be overwritten by `{output + ending}`", "give `-o` another name")
        for one in read for ending in ENDINGS if same(output + ending, one)
    ]  # fmt: skip
    if found:
        raise Refused(found)
