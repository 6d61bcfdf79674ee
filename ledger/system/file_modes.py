"""Telling whether others can read what a ledger keeps."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from answerable.ledger.system.regular_file import real_file

OTHERS = 0o077

COMPANIONS = ("", "-wal", "-shm", "-journal")
"""The ends of the names of a database and of the files that SQLite keeps beside it."""


def open_to_others(ledger: Path, beside: Iterable[Path] = ()) -> Iterator[str]:
    """Describe the files of a ledger that others than their owner can read or write.

    Args:
        ledger: its database.
        beside: other files that belong to it.
    """
    if os.name != "posix":
        return
    place = real_file(ledger)
    for each in (*(place.with_name(f"{place.name}{end}") for end in COMPANIONS), *beside):
        try:
            there = each.stat()
        except OSError:
            continue
        mode = stat.S_IMODE(there.st_mode)
        # Who reads another's ledger can neither change that nor be asked to.
        if mode & OTHERS and os.geteuid() in (0, there.st_uid):
            yield f"others can use {each.name} (mode {mode:04o}): chmod 600 {each}"
