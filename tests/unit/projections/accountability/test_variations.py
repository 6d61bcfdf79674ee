"""What an appeal that was partly allowed made of a sanction, and from when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.builders import Memory, case
from tests.support.disciplinary_records import FINDING
from tests.support.possible_worlds import DATES, end_of

from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.parsing import parse
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.consistency.units import units
from answerable.projections.facts.amounts import AmountTotal
from answerable.projections.facts.case_view import CaseView
from answerable.projections.wording.sanction import varied_mark

SUBJECT = {**FINDING, "as": "f", "subject": "p-1", "occurred": "2026-01-01"}
DISMISSAL: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "dismissal",
    "basis": ["@f"],
    "occurred": "2026-01-01",
}
FINE = {**DISMISSAL, "measure": "fine", "amount": "12000.00 CNY"}
LODGED = {"as": "a", "kind": "appeal-lodged", "against": "@s", "occurred": "2026-01-01"}
DECIDED = {
    "kind": "appeal-decided",
    "appeal": "@a",
    "outcome": "partly-allowed",
    "occurred": "2026-01-03",
}
SUSPENSION = {**DECIDED, "becomes_measure": "suspension", "becomes_days": 30}
LESS = {**DECIDED, "becomes_amount": "5000.00 CNY"}


def sanction(log: Memory, as_of: datetime | None = None) -> Sanction:
    (person,) = accountability_of(CaseView(log.facts(), as_of)).people
    return person.sanctions[0]


def test_a_sanction_reads_as_varied_from_when_the_appeal_was_decided() -> None:
    log = case(SUBJECT, DISMISSAL, LODGED, SUSPENSION)
    before, after = sanction(log, end_of(2)), sanction(log, end_of(3))
    assert (before.measure, before.varied, varied_mark(before)) == ("dismissal", "no", None)
    assert (after.measure, after.days, after.varied) == ("suspension", 30, "yes")
    assert (after.first_measure, after.first_days) == ("dismissal", None)
    assert varied_mark(after) == "first dismissal"
    assert (after.state, after.in_force, after.appeal) == ("imposed", "yes", "partly-allowed")


def test_what_is_not_told_stays_unless_the_measure_is_another() -> None:
    less = sanction(case(SUBJECT, FINE, LODGED, LESS))
    assert (less.measure, less.amount, less.first_amount) == ("fine", "5000.00 CNY", "12000.00 CNY")
    assert varied_mark(less) == "first fine, 12,000.00 CNY"
    other = sanction(case(SUBJECT, FINE, LODGED, {**DECIDED, "becomes_measure": "oral-warning"}))
    assert (other.measure, other.amount) == ("oral-warning", None)


def test_a_partly_allowed_appeal_that_tells_nothing_varies_nothing() -> None:
    assert sanction(case(SUBJECT, FINE, LODGED, DECIDED)).varied == "no"


def test_a_second_appeal_varies_what_the_first_made() -> None:
    log = case(SUBJECT, FINE, LODGED, LESS, {**LODGED, "as": "b"})
    log.add(**{**DECIDED, "appeal": "@b", "becomes_amount": "100.00 CNY"})
    assert sanction(log).amount == "100.00 CNY"
    assert sanction(log).first_amount == "12000.00 CNY"


def test_a_retracted_decision_varies_nothing() -> None:
    log = case(SUBJECT, FINE, LODGED, {**LESS, "as": "d"})
    log.add(kind="retraction", target="@d", reason="r")
    assert (sanction(log).amount, sanction(log).varied) == ("12000.00 CNY", "no")


@given(decided=st.sampled_from(sorted(filter(None, DATES))), day=st.integers(1, 4))
def test_it_is_open_only_where_the_date_is(decided: str, day: int) -> None:
    log = case(SUBJECT, DISMISSAL, LODGED, {**SUSPENSION, "occurred": decided})
    worlds = {half < 2 * day for half in DATES[decided].halves}
    expected = {True: "yes", False: "no"}[worlds.pop()] if len(worlds) == 1 else "unknown"
    found = sanction(log, end_of(day))
    assert found.varied == expected
    assert found.measure == ("suspension" if expected == "yes" else "dismissal")
    assert found.perhaps_measure == ("suspension" if expected == "unknown" else None)


def test_sums_and_steps_follow() -> None:
    log = case(SUBJECT, FINE, LODGED, {**LESS, "occurred": "2026-01"})
    (person,) = accountability_of(CaseView(log.facts())).people
    assert person.amounts == (AmountTotal("fine", "CNY", 1, 1, "5000.00", "5000.00"),)
    (person,) = accountability_of(CaseView(log.facts(), end_of(5))).people
    assert person.amounts == (AmountTotal("fine", "CNY", 1, 1, "5000.00", "12000.00"),)
    log = case(SUBJECT, DISMISSAL, LODGED, {**SUSPENSION, "occurred": "2026-01"})
    (now,), (then,) = units(CaseView(log.facts())), units(CaseView(log.facts(), end_of(5)))
    assert (now.steps, then.steps) == ((7,), (7, 9))


@pytest.mark.parametrize("outcome", ["allowed", "dismissed", "withdrawn"])
def test_only_what_is_partly_allowed_varies(outcome: str) -> None:
    fields = {**LESS, "outcome": outcome, "appeal": "019b8a5e-7c00-7000-8000-000000000001"}
    with pytest.raises(InvalidEvent, match="only a partly-allowed appeal"):
        parse({**fields, "case_id": "acme"})


def test_only_a_sanction_is_varied() -> None:
    log = case(SUBJECT, {**LODGED, "against": "@f"})
    with pytest.raises(Refused, match="against a finding-made") as refused:
        log.add(**LESS)
    assert refused.value.field == "becomes_amount"
