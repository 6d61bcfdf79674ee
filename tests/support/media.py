"""Media of one's own: small, or without locks, or only to be read; and commands that obey modes."""

import ctypes
import errno
import os
import platform
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

LIBC = ctypes.CDLL(None, use_errno=True)
PR_CAPBSET_DROP = 24
ABOVE_PERMISSIONS = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: why no file is read-only for root."""


def without_privileges() -> None:
    """Let the command that follows obey permissions, even if root runs it."""
    if os.geteuid() == 0:
        for capability in ABOVE_PERMISSIONS:
            LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
FCNTL = {"x86_64": 72, "aarch64": 25}
"""The number of the system call, by machine."""


def without_locks() -> None:
    """Let the command that follows find no file system that has locks (ENOLCK), by seccomp(2)."""
    load, equal, give = 0x20, 0x15, 0x06
    program = struct.pack(
        "HBBI" * 6,
        *(load, 0, 0, 0),  # the number of the system call
        *(equal, 0, 3, FCNTL[platform.machine()]),
        *(load, 0, 0, 24),  # the second argument of six
        *(equal, 0, 1, 6),  # F_SETLK
        *(give, 0, 0, 0x00050000 | errno.ENOLCK),
        *(give, 0, 0, 0x7FFF0000),
    )
    held = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxQ", 6, ctypes.addressof(held))
    LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0):
        raise OSError(ctypes.get_errno(), "no system call can be filtered here")


@contextmanager
def mounted(place: Path, size: str, unavailable: Callable[[str], NoReturn]) -> Iterator[Path]:
    """A disk of some size, on a folder that is made for it."""
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place],
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        unavailable("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def make_read_only(place: Path) -> None:
    """Let nobody write to a mounted disk any more."""
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
