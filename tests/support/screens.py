"""Show what commands show: in a pseudo-terminal of some width, or in a pipe.

A process of its own imports the commands once, and forks for each: a screen takes a few hundredths
of a second where a new interpreter takes half of one. Clock, salts, ids and keys are fixed.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import combining, east_asian_width

from tests.support.server_site import ledgers_on_server
from tests.support.terminal import written_to

ROWS = 2000
"""The height of the terminal: nothing pages."""
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
OF_A_SERVER = re.compile(
    r"(?m)^- the server's own files and indexes,\s+which `pg_amcheck` and data checksums\s+"
    r"are\s+for\n"
)
"""Finds what `verify` leaves to others of a ledger on a server, and has no word for of a file."""
FULL = 0
"""Stands for an output that takes nothing: a full disk."""
KEPT = ("PATH", "HOME", "TMPDIR", "PYTHONPATH", ledgers_on_server.KEPT, ledgers_on_server.SERVER)
NOW = partial(datetime, 2026, 2, 9, 10, tzinfo=UTC)


class Screen(NamedTuple):
    """Hold what a command wrote, and how it ended. In a terminal, both outputs are one."""

    code: int
    out: str
    err: str

    @property
    def plain(self) -> str:
        """The output without its colours."""
        return ESCAPES.sub("", self.out)


class Screens:
    """Shows commands, by a process that lives as long as this."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(
        self,
        folder: Path,
        arguments: Sequence[str],
        *,
        columns: int | None = 80,
        environment: Mapping[str, str] = {},
    ) -> Screen:
        """Run a command in a folder: in a terminal of so many columns, or in a pipe for None.

        With `FULL`, onto a device that takes nothing.
        """
        asked = (str(folder), list(arguments), columns, dict(environment))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        return Screen(*json.loads(self._process.stdout.readline()))


@contextmanager
def screens() -> Iterator[Screens]:
    """Start what shows commands, and end it after."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.screens"],
        cwd=Path(__file__).parents[2],
        env=kept | {"LC_ALL": "C.UTF-8", "ANSWERABLE_ACTOR": "recorder-1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Screens(process)
        assert process.stdin is not None
        process.stdin.close()


def width(line: str) -> int:
    """The columns that a line takes in a terminal."""
    return sum(
        0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in line
    )


def _serve() -> None:
    _be_the_same_on_every_run()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        folder, arguments, columns, environment = json.loads(line)
        shown = _shown(folder, arguments, columns, environment)
        answers.write(f"{json.dumps(shown)}\n")
        answers.flush()


def _be_the_same_on_every_run() -> None:
    from importlib import import_module
    from keyword import iskeyword

    import pytest
    from tests.support.clock import set_clock
    from tests.support.golden_ledger import fixed_signer, salts

    import answerable.ledger.store.draft as draft
    from answerable.cli.main import COMMANDS
    from answerable.ledger.entry import disclosure
    from answerable.ledger.tlog.note_signatures import Signer

    for name, (folder, _) in COMMANDS.items():
        import_module(f"answerable.cli.{folder}.{name.replace('-', '_')}{'_' * iskeyword(name)}")
    import rich.console
    import rich.table
    import rich.tree  # noqa: F401

    patch = pytest.MonkeyPatch()
    set_clock(patch, NOW)
    numbers = count(1)
    patch.setattr(draft, "uuid7", lambda: f"019c1100-0000-7000-8000-{next(numbers):012x}")
    patch.setattr(disclosure, "urandom", salts())
    patch.setattr(Signer, "generate", classmethod(lambda _, name, kind: fixed_signer(name, kind)))


def _shown(
    folder: str, arguments: list[str], columns: int | None, environment: dict[str, str]
) -> Screen:
    if columns in (None, FULL):
        near, far = os.pipe()
        near_error, far_error = os.pipe()
        if columns == FULL:
            os.dup2(os.open("/dev/full", os.O_WRONLY), far)
    else:
        near, far = _terminal(columns)
        near_error, far_error = near, far
    child = os.fork()
    if not child:
        os._exit(_run(folder, arguments, far, far_error, environment))
    codes: list[int] = []

    def ended() -> None:
        codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

    if columns in (None, FULL):
        os.close(far)
        os.close(far_error)
        out, err = _read(near), _read(near_error)
        ended()
    else:
        out, err = written_to(near, far, ended).decode(), ""
    return Screen(codes[0], out, err)


def _terminal(columns: int) -> tuple[int, int]:
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
    attributes = termios.tcgetattr(far)
    attributes[1] &= ~termios.ONLCR
    termios.tcsetattr(far, termios.TCSANOW, attributes)
    return near, far


def _read(near: int) -> str:
    with os.fdopen(near) as pipe:
        return pipe.read()


def _run(
    folder: str, arguments: list[str], out: int, error: int, environment: dict[str, str]
) -> int:
    """Run a command in the child, whose outputs are these."""
    from answerable.cli.main import run

    os.setsid()
    os.chdir(folder)
    os.environ.update({"TERM": "xterm-256color"} | environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY) if not os.isatty(out) else out, 0)
    os.dup2(out, 1)
    os.dup2(error, 2)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    code: Any = 70
    try:
        code = run(arguments)
    except BaseException:
        import traceback

        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return int(code)


def copied(folder: Path, into: Path) -> Path:
    """A copy of a folder, for a command that may change it."""
    return Path(shutil.copytree(folder, into))


if __name__ == "__main__":
    _serve()
