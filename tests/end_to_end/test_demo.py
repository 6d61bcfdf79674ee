"""`make demo`: the answer on its first screen, all in 120 lines, and a ledger to go on with."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from tests.end_to_end.conftest import SCRIPT, Cli
from tests.support.screens import ESCAPES, width
from tests.support.terminal import written_to

pytestmark = pytest.mark.sqlite_file("has who has SQLite change a file; tests/tamper has a server")

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "examples" / "demo.sh"
SCREEN = 24
MOST = 120


class Demo:
    """The demo, run in a folder as `make demo` runs it."""

    def __init__(self, cli: Cli) -> None:
        path = os.pathsep.join((str(SCRIPT.parent), os.environ["PATH"]))
        self.folder = cli.folder
        self.warm = cli.environment(PATH=cli.path, TERM="xterm-256color")
        self.environment = cli.environment(PATH=path, TERM="xterm-256color")

    def piped(self) -> list[str]:
        """Return what it writes into a pipe."""
        done = subprocess.run(
            ["bash", str(DEMO)],
            cwd=self.folder,
            env=self.warm,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "Error" in done.stderr) == (0, False), done.stderr
        return done.stdout.splitlines()

    def shown(self) -> list[str]:
        """The lines of a terminal of 80 columns that it takes."""
        near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", SCREEN, 80, 0, 0))
        environment = {key: value for key, value in self.environment.items() if key != "COLUMNS"}
        with subprocess.Popen(
            ["bash", str(DEMO)], cwd=self.folder, env=environment, stdin=far, stdout=far, stderr=far
        ) as process:
            written = written_to(near, far, process.wait)
        assert process.returncode == 0, written
        return ESCAPES.sub("", written.decode()).replace("\r\n", "\n").splitlines()


@pytest.fixture
def demo(cli: Cli, unavailable: Callable[[str], NoReturn]) -> Demo:
    if not SCRIPT.exists():
        unavailable("answerable is not installed")
    return Demo(cli)


def test_the_answer_is_on_the_first_screen_and_the_rest_on_five(demo: Demo) -> None:
    lines = demo.shown()

    first = "\n".join(lines[:SCREEN])
    assert "Accountable: 3 people. Barred: 1 person." in first
    assert "Xu Fei" in first
    assert "Xu Jieyun" in first
    said = [line for line in lines if not line.startswith("  export PATH=")]
    assert max(map(width, said)) <= 80
    assert len(lines) <= MOST


def test_it_keeps_its_ledger_and_says_how_to_go_on(demo: Demo) -> None:
    for number in range(2):
        folder = "answerable-demo-2" if number else "answerable-demo"
        lines = demo.piped()
        start = next(
            at for at, line in enumerate(lines) if line.startswith("The ledger is kept in")
        )
        assert lines[start].startswith(f"The ledger is kept in {folder}.")
        assert (demo.folder / folder / "answerable.db").is_file()
        assert "<title>" in (demo.folder / folder / "report.html").read_text()
        first, *suggested = [line.strip() for line in lines[start + 1 : -1]]
        assert len(suggested) >= 8
        for command in suggested:
            done = subprocess.run(
                ["bash", "-c", f"{first} && {command}"],
                cwd=demo.folder,
                env=demo.environment | {"PATH": os.environ["PATH"]},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, (command, done.stderr)
