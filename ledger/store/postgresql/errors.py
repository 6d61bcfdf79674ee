"""Turn the errors of PostgreSQL and psycopg into words that a user can act on.

What the server says about a row quotes the row, and what libpq says about a connection may quote
its address. So no error of theirs is passed on: the primary message alone is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors as sqlstates

from answerable.ledger.errors import NOTHING_WRITTEN, LedgerNotFound, OutcomeUnknown, StorageFailed
from answerable.ledger.store.errors import Conflict
from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.servers import standby
from answerable.ledger.store.postgresql.servers.at_once import UNHEARD
from answerable.ledger.store.postgresql.servers.confirmed import Unconfirmed

FATAL = re.compile(r"FATAL:\s+(.*)")
"""Finds why a server let nobody in: that names the user and the database, and no password."""

UNTRUSTED = re.compile(
    r"certificate verify failed|server certificate for .* does not match host name .*"
    r"|root certificate file \S+ does not exist|server does not support SSL, but SSL was required"
)
"""Finds why libpq takes a server for none that it should speak to."""

OF_ITSELF = re.compile(r"(no password supplied|invalid \w+ value|invalid percent-encoded token)")
"""Finds what else libpq says, without what it quotes of the address."""

NO_DATABASE = re.compile(r'FATAL:\s+database ".*" does not exist')


FULL = re.compile(
    r"FATAL:\s+(sorry, too many clients already|too many connections for .*"
    r"|remaining connection slots are reserved .*|no more connections allowed.*)"
)
"""Finds that a server, or a pooler before it, takes no more connections."""


REFUSED = ("23", "25", "40", "53", "54")
"""The classes of errors by which a server refuses to commit: nothing of it is there then.

https://www.postgresql.org/docs/15/errcodes-appendix.html
"""


CONFLICTS = (
    sqlstates.SerializationFailure,
    sqlstates.DeadlockDetected,
    sqlstates.UniqueViolation,
)
"""Name the errors by which a server says that another writer came between."""


class Said(Exception):
    """The primary message of the server: the cause of errors of ours."""

    def __init__(self, error: psycopg.Error) -> None:
        super().__init__(error.diag.message_primary or type(error).__name__)
        self.sqlstate = error.sqlstate or ""


@contextmanager
def server_errors(address: ServerAddress) -> Iterator[None]:
    """Turn what the server and psycopg say into what a user can act on: nothing was written.

    Raises:
        Conflict: another writer came between; the same may be tried again.
        StorageFailed: anything else.
    """
    try:
        yield
    except CONFLICTS as error:
        said = Said(error)
        if error.diag.source_function == standby.INTERRUPTED:
            raise standby.interrupted(address) from said
        raise Conflict(
            f"another writer came between at {address}{NOTHING_WRITTEN}.",
            hint="Try again.",
        ) from said
    except psycopg.Error as error:
        said = Said(error)
        raise _failed(address, error, said) from said


@contextmanager
def commit_errors(address: ServerAddress) -> Iterator[None]:
    """Turn what goes wrong with a commit into what is known then of what was to be written.

    Raises:
        OutcomeUnknown: the server did not answer, or said that it may have committed.
        StorageFailed: it said that it did not.
    """
    try:
        yield
    except psycopg.Error as error:
        refused = (error.sqlstate or "").startswith(REFUSED) or isinstance(error, UNHEARD)
        if refused and not isinstance(error, sqlstates.StatementCompletionUnknown):
            with server_errors(address):
                raise
        said = Said(error)
        if isinstance(error, Unconfirmed):
            raise OutcomeUnknown(
                f"it is recorded at {address}, and no standby has confirmed it: if that server is "
                "lost now, so is what was recorded.",
                hint="See to the standby, and look whether it is there. What is given under the "
                "same id is recorded once.",
            ) from said
        raise OutcomeUnknown(
            f"the server of {address} was lost as it was to commit{_why(error)}; whether it was "
            "recorded is not known.",
            hint="Look before it is recorded again. What is given under the same id is recorded "
            "once.",
        ) from said


def _failed(
    address: ServerAddress, error: psycopg.Error, said: Said
) -> StorageFailed | LedgerNotFound:
    if error.sqlstate is None and NO_DATABASE.search(str(error)):
        return LedgerNotFound(
            f"there is no database at {address}.",
            hint="Make it with `createdb`, or name another.",
        )
    if isinstance(error, sqlstates.QueryCanceled):
        return StorageFailed(
            f"the server of {address} ended what it was asked for ({said}){NOTHING_WRITTEN}.",
            hint="Try again. If it takes too long, its operator sets `statement_timeout` for your "
            "role, and can see what it waits for (`pg_stat_activity`).",
        )
    if isinstance(error, sqlstates.IdleInTransactionSessionTimeout):
        return StorageFailed(
            f"the server of {address} ended a transaction that it heard nothing in for too long"
            f"{NOTHING_WRITTEN}.",
            hint="Try again. Its operator sets `idle_in_transaction_session_timeout` for your "
            "role: it has to be longer than a long batch takes to be drafted, or a long answer to "
            "be written.",
        )
    if isinstance(error, sqlstates.LockNotAvailable):
        return StorageFailed(
            f"{address} is held by another writer{NOTHING_WRITTEN}.", hint="Try again."
        )
    if isinstance(error, sqlstates.ReadOnlySqlTransaction):
        return standby.refused(address)
    if isinstance(error, sqlstates.InsufficientPrivilege):
        return StorageFailed(
            f"your user of {address} lacks the right to do that ({said}){NOTHING_WRITTEN}.",
            hint="Ask its owner to make you a member of the role that may: the one that ends in "
            "_writer to record, in _eraser to erase, in _auditor to read names and other sealed "
            "texts, in _owner to look after the tables.",
        )
    if isinstance(error, sqlstates.DiskFull):
        return StorageFailed(
            f"the server's disk would not take it ({said}){NOTHING_WRITTEN} to {address}.",
            hint="Free some space, then try again.",
        )
    if untrusted := error.sqlstate is None and UNTRUSTED.search(str(error)):
        return StorageFailed(
            f"the server of {address} is not trusted: {untrusted[0]}{NOTHING_WRITTEN}.",
            hint="The `sslrootcert` of its address names the file of who vouches for it, and "
            "`sslmode=verify-full` holds its name to the address. Ask who runs it.",
        )
    if full := error.sqlstate is None and FULL.search(str(error)):
        return StorageFailed(
            f"the server of {address} takes no more connections ({full[1]}){NOTHING_WRITTEN}.",
            hint="Try again. Each thread, and each answer that is not read to its end, has one; "
            "its operator sets `max_connections` and the limits of roles and databases, or puts "
            "PgBouncer before it.",
        )
    if isinstance(error, psycopg.OperationalError) and not said.sqlstate.startswith(("53", "54")):
        return StorageFailed(
            f"the server of {address} does not answer{_why(error)}{NOTHING_WRITTEN}.",
            hint="Is it running, and does it let you in? `psql` with the same address tells more.",
        )
    return StorageFailed(f"the store failed: {said}{NOTHING_WRITTEN} to {address}.")


def _why(error: psycopg.Error) -> str:
    """Tell what the server said where it did: `password authentication failed`, for one."""
    said = FATAL.search(str(error)) or OF_ITSELF.search(str(error))
    told = error.diag.message_primary or (said and said[1])
    return f" ({told})" if told else ""
