"""One ledger, shared by the threads of a program."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.support.oracles import sqlite_store

from answerable import Ledger
from answerable.domain import AnswerableError, Refused
from answerable.ledger import BytesRemain, LedgerClosed, Receipt, Trust, verify_ledger
from answerable.ledger.store import opened
from answerable.ledger.store.protocol.store import BUSY_SECONDS
from answerable.projections import RecordView, accountability_of, overview_of_each

THREADS = 8
EACH = 25
PATIENCE = 120
"""Seconds that a test waits for a thread before it calls that a deadlock."""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "shared.db") as made:
        yield made


def contact(case: int, number: int = 0) -> dict[str, Any]:
    return {"kind": "contact-made", "case_id": f"case-{case}", "counterparty": f"org-{number}"}


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Return the result of each of some works, all begun at the same moment."""
    begin = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        begin.wait(PATIENCE)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result(PATIENCE) for each in [pool.submit(run, work) for work in works]]


def test_threads_append_and_read_at_once(ledger: Ledger) -> None:
    def append(thread: int) -> list[Receipt]:
        # Two threads a case, so that they also race for its versions.
        return [
            ledger.append(contact(thread // 2, number), recorded_by=f"t{thread}")
            for number in range(EACH)
        ]

    def read() -> int:
        seen = 0
        while seen < THREADS * EACH:
            events = list(ledger.events())
            assert [event.position for event in events] == list(range(len(events)))
            assert seen <= len(events) <= len(ledger)
            seen = len(events)
            accountability_of(RecordView(ledger).case("case-0"))
            list(overview_of_each(ledger, only=["accountable"]))
            ledger.preview(contact(0, 99), recorded_by="reader")
            assert ledger.head().size >= seen
        return seen

    writers = [lambda thread=thread: append(thread) for thread in range(THREADS)]
    *written, seen, _ = at_once(*writers, read, read)
    receipts = [receipt for each in written for receipt in each]

    assert seen == THREADS * EACH
    assert sorted(receipt.position for receipt in receipts) == list(range(THREADS * EACH))
    for receipt in receipts:
        event = ledger.event(receipt.event_id)
        assert event is not None
        assert (event.position, event.version) == (receipt.position, receipt.version)
        assert receipt.size == receipt.position + 1
    for case in ledger.cases():
        versions = [event.version for event in ledger.events(case=case.case_id)]
        assert versions == list(range(1, case.events + 1))
    assert verify_ledger(ledger, Trust(())).verified


def test_what_one_thread_is_refused_is_not_held_against_another(ledger: Ledger) -> None:
    ledger.append({"kind": "case-opened", "case_id": "case-0", "title": "A"}, recorded_by="jane")

    def refused() -> int:
        unknown = "019b8a5e-7c00-7000-8000-000000000001"
        gone = {"kind": "retraction", "case_id": "case-0", "target": unknown, "reason": "a slip"}
        count = 0
        for _ in range(EACH):
            with pytest.raises(Refused):
                # The contact is taken back with what cannot be.
                ledger.append_all([contact(0), gone], recorded_by="jim")
            count += 1
        return count

    def append() -> list[int]:
        return [ledger.append(contact(0, n), recorded_by="jane").version for n in range(EACH)]

    first, second, *_ = at_once(append, append, refused, refused)
    assert sorted(first + second) == list(range(2, 2 + 2 * EACH))


def test_what_is_iterated_over_is_the_record_as_it_was_when_that_began(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "FETCH", 2)
    for number in range(6):
        ledger.append(contact(0, number), recorded_by="jane")
    events = ledger.events()
    next(events)
    at_once(*[lambda: ledger.append(contact(1), recorded_by="jim")] * 4)
    assert [event.position for event in events] == [1, 2, 3, 4, 5]
    assert len(ledger) == 10


def test_many_iterators_can_be_open_at_once(ledger: Ledger) -> None:
    ledger.append(contact(0), recorded_by="jane")
    opened = [ledger.events() for _ in range(40)]
    assert {next(events).position for events in opened} == {0}
    assert ledger.append(contact(0), recorded_by="jane").position == 1


def test_a_ledger_is_closed_while_others_read_and_append(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "FETCH", 2)
    ledger.append_all((contact(0, number) for number in range(60)), recorded_by="jane")
    warm = threading.Barrier(4)
    appended: list[Receipt] = []

    def until_closed(work: Callable[[], object]) -> str:
        work()
        warm.wait(PATIENCE)
        while True:
            try:
                work()
            except AnswerableError as error:
                return type(error).__name__

    def read() -> None:
        assert len(list(ledger.events())) >= 60

    def append() -> None:
        appended.append(ledger.append(contact(0), recorded_by="jane"))

    def close() -> None:
        warm.wait(PATIENCE)
        ledger.close()

    outcomes = at_once(
        lambda: until_closed(read), lambda: until_closed(read), lambda: until_closed(append), close
    )
    assert outcomes == ["LedgerClosed"] * 3 + [None]
    with Ledger.open(ledger.path) as again:
        assert len(again) == 60 + len(appended)
        assert verify_ledger(again, Trust(())).verified


def test_an_iterator_that_was_not_read_to_its_end_says_that_the_ledger_was_closed(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "FETCH", 2)
    ledger.append_all((contact(0, number) for number in range(5)), recorded_by="jane")
    events = ledger.events()
    next(events)
    ledger.close()
    with pytest.raises(LedgerClosed):
        list(events)
    assert not Path(f"{ledger.path}-wal").exists()


def test_a_thread_that_is_writing_is_told_so_when_it_would_write_within(ledger: Ledger) -> None:
    with (
        ledger.rehearsal(recorded_by="jane"),
        pytest.raises(AnswerableError, match="by this very thread"),
    ):
        ledger.append(contact(0), recorded_by="jane")
    assert ledger.append(contact(0), recorded_by="jane").position == 0


@pytest.mark.sqlite_file("the write-ahead log of a file")
def test_an_erasure_does_not_keep_others_waiting_for_an_iterator_that_is_left_open(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerable.ledger.store.sqlite.store.READERS_SECONDS", 1)
    ledger.append(contact(0), recorded_by="jane")
    reading = ledger.events()
    next(reading)
    erasure = {
        "kind": "personal-data-erased",
        "case_id": "case-0",
        "subject": "jane",
        "legal_basis": "gdpr art. 17(1)(a)",
    }
    begun = time.monotonic()
    with pytest.raises(BytesRemain, match="iterator of this program"):
        ledger.append(erasure, recorded_by="jim")
    assert time.monotonic() - begun < BUSY_SECONDS / 2
    assert ledger.opened([0])[0].erased == ("recorded_by",)
    with sqlite_store(ledger)._datastore.get_connection(commit=False) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] == BUSY_SECONDS * 1_000
