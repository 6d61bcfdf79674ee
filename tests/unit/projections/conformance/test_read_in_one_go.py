"""Test that what the parties of many cases are is not read party by party."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from answerable.ledger.ledger import Ledger
from answerable.projections.conformance.in_force.versions import versions_of
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView

CASES = 48
HANDFUL = 16


def steps(case: int) -> Iterable[dict[str, Any]]:
    yield {"kind": "case-opened", "title": "A case"}
    yield {"kind": "allegation-made", "subject": f"p-{case}", "conduct": "took a gift"}
    yield {
        "kind": "finding-made",
        "subject": f"p-{case}",
        "outcome": "substantiated",
        "responsibility": "direct",
    }
    yield {"kind": "sanction-imposed", "subject": f"p-{case}", "measure": "fine"}


def test_what_the_parties_of_a_handful_of_cases_are_is_read_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    read = Ledger.registrations

    def counting(ledger: Ledger, parties: Any, **known_by: Any) -> Any:
        asked.append(len(parties))
        return read(ledger, parties, **known_by)

    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append_all(
            [
                {"case_id": f"c-{case}", "occurred": "2026-01-05", **step}
                for case in range(CASES)
                for step in steps(case)
            ],
            recorded_by="jane",
        )
        monkeypatch.setattr(Ledger, "registrations", counting)
        known = names(ledger)
        record = RecordView(
            ledger,
            datetime(2026, 6, 1, tzinfo=UTC),
            type_of=known.type_of,
            read_parties=known.read,
            keep=16,
        )
        judges = Judges(record, versions_of(record), every=True)
        assert len([*judges.outcomes_of_each(record.each_case())]) == CASES
    assert len(asked) <= CASES / HANDFUL + HANDFUL
