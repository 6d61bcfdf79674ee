"""Hold what was imposed for each finding against all that is said of it and of each sanction."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import ENDS, THEMES, records
from tests.support.lengths import examples
from tests.support.possible_worlds import end_of

from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.consistency.units import Measure, units
from answerable.projections.facts.record_view import RecordView


def terms(of: Sanction | Measure) -> tuple[object, ...]:
    """Tell what a sanction is, in the fields that a measure has of it."""
    perhaps = (of.perhaps_measure, of.perhaps_amount, of.perhaps_days)
    term = (of.period, of.amount, of.days, *perhaps)
    return (of.event_id, of.position, of.measure, of.state, of.standing, of.cause, *term)


@settings(max_examples=examples(100))
@given(records(moves=14, imprecise=3, themes=THEMES[:2] + ENDS), st.none() | st.integers(1, 9))
def test_units_tell_what_the_whole_of_a_finding_and_of_a_sanction_does(
    log: Memory, day: int | None
) -> None:
    view = RecordView(log, None if day is None else end_of(day)).case("c")
    people = accountability_of(view).people
    sanctions = {each.event_id: each for person in people for each in person.sanctions}
    findings = [
        (person.party, each) for person in people for each in person.findings if each.blames != "no"
    ]
    found = list(units(view))
    for unit, (party, finding) in zip(found, findings, strict=True):
        key = (finding.offence_class, finding.responsibility, finding.grade)
        assert unit[1:6] == (finding.event_id, finding.position, party, key, finding.blames)
        for measure in unit.measures:
            sanction = sanctions[measure.event_id]
            assert terms(measure) == terms(sanction)
            assert measure.link == "case" or measure.held == sanction.in_force
