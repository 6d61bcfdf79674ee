"""Whatever an operator sets for a database or a role, a ledger answers there, or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from select import poll

import psycopg
import pytest
from tests.support.postgresql import Server, running_server

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.errors import OutcomeUnknown, StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.postgresql import connections
from answerable.ledger.store.postgresql.cursor import PostgresCursor
from answerable.ledger.verify.record import verify_record

SETTINGS = {
    "backslash_quote": "off",
    "bytea_output": "escape",
    "client_min_messages": "error",
    "default_transaction_isolation": "serializable",
    "default_transaction_read_only": "on",
    "enable_indexscan": "off",
    "lock_timeout": "'1ms'",
    "quote_all_identifiers": "on",
    "search_path": "public",
    "session_replication_role": "replica",
    "standard_conforming_strings": "off",
    '"TimeZone"': "'Asia/Shanghai'",
    "transform_null_equals": "on",
}
"""List settings that are otherwise than a new server has them."""


def contact(**fields: object) -> Event:
    return parse({"kind": "contact-made", "case_id": "acme", "counterparty": "org-1", **fields})


@pytest.fixture
def database(postgresql: Server) -> Iterator[str]:
    name = postgresql.database()
    yield name
    postgresql.put_back(name)


@contextmanager
def having(server: Server, database: str, setting: str, value: str) -> Iterator[str]:
    """Give the address of a database that is set to something."""
    server.sql(f"ALTER DATABASE {database} SET {setting} TO {value}")
    try:
        yield server.address(database)
    finally:
        server.sql(f"ALTER DATABASE {database} RESET {setting}")


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_ledger_is_made_written_and_verified_whatever_is_set(
    postgresql: Server, database: str, setting: str
) -> None:
    erasure = {"kind": "personal-data-erased", "case_id": "acme", "subject": "org-1",
               "legal_basis": "a law"}  # fmt: skip
    with (
        having(postgresql, database, setting, SETTINGS[setting]) as address,
        Ledger.create(address) as ledger,
    ):
        for _ in range(3):
            ledger.append(contact(purpose="talks"), recorded_by="jane")
        ledger.append_all([contact()] * 60, recorded_by="jane")
        assert ledger.append(erasure, recorded_by="jane").position == 63
        assert verify_record(ledger).problems == ()
        assert ledger.opened([0])[0].erased
    with Ledger.open(postgresql.address(database)) as ledger:
        assert verify_record(ledger).problems == ()


GIVEN_UP = """
DO $$ BEGIN
    WHILE EXISTS (SELECT FROM pg_stat_activity WHERE pid = {}) LOOP
        PERFORM pg_sleep(0.005); PERFORM pg_stat_clear_snapshot();
    END LOOP;
END $$"""
"""Waits until a server has given up a session that was idle."""

PROCESS = "SELECT pg_backend_pid()"


@pytest.mark.parametrize("gone", [False, True], ids=["going", "gone"])
@pytest.mark.parametrize("statement", ["SELECT 1", ""])
def test_a_transaction_that_was_idle_for_too_long_is_said_to_have_been(
    postgresql: Server, database: str, statement: str, gone: bool
) -> None:
    # Amid a transaction, and as it commits, of which nothing is unknown.
    idle = "idle_in_transaction_session_timeout"

    def write(ledger: Ledger) -> None:
        with ledger._writing() as cursor:
            cursor.execute("INSERT INTO imports VALUES ('digest', 1)")
            (process,) = cursor.execute(PROCESS).fetchone()
            cursor.execute(f"SET LOCAL {idle} TO '1ms'")
            postgresql.sql(GIVEN_UP.format(process))
            if gone:  # What it said as it ended has come with an earlier answer.
                assert isinstance(cursor, PostgresCursor)
                server, ended = cursor._connection.pgconn, poll()
                ended.register(server.socket, 0)
                ended.poll()
                with suppress(psycopg.OperationalError):
                    server.consume_input()
                server.is_busy()
            if statement:
                cursor.execute(statement)

    with Ledger.create(postgresql.address(database)) as ledger:
        said = "heard nothing in for too long; nothing was written"
        with pytest.raises(StorageFailed, match=said) as caught:
            write(ledger)
        assert not isinstance(caught.value, OutcomeUnknown)
        assert idle in (caught.value.hint or "")
        with ledger._reading() as cursor:
            assert cursor.execute("SELECT count(*) FROM imports").fetchone() == (0,)


@pytest.mark.parametrize("noticed", [True, False])
def test_an_append_over_a_connection_that_was_given_up_for_idle_goes_over_another(
    postgresql: Server, database: str, monkeypatch: pytest.MonkeyPatch, noticed: bool
) -> None:
    if not noticed:
        # As where the server gives it up while the append is on its way.
        monkeypatch.setattr(connections, "_is_cut_off", lambda _: False)
    with Ledger.create(postgresql.address(database)) as ledger:
        for number in range(3):
            assert ledger.append(contact(), recorded_by="jane").position == number
            with ledger._store.reading() as cursor:
                (process,) = cursor.execute(PROCESS).fetchone()
                cursor.execute("SET idle_session_timeout TO '1ms'")
            postgresql.sql(GIVEN_UP.format(process))


def test_a_server_that_takes_no_more_connections_says_so(postgresql: Server, database: str) -> None:
    Ledger.create(postgresql.address(database)).close()
    postgresql.sql("CREATE ROLE few LOGIN SUPERUSER CONNECTION LIMIT 2")
    try:
        postgresql.sql("ALTER ROLE few NOSUPERUSER")
        postgresql.sql(
            "GRANT USAGE ON SCHEMA answerable TO few; "
            "GRANT SELECT ON ALL TABLES IN SCHEMA answerable TO few", database,
        )  # fmt: skip
        with Ledger.open(postgresql.address(database, user="few")) as ledger:
            with ledger._reading(), ledger._reading():
                with pytest.raises(StorageFailed, match="takes no more connections") as caught:
                    len(ledger)
                assert "nothing was written" in caught.value.message
                assert "PgBouncer" in (caught.value.hint or "")
            assert len(ledger) == 0
    finally:
        postgresql.sql("DROP OWNED BY few", database)
        postgresql.sql("DROP ROLE few")


def test_a_server_that_has_all_its_clients_says_so(postgresql: Server) -> None:
    # The one of all tests says whether there can be one, and has room for more.
    assert postgresql.runs
    few = {"max_connections": "3", "superuser_reserved_connections": "0", "max_wal_senders": "0"}
    with running_server(settings=few) as server:
        address = server.address(server.database())
        with Ledger.create(address) as ledger, ExitStack() as open_ones:
            for _ in range(3):
                open_ones.enter_context(ledger._reading())
            for act in (lambda: len(ledger), lambda: ledger.append(contact(), recorded_by="jane")):
                with pytest.raises(
                    StorageFailed, match=r"no more connections \(.*too many clients"
                ):
                    act()
