"""What a ledger holds a correction against: the event as it stands, on record or in the batch."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from answerable.domain.errors import Refused
from answerable.ledger.ledger import Ledger

BAR_ID = "019b8a5e-7c00-7000-8000-000000000001"
SECOND = "019b8a5e-7c00-7000-8000-000000000002"
THIRD = "019b8a5e-7c00-7000-8000-000000000003"
BAR: dict[str, Any] = {
    "kind": "counterparty-barred",
    "case_id": "c",
    "event_id": BAR_ID,
    "counterparty": "org-7",
    "from": "2026-01-05",
    "until": "2026-01-10",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        yield made


def correction(event_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "correction",
        "case_id": "c",
        "event_id": event_id,
        "target": BAR_ID,
        "fields": fields,
    }


@pytest.mark.parametrize("together", [True, False])
def test_a_correction_is_held_against_the_event_as_corrected_so_far(
    ledger: Ledger, together: bool
) -> None:
    later = correction(SECOND, **{"from": "2026-01-09"})
    too_early = correction(THIRD, until="2026-01-08")
    batch = [BAR, later, too_early]
    while not together and len(batch) > 1:
        ledger.append(batch.pop(0), recorded_by="jane")
    with pytest.raises(Refused) as refused:
        ledger.append_all(batch, recorded_by="jane")
    assert (refused.value.field, refused.value.index) == ("until", 2 if together else 0)


def test_a_correction_sent_again_is_on_record_whatever_came_since(ledger: Ledger) -> None:
    first = correction(SECOND, until="2026-01-06")
    moved = correction(THIRD, **{"from": "2026-02-01", "until": "2026-03"})
    ledger.append_all([BAR, first, moved], recorded_by="jane")
    assert ledger.append(first, recorded_by="jane").duplicate
