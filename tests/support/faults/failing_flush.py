"""Have a disk fail to say that it has what was written to it: fsync and fdatasync give EIO.

The kernel answers so for one thread and those that it starts, by a filter on what they ask of it:
https://man7.org/linux/man-pages/man2/seccomp.2.html. It takes no rights, and cannot be taken back.
"""

from __future__ import annotations

import ctypes
import platform
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from errno import EIO
from typing import TypeVar

import pytest

T = TypeVar("T")

CALLS = {"x86_64": (74, 75), "aarch64": (82, 83)}
"""The numbers of fsync and fdatasync, by machine."""

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, FAIL = 0x7FFF0000, 0x00050000 | EIO


class _Filter(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint),
    )  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Filter)))


def with_failing_flush(act: Callable[[], T]) -> T:
    """Do something in a thread of its own, for which nothing can be flushed."""

    def alone() -> T:
        _fail_to_flush()
        return act()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


def _fail_to_flush() -> None:
    calls = CALLS.get(platform.machine())
    if calls is None:
        pytest.skip(f"the numbers of system calls are not known for {platform.machine()}")
    steps = (_Filter * 5)(
        _Filter(LOAD, 0, 0, 0), _Filter(EQUAL, 1, 0, calls[0]), _Filter(EQUAL, 0, 1, calls[1]),
        _Filter(RETURN, 0, 0, FAIL), _Filter(RETURN, 0, 0, ALLOW),
    )  # fmt: skip
    libc = ctypes.CDLL(None, use_errno=True)
    program = ctypes.byref(_Program(len(steps), steps))
    done = libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0
    )
    if done:
        pytest.skip(f"the kernel takes no filter of system calls: error {ctypes.get_errno()}")
