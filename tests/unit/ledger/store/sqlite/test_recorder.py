"""The store underneath: its pragmas, its locks, its triggers, and the library's own interfaces."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from eventsourcing.persistence import Notification, ProgrammingError, StoredEvent
from tests.support.oracles import contents, event_id, raw, sqlite_store

from answerable.domain.parsing import parse
from answerable.ledger.errors import LedgerNotFound, StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.protocol.store import BUSY_SECONDS
from answerable.ledger.store.sqlite.cursor import SqliteCursor
from answerable.ledger.store.sqlite.recorder import LedgerDatastore
from answerable.ledger.verify.record import verify_record

pytestmark = pytest.mark.sqlite_file("the store itself, in its file")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        for number in range(5):
            case_id = ("alpha", "beta")[number % 2]
            made.append(
                parse({"kind": "contact-made", "case_id": case_id, "counterparty": "p-1",
                       "event_id": event_id(number), "purpose": "talks"}),
                recorded_by="jane",
            )  # fmt: skip
        yield made


def test_the_librarys_streams_are_the_cases(ledger: Ledger) -> None:
    streams = {
        case_id: [ledger.entry(position) for position in positions]
        for case_id, positions in {"alpha": (0, 2, 4), "beta": (1, 3)}.items()
    }
    for case_id, entries in streams.items():
        stored = sqlite_store(ledger).recorder.select_events(case_id)
        assert stored == [
            StoredEvent(case_id, version, "contact-made", entry)
            for version, entry in enumerate(entries, 1)
            if entry is not None
        ]
    assert len(sqlite_store(ledger).recorder.select_events("alpha", gt=1, lte=2)) == 1


def test_the_librarys_notifications_are_the_log_counted_from_one(ledger: Ledger) -> None:
    notifications = sqlite_store(ledger).recorder.select_notifications(start=1, limit=100)
    assert [notification.id for notification in notifications] == [1, 2, 3, 4, 5]
    assert sqlite_store(ledger).recorder.max_notification_id() == 5
    for position, notification in enumerate(notifications):
        assert isinstance(notification, Notification)
        assert notification.state == ledger.entry(position)
    later = sqlite_store(ledger).recorder.select_notifications(
        start=4, limit=1, topics=["contact-made"]
    )
    assert [notification.id for notification in later] == [4]


def test_the_librarys_own_way_in_is_refused(ledger: Ledger) -> None:
    before = contents(ledger.path)
    with pytest.raises(ProgrammingError, match=r"Ledger\.append"):
        sqlite_store(ledger).recorder.insert_events(
            [StoredEvent("alpha", 4, "contact-made", b"{}")]
        )
    assert contents(ledger.path) == before


def test_every_connection_is_durable_and_overwrites_what_it_deletes(ledger: Ledger) -> None:
    asked = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "cell_size_check": 1,
        "trusted_schema": 0,
        "busy_timeout": BUSY_SECONDS * 1_000,
    }
    # Two at once, so that one of them is made anew.
    with ledger._reading() as first, ledger._reading() as second:
        for cursor in (first, second):
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}
            assert found == asked


def test_a_writer_takes_the_lock_when_it_begins_and_a_reader_takes_none(ledger: Ledger) -> None:
    statements: list[str] = []
    with ledger._reading() as cursor:
        assert isinstance(cursor, SqliteCursor)
        cursor.connection.set_trace_callback(statements.append)
    with ledger._reading():
        pass
    ledger.append(parse({"kind": "apology-issued", "case_id": "alpha"}), recorded_by="jane")
    begun = [statement for statement in statements if statement.startswith("BEGIN")]
    assert begun == ["BEGIN", "BEGIN IMMEDIATE"]


def test_a_writer_that_waits_in_vain_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerable.ledger.store.sqlite.recorder.BUSY_SECONDS", 0.01)
    with Ledger.create(tmp_path / "a.db") as ledger, raw(ledger.path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed, match="held by another connection of this"):
            ledger.append(parse({"kind": "apology-issued", "case_id": "a"}), recorded_by="jane")
        other.rollback()
        ledger.append(parse({"kind": "apology-issued", "case_id": "a"}), recorded_by="jane")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE stored_events SET state = x'00' WHERE rowid = 2", "never changed"),
        ("UPDATE stored_events SET originator_id = 'gamma' WHERE rowid = 2", "never changed"),
        ("UPDATE stored_events SET rowid = 100 WHERE rowid = 5", "never changed"),
        ("DELETE FROM stored_events WHERE rowid = 5", "never deleted"),
        ("DELETE FROM stored_events", "never deleted"),
        ("UPDATE disclosures SET disclosure = x'00' WHERE position = 1", "not altered"),
        ("UPDATE disclosures SET about = 'p-2'", "not altered"),
        ("UPDATE disclosures SET field = 'other'", "not altered"),
        ("UPDATE disclosures SET disclosure = NULL, about = 'p-2'", "not altered"),
        ("UPDATE disclosures SET position = 100 WHERE position = 1", "not altered"),
        ("UPDATE disclosures SET number = 100 WHERE position = 1", "not altered"),
        ("DELETE FROM disclosures WHERE position = 1", "never deleted"),
        ("UPDATE tiles SET hashes = x'' WHERE level = 0", "only grow"),
        ("UPDATE tiles SET hashes = substr(hashes, 1, 64)", "only grow"),
        ("UPDATE tiles SET hashes = zeroblob(160)", "only grow"),
        ("UPDATE tiles SET number = 7", "only grow"),
        ("UPDATE tiles SET level = 7", "only grow"),
        ("DELETE FROM tiles", "never deleted"),
    ],
)
def test_what_is_recorded_is_kept_from_other_programs(
    ledger: Ledger, statement: str, says: str
) -> None:
    before = contents(ledger.path)
    with raw(ledger.path) as connection, pytest.raises(sqlite3.IntegrityError, match=says):
        connection.execute(statement)
    assert contents(ledger.path) == before


@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE"])
@pytest.mark.parametrize(
    "row",
    [
        "stored_events SELECT rowid, originator_id, originator_version, topic, x'00' FROM "
        "stored_events WHERE rowid = 2",
        "disclosures SELECT position, number, field, about, x'00' FROM disclosures",
        "tiles SELECT level, number, x'00' FROM tiles",
    ],
)
def test_what_another_program_replaces_is_found(ledger: Ledger, verb: str, row: str) -> None:
    # SQLite calls no trigger for a row that REPLACE removes.
    assert verify_record(ledger).verified
    with raw(ledger.path) as connection:
        connection.execute(f"{verb} INTO {row}")
    assert not verify_record(ledger).verified


@pytest.mark.parametrize(
    "row",
    [
        # The same version of a case twice, the same event id twice.
        "SELECT 100, originator_id, originator_version, topic, x'00' FROM stored_events LIMIT 1",
        "SELECT 100, 'gamma', 1, topic, state FROM stored_events LIMIT 1",
        # A text where bytes belong.
        "SELECT 100, 'gamma', 1, 'contact-made', 'text'",
    ],
)
def test_the_store_holds_each_version_and_each_event_once(ledger: Ledger, row: str) -> None:
    with raw(ledger.path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"INSERT INTO stored_events {row}")


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFound):
        LedgerDatastore.there(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_opening_a_ledger_again_does_not_take_its_locks_away(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    contact = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
    another = (
        "import sys; from answerable import Ledger\n"
        "with Ledger.open(sys.argv[1]) as ledger:\n"
        f"    print(ledger.append({contact}, recorded_by='jim').position)"
    )
    with Ledger.create(place) as ledger:
        ledger.append(contact, recorded_by="jane")
        # With the locks gone, the process that closes the ledger next would remove its log.
        Ledger.open(place).close()
        positions = []
        for _ in range(2):
            said = subprocess.run(
                [sys.executable, "-c", another, place], check=True, capture_output=True, text=True
            )
            positions.append(int(said.stdout))
            positions.append(ledger.append(contact, recorded_by="jane").position)
        assert positions == [1, 2, 3, 4]
        assert place.with_name("a.db-wal").exists()
    with Ledger.open(place) as ledger:
        assert len(ledger) == 5
        assert verify_record(ledger).problems == ()


def test_a_writer_that_got_no_connection_keeps_none_waiting(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_file_descriptors(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    contact = {"kind": "contact-made", "case_id": "alpha", "counterparty": "p-1"}
    monkeypatch.setattr(sqlite_store(ledger)._datastore.pool, "pool_timeout", 0.1)
    reading = ledger.events()
    next(reading)  # It has the connection that is there, so that another has to be made.
    with monkeypatch.context() as failing:
        failing.setattr(sqlite3, "connect", out_of_file_descriptors)
        with pytest.raises(StorageFailed):
            ledger.append(contact, recorded_by="jane")
    assert ledger.append(contact, recorded_by="jane").position == 5
