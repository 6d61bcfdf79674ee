"""The file of a ledger: checked before it is opened, and its failures put in a user's words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from errno import EINVAL
from pathlib import Path
from urllib.parse import quote

from eventsourcing.persistence import ConnectionPoolClosedError, PersistenceError

from answerable.ledger.errors import (
    NOTHING_WRITTEN,
    LedgerNotFound,
    NotALedger,
    NotVerified,
    StorageFailed,
)
from answerable.ledger.store.errors import closed_error
from answerable.ledger.store.sqlite.schema import APPLICATION_ID, FORMAT, OLDEST_FORMAT
from answerable.ledger.system.regular_file import check_regular

LOCKS_FAILED = frozenset(
    {
        "SQLITE_IOERR_CHECKRESERVEDLOCK",
        "SQLITE_IOERR_LOCK",
        "SQLITE_IOERR_RDLOCK",
        "SQLITE_IOERR_SHMLOCK",
        "SQLITE_IOERR_UNLOCK",
        "SQLITE_PROTOCOL",
    }
)
"""The errors of SQLite where a lock was neither given nor held by anybody."""

FLUSH_FAILED = frozenset({"SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC"})
"""The errors of SQLite where all was written, and the disk did not say that it has it."""

SQLITE_HEADER = b"SQLite format 3\x00"


def check_place(path: str | os.PathLike[str]) -> Path:
    """Return the place of a ledger.

    Raises:
        NotALedger: it is SQLite's name for a database in memory, where nothing would last, or its
            name is no text.
    """
    if os.fspath(path) == ":memory:":
        raise NotALedger(
            "a ledger is a file, and there is none in memory.",
            hint="Name a file; for a test, one in a temporary folder.",
        )
    if "\0" in os.fspath(path):
        raise NotALedger("no file can be called so: there is a NUL in its name.")
    place = Path(path)
    named = os.fsencode(place.absolute())
    try:
        named.decode()
    except UnicodeDecodeError:
        raise NotALedger(
            f"{named!r:.200} is no text in UTF-8, as a ledger's place has to be.",
            hint="Rename the file, or the folder that it is in.",
        ) from None
    return place


def check_is_ledger(path: Path) -> int:
    """Check that a file is a ledger, by its first hundred bytes, before SQLite touches it.

    Returns:
        The version of its tables.

    Raises:
        LedgerNotFound: there is no such file.
        NotALedger: it is something else, or of another version.
        StorageFailed: it cannot be read.
    """
    _check_regular(path)
    version = _version_by_sqlite(path)
    if version is not None:
        return _readable(path, version)
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise LedgerNotFound(
            f"there is no ledger at {path}.",
            hint="Make one with `Ledger.create`, or name another.",
            cli_hint="Make one with `answerable init`, or name another with --ledger.",
        ) from None
    except OSError as error:
        raise StorageFailed(f"{path} cannot be read: {error.strerror}.") from None
    if not header.startswith(SQLITE_HEADER) or len(header) < 100:
        raise NotALedger(
            f"{path} is not a ledger.",
            hint="Name a ledger, or make one elsewhere.",
            cli_hint="Name a ledger with --ledger, or make one elsewhere.",
        )
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotALedger(f"{path} is a database, but not a ledger.")
    return _readable(path, int.from_bytes(header[60:64], "big"))


def _check_regular(path: Path) -> None:
    """Check that a file that is there is a regular one: SQLite would wait for a pipe.

    Raises:
        NotALedger: it is something else.
    """
    try:
        check_regular(path.stat())
    except OSError as error:
        if error.errno == EINVAL:
            raise NotALedger(f"{path} is not a ledger: {error.strerror}.") from None


def _version_by_sqlite(path: Path) -> int | None:
    """Return the version of a ledger's tables; None where SQLite does not take it for a ledger.

    A ledger is not opened past SQLite while this process may have it open already: when any file
    descriptor of a file is closed, the process loses its locks on that file (POSIX), SQLite's among
    them. Then the next process to close the ledger would take itself for the last one, and remove
    the write-ahead log that this one goes on writing to. SQLite knows what else it has open.

    What it opens as immutable, it neither locks nor writes. The size that stands in the header may
    be ahead of the file while someone copies the log into it: `writable_schema` lets that pass.
    """
    uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return version if application == APPLICATION_ID else None


def _readable(path: Path, version: int) -> int:
    """Return a version of the tables that this version of answerable reads.

    Raises:
        NotALedger: it is another.
    """
    if not OLDEST_FORMAT <= version <= FORMAT:
        raise NotALedger(
            f"{path} has format {version}; this version of answerable reads formats "
            f"{OLDEST_FORMAT} to {FORMAT}.",
            hint="Use the version of answerable that made it.",
        )
    return version


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the library say into what a user can act on.

    Raises:
        LedgerClosed: it was closed.
        StorageFailed: the disk is full, the file is read-only, or the database is busy.
        NotVerified: the file is damaged.
    """
    try:
        yield
    except ConnectionPoolClosedError:
        raise closed_error(path) from None
    except (PersistenceError, sqlite3.Error) as error:
        raise _storage_error(path, error) from error
    except UnicodeDecodeError as error:
        # SQLite's message about a damaged schema quotes it, and sqlite3 cannot read the quotation.
        raise _damaged_error(path, error) from error


def failed_to_flush(error: StorageFailed) -> bool:
    """Tell whether all was written, and the disk did not say that it has it."""
    cause = error.__cause__
    if not isinstance(cause, sqlite3.Error):
        cause = None if cause is None else cause.__cause__
    return getattr(cause, "sqlite_errorname", None) in FLUSH_FAILED


def _storage_error(path: Path, error: Exception) -> StorageFailed | NotVerified:
    """Return the error to raise for one of SQLite's or of the library's."""
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    name = getattr(cause, "sqlite_errorname", "") or ""
    undecodable = "Could not decode to UTF-8" in str(cause)
    if undecodable or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged_error(path, cause)
    if name in LOCKS_FAILED:
        return StorageFailed(
            f"the file system of {path} gives no locks ({cause}){NOTHING_WRITTEN}.",
            hint="Keep it on a local disk, or have locks switched on where it is mounted.",
        )
    if name.startswith("SQLITE_IOERR_READ") or name == "SQLITE_IOERR_SHORT_READ":
        return StorageFailed(
            f"the disk does not give back what is in {path} ({cause}){NOTHING_WRITTEN}.",
            hint="Save what can be read, and look at the disk.",
        )
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR"):
        return StorageFailed(
            f"the disk would not take it ({cause}){NOTHING_WRITTEN} to {path}.",
            hint="Free some space, then try again.",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return StorageFailed(
            f"{path} cannot be written ({cause}){NOTHING_WRITTEN}.",
            hint="Check the permissions of the file and of its folder.",
        )
    if name.startswith("SQLITE_BUSY"):
        return StorageFailed(
            f"{path} is held by another process{NOTHING_WRITTEN}.", hint="Try again."
        )
    return StorageFailed(f"the store failed: {cause or error}{NOTHING_WRITTEN} to {path}.")


def _damaged_error(path: Path, cause: BaseException | None) -> NotVerified:
    """Return the error to raise where the file is damaged."""
    return NotVerified(
        f"the file {path} is damaged: {cause}.",
        hint="Keep it as it is, as evidence, and restore a copy.",
    )
