"""Hold that what an event plainly rests on is offered, where only one event can be meant."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.projections.facts.record_view import RecordView
from answerable.projections.grounds.plain_links import Offer, plain_links

EVIDENCE: dict[str, Any] = {"as": "e", "kind": "evidence-registered", "digest": f"sha256:{0:064x}"}
FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-04",
}
DECISION: dict[str, Any] = {
    "as": "d",
    "kind": "decision-taken",
    "outcome": "sanction",
    "occurred": "2026-01-05",
}
SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "occurred": "2026-01-06",
}


def offer(memory: Memory) -> Offer | None:
    """Return what is offered for the last event of a case."""
    view = RecordView(memory).case("c")
    return plain_links(view, [*view.facts.values()][-1])


def basis(found: Offer | None) -> str | None:
    return None if found is None else found.words[-1].removeprefix("basis=")


def test_an_offer_is_a_correction_that_keeps_what_the_basis_held() -> None:
    found = offer(case(FINDING, DECISION, {"kind": "lesson-recorded", "as": "l", "lesson": "x"},
                       SANCTION | {"basis": ["@l"]}))  # fmt: skip
    assert found is not None
    assert [each.text for each in found.found] == [
        "Decision: sanction",
        "Finding about p-1: substantiated, direct responsibility",
    ]
    assert found.words == (
        *("append", "correction", "--case", "c", "--target", "3", "--set", "basis=2,1,0"),
    )


@pytest.mark.parametrize(
    ("events", "offered"),
    [
        ([EVIDENCE, FINDING], "0"),
        ([EVIDENCE, FINDING | {"basis": ["@e"]}], None),
        ([EVIDENCE, EVIDENCE | {"as": "e2"}, FINDING], None),
        ([FINDING, SANCTION], "0"),
        ([FINDING | {"subject": "p-2"}, SANCTION], None),
        ([FINDING | {"outcome": "exonerated", "responsibility": "none"}, SANCTION], None),
        ([FINDING | {"occurred": "2026-01-07"}, SANCTION], None),
        ([FINDING, {"kind": "retraction", "target": "@f", "reason": "x"}, SANCTION], None),
        ([FINDING, DECISION | {"basis": ["@f"]}, SANCTION], "1"),
        ([FINDING, DECISION, DECISION | {"as": "d2"}, SANCTION], "0"),
        ([FINDING, DECISION | {"basis": ["@f"]}, SANCTION | {"basis": ["@d"]}], None),
        ([DECISION, SANCTION | {"imposed_by": "court-1"}], None),
        ([DECISION, {"kind": "decision-withdrawn", "decision": "@d"}, SANCTION], None),
        ([DECISION, {"kind": "appeal-lodged", "as": "a", "against": "@d"},
          {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"}, SANCTION], None),
        ([SANCTION, DECISION | {"basis": ["@s"]}], None),
        ([{"kind": "contact-made", "counterparty": "org-1"}], None),
    ],
)  # fmt: skip
def test_one_candidate_is_offered_and_of_several_none(
    events: list[dict[str, Any]], offered: str | None
) -> None:
    assert basis(offer(case(*events))) == offered
