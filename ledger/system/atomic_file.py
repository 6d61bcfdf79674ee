"""Files that appear whole, are on disk when the call returns, and are changed by one at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write(place: Path, content: bytes, draft_name: str | None = None) -> None:
    """Write a file, or replace one. `settle` its folder to have its name on disk too.

    Args:
        place: where it is to be.
        content: what is to be in it.
        draft_name: what it is called, beside its place, until it is whole. By default always the
            same, so that the next writer writes over what a killed one left; two at once must then
            keep out of each other's way.

    Raises:
        OSError: the disk would not take it. What was there before is there still.
    """
    draft = place.with_name(draft_name or f".{place.name}.new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Waits until no one else is at a file or a folder in this way, and keeps others waiting.

    Raises:
        OSError: it cannot be opened.
    """
    while True:
        opened = os.open(place, os.O_RDONLY)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
            # Whoever was there may have put another file in its place.
            if os.path.samestat(os.fstat(opened), place.stat()):
                yield
                return
        finally:
            os.close(opened)
