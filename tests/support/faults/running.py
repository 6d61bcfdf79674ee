"""Processes that use one ledger at once, what they tell, and what is done to them."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tests.support.faults.history import History, Logged, Value

from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.merkle import leaf_hash

HERE = Path(__file__).parents[3]

QUIET = 0.5
"""Seconds after which processes that tell nothing are taken to wait for one that is paused."""


class _Process(NamedTuple):
    name: str
    child: subprocess.Popen[bytes]


class Running:
    """Processes under way.

    Attributes:
        lines: what they told, a line each.
        acknowledged: how many calls were answered well.
    """

    def __init__(self, address: str, keys: Path, durability: str) -> None:
        self.lines: list[str] = []
        self.acknowledged = 0
        self._address = address
        self._keys = keys
        self._durability = durability
        self._processes: dict[str, _Process] = {}
        self._ready: set[str] = set()
        self._selector = selectors.DefaultSelector()
        self._rest: dict[str, bytes] = {}
        self._started = 0
        self._paused: set[str] = set()

    def start(self, address: str | None = None) -> str:
        """Start one more, and wait until it has opened the ledger. Return its name."""
        self._started += 1
        name = f"w{self._started}"
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.support.faults.worker", address or self._address,
             str(self._keys), name, str(self._started), self._durability],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HERE,
        )  # fmt: skip
        self._processes[name] = _Process(name, child)
        self._rest[name] = b""
        assert child.stdout is not None
        self._selector.register(child.stdout, selectors.EVENT_READ, self._processes[name])
        self.until(lambda: name in self._ready)
        return name

    def until(self, done: Callable[[], bool]) -> None:
        """Take in what they tell until something holds, or they all wait for who is paused."""
        while not done():
            ready = self._selector.select(QUIET if self._paused else None)
            if not ready:
                return
            for key, _ in ready:
                self._take_in(key.data)

    def acknowledge(self, more: int) -> None:
        """Wait until so many more calls were answered well."""
        wanted = self.acknowledged + more
        self.until(lambda: self.acknowledged >= wanted)

    def kill(self, name: str) -> None:
        """Kill one with SIGKILL, wherever it is."""
        process = self._processes[name]
        self._paused.discard(name)
        process.child.kill()
        process.child.wait()
        self._end(process)

    def pause(self, name: str) -> None:
        """Stop one wherever it is, and in whatever transaction."""
        self._paused.add(name)
        self._processes[name].child.send_signal(signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """Have one that was paused go on."""
        self._paused.discard(name)
        self._processes[name].child.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Have all of them end what they are at, and go."""
        for process in [*self._processes.values()]:
            assert process.child.stdin is not None
            process.child.stdin.close()
        for process in [*self._processes.values()]:
            self._end(process)
            assert process.child.wait() == 0

    def _end(self, process: _Process) -> None:
        """Take in what one still tells, to the end."""
        assert process.child.stdout is not None
        while self._take_in(process):
            pass
        self._selector.unregister(process.child.stdout)
        for each in (process.child.stdout, process.child.stdin):
            if each is not None:
                with suppress(OSError):
                    each.close()
        del self._processes[process.name]

    def _take_in(self, process: _Process) -> bool:
        assert process.child.stdout is not None
        data = os.read(process.child.stdout.fileno(), 1 << 16)
        *whole, rest = (self._rest[process.name] + data).split(b"\n")
        self._rest[process.name] = rest
        for line in whole:
            self._note(process, line.decode())
        assert data or process.child.poll() != 1, f"{process.name} failed"
        return bool(data)

    def _note(self, process: _Process, line: str) -> None:
        told = json.loads(line)
        if "ready" in told:
            self._ready.add(process.name)
            return
        self.lines.append(line)
        self.acknowledged += told.get("outcome") == "ok"
        if "said" in told and process.child.stdin is not None and not process.child.stdin.closed:
            with suppress(BrokenPipeError):
                os.write(process.child.stdin.fileno(), b"\n")

    @property
    def history(self) -> History:
        """Return what they told, as a history."""
        return History.read(self.lines)


@contextmanager
def running(
    address: str, keys: Path, processes: int, durability: str = "each"
) -> Iterator[Running]:
    """So many processes at work on a ledger; whatever is left of them is killed at the end."""
    under_way = Running(address, keys, durability)
    try:
        for _ in range(processes):
            under_way.start()
        yield under_way
    finally:
        for process in [*under_way._processes.values()]:
            process.child.kill()
            process.child.communicate()
        under_way._selector.close()


def logged(ledger: Ledger) -> list[Logged]:
    """The log of a ledger, as it is in the end."""
    found = []
    for event in ledger.events():
        entry = ledger.entry(event.position)
        assert entry is not None
        found.append(
            Logged(
                event.position, event.version, Value(event.case_id, event.fields["channel"]),
                leaf_hash(entry),
            )
        )  # fmt: skip
    return found
