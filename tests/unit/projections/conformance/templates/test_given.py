"""The closing of a case, where its date leaves open whether it has happened."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import pytest
from tests.support.builders import case
from tests.support.policies import judged, rule

from answerable.domain.zone.days import ends
from answerable.projections.facts.record_view import RecordView

OPENED = {"kind": "case-opened", "title": "A case", "occurred": "2026-01-01"}
REPORT = {"as": "r", "kind": "report-received", "occurred": "2026-01-05"}
CLOSED = {
    "as": "z",
    "kind": "case-closed",
    "disposition": "no-action",
    "occurred": "2026-01-06/2026-01-08",
}


def verdict(body: str, *steps: dict[str, Any], as_of: str = "2026-01-07") -> str:
    moment = ends(date.fromisoformat(as_of), UTC)
    return judged(RecordView(case(*steps), moment), rule("declare", body)).verdict


@pytest.mark.parametrize(
    "body",
    [
        'template = "end"\nwhen = "case-closed"\n',
        'template = "existence"\nwhen = "case-closed"\n',
        'template = "response"\nwhen = "report-received"\nthen = "case-closed"\n',
        'template = "chain-response"\nwhen = "report-received"\nthen = "case-closed"\n',
        'template = "exclusive-choice"\nwhen = "backlash-observed"\nthen = "case-closed"\n',
    ],
)
def test_what_the_closing_itself_answers_is_pending_until_it_certainly_happened(body: str) -> None:
    assert verdict(body, OPENED, REPORT, CLOSED) == "pending"
    assert verdict(body, OPENED, REPORT, CLOSED, as_of="2026-01-08") == "pass"
    assert verdict(body, OPENED, REPORT, CLOSED, as_of="2026-01-05") == "pending"


def test_what_nothing_answered_is_open_while_the_closing_may_have_come() -> None:
    body = 'template = "response"\nwhen = "report-received"\nthen = "investigation-opened"\n'
    assert verdict(body, OPENED, REPORT, CLOSED) == "indeterminate"
    assert verdict(body, OPENED, REPORT, CLOSED, as_of="2026-01-08") == "fail"


def test_what_the_closing_rests_on_had_happened_wherever_it_had() -> None:
    body = 'template = "response"\nwhen = "report-received"\nthen = "decision-taken"\n'
    decided = {"as": "i", "kind": "decision-taken", "outcome": "terminate"}
    decided |= {"occurred": "2026-01-06/2026-01-08"}
    steps = (OPENED, REPORT, decided, {**CLOSED, "basis": ["@i"]})
    assert verdict(body, *steps) == "pending"
    assert verdict(body, *(OPENED, REPORT, decided, CLOSED)) == "indeterminate"
