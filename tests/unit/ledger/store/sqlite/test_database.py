"""What SQLite says, in words that one can act on."""

import sqlite3
from pathlib import Path

import pytest
from eventsourcing.persistence import OperationalError

from answerable.domain.errors import AnswerableError
from answerable.domain.parsing import parse
from answerable.ledger.errors import NotVerified, StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.sqlite.database import storage_errors

pytestmark = pytest.mark.sqlite_file("what may be wrong with a file")


def sqlite_error(name: str, text: str = "what SQLite says") -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("name", "kind", "says", "hint"),
    [
        ("SQLITE_CORRUPT", NotVerified, "is damaged", "as evidence"),
        ("SQLITE_CORRUPT_INDEX", NotVerified, "is damaged", "as evidence"),
        ("SQLITE_NOTADB", NotVerified, "is damaged", "as evidence"),
        ("SQLITE_FULL", StorageFailed, "nothing was written", "Free some space"),
        ("SQLITE_IOERR_WRITE", StorageFailed, "nothing was written", "Free some space"),
        ("SQLITE_IOERR_READ", StorageFailed, "does not give back", "look at the disk"),
        ("SQLITE_IOERR_SHORT_READ", StorageFailed, "does not give back", "look at the disk"),
        ("SQLITE_IOERR_LOCK", StorageFailed, "gives no locks", "on a local disk"),
        ("SQLITE_IOERR_SHMLOCK", StorageFailed, "gives no locks", "on a local disk"),
        ("SQLITE_PROTOCOL", StorageFailed, "gives no locks", "on a local disk"),
        ("SQLITE_READONLY", StorageFailed, "cannot be written", "permissions"),
        ("SQLITE_READONLY_DBMOVED", StorageFailed, "cannot be written", "permissions"),
        ("SQLITE_CANTOPEN", StorageFailed, "cannot be written", "permissions"),
        ("SQLITE_BUSY", StorageFailed, "held by another process", "Try again"),
        ("SQLITE_BUSY_RECOVERY", StorageFailed, "held by another process", "Try again"),
        ("SQLITE_ERROR", StorageFailed, "the store failed: what SQLite says", None),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_each_failure_is_explained(
    name: str, kind: type[AnswerableError], says: str, hint: str | None, wrapped: bool
) -> None:
    def fail() -> None:
        if not wrapped:
            raise sqlite_error(name)
        cause = sqlite_error(name)
        raise OperationalError(cause) from cause

    with pytest.raises(kind, match=says) as caught, storage_errors(Path("some.db")):
        fail()
    assert type(caught.value) is kind
    assert "some.db" in str(caught.value)
    assert (caught.value.hint or "").find(hint or "") >= 0
    assert (caught.value.hint is None) == (hint is None)


def test_what_is_not_the_stores_passes_through() -> None:
    with pytest.raises(KeyError), storage_errors(Path("some.db")):
        raise KeyError


def test_a_full_disk_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    event = parse({"kind": "lesson-recorded", "case_id": "alpha", "lesson": "x" * 100_000})
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(event, recorded_by="jane")
        with ledger._reading() as cursor:
            # The file may grow no further: that is SQLITE_FULL, as on a full disk.
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageFailed, match="the disk would not take it"):
            ledger.append(event, recorded_by="jane")
        assert len(ledger) == 1
        with ledger._reading() as cursor:
            cursor.execute("PRAGMA max_page_count = 1000000")
        assert ledger.append(event, recorded_by="jane").version == 2


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    event = parse({"kind": "lesson-recorded", "case_id": "alpha", "lesson": "l"})
    with Ledger.create(tmp_path / "a.db") as ledger:
        with ledger._reading() as cursor:
            cursor.execute("PRAGMA query_only = ON")
        with pytest.raises(StorageFailed, match="cannot be written"):
            ledger.append(event, recorded_by="jane")


def test_a_damaged_file_is_told_as_evidence(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    with Ledger.create(place) as ledger:
        ledger.append(
            parse({"kind": "lesson-recorded", "case_id": "alpha", "lesson": "l"}),
            recorded_by="jane",
        )
    content = bytearray(place.read_bytes())
    content[4096:8192] = bytes(4096)
    place.write_bytes(content)
    with Ledger.open(place) as ledger, pytest.raises(NotVerified, match="is damaged"):
        list(ledger.events())


def test_a_damaged_schema_is_told_though_its_text_cannot_be_read(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    Ledger.create(place).close()
    content = bytearray(place.read_bytes())
    # The name of a table, and what it is made of: SQLite's message quotes the name.
    at = content.index(b"tabledisclosures") + len(b"table")
    content[at : at + len(b"disclosures")] = b"\xca" * len(b"disclosures")
    at = content.index(b"CREATE TABLE disclosures")
    content[at : at + 6] = b"CREATA"
    place.write_bytes(content)
    with Ledger.open(place) as ledger, pytest.raises(NotVerified, match="is damaged"):
        ledger.head()


def test_text_that_is_none_is_damage(tmp_path: Path) -> None:
    with (
        pytest.raises(NotVerified, match="is damaged"),
        storage_errors(tmp_path),
        sqlite3.connect(":memory:") as connection,
    ):
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()
    connection.close()
