"""Work done ahead of the one who needs it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(each: Iterator[T], steps: int = 1) -> Iterator[T]:
    """Yield what an iterator yields, none of it None; another thread asks it for the next ones meanwhile."""
    thread = ThreadPoolExecutor(1)
    try:
        coming = deque(thread.submit(next, each, None) for _ in range(steps))
        while (found := coming.popleft().result()) is not None:
            coming.append(thread.submit(next, each, None))
            yield found
    finally:
        thread.shutdown(cancel_futures=True)
