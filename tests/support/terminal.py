"""Read what a process writes to a terminal, all of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Thread

END = b"\x1b]end\x07"


def written_to(near: int, far: int, ended: Callable[[], object]) -> bytes:
    """Read what is written to the far end of a terminal until its writer has ended; close both.

    The far end stays open until all of it was read: once it is closed, the near end may lose what
    was not.

    Args:
        near: the end that is read.
        far: the end that is written to.
        ended: waits for the writer's end.
    """

    def end() -> None:
        try:
            ended()
        finally:
            os.write(far, END)

    waiting = Thread(target=end)
    waiting.start()
    written = b""
    while not written.endswith(END):
        written += os.read(near, 65_536)
    waiting.join()
    os.close(near)
    os.close(far)
    return written.removesuffix(END)
