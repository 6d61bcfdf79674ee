"""Reading lines from a stream, one at a time, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from answerable.domain.errors import InvalidEvent

MAX_LINE = 16 * 1024 * 1024
"""The longest line, in bytes, that is read as one event."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Mark(NamedTuple):
    """A place between two lines: how many lines lie before it, and their SHA-256.

    Every line counts as if it ended in one line feed, so that it makes no difference whether the
    last one does, nor whether lines end as on Windows.
    """

    lines: int
    digest: bytes


START = Mark(0, b"")
"""The mark before the first line."""


class JsonLine(NamedTuple):
    """A line without its end, the mark after it, and its length in the stream, in bytes."""

    text: bytes
    mark: Mark
    length: int

    @property
    def blank(self) -> bool:
        """Tell whether the line has nothing on it."""
        return not self.text or self.text.isspace()


def lines(stream: BinaryIO) -> Iterator[JsonLine]:
    """Yield the lines of a stream. A byte order mark at its start is left out.

    Raises:
        InvalidEvent: a line is longer than `MAX_LINE`.
    """
    running = sha256()
    number = 0
    while raw := stream.readline(MAX_LINE + 2):
        number += 1
        text = raw.removesuffix(b"\n").removesuffix(b"\r")
        if len(text) > MAX_LINE:
            error = InvalidEvent(
                f"the line is longer than {MAX_LINE:,} bytes.",
                hint="Write one JSON object on each line.",
            )
            error.line = number
            raise error
        if number == 1:
            text = text.removeprefix(BYTE_ORDER_MARK)
        running.update(text)
        running.update(b"\n")
        yield JsonLine(text, Mark(number, running.digest()), len(raw))


def check_utf8(text: bytes) -> None:
    """Check that a line is UTF-8.

    Raises:
        InvalidEvent: it is not; the byte is named.
    """
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise InvalidEvent(
            f"this is not UTF-8: byte {error.start + 1} of the line is 0x{text[error.start]:02x}.",
            hint="Save the file as UTF-8.",
        ) from None
