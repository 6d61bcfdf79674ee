"""A measure that names no finding answers it only in the worlds where it does not come before."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from tests.support.builders import case
from tests.support.disciplinary_records import FINDING
from tests.support.possible_worlds import DATES

from answerable.projections.consistency.units import units
from answerable.projections.facts.case_view import CaseView

SUBJECT = {**FINDING, "subject": "p-1"}
FINE = {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine"}

BOUNDED = st.sampled_from(
    [text for text in DATES if text and ".." not in text and text != "2026-01"]
)


@given(found=BOUNDED, imposed=BOUNDED, first=st.booleans())
def test_whether_a_measure_answers_is_told_only_where_every_world_agrees(
    found: str, imposed: str, first: bool
) -> None:
    finding, fine = {**SUBJECT, "occurred": found}, {**FINE, "occurred": imposed}
    log = case(finding, fine) if first else case(fine, finding)
    (unit,) = units(CaseView(log.facts()))
    worlds = {on >= of for of, on in product(DATES[found].days, DATES[imposed].days)}
    held = [each.held for each in unit.measures]
    assert held == ([] if worlds == {False} else ["yes" if worlds == {True} else "unknown"])
    assert [each.link for each in unit.measures] == ["case"] * len(held)
