"""A few threads that share numbered pieces of work over compiled kernels."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from types import TracebackType
from typing import Self

Work = Callable[[int], object]


class Crew:
    """Threads that claim pieces one by one, so that a slow thread holds nobody up.

    The kernels release the interpreter lock, which makes plain threads enough: no OpenMP
    runtime enters the process, forking stays safe, and the pieces are claimed as threads
    become free. A fixed split would wait for whichever thread another program displaced.

    What a piece computes must not depend on the thread that runs it; then any number of
    threads gives the same bits.
    """

    def __init__(self, threads: int) -> None:
        if threads < 1:
            raise ValueError(f"threads must be at least 1, not {threads}")
        self._helpers = threads - 1
        self._pool = ThreadPoolExecutor(self._helpers) if self._helpers else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def share(self, work: Work, pieces: int) -> None:
        """Call `work(0)` to `work(pieces - 1)`, each once; the first error is raised."""
        claim = count().__next__

        def drain() -> None:
            while (piece := claim()) < pieces:
                work(piece)

        if self._pool is None or pieces < 2:
            drain()
            return
        helpers = [self._pool.submit(drain) for _ in range(self._helpers)]
        try:
            drain()
        finally:
            for helper in helpers:
                helper.result()
