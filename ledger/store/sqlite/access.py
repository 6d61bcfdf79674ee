"""Find the way to open a ledger's file: to be written or, where nothing can be, as it lies.

SQLite coordinates readers and writers of a write-ahead log by two files beside the database. Where
they are not there and cannot be made - a medium or a folder that may only be read, a disk that is
full - or would be made by somebody in whose name the ledger's owner could not write any more, the
file is read without them, and without locks. Then nothing says that it stays as it is while it is
read, so that is looked at: before and after each transaction, the files have to be the same.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from answerable.ledger.errors import NOTHING_WRITTEN, StorageFailed
from answerable.ledger.system.regular_file import real_file

ALONE = "vfs=unix-none"
"""SQLite's way to take no lock: https://sqlite.org/vfs.html. The index of the log is in memory."""

NO_ROOM = frozenset(
    {
        "SQLITE_CANTOPEN",
        "SQLITE_FULL",
        "SQLITE_IOERR_SHMMAP",
        "SQLITE_IOERR_SHMOPEN",
        "SQLITE_IOERR_SHMSIZE",
        "SQLITE_IOERR_WRITE",
        "SQLITE_READONLY_DIRECTORY",
    }
)
"""The errors of SQLite where no file can be made beside the ledger: a full disk, as a rule."""

PERMISSIONS = "Check the permissions of the file and of its folder."
SPACE = "Free some space, or check the permissions of the folder, then open it again."

Look = tuple[tuple[int, ...] | None, ...]
"""A ledger's file and its write-ahead log from outside: each one's inode, size and time."""


class Access(NamedTuple):
    """A way to open a ledger.

    Attributes:
        path: the ledger.
        uri: its file as SQLite is to open it.
        barrier: what keeps it from being written, in words; empty where nothing is known to.
        remedy: what to do about that.
        lay: how the file and its log looked, where they are read as they lie; else None.
    """

    path: Path
    uri: str
    barrier: str = ""
    remedy: str = PERMISSIONS
    lay: Look | None = None

    def check_writable(self) -> None:
        """Check that nothing is known to keep the ledger from being written.

        Raises:
            StorageFailed: something is.
        """
        if self.barrier:
            raise StorageFailed(
                f"{self.path} cannot be written: {self.barrier}{NOTHING_WRITTEN}.",
                hint=self.remedy,
            )

    def check_undisturbed(self) -> None:
        """Check that a file that is read as it lies was not written to since it was opened.

        Raises:
            StorageFailed: it was, so that what was read may be of two states.
        """
        if self.lay is not None and _look(self.path) != self.lay:
            raise StorageFailed(
                f"{self.path} was written to by another process while it was read without locks, "
                f"for {self.barrier}; what was read may be neither the old state nor the new.",
                hint="Ask again.",
            )


def way_in(path: Path) -> Access:
    """Return how to open a ledger that is there.

    Raises:
        StorageFailed: there is a log that this process may not read.
    """
    barrier = _barrier(path)
    if barrier and not _has_companions(path):
        return as_it_lies(path, barrier)
    # Where both files are there, the folder is asked for none.
    return Access(path, uri(path, "mode=rw"), "" if _may_write(path) else barrier)


def without_room(path: Path, said: str) -> Access:
    """Return how to read a ledger that no file can be made beside, though permissions allow it.

    Args:
        path: the ledger.
        said: what SQLite said.
    """
    return as_it_lies(path, f"no file can be made beside it ({said})", SPACE)


def as_it_lies(path: Path, barrier: str, remedy: str = PERMISSIONS) -> Access:
    """Return how to read a ledger without locks, and without a file beside it.

    Args:
        path: the ledger.
        barrier: why, in words.
        remedy: what to do about that.

    Raises:
        StorageFailed: there is a log that this process may not read.
    """
    lay = _look(path)
    log = companion(path, "-wal")
    if _size(log) and not os.access(log, os.R_OK):
        raise StorageFailed(
            f"what was recorded last is not in {path} yet but in {log}, which cannot be read.",
            hint="Have its owner let you read it, or close the ledger.",
        )
    # What nobody has moved into the file yet is in its log, so that has to be read, too.
    unmoved = _size(log) > 0 or _size(companion(path, "-journal")) > 0
    options = f"mode=ro&{ALONE}" if unmoved else "mode=ro&immutable=1"
    return Access(path, uri(path, options), barrier, remedy, lay)


def uri(path: Path, options: str) -> str:
    """Return a file's name as SQLite takes it, with options."""
    return f"file:{quote(str(path.absolute()))}?{options}"


def connect(address: str, *, timeout: float = 5.0) -> sqlite3.Connection:
    """Open a connection to a ledger beside those of its datastore, by the same way in.

    Args:
        address: what `Access.uri` gives.
        timeout: seconds to wait for who holds the file.
    """
    made = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None)
    prepare(made, address)
    return made


def prepare(made: sqlite3.Connection, address: str) -> None:
    """Have a new connection keep the index of the log in memory, where it is read alone."""
    if ALONE in address:
        made.execute("PRAGMA locking_mode = EXCLUSIVE")


def folder_of(path: Path) -> Path:
    """Return the folder that a ledger's file, or the file that a link leads to, lies in."""
    return real_file(path).absolute().parent


def companion(path: Path, end: str) -> Path:
    """Return the place of a file that SQLite keeps beside a ledger's, by the end of its name."""
    real = real_file(path)
    return real.with_name(f"{real.name}{end}")


def _barrier(path: Path) -> str:
    """Say what keeps the files of a ledger from being written; nothing, if it can be tried."""
    if _may_write(path) and _may_write(folder_of(path)):
        return ""
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return "its medium may only be read"
    whose = "the file" if not _may_write(path) else "its folder"
    return f"{whose} may only be read"


def _may_write(place: Path) -> bool:
    return os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _has_companions(path: Path) -> bool:
    """Tell whether the files are there by which SQLite coordinates, and can be read."""
    return all(os.access(companion(path, end), os.R_OK) for end in ("-wal", "-shm"))


def _size(place: Path) -> int:
    found = _stat(place)
    return 0 if found is None else found.st_size


def _stat(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except OSError:
        return None


def _look(path: Path) -> Look:
    """Return how a ledger's file and its log look. An empty log is as good as none.

    The time of change is left out: SQLite itself changes it, where root opens the log.
    """
    looks: list[tuple[int, ...] | None] = []
    for place in (real_file(path), companion(path, "-wal")):
        found = _stat(place)
        looks.append(
            (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
            if found is not None and found.st_size
            else None
        )
    return tuple(looks)
