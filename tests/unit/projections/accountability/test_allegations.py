"""Allegations are shown as what they are: no finding, and not nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.reports import in_markdown

from answerable.cli.asking.standing.case import case_lines
from answerable.cli.asking.standing.party import NOTHING_HELD, counterparty_lines
from answerable.cli.asking.standing.party import person_lines as lines_of
from answerable.domain.zone.zone import UNTOLD
from answerable.projections.accountability.alleged.allegations import allegations_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import names
from answerable.projections.report.report import report_on
from answerable.projections.status import status as overview
from answerable.projections.why.why import why_person
from answerable.projections.wording.provisional import allegation_words

ALLEGED: dict[str, Any] = {
    "as": "a",
    "kind": "allegation-made",
    "subject": "p-1",
    "conduct": "took a gift",
    "clause": "code-of-conduct 4.2",
    "made_by": "org-1",
    "occurred": "2026-01-10",
}
ANSWER: dict[str, Any] = {
    "kind": "finding-made",
    "allegation": "@a",
    "subject": "p-1",
    "outcome": "exonerated",
    "responsibility": "none",
    "occurred": "2026-02-01",
}
JANUARY = datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)
SAID = "alleged by org-1 under code-of-conduct 4.2, not disposed of"


def person_lines(log: Memory, as_of: datetime | None = None) -> list[str]:
    found = overview.overview_of_person(log, "p-1", as_of=as_of)
    return [line.text.strip() for line in lines_of(log, found, names(log))]


def test_nothing_is_held_against_them_never_stands_above_an_open_allegation() -> None:
    told = person_lines(case(ALLEGED))
    assert NOTHING_HELD not in told
    assert f"c: {SAID} #0" in told
    assert NOTHING_HELD in person_lines(Memory())


def test_an_allegation_that_is_disposed_of_is_said_to_be() -> None:
    log = case(ALLEGED, ANSWER)
    assert f"c: {SAID.removesuffix('not disposed of')}disposed of #0" in person_lines(log)
    assert f"c: {SAID} #0" in person_lines(log, JANUARY)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"made_by": None}, "alleged under code-of-conduct 4.2, not disposed of"),
        ({"clause": None}, "alleged by org-1, not disposed of"),
        ({"clause": ["a 1", "b 2"]}, "alleged by org-1 under a 1; b 2, not disposed of"),
        ({"occurred": "2026-01"}, SAID.replace("not disposed", "indeterminate whether not disposed")
         + " (indeterminate: its date does not tell)"),
    ],
)  # fmt: skip
def test_it_is_said_who_alleges_and_under_what(change: dict[str, Any], said: str) -> None:
    fields = {name: it for name, it in {**ALLEGED, **change}.items() if it is not None}
    view = CaseView(case(fields).facts(), datetime(2026, 1, 12, tzinfo=UTC))
    (found,) = allegations_of(view)
    assert allegation_words(found, str) == said


def test_a_case_and_a_party_show_it() -> None:
    log = case(ALLEGED)
    known = names(log)
    found = overview.overview_of(log, "c")
    assert found.parties == ("p-1", "org-1")
    assert f"  p-1  {SAID} #0" in [each.text for each in case_lines(log, found, known)]
    party = overview.counterparty(log, "p-1")
    assert f"  c: {SAID} #0" in [
        each.text for each in counterparty_lines(log, party, known, lambda _: UNTOLD)
    ]
    assert overview.overview_of(case(ALLEGED, ANSWER), "c").allegations == ()


def test_the_report_says_it_in_short_with_what_is_alleged() -> None:
    said = in_markdown(report_on(case(ALLEGED), "c", version="0"))
    assert "**Alleged, and not found:**" in said
    assert (
        "- `p-1`: alleged by `org-1` under code-of-conduct 4.2, not disposed of: took a gift"
        in said
    )
    after = in_markdown(report_on(case(ALLEGED, ANSWER), "c", version="0"))
    assert "Alleged, and not found" not in after


def test_why_shows_it_and_what_answered_it_once() -> None:
    found = why_person(case(ALLEGED), "p-1")
    assert [found.nodes[each].kind for each in found.roots] == ["allegation-made"]
    found = why_person(case(ALLEGED, ANSWER), "p-1")
    assert [found.nodes[each].kind for each in found.roots] == ["finding-made"]


def test_a_finding_that_may_not_have_been_made_leaves_it_perhaps_open() -> None:
    view = CaseView(
        case(ALLEGED, {**ANSWER, "occurred": "2026-01"}).facts(), JANUARY.replace(day=20)
    )
    (found,) = allegations_of(view)
    assert found.open == "unknown"
    assert len(found.answered_by) == 1


def test_one_that_was_withdrawn_is_told_as_withdrawn_from_when_it_was() -> None:
    taken_back = {"kind": "blame-withdrawn", "blame": "@a", "occurred": "2026-01-20"}
    log = case(ALLEGED, taken_back)
    for day, said in ((19, "not disposed of"), (21, "withdrawn")):
        (found,) = allegations_of(CaseView(log.facts(), JANUARY.replace(day=day)))
        assert allegation_words(found, str).endswith(f", {said}")
