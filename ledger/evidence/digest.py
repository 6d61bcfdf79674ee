"""The digest of a file that may be larger than memory, and that may not hold still.

A digest is worth only as much as it is certain of which bytes it is. So what is no regular file is
not opened, and a file that is not the same after the reading as it was before is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from answerable.ledger.evidence.errors import FileChanged, FileMissing, FileUnreadable, NotAFile
from answerable.ledger.system.regular_file import NotRegular, open_regular

AT_ONCE = 1 << 20
"""The bytes read at a time, and held in memory."""

HEAD = 64
"""The number of a file's first bytes that are given beside its digest."""

Advance = Callable[[int], object]
"""Takes how many more bytes were read."""


class Hashed(NamedTuple):
    """A hashed file: `sha256:` and its digest in hexadecimal, its size, and its first bytes."""

    digest: str
    size: int
    head: bytes


def hash_file(place: Path, advance: Advance = lambda _: None) -> Hashed:
    """Read a file from its beginning to its end, and hash what is read.

    A symbolic link is followed. The same file must lie at this place, with the same size and the
    same times of change, before and after; and as many bytes must be in it as it is said to have.

    Args:
        place: where it is.
        advance: is told how far it is.

    Raises:
        FileMissing: there is nothing at this place.
        NotAFile: there is something else than a regular file.
        FileUnreadable: it may not, or cannot, be read.
        FileChanged: it was changed or replaced while it was read.
    """
    try:
        with open_regular(place) as file:
            before = os.fstat(file.fileno())
            hashed = _read(file.readinto, advance)
            after, there = os.fstat(file.fileno()), place.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise FileMissing(f"there is no file {quoted_path(place)}.") from None
    except NotRegular as error:
        raise NotAFile(
            f"{quoted_path(place)} is {error.what}, not a regular file.",
            hint="Give the files in it one by one, or an archive of them."
            if place.is_dir()
            else "Give a file that holds what was collected.",
        ) from None
    except OSError as error:
        raise FileUnreadable(f"{quoted_path(place)} cannot be read: {error.strerror}.") from None
    if not _stamp(before) == _stamp(after) == _stamp(there) or hashed.size != after.st_size:
        raise FileChanged(
            f"{quoted_path(place)} was changed while it was read, so it has no one digest.",
            hint="Let whatever writes to it finish, or take a copy of it, and try again.",
        )
    return hashed


def quoted_path(place: Path) -> str:
    """Return a path as it can stand on a line: quoted, and what cannot be printed escaped."""
    return repr(str(place))


def _read(read_into: Callable[[memoryview], int | None], advance: Advance) -> Hashed:
    buffer = memoryview(bytearray(AT_ONCE))
    running, size, head = sha256(), 0, b""
    while count := read_into(buffer):
        running.update(buffer[:count])
        head += bytes(buffer[: min(count, HEAD - len(head))])
        size += count
        advance(count)
    return Hashed(f"sha256:{running.hexdigest()}", size, head)


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    """Return what changes when a file is replaced or written to; the last cannot be forged."""
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
