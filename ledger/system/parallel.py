"""Long work: side by side in processes of its own, and how far it has come."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any

WORTH_A_PROCESS = 100_000
"""From how many entries on another process pays for its start."""

Advance = Callable[[int], None]
"""Called with the number of entries done since the last call."""

Progress = Callable[[int], AbstractContextManager[Advance]]
"""Given how many entries there are to do, gives what is told how far it has come."""

Submit = Callable[..., Callable[[], Any]]
"""Takes a function and its arguments, and gives what waits for its result."""


def no_progress(_: int) -> AbstractContextManager[Advance]:
    """Progress that nobody wants to hear of."""
    return nullcontext(lambda _: None)


def processes_worth(entries: int) -> int:
    """How many processes so many entries are worth, on this machine."""
    if entries < WORTH_A_PROCESS:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _collect_seldom() -> None:
    """Most of what such a process makes it hands over, and looking for garbage finds none."""
    gc.set_threshold(100_000, 50, 50)


@contextmanager
def side_by_side(count: int) -> Iterator[Submit]:
    """Where work is done: in processes of its own, or here when its result is asked for."""
    if count == 1:
        yield partial
        return
    # What asks for no process need not wait for these.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: an open database must not be carried into another process.
    pool = ProcessPoolExecutor(count, get_context("spawn"), _collect_seldom)
    with pool:
        try:
            yield lambda *work: pool.submit(*work).result
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
