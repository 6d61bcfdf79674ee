"""The standard streams, made so that no text and no reader can break a command.

What an output cannot show is written as a plain character that stands for it, or as an escape
(`\\u5f90`). Once something is recorded, or where the exit code is a verdict, what an output does
not take any more is lost, and is no error.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from contextlib import suppress
from errno import EPIPE
from typing import Any

PLAIN = {"…": "...", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "·": "*", "×": "x"}
"""Replace our punctuation where an output knows ASCII alone."""

ERRORS = "answerable.visible"

ASCII = "plain_ascii"
"""ASCII under a name of ours: click takes a stream in ASCII for a mistake, and writes UTF-8."""

NAMES = ("stdout", "stderr")

_CLOSED: list[str] = []
"""The outputs that the shell closed, by name."""


def prepare_streams() -> None:
    """Make the standard streams take any text, and be there where the shell closed them."""
    codecs.register_error(ERRORS, _visibly)
    codecs.register(_plain_ascii)
    _open_closed()
    for name in NAMES:
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=ASCII if _is_ascii(stream) else None, errors=ERRORS)
    if isinstance(sys.stdin, io.TextIOWrapper):
        # Bytes that are no text are refused where they would be recorded, by name.
        sys.stdin.reconfigure(
            encoding="utf-8" if _is_ascii(sys.stdin) else None, errors="surrogateescape"
        )


def _open_closed() -> None:
    """Send what is said to nowhere, where the shell closed an output."""
    for number, name in enumerate(NAMES, 1):
        if getattr(sys, name) is None:
            _CLOSED.append(name)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "w"))


def _is_ascii(stream: io.TextIOWrapper) -> bool:
    return codecs.lookup(stream.encoding).name == "ascii"


def _plain_ascii(name: str) -> codecs.CodecInfo | None:
    if name != ASCII:
        return None
    ascii_ = codecs.lookup("ascii")
    return codecs.CodecInfo(
        ascii_.encode,
        ascii_.decode,
        ascii_.streamreader,
        ascii_.streamwriter,
        ascii_.incrementalencoder,
        ascii_.incrementaldecoder,
        name=ASCII,
    )


def _visibly(error: UnicodeError) -> tuple[str | bytes, int]:
    """Write what cannot be encoded as plain characters or escapes."""
    if isinstance(error, UnicodeEncodeError):
        missing = error.object[error.start : error.end]
        if all(sign in PLAIN for sign in missing):
            return "".join(PLAIN[sign] for sign in missing), error.end
        if len(missing) > 1:
            # One at a time: some have a plain one that stands for them, and some have not.
            error.end = error.start + 1
            return _visibly(error)
    return codecs.backslashreplace_errors(error)


def holds_all(encoding: str | None) -> bool:
    """Tell whether every character can be written in an encoding: whether it is UTF-8."""
    return encoding is None or codecs.lookup(encoding).name.startswith("utf")


class Unbroken(io.RawIOBase):
    """An output that takes everything: what it cannot hand on is lost, and no error.

    Attributes:
        lost: why something was lost; None while nothing was.
    """

    def __init__(self, raw: io.RawIOBase, stream: object) -> None:
        self._raw = raw
        # Thrown away, what was written to before would close the output behind it.
        self._stream = stream
        self.lost: OSError | ValueError | None = None

    def write(self, data: Any) -> int:
        """Hand on some bytes; return how many were taken."""
        if self.lost is None:
            try:
                return self._raw.write(data) or 0
            except (OSError, ValueError) as error:
                self.lost = error
        return len(data)

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def fileno(self) -> int:
        """Return the number of the output."""
        return self._raw.fileno()

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._raw.isatty()


_UNBROKEN: list[Unbroken] = []


def let_nothing_break() -> None:
    """From now on, let no output that cannot be written keep a command from its exit code."""
    for name in NAMES:
        stream = getattr(sys, name)
        # Unbuffered (PYTHONUNBUFFERED), the buffer is the output itself.
        buffer = getattr(stream, "buffer", None)
        raw = getattr(buffer, "raw", buffer)
        if isinstance(raw, io.RawIOBase) and not isinstance(raw, Unbroken):
            unbroken = Unbroken(raw, stream)
            try:
                stream.flush()
            except (OSError, ValueError) as error:
                unbroken.lost = error
            _UNBROKEN.append(unbroken)
            taking = io.TextIOWrapper(
                io.BufferedWriter(unbroken),
                encoding=stream.encoding,
                errors=stream.errors,
                line_buffering=name == "stderr" or stream.line_buffering,
            )
            setattr(sys, name, taking)


def why_lost() -> str | None:
    """Tell why something that was said since `let_nothing_break` is lost; None: nothing is."""
    for name in NAMES:
        with suppress(OSError, ValueError):
            getattr(sys, name).flush()
    if "stdout" in _CLOSED:
        return "it is closed"
    errors = (each.lost for each in _UNBROKEN if each.lost is not None)
    return next((getattr(each, "strerror", None) or str(each) for each in errors), None)


def why_unwritable() -> str | None:
    """Tell why an output would not take what was said; None: it did, or nobody read it any more."""
    why_lost()
    errors = (each.lost for each in _UNBROKEN)
    found = (each for each in errors if isinstance(each, OSError) and each.errno != EPIPE)
    return next((each.strerror or str(each) for each in found), None)


def forget_output() -> None:
    """Keep the interpreter from writing what is left of the output when it exits.

    Whoever read it has seen enough, or it cannot be written.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
