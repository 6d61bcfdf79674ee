"""Long work side by side in processes of its own, and reports of how far it has come."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any

WORTH_A_PROCESS = 100_000
"""From how many entries on another process pays for its start."""

Advance = Callable[[int], None]
"""Called with the number of entries done since the last call."""

Progress = Callable[[int], AbstractContextManager[Advance]]
"""Called with the number of entries to do; gives an `Advance` within its block."""

Submit = Callable[..., Callable[[], Any]]
"""Takes a function and its arguments, and gives what waits for its result."""


def no_progress(_: int) -> AbstractContextManager[Advance]:
    """Report progress to nobody."""
    return nullcontext(lambda _: None)


def processes_worth(entries: int, least: int = WORTH_A_PROCESS) -> int:
    """Return how many processes the work on so many entries is worth, on this machine.

    Args:
        entries: how many.
        least: from how many on another process pays for its start.
    """
    if entries < least:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


SELDOM = (100_000, 50, 50)
"""The thresholds of the collector where rows by the thousand are read, and soon done with."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Collect garbage seldom within the block, which should leave little to the collector."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


_handed: Any = None


def _begin(handed: Any) -> None:
    """Begin a process that others submit work to: whoever started it is told of Ctrl-C, not it."""
    global _handed
    gc.set_threshold(*SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _handed = handed


def handed() -> Any:
    """Return what this process was handed when it began (`side_by_side`)."""
    return _handed


@contextmanager
def side_by_side(count: int, *, joining: bool = False, handing: Any = None) -> Iterator[Submit]:
    """Give a way to submit work: to other processes, or done here when its result is asked for.

    Args:
        count: how many processes.
        joining: whether this one is among them: while it waits for a result, it does what was
            submitted last.
        handing: what each other process is handed once, for work that asks for it (`handed`).
    """
    if count == 1:
        yield partial
        return
    # What asks for no process need not wait for these.
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: an open database must not be carried into another process.
    pool = ProcessPoolExecutor(count - joining, get_context("spawn"), _begin, (handing,))
    waiting: list[tuple[Future[Any], Callable[[], Any]]] = []
    made: dict[Future[Any], Any] = {}

    def submit(work: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
        future = pool.submit(work, *arguments)
        if joining:
            waiting.append((future, partial(work, *arguments)))
        return partial(result, future)

    def result(future: Future[Any]) -> Any:
        while waiting and not future.done():
            last, work = waiting.pop()
            if last.cancel():
                made[last] = work()
        return made.pop(future) if future in made else future.result()

    with pool:
        try:
            yield submit
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
