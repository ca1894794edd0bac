"""How far a long command is, on standard error in a terminal; nothing is written into a pipe or a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from exportctl.progress import watched


@contextmanager
def progress_bar(screen: Console | None = None) -> Iterator[None]:
    """Show a bar for each stage of the work inside, with what is done of how many and the time left.

    It begins with the first stage, so that questions can be asked before.
    """
    screen = screen or Console(stderr=True)
    if not screen.is_terminal:
        yield
        return
    bars = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=screen, transient=True,
    )  # fmt: skip
    tasks: dict[str, TaskID] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            bars.start()
            tasks[stage] = bars.add_task(stage, total=total)
        bars.update(tasks[stage], completed=done, total=total)

    try:
        with watched(show):
            yield
    finally:
        bars.stop()
