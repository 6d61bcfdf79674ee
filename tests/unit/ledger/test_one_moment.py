"""Many questions answered of the record as it is at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from answerable.domain.record import CaseSummary
from answerable.ledger.errors import LedgerClosed, StorageFailed
from answerable.ledger.indexes import documents, full_text, names
from answerable.ledger.ledger import Ledger
from answerable.projections.documents import VIEWS


def contact(number: int) -> dict[str, Any]:
    return {"kind": "contact-made", "case_id": "acme", "counterparty": f"org-{number}"}


def person(number: int) -> dict[str, Any]:
    registered = {"kind": "party-registered", "case_id": "acme", "party": f"p-{number}"}
    return {**registered, "type": "person", "name": "Jane Doe"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        made.append_all([contact(0), contact(1), person(1)], recorded_by="jane")
        yield made


@pytest.fixture
def other(ledger: Ledger) -> Iterator[Ledger]:
    """The same ledger, opened by another."""
    with Ledger.open(ledger.address) as opened:
        yield opened


def views_ready(opened: Ledger) -> bool:
    return documents.make_ready(opened, VIEWS)


def all_told(ledger: Ledger) -> tuple[Any, ...]:
    return (
        len(ledger),
        ledger.head(),
        [*ledger.cases()],
        [each.position for each in ledger.events(case="acme")],
        [each.position for each in ledger.events_by_case()],
        [each.position for each in ledger.registrations(["p-1", "p-2"])],
        sorted(ledger.opened(range(9))),
    )


def test_what_others_record_is_in_no_answer(ledger: Ledger, other: Ledger) -> None:
    with ledger.at_one_moment():
        before = all_told(ledger)
        receipt = other.append_all([contact(2), person(2)], recorded_by="joe")[-1]
        assert all_told(ledger) == before
        assert ledger.event(receipt.event_id) is None
        assert ledger.entry(receipt.position) is None
    assert len(ledger) == 5
    assert ledger.event(receipt.event_id) is not None
    assert [*ledger.cases()] == [CaseSummary("acme", 5, 0, 4)]


def test_what_is_recorded_before_the_first_question_is_in_none(
    ledger: Ledger, other: Ledger
) -> None:
    with ledger.at_one_moment():
        other.append(contact(2), recorded_by="joe")
        assert len(ledger) == 3


def test_what_is_written_within_is_seen_after_it(ledger: Ledger) -> None:
    with ledger.at_one_moment():
        assert ledger.append(contact(2), recorded_by="jane").position == 3
        assert len(ledger) == 3
        assert ledger.append(contact(3), recorded_by="jane").position == 4
    assert len(ledger) == 5


def test_a_moment_within_a_moment_is_the_same(ledger: Ledger, other: Ledger) -> None:
    with ledger.at_one_moment():
        other.append(contact(2), recorded_by="joe")
        with ledger.at_one_moment(views_ready):
            assert len(ledger) == 3
        assert len(ledger) == 3


def test_another_thread_is_at_no_moment(ledger: Ledger, other: Ledger) -> None:
    with ledger.at_one_moment(), ThreadPoolExecutor(1) as pool:
        other.append(contact(2), recorded_by="joe")
        assert pool.submit(len, ledger).result() == 4
        assert len(ledger) == 3


def test_an_index_is_caught_up_where_nothing_was_recorded_meanwhile(ledger: Ledger) -> None:
    with ledger.at_one_moment():
        assert len(ledger) == 3
        assert ledger.document(VIEWS, "party", "org-1") is not None
        assert len(ledger.registered_as("Jane Doe") or ()) == 1


def test_an_index_that_is_ahead_is_not_asked(ledger: Ledger, other: Ledger) -> None:
    with ledger.at_one_moment():
        other.append_all([contact(2), person(2)], recorded_by="joe")
        assert ledger.document(VIEWS, "party", "org-2") is None
        assert ledger.document_keys(VIEWS, "party") is None
        assert ledger.registered_as("Jane Doe") is None
        assert other.document(VIEWS, "party", "org-2")
        assert ledger.document(VIEWS, "party", "org-2") is None


def test_an_index_made_ready_is_asked_as_it_was(ledger: Ledger, other: Ledger) -> None:
    with ledger.at_one_moment(views_ready, names.make_ready, full_text.make_ready):
        other.append_all([contact(2), person(2)], recorded_by="joe")
        assert views_ready(other)
        assert ledger.document(VIEWS, "party", "org-1")
        assert ledger.document(VIEWS, "party", "org-2") == {}
        assert len(ledger.registered_as("Jane Doe") or ()) == 1
    assert len(ledger.registered_as("Jane Doe") or ()) == 2


def test_indexes_are_made_ready_while_others_record(ledger: Ledger, other: Ledger) -> None:
    """They are caught up again until all of them are at the same moment."""
    left = [contact(number) for number in range(2, 5)]

    def disturbed(opened: Ledger) -> bool:
        ready = names.make_ready(opened)
        if left:
            other.append(left.pop(), recorded_by="joe")
        return ready

    with ledger.at_one_moment(views_ready, disturbed):
        assert len(ledger) == 6
        assert ledger.document(VIEWS, "party", "org-2")
        assert ledger.registered_as("Jane Doe") is not None


def test_what_is_read_is_not_read_on_after_its_moment(ledger: Ledger) -> None:
    ledger.append_all([contact(number) for number in range(2, 2000)], recorded_by="jane")
    with ledger.at_one_moment():
        events = ledger.events()
        assert next(events).position == 0
    with pytest.raises(LedgerClosed):
        list(events)
    assert len(ledger) == 2001


def fail(ledger: Ledger) -> None:
    with pytest.raises(StorageFailed), ledger._reading() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


def test_what_fails_is_asked_again_where_nothing_was_recorded(
    ledger: Ledger, other: Ledger
) -> None:
    with ledger.at_one_moment():
        fail(ledger)
        assert len(ledger) == 3
        other.append(contact(2), recorded_by="joe")
        assert len(ledger) == 3
        assert len(list(ledger.events())) == 3


def test_what_fails_after_something_was_recorded_is_to_be_asked_again(
    ledger: Ledger, other: Ledger
) -> None:
    with ledger.at_one_moment():
        other.append(contact(2), recorded_by="joe")
        fail(ledger)
        with pytest.raises(StorageFailed, match="of two moments") as caught:
            len(ledger)
    assert caught.value.hint == "Ask again."
    assert len(ledger) == 4
