"""The memory of a witness: one SQLite file, of which a commit is on disk before it returns.

For each log the checkpoint cosigned last, and the keys trusted for it; and, for good, what shows
that a log misbehaved. Triggers refuse a log that would shrink, and evidence that would change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from answerable.ledger.errors import FileRefused, LedgerNotFound, NotALedger
from answerable.ledger.store.sqlite.database import storage_errors
from answerable.ledger.store.sqlite.patience import Patience, busy_timeout
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.witness.decision import AddCheckpointRequest, Misbehaviour, Watched

APPLICATION_ID = 0x77697473
"""SQLite's `application_id` of a witness's memory: `wits`."""

FORMAT = 1
"""SQLite's `user_version`: the version of these tables."""

PATIENCE = 10.0
"""The longest wait for another process that writes, in seconds."""

MOST_EVIDENCE = 100
"""The most checkpoints kept against one log. One is proof; more tell of the extent."""

CREATE = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {FORMAT}",
    """
CREATE TABLE logs (
    origin TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL DEFAULT 0,
    note BLOB,
    cosigned INTEGER NOT NULL DEFAULT 0
) STRICT""",
    """
CREATE TABLE keys (
    vkey TEXT NOT NULL PRIMARY KEY,
    origin TEXT NOT NULL REFERENCES logs,
    retired INTEGER NOT NULL DEFAULT 0
) STRICT""",
    """
CREATE TABLE evidence (
    number INTEGER PRIMARY KEY,
    origin TEXT NOT NULL REFERENCES logs,
    kind TEXT NOT NULL,
    found INTEGER NOT NULL,
    cosigned BLOB NOT NULL,
    text TEXT NOT NULL,
    proof BLOB NOT NULL,
    beginning BLOB,
    UNIQUE (origin, kind, text)
) STRICT""",
    """
CREATE TRIGGER logs_only_grow BEFORE UPDATE ON logs
WHEN new.size < old.size OR new.cosigned < old.cosigned OR new.origin != old.origin
    OR new.hash != old.hash OR (new.note IS NULL AND old.note IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what was cosigned of a log can only grow'); END""",
    """
CREATE TRIGGER logs_are_not_deleted BEFORE DELETE ON logs
BEGIN SELECT RAISE(ABORT, 'what was cosigned of a log is not forgotten'); END""",
    """
CREATE TRIGGER evidence_is_not_changed BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END""",
    """
CREATE TRIGGER evidence_is_not_deleted BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END""",
)

LOG = "SELECT origin, note, cosigned FROM logs WHERE origin = ?"
LOGS = "SELECT origin, note, cosigned FROM logs ORDER BY origin"
KEYS = "SELECT vkey FROM keys WHERE origin = ? AND NOT retired ORDER BY rowid"
WATCH = "INSERT INTO logs (origin, hash) VALUES (?, ?)"
TRUST = "INSERT INTO keys VALUES (?, ?, 0) ON CONFLICT (vkey) DO UPDATE SET retired = 0"
RETIRE = "UPDATE keys SET retired = 1 WHERE vkey = ?"
RECORD = "UPDATE logs SET size = ?, note = ?, cosigned = ? WHERE origin = ?"
KEEP = (
    "INSERT INTO evidence (origin, kind, found, cosigned, text, proof, beginning) "
    "SELECT ?, ?, ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM evidence WHERE origin = ?) < ? "
    "ON CONFLICT DO NOTHING"
)
EVIDENCE = (
    "SELECT number, origin, kind, found, cosigned, proof, beginning FROM evidence ORDER BY number"
)


class Evidence(NamedTuple):
    """Evidence that a log misbehaved.

    Attributes:
        number: counted from 1, in the order in which it was found.
        origin: the log.
        kind: `fork`, `rollback` or `shorter` (`answerable.ledger.witness.decision`).
        found: when.
        cosigned: the checkpoint that was cosigned before, with all signatures.
        proof: the request that was refused, as `ConsistencyProof` writes it.
        beginning: the root of another beginning that the proof shows, where it does.
    """

    number: int
    origin: str
    kind: str
    found: datetime
    cosigned: bytes
    proof: bytes
    beginning: bytes | None


def create(place: Path) -> None:
    """Make an empty memory.

    Raises:
        FileRefused: there is something at this place already.
        StorageFailed: the disk would not take it.
    """
    if place.exists():
        raise FileRefused(f"there is a witness's memory at {place} already; it is not overwritten.")
    with storage_errors(place), closing(_connect(place, "rwc")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in CREATE:
            connection.execute(statement)
        connection.execute("COMMIT")


def check_is_memory(place: Path) -> None:
    """Check that a file is a witness's memory.

    Raises:
        LedgerNotFound: there is none.
        NotALedger: it is something else.
    """
    if not place.is_file():
        raise LedgerNotFound(
            f"there is no witness at {place.parent}.",
            cli_hint="Make one: `answerable witness init DIR --name witness.example/w1`.",
        )
    with reading(place) as cursor:
        (found,) = cursor.execute("PRAGMA application_id").fetchone()
        (version,) = cursor.execute("PRAGMA user_version").fetchone()
    if (found, version) != (APPLICATION_ID, FORMAT):
        raise NotALedger(f"{place} is not a witness's memory, or is another version's.")


@contextmanager
def writing(place: Path) -> Iterator[sqlite3.Cursor]:
    """Open a transaction that no other can come between; commit it to disk at its end.

    Raises:
        StorageFailed: the disk is full or read-only, or another process holds the file.
    """
    with storage_errors(place), closing(_connect(place, "rw")) as connection:
        cursor = _begin_writing(place, connection)
        try:
            yield cursor
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def reading(place: Path) -> Iterator[sqlite3.Cursor]:
    """Open one unchanging view of the file."""
    with storage_errors(place), closing(_connect(place, "rw")) as connection:
        yield connection.execute("BEGIN")


def watched(cursor: sqlite3.Cursor, origin: str) -> Watched | None:
    """Read what is known of a log; None if it is not watched."""
    row = cursor.execute(LOG, (origin,)).fetchone()
    return None if row is None else _watched(cursor, row)


def all_watched(cursor: sqlite3.Cursor) -> list[Watched]:
    """Read what is known of every log, ordered by origin."""
    return [_watched(cursor, row) for row in cursor.execute(LOGS).fetchall()]


def watch(cursor: sqlite3.Cursor, origin: str) -> None:
    """Watch a log from now on."""
    cursor.execute(WATCH, (origin, origin_hash(origin)))


def trust(cursor: sqlite3.Cursor, keys: Iterable[VerifierKey]) -> None:
    """Trust these keys to speak for the log of their name."""
    cursor.executemany(TRUST, [(str(key), key.name) for key in keys])


def retire(cursor: sqlite3.Cursor, keys: Iterable[VerifierKey]) -> None:
    """Trust these keys no more."""
    cursor.executemany(RETIRE, [(str(key),) for key in keys])


def remember_cosigned(cursor: sqlite3.Cursor, note: Note, time: int) -> None:
    """Remember a checkpoint as the one cosigned last."""
    head = Checkpoint.parse(note.text)
    cursor.execute(RECORD, (head.size, bytes(note), time, head.origin))


def keep_evidence(
    cursor: sqlite3.Cursor, shown: Misbehaviour, asked: AddCheckpointRequest, time: int
) -> None:
    """Keep the evidence that a log misbehaved, beside the checkpoint cosigned last."""
    origin, last = shown.log.origin, bytes(shown.log.note or b"")
    refused = (asked.note.text, bytes(asked.proof), shown.beginning)
    cursor.execute(KEEP, (origin, shown.kind, time, last, *refused, origin, MOST_EVIDENCE))


def all_evidence(cursor: sqlite3.Cursor) -> list[Evidence]:
    """Read all that is kept against logs."""
    return [
        Evidence(number, origin, kind, datetime.fromtimestamp(found, UTC), *rest)
        for number, origin, kind, found, *rest in cursor.execute(EVIDENCE).fetchall()
    ]


def latest_by_hash(cursor: sqlite3.Cursor, origin_hash: str) -> bytes | None:
    """Read the checkpoint cosigned last for the log whose origin has this SHA-256."""
    row = cursor.execute("SELECT note FROM logs WHERE hash = ?", (origin_hash,)).fetchone()
    return None if row is None else row[0]


def origin_hash(origin: str) -> str:
    """Return the SHA-256 of a log's origin, in hexadecimal: so the monitoring prefix names it."""
    return sha256(origin.encode()).hexdigest()


def _watched(cursor: sqlite3.Cursor, row: tuple[str, bytes | None, int]) -> Watched:
    origin, note, cosigned = row
    keys = tuple(VerifierKey.parse(vkey) for (vkey,) in cursor.execute(KEYS, (origin,)).fetchall())
    return Watched(origin, keys, None if note is None else Note.parse(note), cosigned)


def _begin_writing(place: Path, connection: sqlite3.Connection) -> sqlite3.Cursor:
    def begin(seconds: float) -> sqlite3.Cursor:
        connection.execute(busy_timeout(seconds))
        return connection.execute("BEGIN IMMEDIATE")

    begun = Patience(place, PATIENCE).spend(begin, opening=True)
    connection.execute(busy_timeout(PATIENCE))
    return begun


def _connect(place: Path, mode: str) -> sqlite3.Connection:
    uri = f"{place.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    # With FULL alone a power cut could bring a rollback journal back, and with it the older size.
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
