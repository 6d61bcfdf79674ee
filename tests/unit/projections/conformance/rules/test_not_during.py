"""Rules on what is not done while something lasts name the date that leaves it open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import case
from tests.support.policies import judged, rule

from answerable.projections.facts.record_view import RecordView

FORBIDDEN = """
forbidden = "contact-made"
same = ["counterparty"]

[rule.interval]
from = "counterparty-barred.from"
until = "counterparty-barred.until"
ended_by = "bar-lifted"
"""

KEPT = rule("not-during", FORBIDDEN)

BARRED: dict[str, Any] = {
    "as": "b",
    "kind": "counterparty-barred",
    "counterparty": "k-1",
    "occurred": "2026-01-10",
}
LIFTED: dict[str, Any] = {"kind": "bar-lifted", "bar": "@b"}
MET: dict[str, Any] = {"kind": "contact-made", "counterparty": "k-1"}

LIFTING = "the date of the lifting of a bar (#1)"
CONTACT = "the date of the contact with k-1 (#1)"


@pytest.mark.parametrize(
    ("steps", "missing"),
    [
        (
            (BARRED, {**LIFTED, "occurred": "2026-03"}, {**MET, "occurred": "2026-03-02"}),
            (LIFTING,),
        ),
        ((BARRED, LIFTED, {**MET, "occurred": "2026-01-12"}), (LIFTING,)),
        (
            ({**BARRED, "until": "2026-03"}, {**MET, "occurred": "2026-03-15"}),
            ("the end of the bar on k-1 (#0)",),
        ),
        (
            ({**BARRED, "from": "2026-01"}, {**MET, "occurred": "2026-01-15"}),
            ("the beginning of the bar on k-1 (#0)",),
        ),
        (
            ({**BARRED, "occurred": "../2026-01-10"}, {**MET, "occurred": "2026-01-05"}),
            ("the beginning of the bar on k-1 (#0)",),
        ),
        ((BARRED, {**MET, "occurred": "../2026-01-12"}), (CONTACT,)),
        (
            ({**BARRED, "until": "2026-01"}, {**MET, "occurred": "../2026-01-20"}),
            (CONTACT, "the end of the bar on k-1 (#0)"),
        ),
        (
            ({**BARRED, "from": "2026-01-10T12:00:00Z"}, {**MET, "occurred": "2026-01-10"}),
            ("the time of day of the contact with k-1 (#1)",),
        ),
    ],
)
def test_what_leaves_it_open_is_named_and_nothing_beside_it(
    steps: tuple[dict[str, Any], ...], missing: tuple[str, ...]
) -> None:
    found = judged(RecordView(case(*steps), datetime(2026, 6, 1, tzinfo=UTC)), KEPT)
    assert found.verdict == "indeterminate"
    assert found.missing == missing
    assert found.settles == (missing if len(missing) == 1 else ())
