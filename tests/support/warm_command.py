"""Run the command in a process that need not import it: a fork of one that has.

An interpreter takes a fifth of a second to import what a command needs, and a fork a hundredth. The
fork is a process like any other: it has its own environment, folder and standard streams, runs what
the installed script runs, and ends as an interpreter ends. What a warm start could hide, an import
that is missing, tests/end_to_end/test_cold_starts.py holds for every command.
"""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import pkgutil
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from struct import Struct
from threading import Timer
from typing import Any

from tests.support.lengths import SOAK

ASKED_AT_START = ("PYTHON", "LC_", "LANG", "TZ", "LD_", "MALLOC_", "OPENSSL", "SSL_", "COVERAGE")
"""Begin the names of variables that an interpreter, or a library, reads when it starts."""

USED_LATER = (
    *("rich.console", "rich.table", "rich.tree", "rich.text", "rich.markup", "rich.padding"),
    *("openpyxl", "click.shell_completion", "zoneinfo", "getpass", "concurrent.futures.process"),
)
"""Names modules that commands import when they use them."""

LENGTH = Struct("<q")

PATIENCE = 120.0
"""Gives the seconds after which a command that does not end is killed."""


class WarmProcess:
    """Stands for a command that runs in a fork; `channel` tells its number and its end."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self.pid = _number(channel)

    def wait(self) -> int:
        """Return the exit code, when the command has ended."""
        with self._channel:
            return _number(self._channel)

    def kill(self) -> None:
        """End the command at once."""
        os.kill(self.pid, signal.SIGKILL)


class Warm:
    """The process that has imported the commands, and forks for each that it is asked to run."""

    def __init__(self, script: Path) -> None:
        self._script = script
        self._environment = dict(os.environ) | {"LC_ALL": "C.UTF-8"}
        self._folder = tempfile.mkdtemp(prefix="warm-")
        self._place = f"{self._folder}/asked"
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(self._place)
            listening.listen(64)
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.support.warm_command",
                    str(listening.fileno()),
                    script,
                ],
                cwd=Path(__file__).parents[2],
                env=self._environment,
                pass_fds=[listening.fileno()],
                # Its end is that of the tests.
                stdin=subprocess.PIPE,
            )
        atexit.register(self._end)

    def run(
        self,
        folder: Path,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        given: bytes,
    ) -> tuple[int, bytes, bytes] | None:
        """Run a command to its end, with pipes for its streams.

        Returns:
            The exit code, and what it wrote to its two outputs; None as of `start`.
        """
        pipes = [os.pipe() for _ in range(3)]
        (theirs_in, ours_in), (ours_out, theirs_out), (ours_err, theirs_err) = pipes
        theirs = (theirs_in, theirs_out, theirs_err)
        process = self.start(folder, arguments, environment, theirs)
        for each in theirs:
            os.close(each)
        if process is None:
            for each in (ours_in, ours_out, ours_err):
                os.close(each)
            return None
        late = Timer(PATIENCE, process.kill)
        late.start()
        with ThreadPoolExecutor(2) as pool:
            err = pool.submit(_read, ours_err)
            pool.submit(_write, ours_in, given)
            out = _read(ours_out)
        late.cancel()
        return process.wait(), out, err.result()

    def start(
        self,
        folder: Path,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        streams: Sequence[int],
    ) -> WarmProcess | None:
        """Start a command whose standard streams are these.

        Returns:
            The process; None where only a new interpreter will do.
        """
        if SOAK or not self._is_alike(environment):
            return None
        asked = json.dumps((str(folder), list(arguments), dict(environment))).encode()
        channel = socket.socket(socket.AF_UNIX)
        channel.connect(self._place)
        socket.send_fds(channel, [LENGTH.pack(len(asked))], streams)
        channel.sendall(asked)
        return WarmProcess(channel)

    def folder(self) -> Path:
        """Return a folder for a shell's PATH, whose `answerable` runs warm."""
        shim = Path(self._folder, "answerable")
        if not shim.exists():
            known = {
                "PLACE": self._place,
                "SCRIPT": str(self._script),
                "ASKED_AT_START": ASKED_AT_START,
                "ALIKE": _asked_at_start(self._environment),
            }
            told = "".join(f"{name} = {value!r}\n" for name, value in known.items())
            shim.write_text(f"#!{sys.executable} -IS\n{told}{SHIM}")
            shim.chmod(0o755)
        return shim.parent

    def _is_alike(self, environment: Mapping[str, str]) -> bool:
        return _asked_at_start(environment) == _asked_at_start(self._environment)

    def _end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


SHIM = """
import _socket, json, os, signal, struct, sys
if {name: told for name, told in os.environ.items() if name.startswith(ASKED_AT_START)} != ALIKE:
    os.execv(SCRIPT, [SCRIPT, *sys.argv[1:]])
asked = json.dumps((os.getcwd(), sys.argv[1:], dict(os.environ))).encode()
channel = _socket.socket(_socket.AF_UNIX)
channel.connect(PLACE)
streams = _socket.SOL_SOCKET, _socket.SCM_RIGHTS, struct.pack("3i", 0, 1, 2)
channel.sendmsg([struct.pack("<q", len(asked))], [streams])
channel.sendall(asked)
told = b""
while len(told) < 16:
    told += channel.recv(16 - len(told)) or sys.exit("the warm command is gone")
code = struct.unpack("<2q", told)[1]
if code < 0:
    signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
sys.exit(code)
"""
"""Runs a command warm for a shell: it imports next to nothing, and hands on its own streams."""


@cache
def warm(script: Path) -> Warm:
    """Return what runs this script warm. It ends with the process that asked for it."""
    return Warm(script)


def _asked_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: told for name, told in environment.items() if name.startswith(ASKED_AT_START)}


def _read(pipe: int) -> bytes:
    with open(pipe, "rb") as stream:
        return stream.read()


def _write(pipe: int, given: bytes) -> None:
    with suppress(BrokenPipeError), open(pipe, "wb") as stream:
        stream.write(given)


def _number(channel: socket.socket) -> int:
    return int(LENGTH.unpack(_received(channel, LENGTH.size))[0])


def _received(channel: socket.socket, size: int) -> bytes:
    received = b""
    while len(received) < size:
        more = channel.recv(size - len(received))
        if not more:
            raise EOFError
        received += more
    return received


class _Server:
    """Forks for each command that is asked for, and tells who asked how it ended."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self._running: dict[int, tuple[int, socket.socket]] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(listening, selectors.EVENT_READ)
        self._selector.register(sys.stdin, selectors.EVENT_READ)

    def serve(self) -> list[str] | None:
        """Serve until nobody can ask any more.

        Returns:
            In a fork the words of its command; at the end, None.
        """
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is sys.stdin:
                    return None
                if key.fd in self._running:
                    self._tell_end(key.fd)
                elif (words := self._start()) is not None:
                    return words

    def _start(self) -> list[str] | None:
        channel, _ = self._listening.accept()
        header, streams, _, _ = socket.recv_fds(channel, LENGTH.size, 3)
        header += _received(channel, LENGTH.size - len(header))
        folder, words, environment = json.loads(_received(channel, LENGTH.unpack(header)[0]))
        child = os.fork()
        if not child:
            self._forget(channel)
            _become(folder, environment, streams)
            return list(words)
        for each in streams:
            os.close(each)
        channel.sendall(LENGTH.pack(child))
        ended = os.pidfd_open(child)
        self._running[ended] = child, channel
        self._selector.register(ended, selectors.EVENT_READ)
        return None

    def _tell_end(self, ended: int) -> None:
        child, channel = self._running.pop(ended)
        self._selector.unregister(ended)
        os.close(ended)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with channel, suppress(BrokenPipeError):
            channel.sendall(LENGTH.pack(code))

    def _forget(self, channel: socket.socket) -> None:
        """Close in a fork what is not for its command."""
        self._selector.close()
        for ended, (_, other) in self._running.items():
            os.close(ended)
            other.close()
        self._listening.close()
        channel.close()


def _become(folder: str, environment: dict[str, str], streams: Sequence[int]) -> None:
    """Make this process what a new one would be, in a folder, with these streams."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        like: io.TextIOWrapper = getattr(sys, f"__{name}__")
        raw = open(number, "wb" if number else "rb", closefd=False)  # noqa: SIM115
        text = io.TextIOWrapper(
            raw, like.encoding, like.errors, "\n", line_buffering=number == 2 or raw.isatty()
        )
        setattr(sys, name, text)
        setattr(sys, f"__{name}__", text)


def _import_all() -> None:
    """Import what commands use, and leave it out of the collector's way."""
    import answerable
    from answerable.cli import main

    main._leave_out_plugins()
    for module in pkgutil.walk_packages(answerable.__path__, "answerable."):
        if "interactive" not in module.name:
            import_module(module.name)
    for name in USED_LATER:
        import_module(name)
    gc.collect()
    gc.freeze()


def _run(listening: socket.socket, script: str) -> None:
    _import_all()
    words = _Server(listening).serve()
    if words is None:
        return
    from answerable.cli.main import main

    sys.argv = [script, *words]
    try:
        main()
    except SystemExit as ended:
        os._exit(_ended(ended.code))


def _ended(code: Any) -> int:
    """End as an interpreter ends, but for its modules: to take them apart costs as much as a fork.

    Returns:
        The exit code; 120 where an output did not take what was left.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        return 120
    sys.stderr.flush()
    return int(code or 0)


if __name__ == "__main__":
    _run(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
