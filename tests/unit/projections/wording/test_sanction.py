"""Sanctions in words: what became of each, and who imposed it where that was another house."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import case
from tests.support.reports import in_markdown

from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.report.report import report_on
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.sanction import sanction_marks

CAP: dict[str, Any] = {
    "as": "cap",
    "kind": "sanction-imposed",
    "subject": "bank",
    "measure": "growth-cap",
    "imposed_by": "regulator",
    "occurred": "2018-02-02",
}
LIFTED = {"kind": "sanction-lifted", "sanction": "@cap", "reason": "done", "occurred": "2025-06-03"}


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((), ["imposed by REGULATOR"]),
        ((LIFTED,), ["lifted", "imposed by REGULATOR"]),
    ],
)
def test_a_measure_of_another_house_says_whose_it_is(
    steps: tuple[dict[str, Any], ...], said: list[str]
) -> None:
    (who,) = accountability_of(CaseView(case(CAP, *steps).facts())).people
    (sanction,) = who.sanctions
    assert sanction_marks(sanction, str.upper) == said


def test_so_does_an_interim_measure() -> None:
    taken = {
        "kind": "interim-measure-taken",
        "subject": "type-1",
        "measure": "grounding",
        "imposed_by": "authority",
        "occurred": "2019-03-13",
    }
    (who,) = accountability_of(CaseView(case(taken).facts())).people
    (grounded,) = who.interim
    said = "grounding by AUTHORITY, running (not a sanction)"
    assert interim_line(grounded, str.upper) == said
    told = in_markdown(report_on(case(taken), "c", version="0"))
    assert "grounding by authority, running (not a sanction)" in told
    assert "grounding (not a sanction) (imposed by authority)" in told


def test_a_report_says_whose_a_measure_is() -> None:
    told = in_markdown(report_on(case(CAP), "c", version="0"))
    assert told.count("growth cap (imposed by regulator) #0") == 1


def test_a_failed_check_says_what_failed_it_first_and_its_warnings_once() -> None:
    log = case(
        {"kind": "allegation-made", "subject": "p-1", "conduct": "theft", "made_by": "p-2"},
        {"kind": "investigation-opened", "lead": "p-2"},
        {
            "kind": "finding-made",
            "subject": "p-3",
            "outcome": "sustained",
            "responsibility": "direct",
        },
        {"as": "d", "kind": "decision-taken", "outcome": "sanction", "deciders": ["p-3"]},
        {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "basis": ["@d"]},
    )
    (line,) = (
        each
        for each in in_markdown(report_on(log, "c", version="0")).splitlines()
        if each.startswith("- **Nobody investigates")
    )
    assert ".** Not independent: p-2 led the investigation" in line
