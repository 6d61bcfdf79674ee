"""Files that appear whole, are on disk when the call returns, and are changed by one at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from answerable.ledger.errors import FileRefused
from answerable.ledger.system.locks import QUIET_SECONDS, holder_whole, say_waiting
from answerable.ledger.system.regular_file import real_file


def write(
    place: Path, content: bytes, draft_name: str | None = None, *, private: bool = False
) -> None:
    """Write a file, or replace one. `sync_folder` puts its name on disk too.

    A link is kept: the file that it leads to is replaced.

    Args:
        place: where it is to be.
        content: what is to be in it.
        draft_name: what it is called, beside its place, until it is whole. By default always the
            same, so that the next writer writes over what a killed one left; two at once must then
            keep out of each other's way.
        private: whether it can be read by its owner alone.

    Raises:
        OSError: the disk would not take it. What was there before is there still.
    """
    place = real_file(place)
    draft = place.with_name(draft_name or f".{place.name}.new")
    mode = 0o600 if private else 0o666
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:  # noqa: PTH123
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def hold_alone(place: Path) -> Iterator[None]:
    """Hold a file or a folder alone: wait for whoever holds it, and keep others waiting.

    Waiting for long, it says on whom.

    Raises:
        OSError: it cannot be opened.
    """
    while True:
        opened = os.open(place, os.O_RDONLY)
        try:
            _lock(opened, place)
            # Whoever was there may have put another file in its place.
            if os.path.samestat(os.fstat(opened), place.stat()):
                yield
                return
        finally:
            os.close(opened)


def _lock(opened: int, place: Path) -> None:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        from threading import Timer

        saying = Timer(QUIET_SECONDS, lambda: say_waiting(holder_whole(place), place))
        saying.daemon = True
        saying.start()
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
        finally:
            saying.cancel()


@contextmanager
def new_file(place: Path, *, force: bool, private: bool = False) -> Iterator[BinaryIO]:
    """Give a file to be written, which appears whole when the block ends, or not at all.

    A private one can be read by its owner alone. A link is kept, where `force` is given: the file
    that it leads to is replaced.

    Raises:
        FileRefused: there is something at this place already, and `force` is not given, or the
            disk would not take it.
    """
    place = real_file(place) if force else place
    if place.is_dir():
        raise FileRefused(f"{place} is a folder.", hint="Name a file in it.")
    draft = place.with_name(f".{place.name}.{os.getpid()}.new")
    exists = FileRefused(
        f"there is something at {place} already, and it is not overwritten.",
        hint="Choose another place, or take it away.",
    )
    if not force and os.path.lexists(place):
        raise exists
    if place.exists() and not place.is_file():
        raise FileRefused(f"{place} is no file, and is not replaced by one.")
    try:
        mode = 0o600 if private else 0o666
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123
            yield file
            file.flush()
            os.fsync(file.fileno())
        if force:
            draft.replace(place)
        else:
            os.link(draft, place)
    except FileExistsError:
        raise exists from None
    except OSError as error:
        raise FileRefused(f"{place} cannot be written: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)
