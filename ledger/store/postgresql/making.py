"""Making a ledger on a server, and its roles."""

from __future__ import annotations

from psycopg import errors as sqlstates

from answerable.ledger.errors import LedgerExists, NotALedger
from answerable.ledger.store.postgresql import connections
from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.connections import WRITING
from answerable.ledger.store.postgresql.cursor import PostgresCursor
from answerable.ledger.store.postgresql.dialect import POSTGRESQL
from answerable.ledger.store.postgresql.dropping import make
from answerable.ledger.store.postgresql.errors import commit_errors, server_errors
from answerable.ledger.store.postgresql.rights.roles import MAY, make_roles
from answerable.ledger.store.postgresql.schema import CREATE_NAMES, CREATE_WITHHELD, SCHEMA, create
from answerable.ledger.store.postgresql.servers import standby
from answerable.ledger.store.postgresql.store import PostgresStore
from answerable.ledger.store.postgresql.writing.functions import FUNCTIONS
from answerable.ledger.store.protocol.cursor import Cursor


def make_roles_on_server(address: ServerAddress) -> dict[str, str]:
    """Make the roles of a ledger, and give each what it may do and no more. Again is no harm.

    Returns:
        What each role may do, in words, by its name.

    Raises:
        LedgerNotFound: there is no ledger.
        StorageFailed: who asks may not make roles, or does not own the ledger.
    """
    store = PostgresStore.open(address)
    try:
        store.upgrade()
        with store.writing() as cursor:
            _make_what_is_made_later(cursor)
            return {name: MAY[role] for role, name in make_roles(cursor).items()}
    finally:
        store.close()


def _make_what_is_made_later(cursor: Cursor) -> None:
    """Make the indexes that are made when one first asks, who may not make them with roles."""
    make(cursor, (*CREATE_NAMES, *CREATE_WITHHELD))
    if not POSTGRESQL.table_exists(cursor, "texts"):
        POSTGRESQL.text_index.make(cursor)
    POSTGRESQL.text_index.filled(cursor)


def make_on_server(address: ServerAddress) -> None:
    """Make an empty ledger in a database that is there. It appears whole or not at all.

    Raises:
        LedgerExists: there is one in that database, or something that goes by its name.
        LedgerNotFound: there is no such database.
        StorageFailed: the server does not answer, or does not let a schema be made.
    """
    with server_errors(address):
        connection = connections.connect(address)
        try:
            standby.begin(address, connection, WRITING)
            cursor = PostgresCursor(connection)
            _check_text(cursor, address)
            # In one message: they are many.
            made = (f"CREATE SCHEMA {SCHEMA}", *create(), *FUNCTIONS)
            cursor.execute(";\n".join(made).encode())
            with commit_errors(address):
                connections.commit(connection)
        except sqlstates.DuplicateSchema:
            raise LedgerExists(
                f"there is a ledger at {address} already, or something else by the name of its "
                f"schema, {SCHEMA!r}, and it is not overwritten.",
                hint="Choose another database.",
                cli_hint="Choose another database with --ledger.",
            ) from None
        finally:
            connection.close()


def _check_text(cursor: Cursor, address: ServerAddress) -> None:
    (encoding,) = cursor.execute("SHOW server_encoding").fetchone()
    if encoding != "UTF8":
        raise NotALedger(
            f"the database at {address} keeps text as {encoding}, and a ledger needs UTF8.",
            hint="Make one in UTF8: `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`.",
        )
