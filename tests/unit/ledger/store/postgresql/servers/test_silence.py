"""That a server does not answer is said: it may wait itself, or have stopped."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from tests.support.postgresql import Server, running_server

from answerable.ledger.errors import OutcomeUnknown
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.postgresql.servers import at_once

LESSON = {"kind": "lesson-recorded", "case_id": "acme", "lesson": "a lesson"}

GIVEN_UP = """
DO $$ BEGIN
    WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep') LOOP
        PERFORM pg_sleep(0.005); PERFORM pg_stat_clear_snapshot();
    END LOOP;
    PERFORM pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep';
END $$"""
"""Gives up, as an operator might, what waits for a standby."""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "QUIET_SECONDS", 0.05)


@contextmanager
def stopped(server: Server, database: str) -> Iterator[None]:
    """Stop the processes that serve a database, whose connections stay."""
    found = server.sql(
        f"SELECT pid FROM pg_stat_activity WHERE datname = '{database}' AND pid != pg_backend_pid()"
    )
    for (process,) in found:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for (process,) in found:
            os.kill(process, signal.SIGCONT)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_was_stopped_is_waited_for_and_that_is_said(
    postgresql: Server, caplog: pytest.LogCaptureFixture
) -> None:
    name = postgresql.database()
    with Ledger.create(postgresql.address(name)) as ledger, ThreadPoolExecutor(1) as pool:
        ledger.append(LESSON, recorded_by="jane")
        for act in (lambda: len(ledger), lambda: ledger.append(LESSON, recorded_by="jane").size):
            caplog.clear()
            with stopped(postgresql, name):
                asked = pool.submit(act)
                while not caplog.messages:
                    assert not asked.done()
            assert asked.result() in (1, 2)
            assert caplog.messages[0].startswith(
                f"Waiting for the server of {ledger.name} to answer"
            )
    postgresql.put_back(name)


@pytest.mark.usefixtures("impatient")
def test_a_wait_for_a_standby_that_never_comes_is_said(
    postgresql: Server, caplog: pytest.LogCaptureFixture
) -> None:
    # The one of all tests says whether there can be one, and waits for nobody.
    assert postgresql.runs
    with running_server() as server:
        name = server.database()
        with Ledger.create(server.address(name)) as ledger, ThreadPoolExecutor(1) as pool:
            ledger.append(LESSON, recorded_by="jane")
            server.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
            server.sql("SELECT pg_reload_conf()")
            with psycopg.connect(server.address(name)) as asked:
                while asked.execute("SHOW synchronous_standby_names").fetchone() != ("nobody",):
                    asked.rollback()
            for some in ([LESSON], [LESSON] * 60):
                caplog.clear()
                appending = pool.submit(ledger.append_all, some, recorded_by="jane")
                while not caplog.messages:
                    assert not appending.done()
                server.sql(GIVEN_UP)
                with pytest.raises(OutcomeUnknown, match="no standby has confirmed it"):
                    appending.result()
                assert "a standby that it waits for" in caplog.messages[0]
            assert len(ledger) == 62
