"""Opening files that others name, and nothing that only looks like one.

To open a pipe waits for whoever writes to it, maybe for ever; a device can give bytes without end.
So what is read as a key, a note, a list of signers, a bundle or a prepared event is a regular file.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

BOM = b"\xef\xbb\xbf"

KINDS = {
    stat.S_IFIFO: "it is a pipe, not a file",
    stat.S_IFSOCK: "it is a socket, not a file",
    stat.S_IFCHR: "it is a device, not a file",
    stat.S_IFBLK: "it is a device, not a file",
    stat.S_IFDIR: "it is a folder",
}


def open_regular(place: Path, *, text: bool = False) -> BinaryIO:
    """Open a regular file to be read. Nothing is waited for.

    Args:
        place: the file.
        text: refuses a file that begins with a byte-order mark, which no reader of keys expects.

    Raises:
        OSError: it is something else, or cannot be read; `strerror` says so.
    """
    try:
        # Non-blocking: a pipe without a writer is opened at once, and then refused.
        opened = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except ValueError:
        raise OSError(errno.EINVAL, "no file can be called so") from None
    except OSError as error:
        if error.errno == errno.ENXIO:  # as a socket answers
            raise OSError(errno.ENXIO, KINDS[stat.S_IFSOCK]) from None
        raise
    try:
        check_regular(os.fstat(opened))
        if text:
            _check_beginning(os.pread(opened, len(BOM), 0))
        return os.fdopen(opened, "rb")
    except BaseException:
        os.close(opened)
        raise


def _check_beginning(data: bytes) -> None:
    if data == BOM:
        raise OSError(
            errno.EILSEQ, "it begins with a byte-order mark: save it as UTF-8 without one"
        )


def real_file(place: Path) -> Path:
    """Return the file that a link leads to, beside which lies what belongs to it; or the place."""
    return place.resolve() if place.is_symlink() else place


def check_regular(found: os.stat_result) -> None:
    """Check that a file is a regular one.

    Raises:
        OSError: it is not; `strerror` says what it is.
    """
    if not stat.S_ISREG(found.st_mode):
        kind = KINDS.get(stat.S_IFMT(found.st_mode), "it is not a file")
        raise OSError(errno.EINVAL, kind)
