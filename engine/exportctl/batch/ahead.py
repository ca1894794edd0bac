"""Work done one step ahead."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(each: Iterator[T]) -> Iterator[T]:
    """Yield what an iterator yields, none of it None; another thread asks it for the next one meanwhile."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, each, None)
        while (found := coming.result()) is not None:
            coming = thread.submit(next, each, None)
            yield found
