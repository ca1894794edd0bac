"""How far a long piece of work is, told to whoever watches; to nobody, at no cost, where nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Thing = TypeVar("Thing")
Watch = Callable[[str, int, int], None]
"""Called with the name of a stage, how many things of it are done, and how many there are."""

STEPS = 200
_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch | None) -> Iterator[None]:
    """Tell `watch` how far the work in this context is."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def counted(stage: str, things: Sequence[Thing]) -> Iterator[Thing]:
    """Yield things, telling who watches how many of them are done; a stage within a stage is not told apart."""
    watch = _watch.get()
    if watch is None:
        yield from things
        return
    every = max(1, len(things) // STEPS)
    with watched(None):
        for done, thing in enumerate(things):
            if done % every == 0:
                watch(stage, done, len(things))
            yield thing
    watch(stage, len(things), len(things))
