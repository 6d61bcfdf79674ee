"""Media of one's own: a small disk, one that may only be read, and commands that obey modes."""

import ctypes
import os
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
