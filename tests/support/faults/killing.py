"""Kill a server as the machine would: all its processes at once, without a word.

A server is let go by what starts it. So that it is gone once it is killed, even where nobody else
looks after orphans, this process takes them: https://man7.org/linux/man-pages/man2/prctl.2.html.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.postgresql import Server

PR_SET_CHILD_SUBREAPER, PR_GET_CHILD_SUBREAPER = 36, 37


@contextmanager
def taking_orphans() -> Iterator[None]:
    """Be the parent of whatever is let go by what was started within the block."""
    libc, before = ctypes.CDLL(None, use_errno=True), ctypes.c_int()
    # Blocks may lie within one another.
    libc.prctl(PR_GET_CHILD_SUBREAPER, ctypes.byref(before), 0, 0, 0)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        libc.prctl(PR_SET_CHILD_SUBREAPER, before.value, 0, 0, 0)


def kill_server(server: Server) -> None:
    """Send SIGKILL to a server and all its processes, and wait until none of them is left.

    It was started within `taking_orphans`.
    """
    (first, *_) = (server.folder / "data" / "postmaster.pid").read_text().splitlines()
    # Nobody is started any more, nor does the first process tell the others to go.
    os.kill(int(first), signal.SIGSTOP)
    for pid in (int(first), *_children_of(int(first))):
        with suppress(ProcessLookupError):
            descriptor = os.pidfd_open(pid)
            try:
                os.kill(pid, signal.SIGKILL)
                select.select([descriptor], [], [])
            finally:
                os.close(descriptor)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _children_of(parent: int) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name in parentheses may hold spaces.
            fields = place.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(place.parent.name))
    return found
