"""A ledger on a server: its one writer at a time, what goes wrong, and what no message tells."""

from __future__ import annotations

import pickle
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors as sqlstates
from tests.support.postgresql import Server

from answerable.domain.errors import AnswerableError, Refused
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.errors import (
    LedgerClosed,
    LedgerExists,
    LedgerNotFound,
    NotALedger,
    OutcomeUnknown,
    StorageFailed,
)
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.errors import Conflict
from answerable.ledger.store.opening import is_on_server, name_of, tells_password
from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.connections import PATIENCE, connect
from answerable.ledger.store.postgresql.errors import commit_errors
from answerable.ledger.store.postgresql.spelling import spelled_for_libpq, spelled_for_psycopg
from answerable.ledger.store.postgresql.writing import holding as waiting
from answerable.ledger.verify.record import verify_record

PASSWORD = "s3cr3t"


def contact(case_id: str = "acme", **fields: object) -> Event:
    return parse({"kind": "contact-made", "case_id": case_id, "counterparty": "org-1",
                  "purpose": "talks", **fields})  # fmt: skip


@pytest.fixture
def database(postgresql: Server) -> Iterator[str]:
    name = postgresql.database()
    yield name
    postgresql.put_back(name)


@pytest.fixture
def ledger(postgresql: Server, database: str) -> Iterator[Ledger]:
    with Ledger.create(postgresql.address(database)) as made:
        yield made


def cut_off(server: Server, database: str) -> None:
    """Have a server end all that is connected to a database, as when it is restarted."""
    server.sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        f"WHERE datname = '{database}' AND pid != pg_backend_pid()"
    )


def test_positions_have_no_gaps_however_many_write_and_are_refused(
    postgresql: Server, database: str
) -> None:
    Ledger.create(postgresql.address(database)).close()

    def record(writer: int) -> list[int]:
        own = []
        with Ledger.open(postgresql.address(database)) as opened:
            for number in range(8):
                with pytest.raises(Refused):
                    opened.append_all(
                        [contact(), parse({"kind": "sanction-executed", "case_id": "acme",
                                           "sanction": "019b8c00-0000-7000-8000-000000000999"})],
                        recorded_by="jane",
                    )  # fmt: skip
                case = f"case-{(writer + number) % 3}"
                own.append(opened.append(contact(case), recorded_by="jane").position)
        return own

    with ThreadPoolExecutor(4) as pool:
        found = [position for own in pool.map(record, range(4)) for position in own]
    assert sorted(found) == list(range(32))
    with Ledger.open(postgresql.address(database)) as opened:
        assert verify_record(opened).problems == ()
        assert [each.position for each in opened.events()] == list(range(32))


@pytest.mark.parametrize("number", [1, 60])
def test_few_rows_and_many_are_written_alike(ledger: Ledger, number: int) -> None:
    receipts = ledger.append_all([contact() for _ in range(number)], recorded_by="jane")
    assert [each.position for each in receipts] == list(range(number))
    assert verify_record(ledger).problems == ()
    assert all(each.fields["purpose"] == "talks" for each in ledger.opened(range(number)).values())


def test_an_append_is_made_again_whole_where_another_came_between(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    record = ledger._store.record

    def comes_between(cursor: Any, size: int, *rest: Any) -> Any:
        tried.append(size + 1)
        growth = record(cursor, size, *rest)
        if len(tried) < 3:
            cursor.execute("INSERT INTO stored_events SELECT * FROM stored_events LIMIT 1")
        return growth

    monkeypatch.setattr(ledger._store, "record", comes_between)
    assert ledger.append(contact(), recorded_by="jane").position == 0
    assert tried == [1, 1, 1]
    monkeypatch.setattr("answerable.ledger.writing.ATTEMPTS", 2)
    tried.clear()
    with pytest.raises(StorageFailed, match="came between") as caught:
        ledger.append(contact("another"), recorded_by="jane")
    assert type(caught.value) is StorageFailed
    assert len(ledger) == 1


def test_what_is_cut_off_between_two_calls_is_not_noticed(
    ledger: Ledger, postgresql: Server, database: str
) -> None:
    ledger.append(contact(), recorded_by="jane")
    cut_off(postgresql, database)
    assert len(ledger) == 1
    cut_off(postgresql, database)
    assert ledger.append(contact(), recorded_by="jane").position == 1


def test_what_is_cut_off_while_it_is_written_is_not_there(
    ledger: Ledger, postgresql: Server, database: str
) -> None:
    def write() -> None:
        with ledger._writing() as cursor:
            cut_off(postgresql, database)
            cursor.execute("INSERT INTO imports VALUES ('digest', 1)")

    with pytest.raises(StorageFailed, match="nothing was written"):
        write()
    assert len(ledger) == 0
    assert ledger.append(contact(), recorded_by="jane").position == 0


def test_what_is_cut_off_as_it_is_committed_may_be_there(
    ledger: Ledger, postgresql: Server, database: str
) -> None:
    def write() -> None:
        with ledger._writing():
            cut_off(postgresql, database)

    with pytest.raises(StorageFailed, match="whether it was recorded is not known"):
        write()


def test_a_transaction_that_the_server_gave_up_is_not_taken_for_committed(ledger: Ledger) -> None:
    def write() -> None:
        with ledger._writing() as cursor:
            cursor.execute("INSERT INTO imports VALUES ('digest', 1)")
            with suppress(psycopg.Error):
                cursor.execute("SELECT 1 / 0")

    with pytest.raises(StorageFailed, match="nothing was written"):
        write()


def test_an_error_at_commit_tells_what_is_known() -> None:
    address = ServerAddress("postgresql://db.example/house")
    known = {
        sqlstates.SerializationFailure: Conflict,
        sqlstates.DiskFull: StorageFailed,
        sqlstates.StatementCompletionUnknown: OutcomeUnknown,
        sqlstates.AdminShutdown: OutcomeUnknown,
        psycopg.OperationalError: OutcomeUnknown,
    }
    for said, told in known.items():
        with pytest.raises(told) as caught, commit_errors(address):
            raise said
        assert type(caught.value) is told
        says = "is not known" if told is OutcomeUnknown else "nothing was written"
        assert says in caught.value.message


def test_who_waits_too_long_is_told(
    ledger: Ledger, postgresql: Server, database: str, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(waiting, "WAITS", (0.01, 0.05))
    with (
        psycopg.connect(postgresql.address(database)) as other,
        Ledger.open(postgresql.address(database)) as asked,
    ):
        other.execute("SELECT size FROM answerable.head FOR UPDATE")
        with pytest.raises(StorageFailed, match="held by another writer; nothing was written"):
            asked.append(contact(), recorded_by="jane")
        assert caplog.messages == [f"Waiting for another writer, which holds {asked.name}."]
        # Reading waits for nobody.
        assert len(asked) == 0
    assert ledger.append(contact(), recorded_by="jane").position == 0


def test_who_appends_without_a_look_does_not_wait_for_ever(
    ledger: Ledger, postgresql: Server, database: str, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(waiting, "WAITS", (0.01, 0.05))
    ledger.append(contact(), recorded_by="jane")
    ledger.append(contact(), recorded_by="jane")
    quiet = "ALTER FUNCTION answerable.append SET lock_timeout = '10ms'"
    postgresql.sql(quiet, database)
    with psycopg.connect(postgresql.address(database)) as other:
        other.execute("SELECT size FROM answerable.head FOR UPDATE")
        with pytest.raises(StorageFailed, match="held by another writer; nothing was written"):
            ledger.append(contact(), recorded_by="jane")
    assert len(caplog.messages) == 1
    assert ledger.append(contact(), recorded_by="jane").position == 2


def test_what_the_server_ends_is_not_called_another_writers(
    postgresql: Server, database: str, ledger: Ledger
) -> None:
    postgresql.sql(f"ALTER DATABASE {database} SET statement_timeout TO '50ms'")
    with (
        psycopg.connect(postgresql.address(database), options="-c statement_timeout=0") as other,
        Ledger.open(postgresql.address(database)) as asked,
    ):
        other.execute("LOCK TABLE answerable.stored_events IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(
            StorageFailed, match="canceling statement due to statement timeout"
        ) as e:
            asked.head()
        assert "statement_timeout" in (e.value.hint or "")
    postgresql.sql(f"ALTER DATABASE {database} RESET statement_timeout")


FOREIGN = {
    "CREATE TABLE answerable.notes (text text)": "holds no ledger",
    "CREATE TABLE answerable.format (version text); INSERT INTO answerable.format VALUES ('x')":
        "holds no ledger",
    "CREATE TABLE answerable.format (other integer)": "holds no ledger",
    "CREATE TABLE answerable.format (version integer); INSERT INTO answerable.format VALUES (2)":
        "holds no ledger",
    "CREATE TABLE answerable.format (version integer); INSERT INTO answerable.format VALUES (NULL);"
    "CREATE TABLE answerable.stored_events (a integer)": "holds no ledger",
    "CREATE SEQUENCE answerable.format": "holds no ledger",
    "CREATE TABLE answerable.format (version integer); INSERT INTO answerable.format VALUES (77);"
    "CREATE TABLE answerable.stored_events (a integer)": "has format 77",
}  # fmt: skip


@pytest.mark.parametrize("made", FOREIGN)
def test_another_programs_schema_is_no_ledger_and_is_left_alone(
    postgresql: Server, made: str
) -> None:
    name = postgresql.database()
    address = postgresql.address(name)
    postgresql.sql(f"CREATE SCHEMA answerable; {made}", name)
    with pytest.raises(NotALedger, match=FOREIGN[made]):
        Ledger.open(address)
    with pytest.raises(LedgerExists, match="or something else by the name of its schema"):
        Ledger.create(address)
    postgresql.put_back(name)


def test_a_stranger_is_told_whom_to_ask(postgresql: Server, ledger: Ledger, database: str) -> None:
    postgresql.sql("CREATE ROLE stranger LOGIN")
    try:
        with pytest.raises(StorageFailed, match="may not look into the ledger there"):
            Ledger.open(postgresql.address(database, user="stranger"))
    finally:
        postgresql.sql("DROP ROLE stranger")


def test_a_server_that_is_gone_without_a_word_is_not_waited_for_for_hours(
    postgresql: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(address: str) -> dict[str, str]:
        connection = connect(ServerAddress(address))
        found = connection.info.get_parameters()
        connection.close()
        return {name: value for name, value in found.items() if name in PATIENCE}

    address = postgresql.address(database)
    usual = {name: str(value) for name, value in PATIENCE.items()}
    assert told(address) == usual
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "7")
    assert told(f"{address}&tcp_user_timeout=5") == {
        **usual, "connect_timeout": "7", "tcp_user_timeout": "5",
    }  # fmt: skip


def test_an_iterator_sees_what_was_there_and_ends_with_the_ledger(ledger: Ledger) -> None:
    ledger.append_all([contact() for _ in range(1_200)], recorded_by="jane")
    reading, abandoned = ledger.events(), ledger.events()
    next(abandoned)
    next(reading)
    del abandoned
    ledger.append(contact(), recorded_by="jane")
    assert sum(1 for _ in reading) == 1_199
    reading = ledger.events()
    next(reading)
    ledger.close()
    with pytest.raises(LedgerClosed):
        list(reading)
    with pytest.raises(LedgerClosed):
        len(ledger)


def test_a_worker_tells_no_password(ledger: Ledger, postgresql: Server, database: str) -> None:
    with Ledger.open(postgresql.address(database, password=PASSWORD)) as opened:
        worker = opened._store.worker()
        assert PASSWORD not in f"{worker!r} {opened.name} {opened._store!r}"
        with pickle.loads(pickle.dumps(worker)).reading() as cursor:
            assert cursor.execute("SELECT size FROM head").fetchone() == (0,)


def test_a_ledger_is_made_once_and_only_where_text_is_unicode(
    ledger: Ledger, postgresql: Server, database: str
) -> None:
    with pytest.raises(LedgerExists, match=database):
        Ledger.create(postgresql.address(database))
    with pytest.raises(StorageFailed, match="no file lies beside it"):
        _ = ledger.path
    for encoding in ("SQL_ASCII", "LATIN1", "EUC_JP"):
        other = f"of_{encoding.lower()}"
        postgresql.sql(
            f"CREATE DATABASE {other} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'"
        )
        with pytest.raises(NotALedger, match=f"keeps text as {encoding}, and a ledger needs UTF8"):
            Ledger.create(postgresql.address(other))
        with pytest.raises(LedgerNotFound, match="no ledger at"):
            Ledger.open(postgresql.address(other))
    postgresql.sql("UPDATE answerable.format SET version = 99", database)
    with pytest.raises(NotALedger, match="has format 99"):
        Ledger.open(postgresql.address(database))


ASTRAY = {
    "postgresql://owner:{password}@/nowhere?host={folder}": "there is no database at",
    "postgresql://nobody:{password}@/postgres?host={folder}": 'role "nobody" does not exist',
    "postgresql://owner:{password}@/postgres?host={folder}/elsewhere": "does not answer",
    "postgresql://owner:{password}@h:port/db": "does not answer",
    "postgresql://owner:{password}@h/db?password={password}&astray={password}": "cannot be read",
    "postgresql://owner:{password}@/postgres?host={folder}&sslmode=verify-{password}": "",
    "postgresql://?service={password}-house&password={password}": "",
}


@pytest.mark.parametrize("address", ASTRAY)
def test_no_error_tells_a_password(postgresql: Server, address: str) -> None:
    written = address.replace("{password}-house", "house")
    given = written.format(password=PASSWORD, folder=postgresql.folder)
    for make in (Ledger.open, Ledger.create):
        with pytest.raises(AnswerableError) as caught:
            make(given)
        said = "".join(traceback.format_exception(caught.value))
        assert ASTRAY[address] in caught.value.message
        frames = [line for line in said.splitlines() if not line.lstrip().startswith("make(")]
        assert PASSWORD not in "\n".join(frames)


def test_an_address_is_named_without_what_is_secret() -> None:
    named = {
        "postgresql://jane:s3cr3t@db.example:6543/house?sslmode=verify-full": (
            "postgresql://jane@db.example:6543/house"
        ),
        "postgres://db.example/house?password=s3cr3t": "postgresql://db.example/house",
        "postgresql://?service=house": "postgresql://?service=house",
        "incidents.db": "incidents.db",
        "postgresql.db": "postgresql.db",
    }
    for address, name in named.items():
        assert name_of(address) == name
        assert is_on_server(address) == ("//" in address)
        assert tells_password(address) == (PASSWORD in address)


@pytest.mark.sqlite_file("has the driver not installed, which ledgers on a server are open by")
def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageFailed, match="needs psycopg") as caught:
        Ledger.open("postgresql://db.example/house")
    assert "answerable[postgresql]" in (caught.value.hint or "")
    Ledger.create(tmp_path / "a.db").close()


def test_a_statement_is_spelled_as_the_server_takes_it() -> None:
    common = "SELECT 5 % ? WHERE instr(state, CAST(? AS BLOB)) > 0"
    assert spelled_for_psycopg(common) == (
        'SELECT 5 %% %s WHERE pg_catalog."position"(state, CAST(%s AS bytea)) > 0'
    )
    assert spelled_for_libpq(common) == (
        b'SELECT 5 % $1 WHERE pg_catalog."position"(state, CAST($2 AS bytea)) > 0'
    )


def test_what_is_erased_is_gone_from_the_tables(
    ledger: Ledger, postgresql: Server, database: str
) -> None:
    text = "a text that nobody will read again"
    finding = {"kind": "finding-made", "case_id": "acme", "subject": "p-1", "conduct": text,
               "outcome": "substantiated", "responsibility": "direct"}  # fmt: skip
    ledger.append_all([contact() for _ in range(20)], recorded_by="jane")
    ledger.append(finding, recorded_by="jane")
    [sealed] = [each for each in ledger.disclosures(20) if len(each) > 70]
    postgresql.sql("ANALYZE", database)
    [(place,)] = postgresql.sql("SELECT pg_relation_filepath('answerable.disclosures')", database)

    def on_disk() -> bytes:
        postgresql.sql("CHECKPOINT", database)
        file: Path = postgresql.folder / "data" / place
        return file.read_bytes()

    assert sealed in on_disk()
    erasure = {"kind": "personal-data-erased", "case_id": "acme", "subject": "p-1",
               "legal_basis": "gdpr art. 17(1)(a)"}  # fmt: skip
    ledger.append(erasure, recorded_by="jane")
    assert sealed not in on_disk()
    kept = "SELECT count(*) FROM pg_statistic WHERE starelid = 'answerable.disclosures'::regclass "
    assert postgresql.sql(f"{kept} AND staattnum IN (4, 5)", database) == [(0,)]


def test_a_head_that_is_not_that_of_the_entries_is_told(
    ledger: Ledger, postgresql: Server, database: str
) -> None:
    ledger.append_all([contact() for _ in range(3)], recorded_by="jane")
    assert verify_record(ledger).problems == ()
    for change in ("edge = substr(edge, 33)", "size = 4"):
        postgresql.sql(f"UPDATE answerable.head SET {change}", database)
        [problem] = verify_record(ledger).problems
        assert "the head of the log is not that of its entries" in problem.what


def test_an_append_writes_no_tile_anew(ledger: Ledger, postgresql: Server, database: str) -> None:
    ledger.append_all([contact() for _ in range(200)], recorded_by="jane")
    number = 20
    [(before,)] = postgresql.sql("SELECT pg_current_wal_insert_lsn()", database)
    for _ in range(number):
        ledger.append(contact(), recorded_by="jane")
    [(written,)] = postgresql.sql(f"SELECT pg_current_wal_insert_lsn() - '{before}'", database)
    # A tile of 200 hashes alone would be more.
    assert written / number < 3_500
