"""Waiting for whoever holds a database: not for what never comes, nor for long without a word."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from answerable.ledger.errors import NOTHING_WRITTEN, StorageFailed
from answerable.ledger.store.sqlite.access import companion, folder_of
from answerable.ledger.system.locks import (
    QUIET_SECONDS,
    Bytes,
    holder,
    missing_locks,
    reader,
    say_waiting,
)
from answerable.ledger.system.regular_file import real_file

MOMENT = 0.2
"""Seconds after which it is asked whether there are locks at all."""

Given = TypeVar("Given")


class Patience:
    """The time to wait for who holds a ledger, or a witness's memory.

    Attributes:
        path: its file.
        seconds: the longest wait.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self.path = path
        self.seconds = seconds

    def spend(self, attempt: Callable[[float], Given], *, opening: bool = False) -> Given:
        """Attempt what may find the file held, until it is free.

        To SQLite a file system without locks is a file that is held, and would be for ever
        (ENOLCK). So where it is being opened, that is asked after a moment.

        Args:
            attempt: takes how many seconds it may wait, and raises what SQLite raises.
            opening: whether this is the first that is done to the file.

        Raises:
            StorageFailed: it is held for too long, or no lock can be had.
        """
        left = self.seconds
        for period in (*((MOMENT,) if opening else ()), QUIET_SECONDS, self.seconds):
            waited = min(period, left)
            left -= waited
            try:
                return attempt(waited)
            except sqlite3.OperationalError as error:
                if not _is_busy(error):
                    raise
                if opening:
                    self._check_locks()
                if left <= 0:
                    raise self._held() from error
                if period == QUIET_SECONDS:
                    say_waiting(self._holder(), self.path)
        raise self._held()

    def _check_locks(self) -> None:
        log = companion(self.path, "-wal")
        said = missing_locks(log if log.exists() else folder_of(self.path))
        if said is not None:
            raise StorageFailed(
                f"{self.path} is on a file system that gives no locks ({said.strerror}), so it can "
                f"neither be written nor read beside others{NOTHING_WRITTEN}.",
                hint="Keep it on a local disk, or have locks switched on where it is mounted.",
            )

    def _held(self) -> StorageFailed:
        return StorageFailed(
            f"{self.path} is held by {self._holder()}{NOTHING_WRITTEN}.", hint="Try again."
        )

    def _holder(self) -> str:
        return holder(_locked_bytes(self.path))


def busy_timeout(seconds: float) -> str:
    """Return the statement by which a connection waits so long for who holds the file."""
    return f"PRAGMA busy_timeout = {round(seconds * 1_000)}"


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")


def reader_of(path: Path) -> str:
    """Return in words who reads a ledger: another process, where one is known, or this one."""
    return reader([Bytes(companion(path, "-shm"), 123, 127)])


def _locked_bytes(path: Path) -> tuple[Bytes, ...]:
    """Return what SQLite's locks stand for: the writer's, the log's others, the file's.

    https://sqlite.org/walformat.html#locks, https://sqlite.org/lockingv3.html
    """
    index = companion(path, "-shm")
    return (
        Bytes(index, 120, 120),
        Bytes(index, 121, 122),
        Bytes(real_file(path), 0x40000000, 0x40000000 + 511),
    )
