"""Work done ahead of the one who needs it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def ahead(calls: Iterable[Callable[[], T | None]], steps: int, threads: int = 1) -> Iterator[T]:
    """Yield what each call returns, in their order, up to one that returns None.

    Other threads make so many `steps` of them meanwhile, at least 1. What waits to be called is dropped when nobody
    asks any more.
    """
    pool, rest = ThreadPoolExecutor(threads), iter(calls)
    try:
        coming = deque(pool.submit(call) for call in islice(rest, steps))
        while coming and (found := coming.popleft().result()) is not None:
            coming.extend(pool.submit(call) for call in islice(rest, 1))
            yield found
    finally:
        pool.shutdown(cancel_futures=True)
