"""Locks on files: who holds them, that there are none to be had, and that one waits.

Who waits longer than two seconds says on whom, through Python's logging (`answerable`); where a
program sets up no logging, and so for a command, that goes to stderr.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable
from math import inf
from pathlib import Path
from typing import NamedTuple

QUIET_SECONDS = 2.0
"""Seconds that are waited without a word."""

TABLE = Path("/proc/locks")
"""Where Linux tells which process holds which lock: proc_locks(5)."""

FIELDS = 8

WITHOUT = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
"""The answers of a file system that has no locks, for good or for now."""


class Bytes(NamedTuple):
    """A range of bytes in a file that locks stand for, both ends included."""

    place: Path
    first: int
    last: int


def holder(locked: Iterable[Bytes]) -> str:
    """Return in words who holds a lock that keeps all others from any of some bytes.

    Where the system does not tell, as of another machine or another container, nobody is named.
    """
    for each in locked:
        for lock in _locks(each.place):
            if lock.way == "WRITE" and lock.covers(each):
                return _in_words(lock.pid)
    return "another process"


def reader(locked: Iterable[Bytes]) -> str:
    """Return in words who shares a lock on some bytes: another process, before this one."""
    found = [
        lock.pid
        for each in locked
        for lock in _locks(each.place)
        if lock.way == "READ" and lock.covers(each)
    ]
    others = [pid for pid in found if pid != os.getpid()]
    return _in_words((others or found or [0])[0])


def holder_whole(place: Path) -> str:
    """Return in words who holds a file or folder alone (flock)."""
    whole = (lock.pid for lock in _locks(place) if lock.kind == "FLOCK")
    return _in_words(next(whole, 0))


def say_waiting(who: str, place: object) -> None:
    """Say on whom one waits for a file."""
    from logging import getLogger

    getLogger("answerable").warning("Waiting for %s, which holds %s.", who, place)


def missing_locks(place: Path) -> OSError | None:
    """Return what a file system answers that has no locks; None where it has some.

    Args:
        place: a file that is there, and that this process holds no lock on: it would lose it. Or a
            folder, in which a file is made for the moment.
    """
    try:
        if place.is_dir():
            from tempfile import TemporaryFile

            with TemporaryFile(dir=place) as made:
                fcntl.lockf(made, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            with place.open("rb") as there:
                fcntl.lockf(there, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error if error.errno in WITHOUT else None
    return None


class _Lock(NamedTuple):
    """A line of the system's table that is of one file."""

    kind: str
    way: str
    pid: int
    first: int
    last: float

    def covers(self, locked: Bytes) -> bool:
        """Tell whether it is a lock on any of some bytes."""
        return self.kind != "FLOCK" and self.first <= locked.last and self.last >= locked.first


def _locks(place: Path) -> list[_Lock]:
    """Read who holds which lock on a file; nobody, where the system does not tell."""
    try:
        found = place.stat()
        lines = TABLE.read_text("ascii").splitlines()
    except (OSError, ValueError):
        return []
    file = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    # A line that tells who waits has an arrow more.
    rows = (row for row in map(str.split, lines) if len(row) == FIELDS and row[5] == file)
    return [
        _Lock(kind, way, int(pid), int(first), inf if last == "EOF" else int(last))
        for _, kind, _, way, pid, _, first, last in rows
    ]


def _in_words(pid: int) -> str:
    """Name a process by its number and what it runs; nobody, where the number tells of none."""
    if pid == os.getpid():
        return "another connection of this very process"
    if pid <= 0:
        return "another process"
    try:
        return f"another process, {pid} ({Path(f'/proc/{pid}/comm').read_text('utf-8').strip()})"
    except (OSError, ValueError):
        return f"another process, {pid}"
