"""Waiting for who holds a file: on whom is said, and what is no wait is no wait."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from answerable.ledger.errors import BytesRemain, StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store import opened
from answerable.ledger.store.sqlite import patience, recorder
from answerable.ledger.store.sqlite import store as sqlite
from answerable.ledger.system import atomic_file, locks
from answerable.ledger.witness import store

pytestmark = pytest.mark.sqlite_file("locks of a file")

CONTACT = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}

WRITES = "BEGIN IMMEDIATE"
ALONE = "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE"
READS = "BEGIN; SELECT count(*) FROM stored_events"

HOLDS = """
import fcntl, os, signal, sqlite3, sys
place, what = sys.argv[1:]
signal.alarm(30)  # who is not let go lets go: then the test fails, and does not hang
if what == "flock":
    fcntl.flock(os.open(place, os.O_RDONLY), fcntl.LOCK_EX)
else:
    connection = sqlite3.connect(place, isolation_level=None)
    for statement in what.split("; "):
        connection.execute(statement).fetchall()
print(flush=True)
sys.stdin.read()
"""


class Holder:
    """Another process that holds a file until it is let go."""

    def __init__(self, place: Path, what: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", HOLDS, place, what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"\n"

    @property
    def named(self) -> str:
        return f"another process, {self.process.pid} ("

    def let_go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


@contextmanager
def held(place: Path, what: str) -> Iterator[Holder]:
    holder = Holder(place, what)
    try:
        yield holder
    finally:
        holder.process.kill()
        with holder.process:
            pass


class Heard(logging.Handler):
    """What is said of waiting, and what is done when it is."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.then: Callable[[], None] = lambda: None

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
        self.then()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """Listens, and has what waits say so soon."""
    for module in (locks, patience, sqlite, opened, atomic_file):
        monkeypatch.setattr(module, "QUIET_SECONDS", 0.01)
    listening = Heard()
    logging.getLogger("answerable").addHandler(listening)
    yield listening
    logging.getLogger("answerable").removeHandler(listening)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        made.append(CONTACT, recorded_by="jane")
        yield made


def test_a_writer_says_on_whom_it_waits_and_goes_on(ledger: Ledger, heard: Heard) -> None:
    with held(ledger.path, WRITES) as other:
        heard.then = other.let_go
        assert ledger.append(CONTACT, recorded_by="jane").position == 1
        (said,) = heard.said
        assert said.startswith(f"Waiting for {other.named}")
        assert said.endswith(f"), which holds {ledger.path}.")


def test_a_writer_who_waits_in_vain_names_the_other(
    ledger: Ledger, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "BUSY_SECONDS", 0.05)
    with held(ledger.path, WRITES) as other, Ledger.open(ledger.path) as waiting:
        with pytest.raises(StorageFailed) as caught:
            waiting.append(CONTACT, recorded_by="jane")
        assert f"is held by {other.named}" in caught.value.message
        assert caught.value.message.endswith("); nothing was written.")
        assert len(heard.said) == 1
        with waiting._reading() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 50


def test_where_the_system_does_not_tell_nobody_is_named(
    ledger: Ledger, heard: Heard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(locks, "TABLE", tmp_path / "none")
    with held(ledger.path, WRITES) as other:
        heard.then = other.let_go
        ledger.append(CONTACT, recorded_by="jane")
    assert heard.said == [f"Waiting for another process, which holds {ledger.path}."]


def test_another_connection_of_this_process_is_no_other_process(
    ledger: Ledger, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "BUSY_SECONDS", 0.05)
    with (
        Ledger.open(ledger.path) as other,
        ledger.rehearsal(recorded_by="jane"),
        pytest.raises(StorageFailed, match="held by another connection of this very process"),
    ):
        other.append(CONTACT, recorded_by="jim")


def test_a_thread_says_that_it_waits_for_another(ledger: Ledger, heard: Heard) -> None:
    writing, heard_of = Event(), Event()
    heard.then = heard_of.set

    def write() -> None:
        with ledger.rehearsal(recorded_by="jane"):
            writing.set()
            heard_of.wait(30)

    thread = Thread(target=write)
    thread.start()
    assert writing.wait(30)
    assert ledger.append(CONTACT, recorded_by="jim").position == 1
    thread.join()
    assert heard.said == [f"Waiting for another thread of this process, which holds {ledger.path}."]


def test_an_erasure_says_whose_reading_it_waits_for(
    ledger: Ledger, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "READERS_SECONDS", 0.05)
    erasure = {"kind": "personal-data-erased", "case_id": "acme", "subject": "jane",
               "legal_basis": "gdpr art. 17(1)(a)"}  # fmt: skip
    with held(ledger.path, READS) as other:
        with pytest.raises(BytesRemain):
            ledger.append(erasure, recorded_by="jim")
        assert heard.said[0].startswith(f"Waiting for {other.named}")


def test_who_holds_a_folder_alone_is_told(tmp_path: Path, heard: Heard) -> None:
    with held(tmp_path, "flock") as other:
        heard.then = other.let_go
        with atomic_file.hold_alone(tmp_path):
            pass
        (said,) = heard.said
        assert said.startswith(f"Waiting for {other.named}")


def test_a_witness_says_on_whom_it_waits(tmp_path: Path, heard: Heard) -> None:
    memory = tmp_path / "witness.db"
    store.create(memory)
    with held(memory, WRITES) as other:
        heard.then = other.let_go
        with store.writing(memory) as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (store.PATIENCE * 1_000,)
    assert heard.said[0].startswith(f"Waiting for {other.named}")


def test_what_is_free_is_not_talked_about(ledger: Ledger, heard: Heard) -> None:
    ledger.append(CONTACT, recorded_by="jane")
    with atomic_file.hold_alone(ledger.path.parent):
        pass
    assert heard.said == []


def test_who_opens_a_ledger_says_on_whom_it_waits(ledger: Ledger, heard: Heard) -> None:
    ledger.close()
    with held(ledger.path, ALONE) as other:
        heard.then = other.let_go
        with Ledger.open(ledger.path) as opened:
            assert len(opened) == 1
        assert heard.said[0].startswith(f"Waiting for {other.named}")


@pytest.mark.parametrize("number", sorted(locks.WITHOUT))
def test_a_file_system_without_locks_is_told_from_a_file_that_is_held(
    ledger: Ledger, heard: Heard, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def none(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    ledger.close()
    with held(ledger.path, ALONE):
        monkeypatch.setattr("fcntl.lockf", none)
        with pytest.raises(StorageFailed, match="is on a file system that gives no locks"):
            Ledger.open(ledger.path)
    assert heard.said == []


def test_a_file_that_is_locked_is_on_a_file_system_with_locks(tmp_path: Path) -> None:
    assert locks.missing_locks(tmp_path) is None
    (tmp_path / "file").touch()
    assert locks.missing_locks(tmp_path / "file") is None
    assert locks.missing_locks(tmp_path / "none") is None
