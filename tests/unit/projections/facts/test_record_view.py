"""Look up once what many facts rest on, in whichever case it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.ledger.ledger import Ledger
from answerable.projections.facts import record_view
from answerable.projections.facts.record_view import RecordView

IDS = [f"019b8c11-0000-7000-8000-{number:012x}" for number in range(3)]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        made.append_all(
            [{"kind": "lesson-recorded", "case_id": f"c-{at}", "event_id": each, "lesson": "x"}
             for at, each in enumerate(IDS)], recorded_by="jane",
        )  # fmt: skip
        yield made


@pytest.mark.parametrize(("kept", "looked_up"), [(1_000, 1), (2, 2)])
def test_an_event_that_was_found_is_not_looked_up_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, kept: int, looked_up: int
) -> None:
    monkeypatch.setattr(record_view, "EVENTS", kept)
    asked = Counter[str]()
    event = ledger.event

    def counted(event_id: str) -> object:
        asked[event_id] += 1
        return event(event_id)

    monkeypatch.setattr(ledger, "event", counted)
    record = RecordView(ledger)
    # What is not there now may be recorded.
    missing = "019b8c11-0000-7000-8000-00000000000f"
    assert (record.find(missing), record.find(missing)) == (None, None)
    for event_id in (*IDS, IDS[0], IDS[0]):
        found = record.find(event_id)
        assert found is not None
        assert found.fact.event_id == event_id
    assert asked == {missing: 2, IDS[0]: looked_up, IDS[1]: 1, IDS[2]: 1}
