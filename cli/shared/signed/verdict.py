"""Ending with the verdict's code, whether or not anybody reads what is said.

A check whose reader went away (`verify --json | true`), or whose output could not be written, must
not end as if all were well.
"""

from __future__ import annotations

import io
import sys
from typing import Any

import click

from answerable.cli.shared.once import Command


class _Unbroken(io.RawIOBase):
    """An output that takes everything: what it cannot hand on is lost, and no error."""

    def __init__(self, raw: io.RawIOBase, stream: object) -> None:
        self._raw = raw
        # Thrown away, what was written to before would close the output behind it.
        self._stream = stream
        self._lost = False

    def write(self, data: Any) -> int:
        """Hand on some bytes; return how many were taken."""
        if not self._lost:
            try:
                return self._raw.write(data) or 0
            except (OSError, ValueError):
                self._lost = True
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


def keep_verdict() -> None:
    """From now on, let no output that cannot be written keep a command from its exit code."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        # Unbuffered (PYTHONUNBUFFERED), the buffer is the output itself.
        buffer = getattr(stream, "buffer", None)
        raw = getattr(buffer, "raw", buffer)
        if isinstance(raw, io.RawIOBase) and not isinstance(raw, _Unbroken):
            taking = io.TextIOWrapper(
                io.BufferedWriter(_Unbroken(raw, stream)),
                encoding=stream.encoding,
                errors=stream.errors,
                line_buffering=name == "stderr" or stream.line_buffering,
            )
            setattr(sys, name, taking)


class Verdict(Command):
    """A command whose exit code is a verdict: where it has an option --check, if that is given."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it so that nothing but the verdict becomes its exit code."""
        if ctx.params.get("check", True):
            keep_verdict()
        return super().invoke(ctx)
