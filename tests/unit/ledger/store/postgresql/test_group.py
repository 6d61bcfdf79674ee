"""Test that group commit acknowledges, signs and tells nothing that is not on disk.

A server that waits for a synchronous standby which is not there lets everything commit that does
not wait for the disk, and holds everything that does: so what waits, and what does not, shows.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from tests.support.golden_ledger import fixed_signer
from tests.support.postgresql import Server, running_server

from answerable.ledger.checkpoints import signing
from answerable.ledger.checkpoints.signing import adopt_first_keys, sign_head
from answerable.ledger.errors import Unreplicated
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.note import LOG_KEYS
from answerable.ledger.verify.record import verify_record

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"

ORIGIN = "example.com/ledger"

PATIENCE = 60


def contact(case: str = "acme", **fields: Any) -> dict[str, Any]:
    return {"kind": "contact-made", "case_id": case, "counterparty": "org-1", **fields}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of this module's own: what is set or killed is nobody else's."""
    with running_server() as own:
        yield own


@pytest.fixture
def address(postgresql: Server, server: Server) -> str:
    """The address of an empty ledger on it; where there is no server, the test is skipped."""
    address = server.address(server.database())
    Ledger.create(address).close()
    return address


def until(server: Server, statement: str, wanted: object) -> None:
    """Ask until the answer is as it should be."""
    end = monotonic() + PATIENCE
    while server.sql(statement) != [(wanted,)]:
        assert monotonic() < end, statement


@contextmanager
def nothing_flushed(server: Server) -> Iterator[Callable[[], None]]:
    """Have the server wait for ever with each commit that waits for the disk, or until released."""
    held = True

    def release() -> None:
        nonlocal held
        if held:
            held = False
            server.sql("ALTER SYSTEM RESET synchronous_standby_names")
            server.sql("SELECT pg_reload_conf()")

    server.sql("ALTER SYSTEM SET synchronous_standby_names TO 'nobody'")
    server.sql("SELECT pg_reload_conf()")
    until(server, "SHOW synchronous_standby_names", "nobody")
    try:
        yield release
    finally:
        release()


def test_nothing_is_vouched_for_before_it_is_on_disk(
    server: Server, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The disk is slow here, and not a standby away.
    monkeypatch.setattr(signing, "check_confirmable", lambda *_: None)
    signers = [fixed_signer(ORIGIN, kind) for kind in LOG_KEYS]
    known = contact(event_id="019b8c00-0000-7000-8000-000000000001")
    with (
        Ledger.open(address, durability="group") as writer,
        Ledger.open(address, durability="group") as another,
        Ledger.open(address) as reader,
        Ledger.open(address) as opened,
        Ledger.open(address, durability="group") as again,
        ThreadPoolExecutor(6) as pool,
    ):
        adopt_first_keys(writer, [each.key for each in signers])
        writer.append(contact(), recorded_by="jane")
        again.append(contact("b"), recorded_by="jane")
        vouched: list[Future[Any]] = []
        with nothing_flushed(server) as release:
            vouched.append(pool.submit(writer.append, known, recorded_by="jane"))
            until(server, WAITING, 1)
            # It is there for all to see, and nobody is told so.
            assert [each.position for each in reader.events()] == [0, 1, 2]
            # Who records after it does not wait for it to be on disk.
            vouched.append(pool.submit(another.append, contact("c"), recorded_by="jim"))
            until(server, WAITING, 2)
            assert len(reader) == 4
            vouched.append(pool.submit(reader.head))
            until(server, WAITING, 3)
            vouched.append(pool.submit(sign_head, opened, signers, tmp_path / "memory"))
            until(server, WAITING, 4)
            assert not (tmp_path / "memory").exists()
            assert not any(each.done() for each in vouched)
            release()
        made, other, head, signed = (each.result(PATIENCE) for each in vouched)
        assert (made.position, made.duplicate, other.position) == (2, False, 3)
        assert head.size == 4
        assert signed.checkpoint.size == 4
        with nothing_flushed(server) as release:
            twice = pool.submit(again.append, known, recorded_by="jane")
            until(server, WAITING, 1)
            assert not twice.done()
            release()
        assert twice.result(PATIENCE).duplicate
        assert verify_record(reader).problems == ()


def test_who_signs_does_not_wait_for_a_standby_that_is_not_there(
    server: Server, address: str, tmp_path: Path
) -> None:
    signers = [fixed_signer(ORIGIN, kind) for kind in LOG_KEYS]
    with Ledger.open(address, durability="group") as ledger, ThreadPoolExecutor(1) as pool:
        adopt_first_keys(ledger, [each.key for each in signers])
        with nothing_flushed(server) as release:
            made = pool.submit(ledger.append, contact(), recorded_by="jane")
            until(server, WAITING, 1)
            with Ledger.open(address) as other, pytest.raises(Unreplicated, match="none is there"):
                sign_head(other, signers, tmp_path / "memory")
            release()
        assert made.result(PATIENCE).position == 0


@pytest.mark.parametrize("setting", ["off", "local", "remote_write"])
def test_a_commit_waits_for_all_that_it_should_whatever_is_set(
    server: Server, address: str, setting: str
) -> None:
    name = address.partition("@/")[2].partition("?")[0]
    server.sql(f"ALTER DATABASE {name} SET synchronous_commit TO {setting}")
    with Ledger.open(address) as ledger, ThreadPoolExecutor(1) as pool:
        # With a look at the log, and without one.
        for position in range(2):
            with nothing_flushed(server) as release:
                made = pool.submit(ledger.append, contact(), recorded_by="jane")
                until(server, WAITING, 1)
                release()
            assert made.result(PATIENCE).position == position


def test_a_head_of_what_is_on_disk_waits_for_nothing(server: Server, address: str) -> None:
    with Ledger.open(address) as each, Ledger.open(address, durability="group") as group:
        group.append(contact(), recorded_by="jane")
        each.append(contact(), recorded_by="jane")
        with nothing_flushed(server):
            assert each.head().size == group.head().size == 2


RECORDING = """
import sys
from answerable.ledger.ledger import Ledger

with Ledger.open(sys.argv[1], durability="group") as ledger:
    while True:
        event = {"kind": "contact-made", "case_id": sys.argv[2], "counterparty": "org-1"}
        print(ledger.append(event, recorded_by="jane").position, flush=True)
"""


def lives(pid: int) -> bool:
    """Tell whether a process is there, and not merely waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_nothing_acknowledged_is_lost_with_the_server(server: Server, address: str) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", RECORDING, address, f"case-{number}"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        for number in range(3)
    ]  # fmt: skip
    told: list[int] = []
    for writer in writers:
        assert writer.stdout is not None
        told += [int(writer.stdout.readline()) for _ in range(15)]
    pid = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGSTOP)  # So that it has no more children.
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for process in (pid, *map(int, children)):
        os.kill(process, signal.SIGKILL)
    for writer in writers:
        told += map(int, writer.communicate(timeout=PATIENCE)[0].split())
        assert writer.returncode
    end = monotonic() + PATIENCE
    while any(map(lives, (pid, *map(int, children)))):
        assert monotonic() < end
    # Whoever has to wait for the killed may not have done so yet: a server takes them for alive.
    for lock in (server.folder / "data" / "postmaster.pid", *server.folder.glob(".s.*.lock")):
        lock.unlink()
    server.start()
    with Ledger.open(address) as ledger:
        assert {each.position for each in ledger.events()} >= {*told}
        assert len({*told}) == len(told)
        assert verify_record(ledger).problems == ()
        assert ledger.append(contact("case-0"), recorded_by="jane").position == len(ledger) - 1
