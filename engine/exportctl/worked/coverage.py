"""How far the generated cases reach: each condition deciding alone, as true, as false and as unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from exportctl.decide.examine import Examination
from exportctl.law.book import RuleBook
from exportctl.worked.holding import leaned_on, shown, view_of
from exportctl.worked.run import Run, case_of, runs_of
from exportctl.worked.spot import spots

TRUTHS = ("yes", "no", "unknown")
NEVER, ALIKE = "never.txt", "alike.txt"
DATES = "dates of "
REASON = "  # "
Point = tuple[str, str]


@dataclass
class Coverage:
    """The conditions of a rule book by name and truth, each with the runs in which it alone decides.

    `never` are those of which the solver found that no case shows them.
    """

    points: dict[Point, list[Run]] = field(default_factory=dict)
    never: frozenset[Point] = frozenset()
    mistaken: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[Point]:
        """What no run shows, and is not known to be impossible."""
        return [point for point, runs in self.points.items() if not runs and point not in self.never]

    @property
    def idle(self) -> list[Point]:
        """What is said to be impossible and is shown by a run, or is no condition any more."""
        return sorted(point for point in self.never if self.points.get(point) or point not in self.points)

    @property
    def shown(self) -> int:
        """How many points a run shows."""
        return sum(1 for runs in self.points.values() if runs)


def covered(book: RuleBook, runs: Iterable[Run], never: frozenset[Point] = frozenset()) -> Coverage:
    """Return how far runs reach; a run that does not show what it says goes to `mistaken`.

    Raises:
        Refused: the case of a run is not well formed.
    """
    found = Coverage({(spot.name, truth): [] for spot in spots(book) for truth in TRUTHS}, never)
    for run in runs:
        names = [name for name in run.expected.shown if " " not in name]
        exam = Examination(book, case_of(run, book), run.expected.known_on) if names else None
        for name in names:
            truth = _shown(exam, run, name)
            if truth is None or (name, truth) not in found.points:
                found.mistaken.append(f"{run.place}: {name} does not decide alone")
            else:
                found.points[name, truth].append(run)
    return found


def _shown(exam: Examination | None, run: Run, name: str) -> str | None:
    if exam is None:
        return None
    try:
        view = view_of(exam.book, run.expected)
        return shown(exam, view, name) or leaned_on(exam, view, name)
    except (KeyError, AssertionError):
        return None


def generated_runs(folder: Path) -> list[Run]:
    """Return every run of the generated cases.

    Raises:
        Refused: some file is not well formed.
    """
    return [run for path in sorted(folder.rglob("*.yaml")) for run in runs_of(path)]


def runs_of_file(path: Path) -> list[Run]:
    """Return the runs of one file of generated cases, none where it does not exist.

    Raises:
        Refused: it is not well formed.
    """
    return runs_of(path) if path.exists() else []


def never_of(folder: Path) -> frozenset[Point]:
    """Return what the solver found to be impossible, as the folder of generated cases keeps it."""
    points = (name.rpartition(" ") for name in _listed(folder / NEVER))
    return frozenset((name, truth) for name, _, truth in points)


def alike_of(folder: Path) -> frozenset[str]:
    """Return the changes of which the solver found that they decide no case otherwise, by the names of mutants."""
    return frozenset(_listed(folder / ALIKE))


def _listed(path: Path) -> list[str]:
    """Return what a file lists, without the reasons."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.partition(REASON)[0] for line in lines if line and not line.startswith("#")]
