"""The disk of a server's write-ahead log is full: the server stops, and starts when there is room.

PostgreSQL panics where it cannot write its log, and may not come back by itself. Who committed in
that moment is told that nobody knows; what was acknowledged is there.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from time import monotonic
from typing import NoReturn

import pytest
from tests.faults.test_disk_full import FullDisk, contact, small_disk
from tests.support.faults.cutting import outcome_of
from tests.support.lengths import sample
from tests.support.postgresql import Server, own_folder, programs, server_user, started

from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.rotation import create_keys, open_keys
from answerable.ledger.checkpoints.signing import sign_head
from answerable.ledger.errors import StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.ledger.verify.record import verify_record

PATIENCE = 60
"""Seconds that a server is waited for that starts again."""

LOG = {"fsync": "on", "min_wal_size": "2MB", "max_wal_size": "3MB", "wal_recycle": "off"}
"""Has a server keep little of its log, and make each segment of it anew."""


@pytest.fixture
def small_log(unavailable: Callable[[str], NoReturn]) -> Iterator[tuple[Server, FullDisk]]:
    """A server whose log is on a small file system."""
    found = programs()
    if found is None:
        unavailable("PostgreSQL's server is not installed")
    with own_folder("answerable-pg-") as folder:
        server = Server(folder, found, settings=LOG)
        server.run(
            "initdb", "-D", str(folder / "data"), "-U", "owner", "--no-sync", "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8", "--wal-segsize=1",
        )  # fmt: skip
        with small_disk(folder / "log-disk", "8m") as disk:
            _lay_log_on(disk.folder, folder / "data" / "pg_wal")
            with started(server):
                yield server, disk


def _lay_log_on(place: Path, log: Path) -> None:
    for each in log.iterdir():
        shutil.move(str(each), place)
    user = server_user()
    if user is not None:
        subprocess.run(["chown", "-R", user, place], check=True)
    log.rmdir()
    log.symlink_to(place)


def test_what_was_acknowledged_is_there_when_the_log_has_room_again(
    small_log: tuple[Server, FullDisk],
) -> None:
    server, disk = small_log
    numbers = count()
    with Ledger.create(server.address(server.database())) as ledger:

        def append(number: int) -> None:
            ledger.append_all([contact(number)] * 20, recorded_by="jane")

        for durability in sample(("group", "each"), 1):
            ledger._store.group = durability == "group"
            append(next(numbers))
            told = dict[int, str]()
            while "unknown" not in told.values():
                # A checkpoint gives back what it needs no more.
                disk.fill()
                number = next(numbers)
                told[number] = outcome_of(append, number)
                assert len(told) < 1_000
            assert "PANIC" in server.log
            # While it is away, it is said that nothing was written.
            number = next(numbers)
            told[number] = outcome_of(append, number)
            assert told[number] == "failed"
            disk.make_room()
            end = monotonic() + PATIENCE
            while told[number] != "ok":
                assert monotonic() < end, server.log
                # It gives up for good where it has no room to recover in, and is started by hand.
                if not server.runs:
                    server.start()
                number = next(numbers)
                told[number] = outcome_of(append, number)
            there = [str(each.fields["channel"]) for each in ledger.events()]
            for number, outcome in told.items():
                found = there.count(f"number {number}")
                assert found in {"ok": (20,), "failed": (0,), "unknown": (0, 20)}[outcome], number
            assert verify_record(ledger).problems == ()


LEFT = """
SELECT setting::int - (pg_walfile_name_offset(pg_current_wal_insert_lsn())).file_offset
FROM pg_settings WHERE name = 'wal_segment_size'"""
"""Tells how many bytes the segment of the log still has that is written to."""

FILL = "SELECT pg_logical_emit_message(false, '', repeat('x', {}))"


def test_a_head_that_was_signed_as_the_log_filled_is_signed_again(
    small_log: tuple[Server, FullDisk], tmp_path: Path
) -> None:
    server, disk = small_log
    place = tmp_path / "a.key"
    name = server.database()
    with Ledger.create(server.address(name)) as ledger:
        create_keys(ledger, "example.com/ledger", place)
        signers = open_keys(ledger, place)
        ledger.append(contact(0), recorded_by="jane")
        size = sign_head(ledger, signers, memory_file(place)).checkpoint.size
        ledger.append(contact(1), recorded_by="jane")
        disk.fill()
        # What is left of the log has room for a part of a signature.
        [(left,)] = server.sql(LEFT, name)
        server.sql(FILL.format(left - 300), name)
        with pytest.raises(StorageFailed):
            sign_head(ledger, signers, memory_file(place))
        assert "PANIC" in server.log
        disk.make_room()
        end = monotonic() + PATIENCE
        signed = None
        while signed is None:
            assert monotonic() < end, server.log
            if not server.runs:
                server.start()
            with suppress(StorageFailed):
                signed = sign_head(ledger, signers, memory_file(place))
        assert signed.checkpoint.size == size + 1
        report = verify_ledger(ledger, Trust([]), memory=memory_file(place))
        assert report.problems == ()
