"""The lines of a case that goes on: each is what it would be without those said before."""

from __future__ import annotations

from hypothesis import given, settings
from tests.support.builders import Memory, case
from tests.support.case_strategies import records
from tests.support.lengths import examples

from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import fold, initial
from answerable.projections.wording.sentence import sentence_in


@settings(max_examples=examples(40), deadline=None)
@given(records(moves=10, imprecise=2))
def test_a_line_said_before_is_said_again_only_where_it_still_holds(log: Memory) -> None:
    events = [event for event in log.log if event.case_id == "c"]
    going_on = CaseView(initial("c"))
    for number, event in enumerate(events, 1):
        going_on = going_on.after(event)
        anew = CaseView(fold("c", events[:number]))
        assert going_on.kinds == anew.kinds
        for event_id, fact in going_on.facts.items():
            for fields in (None, fact.fields, fact.event.fields):
                known = sentence_in(going_on, fact, fields)
                assert known == sentence_in(CaseView(anew.case), anew.facts[event_id], fields)


def test_a_line_follows_a_correction_of_what_it_acts_upon() -> None:
    log = case(
        {"as": "s", "kind": "sanction-imposed", "subject": "p-1", "measure": "dismissal"},
        {"kind": "sanction-lifted", "sanction": "@s", "reason": "served"},
        {"kind": "correction", "target": "@s", "fields": {"measure": "fine"}, "reason": "misread"},
    )
    view, said = CaseView(initial("c")), []
    for event in log.log:
        view = view.after(event)
        said.append([sentence_in(view, fact) for fact in view.facts.values()][1:2])
    (_, (before,), (after,)) = said
    assert "dismissal" in before
    assert "fine" in after
