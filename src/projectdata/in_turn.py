"""Work on a stream by several threads: as many pieces at a time, and their order kept."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

THREADS = 2


def in_turn(work: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
    """What comes of each piece, in their order. Few pieces are held at a time.

    It is worth it where the work leaves Python, as that of DuckDB and Arrow does.
    """
    waiting: deque[Future[R]] = deque()
    with ThreadPoolExecutor(THREADS) as pool:
        for piece in pieces:
            waiting.append(pool.submit(work, piece))
            if len(waiting) > THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
