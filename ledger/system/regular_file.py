"""Files opened to be read: what is no regular file is refused at once, and never waited for.

Who opens a named pipe waits for whoever is to write into it, and a device may begin anything.
"""

from __future__ import annotations

import errno
import os
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from io import BufferedReader
from pathlib import Path

OTHERS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

MARKS = {
    BOM_UTF8: "it begins with a byte order mark (EF BB BF)",
    BOM_UTF16_LE: "it is UTF-16, not UTF-8",
    BOM_UTF16_BE: "it is UTF-16, not UTF-8",
}

SAVE_AS_UTF8 = "Save it as UTF-8 without a byte order mark."


class NotRegular(OSError):
    """Something else than a regular file lies at the place where one is to be read.

    Attributes:
        what: what it is.
    """

    def __init__(self, place: Path, what: str) -> None:
        super().__init__(errno.EINVAL, f"it is {what}, not a regular file", str(place))
        self.what = what


def check_regular(place: Path) -> None:
    """Check that a regular file, or a link to one, lies at a place. It is not opened.

    Raises:
        NotRegular: there is something else.
        OSError: there is nothing, nothing can be called so, or it may not be looked at.
    """
    try:
        _check(place, place.stat())
    except ValueError:
        raise FileNotFoundError(errno.ENOENT, "no file can be called so", str(place)) from None


def open_regular(place: Path) -> BufferedReader:
    """Open a regular file to be read. Use it in a `with` statement.

    Raises:
        NotRegular: there is something else.
        OSError: there is nothing, nothing can be called so, or it may not be read.
    """
    check_regular(place)
    # Between the two, a named pipe could have taken the file's place.
    opened = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        _check(place, os.fstat(opened))
        return os.fdopen(opened, "rb")
    except BaseException:
        os.close(opened)
        raise


def read_regular(place: Path, most: int) -> bytes:
    """Read a regular file up to a byte more than it may be long.

    Args:
        place: where it is.
        most: how many bytes it may be long.

    Raises:
        OSError: as `open_regular`.
    """
    with open_regular(place) as file:
        return file.read(most + 1)


def encoding_mark(data: bytes) -> str | None:
    """Say which mark of an encoding a text begins with that is to be UTF-8 without one."""
    return next((said for mark, said in MARKS.items() if data.startswith(mark)), None)


def _check(place: Path, found: os.stat_result) -> None:
    if stat.S_ISREG(found.st_mode):
        return
    names = (name for test, name in OTHERS if test(found.st_mode))
    raise NotRegular(place, next(names, "something else"))
