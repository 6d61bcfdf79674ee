"""The disk is full, after any number of bytes: refused, and said; nothing half-written; it goes on.

And it does not say that it has what was written: then nobody knows, and that is said.

For a file, a limit on the size of files stands for a disk of any fullness, and needs no rights. A
small file system in memory, which is really full, takes the right to mount one.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.support.faults.cutting import outcome_of
from tests.support.faults.failing_flush import with_failing_flush
from tests.support.oracles import sqlite_store
from tests.support.postgresql import Server, server_user

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.rotation import create_keys, open_keys
from answerable.ledger.checkpoints.signing import latest_checkpoint, sign_head
from answerable.ledger.errors import FileRefused, OutcomeUnknown, StorageFailed
from answerable.ledger.indexes.documents import differences
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.sqlite.access import companion
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.ledger.verify.record import verify_record
from answerable.projections.documents import VIEWS
from answerable.projections.status.status import counterparty

pytestmark = pytest.mark.sqlite_file("fills the disk that a file is on")

STEP = 2_060
"""Half a frame of the write-ahead log: https://sqlite.org/fileformat2.html#walformat."""


def contact(number: int) -> Event:
    return parse({"kind": "contact-made", "case_id": "acme", "counterparty": "org-1",
                  "channel": f"number {number}", "purpose": "talks"})  # fmt: skip


def as_it_lies(ledger: Ledger, folder: Path) -> list[str]:
    """Read what a ledger holds where the machine stops now: its file and log, nothing in memory."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    # Another process copies: where this one closes a file, it loses its locks on that.
    lasting = [place for place in (ledger.path, companion(ledger.path, "-wal")) if place.exists()]
    subprocess.run(["cp", *lasting, folder], check=True)
    with Ledger.open(folder / ledger.path.name) as found:
        return [str(each.fields["channel"]) for each in found.events()]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Keep this process from writing a file beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def every_fullness(place: Path, act: Callable[[int], object]) -> Iterator[tuple[int, str]]:
    """Do a thing with a little more room each time, until there is enough."""
    log = place.with_name(f"{place.name}-wal")
    for turn in range(1_000):
        written = log.stat().st_size if log.exists() else 0
        # The log is written from its beginning, where all of it is in the database already.
        for size in (turn * STEP, written + turn * STEP):
            with files_of_at_most(size):
                outcome = outcome_of(act, turn)
            yield turn, outcome
            if outcome == "ok":
                return


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        create_keys(made, "example.com/ledger", tmp_path / "a.key")
        made.append(contact(999), recorded_by="jane")
        yield made


@pytest.mark.parametrize("size", [1, 60])
def test_an_append_for_which_a_disk_has_no_room(ledger: Ledger, tmp_path: Path, size: int) -> None:
    def append(turn: int) -> None:
        ledger.append_all([contact(turn) for _ in range(size)], recorded_by="jane")

    outcomes = []
    for turn, outcome in every_fullness(ledger.path, append):
        there = [each.fields["channel"] for each in ledger.events()].count(f"number {turn}")
        assert there == {"ok": size, "failed": 0}[outcome]
        assert as_it_lies(ledger, tmp_path / "stopped").count(f"number {turn}") == there
        assert verify_record(ledger).problems == ()
        outcomes.append(outcome)
    assert len(outcomes) > 5
    assert ledger.append(contact(0), recorded_by="jane").position == 1 + size


def test_it_is_said_that_the_disk_is_full(ledger: Ledger) -> None:
    with files_of_at_most(0), pytest.raises(StorageFailed, match="the disk would not take it") as e:
        ledger.append(contact(0), recorded_by="jane")
    assert "Free some space" in (e.value.hint or "")


def test_a_signature_for_which_a_disk_has_no_room(ledger: Ledger, tmp_path: Path) -> None:
    place = tmp_path / "a.key"
    signers = open_keys(ledger, place)

    def sign(_: int) -> None:
        try:
            sign_head(ledger, signers, memory_file(place))
        except FileRefused as error:
            assert "nothing is signed" in error.message  # noqa: PT017 - it may be this or the other
            raise StorageFailed("nothing was written.") from error

    for _, outcome in every_fullness(ledger.path, sign):
        report = verify_ledger(ledger, Trust([]), memory=memory_file(place))
        assert report.problems == ()
        assert (latest_checkpoint(ledger) is not None) is (outcome == "ok")


def test_views_for_which_a_disk_has_no_room(ledger: Ledger) -> None:
    def ask(_: int) -> None:
        # It is answered without views, too.
        assert len(counterparty(ledger, "org-1").contacts) == 1
        ledger._waited_in_vain = False
        if ledger.documents(VIEWS, "party") is None:
            raise StorageFailed("no views; nothing was written.")

    for _ in every_fullness(ledger.path, ask):
        pass
    assert [*differences(ledger, VIEWS)] == []
    assert len(counterparty(ledger, "org-1").contacts) == 1


def test_what_a_disk_does_not_say_that_it_has_is_unknown(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def append() -> None:
        with pytest.raises(OutcomeUnknown, match="whether it is recorded is not known"):
            ledger.append(contact(0), recorded_by="jane")

    with_failing_flush(append)
    assert as_it_lies(ledger, tmp_path / "stopped") == ["number 999"]
    monkeypatch.setattr(sqlite_store(ledger), "_overwritten", lambda: False)
    with_failing_flush(append)
    # Nobody sees it, and yet it would be there if the machine stopped now.
    assert len(ledger) == 1
    assert as_it_lies(ledger, tmp_path / "stopped") == ["number 999", "number 0"]
    assert ledger.append(contact(1), recorded_by="jane").position == 1
    assert as_it_lies(ledger, tmp_path / "stopped") == ["number 999", "number 1"]
    assert verify_record(ledger).problems == ()


def test_what_could_not_be_flushed_once_is_written_over(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = sqlite_store(ledger)
    overwritten = store._overwritten

    def append() -> None:
        with pytest.raises(StorageFailed, match="nothing was written") as said:
            ledger.append(contact(0), recorded_by="jane")
        assert not isinstance(said.value, OutcomeUnknown)

    with ThreadPoolExecutor(1) as pool:
        # The disk is well again for a thread that was there before.
        pool.submit(int).result()
        monkeypatch.setattr(store, "_overwritten", lambda: pool.submit(overwritten).result())
        with_failing_flush(append)
    assert as_it_lies(ledger, tmp_path / "stopped") == ["number 999"]
    assert verify_ledger(ledger, Trust([])).problems == ()
    assert ledger.append(contact(1), recorded_by="jane").position == 1


class FullDisk:
    """A file system that may be filled to the last page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, but: int = 0) -> None:
        """Leave so many pages of room."""
        self.make_room()
        found = os.statvfs(self.folder)
        with self._filler.open("wb") as file:
            file.write(bytes(max(0, found.f_bavail - but) * found.f_bsize))

    def make_room(self) -> None:
        """Make room."""
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[FullDisk]:
    """A file system in memory, of a size."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "answerable-tests", folder],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"a small file system takes the right to mount one: {done.stderr.strip()}")
    try:
        yield FullDisk(folder)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_file_on_a_disk_that_is_really_full(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "2m") as disk:
        place = disk.folder / "a.db"
        with Ledger.create(place) as ledger:
            ledger.append(contact(999), recorded_by="jane")
            for room in range(40):
                disk.fill(room)
                outcome = outcome_of(
                    lambda turn: ledger.append(contact(turn), recorded_by="jane"), room
                )
                there = [each.fields["channel"] for each in ledger.events()].count(f"number {room}")
                assert there == {"ok": 1, "failed": 0}[outcome]
                assert verify_record(ledger).problems == ()
                if outcome == "ok":
                    break
            assert room > 0
            disk.fill()
            with pytest.raises(StorageFailed, match="the disk would not take it"):
                ledger.append_all([contact(0) for _ in range(60)], recorded_by="jane")
            disk.make_room()
            ledger.append_all([contact(0) for _ in range(60)], recorded_by="jane")
            assert verify_record(ledger).problems == ()


@pytest.fixture
def small_tablespace(breakable: Server) -> Iterator[tuple[FullDisk, str]]:
    """A database whose tables are on a small file system: that, and the ledger's address."""
    with small_disk(breakable.folder / "small", "24m") as disk:
        user = server_user()
        if user is not None:
            subprocess.run(["chown", user, disk.folder], check=True)
        breakable.sql(f"CREATE TABLESPACE small LOCATION '{disk.folder}'")
        breakable.sql("CREATE DATABASE on_small TEMPLATE template0 TABLESPACE small")
        try:
            yield disk, breakable.address("on_small")
        finally:
            disk.make_room()
            breakable.sql("DROP DATABASE on_small WITH (FORCE)")
            breakable.sql("DROP TABLESPACE small")


def test_a_server_whose_disk_is_full(small_tablespace: tuple[FullDisk, str]) -> None:
    disk, address = small_tablespace
    with Ledger.create(address) as ledger:
        ledger.append(contact(999), recorded_by="jane")
        size = 1
        disk.fill()
        refused = 0
        for turn in range(200):
            outcome = outcome_of(
                lambda turn: ledger.append_all(
                    [contact(turn) for _ in range(60)], recorded_by="jane"
                ), turn,
            )  # fmt: skip
            # What pages still have room for is recorded.
            size += 60 * {"ok": 1, "failed": 0}[outcome]
            assert len(ledger) == size
            refused += outcome == "failed"
            if refused == 3:
                break
        assert refused == 3
        with pytest.raises(StorageFailed, match="the server's disk would not take it") as said:
            ledger.append_all([contact(0) for _ in range(60)], recorded_by="jane")
        assert "nothing was written" in said.value.message
        assert verify_ledger(ledger, Trust([]), views=VIEWS).problems == ()
        assert len(counterparty(ledger, "org-1").contacts) == size
        disk.make_room()
        assert ledger.append(contact(0), recorded_by="jane").position == size
        assert [each.position for each in ledger.events()] == list(range(size + 1))
        assert verify_ledger(ledger, Trust([]), views=VIEWS).problems == ()


def test_a_head_that_a_server_has_no_room_to_keep_is_signed_again(
    small_tablespace: tuple[FullDisk, str], tmp_path: Path
) -> None:
    disk, address = small_tablespace
    place = tmp_path / "a.key"
    with Ledger.create(address) as ledger:
        create_keys(ledger, "example.com/ledger", place)
        ledger.append(contact(999), recorded_by="jane")
        signers = open_keys(ledger, place)
        # The table of what was signed has no page yet.
        disk.fill()
        for _ in range(2):
            with pytest.raises(StorageFailed, match="the server's disk would not take it") as said:
                sign_head(ledger, signers, memory_file(place))
            assert not isinstance(said.value, OutcomeUnknown)
            assert latest_checkpoint(ledger) is None
        disk.make_room()
        ledger.append(contact(0), recorded_by="jane")
        assert sign_head(ledger, signers, memory_file(place)).checkpoint.size == 2
        report = verify_ledger(ledger, Trust([]), memory=memory_file(place))
        assert report.problems == ()
