"""Test a ledger behind PgBouncer, which gives each transaction to whichever connection is free."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.support.pgbouncer import Bouncer
from tests.support.postgresql import Server

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.record import verify_record

WRITERS, EACH = 4, 8


@pytest.fixture
def ledger(postgresql: Server, pgbouncer: Bouncer) -> Iterator[Ledger]:
    name = postgresql.database()
    with Ledger.create(pgbouncer.address(name)) as made:
        yield made
    postgresql.sql(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    )
    postgresql.put_back(name)


def _lesson(case: str, lesson: str) -> Event:
    return parse({"kind": "lesson-recorded", "case_id": case, "lesson": lesson})


def test_many_write_and_read_and_what_they_prepare_is_missed_by_nobody(ledger: Ledger) -> None:
    def record(writer: int) -> None:
        for number in range(EACH):
            ledger.append(_lesson(f"case-{writer}", f"lesson {number}"), recorded_by="jane")
            assert len(list(ledger.events(case=f"case-{writer}"))) == number + 1

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(record, range(WRITERS)))
    assert [each.position for each in ledger.events()] == list(range(WRITERS * EACH))
    assert verify_record(ledger).problems == ()


def test_rows_are_read_some_at_a_time_while_others_are_written(ledger: Ledger) -> None:
    ledger.append_all(
        [_lesson("acme", f"lesson {number}") for number in range(1_200)], recorded_by="jane"
    )
    reading = ledger.events()
    first = next(reading)
    ledger.append(_lesson("acme", "one more"), recorded_by="jane")
    assert [first.position, *(each.position for each in reading)] == list(range(1_200))


def test_what_is_erased_is_vacuumed(ledger: Ledger) -> None:
    ledger.append(_lesson("acme", "a lesson"), recorded_by="jane")
    erasure = {"kind": "personal-data-erased", "case_id": "acme", "subject": "jane",
               "legal_basis": "gdpr art. 17(1)(a)"}  # fmt: skip
    ledger.append(parse(erasure), recorded_by="jim")
    assert verify_record(ledger).problems == ()
