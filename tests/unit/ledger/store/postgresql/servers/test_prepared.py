"""Test statements that the server prepares: those that come again, if they give the same."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from tests.support.postgresql import Server

from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.connections import connect
from answerable.ledger.store.postgresql.cursor import Connection, PostgresCursor
from answerable.ledger.store.postgresql.servers import prepared
from answerable.ledger.store.postgresql.servers.prepared import USES, Prepared

NAMES = b"SELECT statement FROM pg_prepared_statements WHERE NOT from_sql ORDER BY name"


@pytest.fixture
def connection(postgresql: Server) -> Iterator[Connection]:
    name = postgresql.database()
    made = connect(ServerAddress(postgresql.address(name)))
    yield made
    made.close()
    postgresql.put_back(name)


def at_server(connection: Connection) -> list[str]:
    return [row[0] for row in connection.execute(NAMES).fetchall()]


def test_what_comes_again_is_prepared(connection: Connection) -> None:
    cursor = PostgresCursor(connection)
    for number in range(USES):
        assert cursor.execute("SELECT ?, 5 % 3", (number,)).fetchall() == [(number, 2)]
    assert at_server(connection) == []
    assert cursor.execute("SELECT ?, 5 % 3", (7,)).fetchone() == (7, 2)
    assert at_server(connection) == ["SELECT $1, 5 % 3"]
    # Values of another type are another statement to the server.
    assert cursor.execute("SELECT ?, 5 % 3", ("a",)).fetchone() == ("a", 2)
    for _ in range(USES + 1):
        cursor.execute("SELECT 1", again=False)
    assert len(at_server(connection)) == 1


def test_nothing_is_prepared_where_a_pooler_would_lose_it(connection: Connection) -> None:
    connection.prepared = Prepared(allowed=False)
    for _ in range(USES + 2):
        assert PostgresCursor(connection).execute("SELECT 1").fetchone() == (1,)
    assert at_server(connection) == []


def test_what_gave_other_columns_is_asked_anew(connection: Connection) -> None:
    cursor = PostgresCursor(connection)
    cursor.execute("CREATE TEMP TABLE held AS SELECT 1 AS one")
    for _ in range(USES + 1):
        assert cursor.execute("SELECT * FROM held").fetchall() == [(1,)]
    cursor.execute("ALTER TABLE held ADD two integer")
    assert cursor.execute("SELECT * FROM held").fetchall() == [(1, None)]
    for _ in range(USES + 1):
        cursor.execute("SELECT * FROM held")
    # Another's change is told by an error, once.
    connection.execute(b"ALTER TABLE held DROP two")
    with pytest.raises(psycopg.errors.FeatureNotSupported):
        cursor.execute("SELECT * FROM held")
    assert cursor.execute("SELECT * FROM held").fetchall() == [(1,)]


def test_they_are_no_more_than_the_server_should_keep(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "MOST", 3)
    cursor = PostgresCursor(connection)
    for number in range(9):
        for _ in range(USES + 1):
            assert cursor.execute(f"SELECT {number}").fetchone() == (number,)
    assert len(at_server(connection)) == 3


def test_an_error_is_the_servers_and_the_connection_goes_on(connection: Connection) -> None:
    cursor = PostgresCursor(connection)
    for _ in range(USES + 2):
        with pytest.raises(psycopg.errors.DivisionByZero):
            cursor.execute("SELECT 1 / ?", (0,))
    assert len(at_server(connection)) == 1
    assert cursor.execute("SELECT 1 / ?", (1,)).fetchone() == (1,)
    assert cursor.execute("SELECT 1 WHERE false").fetchone() is None
    assert list(cursor.execute("SELECT generate_series(1, 3)")) == [(1,), (2,), (3,)]
    assert cursor.execute("SELECT generate_series(1, 3)").fetchmany(2) == [(1,), (2,)]
    assert cursor.fetchall() == [(3,)]
