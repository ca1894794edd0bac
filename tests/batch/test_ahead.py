"""Work done ahead comes in its order, and no more of it is done than was asked for."""

import threading
import time
from functools import partial
from itertools import repeat

import pytest

from exportctl.batch.ahead import ahead


def test_what_is_done_ahead_comes_in_order_and_what_fails_fails_in_its_turn():
    def each():
        yield from range(5)
        raise ValueError("the sixth")

    got = []
    with pytest.raises(ValueError, match="the sixth"):
        got.extend(ahead(repeat(partial(next, each(), None)), 3))
    assert got == [0, 1, 2, 3, 4]


def test_no_more_is_done_than_some_steps_ahead_and_nothing_after_the_end():
    done, may_go_on = [], threading.Semaphore(3)

    def each():
        for one in range(100):
            may_go_on.acquire()
            done.append(one)
            yield one

    found = ahead(repeat(partial(next, each(), None)), 3)
    assert next(found) == 0
    may_go_on.release(1)
    assert next(found) == 1
    may_go_on.release(1)
    found.close()
    assert len(done) <= 5


def test_two_threads_give_what_one_does_in_the_same_order():
    both = threading.Barrier(2, timeout=20)

    def call(one):
        both.wait()
        time.sleep(0.02 if one % 2 == 0 else 0)
        return one

    assert list(ahead((partial(call, one) for one in range(6)), 4, threads=2)) == [0, 1, 2, 3, 4, 5]
