"""An output that hands a long text to a pager: as soon as it is more than a screen, and not before.

What is shorter is written as it is. What a pager that breaks was given is not lost: it is written
as if there were none.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Literal

from answerable.cli.shared.terminal.screen import columns
from answerable.cli.shared.terminal.streams import Unbroken

KEPT = 1 << 20
"""The number of bytes that are kept for a pager that breaks. One that took more than a pipe holds
(65,536) reads."""

OURS = "ANSWERABLE_PAGER"

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")

NONE = ("", "cat")
"""List the values of a variable that mean no pager."""


def pager(environment: Mapping[str, str]) -> list[str] | None:
    """Return the command that pages, as git finds its own; None: nothing is to be paged.

    Args:
        environment: its `ANSWERABLE_PAGER` comes before its `PAGER`; `cat` or nothing is none.
    """
    if environment.get("TERM") == "dumb":
        return None
    for name in (OURS, "PAGER"):
        told = environment.get(name)
        if told is not None:
            if told.strip() in NONE:
                return None
            with suppress(ValueError):  # quotes without an end
                return shlex.split(told)
            return [told]
    return next(([each] for each in ("less", "more") if shutil.which(each)), None)


State = Literal["held", "paging", "plain", "over"]
"""Take what is written: keep it until it is long, page it, write it as it is, or throw it away
because nobody reads it any more."""


class Pages(io.RawIOBase):
    """An output in a terminal, which starts a pager once it is given more than a screen.

    Args:
        out: the terminal.
        command: the pager.
        rows: the lines of the screen.
        width: its columns.
        to_the_end: takes what nobody reads any more, where the command must go on to its end.

    Attributes:
        broken: why the pager could not be used; None: it could, or was not needed.
    """

    def __init__(
        self, out: Any, command: list[str], rows: int, width: int, *, to_the_end: bool = False
    ) -> None:
        self._out = out
        self._command = command
        self._rows = rows
        self._width = width
        self._to_the_end = to_the_end
        self._kept = bytearray()
        self._whole = True
        self._lines = 0
        self._rest = b""
        self._pager: subprocess.Popen[bytes] | None = None
        self._state: State = "held"
        self.broken: str | None = None

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def isatty(self) -> bool:
        """Tell that it is a terminal: colours are kept."""
        return True

    def fileno(self) -> int:
        """Return the number of the terminal."""
        return int(self._out.fileno())

    def write(self, data: Any) -> int:
        """Take some bytes.

        Raises:
            BrokenPipeError: whoever reads the pager left it, and wants no more.
        """
        given = bytes(data)
        if self._state == "plain":
            self._hand_out(given)
        elif self._state != "over":
            self._keep(given)
            if self._state == "paging":
                self._hand_on(given)
            elif self._is_long(given):
                self._start()
        return len(given)

    def _keep(self, given: bytes) -> None:
        if len(self._kept) + len(given) > KEPT and self._state == "paging":
            self._whole = False
        if self._whole:
            self._kept += given

    def _is_long(self, given: bytes) -> bool:
        """Tell whether there is more than the screen has lines, but for that of the prompt."""
        *ended, self._rest = (self._rest + given).split(b"\n")
        for line in ended:
            shown = columns(ESCAPE.sub("", line.decode(errors="replace")))
            self._lines += max(1, -(-shown // self._width))
        return self._lines >= self._rows

    def _start(self) -> None:
        environment = {"LESS": "FRX", "LV": "-c"} | os.environ
        try:
            self._pager = subprocess.Popen(  # noqa: S603
                self._command, stdin=subprocess.PIPE, env=environment
            )
        except OSError as error:
            self._give_up(error.strerror or str(error))
            return
        self._state = "paging"
        self._hand_on(bytes(self._kept))

    def _hand_on(self, given: bytes) -> None:
        pipe = None if self._pager is None else self._pager.stdin
        try:
            if pipe is not None:
                pipe.write(given)
                pipe.flush()
        except BrokenPipeError:
            self._end()
            if self._state == "over" and not self._to_the_end:
                raise

    def _hand_out(self, given: bytes) -> None:
        self._out.write(given)
        self._out.flush()

    def _give_up(self, why: str) -> None:
        """Write without a pager what was kept for it, and what comes."""
        self.broken = why
        self._state = "plain"
        self._hand_out(bytes(self._kept))

    def _end(self) -> None:
        """Wait for the pager; what Ctrl-C means is its business until then."""
        running, self._pager, self._state = self._pager, None, "over"
        if running is None:
            return
        with suppress(BrokenPipeError):
            if running.stdin is not None:
                running.stdin.close()
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            code = running.wait()
        finally:
            signal.signal(signal.SIGINT, before)
        if code:
            self._give_up(f"it ended with {code}")

    def finish(self) -> None:
        """Show what was too short for a pager, or wait for the pager."""
        if self._state == "paging":
            self._end()
        elif self._state == "held":
            self._hand_out(bytes(self._kept))
        self._state = "over"


@contextmanager
def paged() -> Iterator[None]:
    """Have what is written to a terminal paged, as the environment says, where it is long."""
    command = pager(os.environ) if sys.stdout.isatty() else None
    buffer = getattr(sys.stdout, "buffer", None)
    if command is None or buffer is None:
        yield
        return
    before = sys.stdout
    size = shutil.get_terminal_size()
    verdict = isinstance(getattr(buffer, "raw", None), Unbroken)
    pages = Pages(buffer, command, size.lines, size.columns, to_the_end=verdict)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(pages), encoding=before.encoding, errors=before.errors, write_through=True
    )
    try:
        yield
    finally:
        given, sys.stdout = sys.stdout, before
        with suppress(BrokenPipeError):
            given.flush()
        pages.finish()
        if pages.broken is not None:
            from answerable.cli.shared.output import note

            note(
                f"The pager {shlex.join(command)} could not be used: {pages.broken}. Set {OURS}, "
                "or leave it out by --no-pager."
            )
