"""The matrix of an audit is what `why`, `gaps` and the check of grounds tell, laid out by rows."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples
from tests.support.possible_worlds import end_of

from answerable.domain.kinds import TARGETS
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.auditing.audit import COLUMN_OF, CONSEQUENCES, TO_EXECUTE, audit_of
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.record_view import RecordView
from answerable.projections.grounds.problems import LINKED, acts, holds, problems_of
from answerable.projections.why.why import why_event

LATER = "rests on something dated later than itself"

MOMENTS = st.none() | st.integers(1, 4).map(end_of)


def told_by_why(log: Memory, event_id: str, as_of: datetime | None) -> set[tuple[int, str]]:
    """Return what `why` tells of an event, but of what fell, and of findings about anyone else."""
    record = RecordView(log, as_of)
    event = log.event(event_id)
    assert event is not None
    itself = record.find(event_id)
    assert itself is not None
    # As it reads now: a correction may name somebody else.
    subject = itself.fact.fields.get("subject")
    nodes = why_event(log, event, as_of=as_of).nodes
    told: set[tuple[int, str]] = set()
    waiting, seen = [event_id], set[str]()
    while waiting:
        node = nodes[waiting.pop()]
        placed = record.find(node.event_id)
        assert placed is not None
        about = placed.fact.fields.get("subject")
        other = node.kind == "finding-made" and subject is not None and about != subject
        if node.event_id in seen or other:
            continue
        seen.add(node.event_id)
        waiting.extend(each.event_id for each in node.rests_on)
        if holds(placed) != "no":
            told.update((node.position, each.text) for each in node.missing)
            told.update((node.position, text) for text in node.problems)
    for node in nodes.values():
        acts_upon = {
            each.event_id for each in node.rests_on if each.field == TARGETS.get(node.kind)
        }
        if node.kind not in LINKED and acts_upon & seen:
            told.update((node.position, each) for each in node.problems if LATER in each)
    return told


@settings(max_examples=examples(45))
@given(records(moves=10, imprecise=3), MOMENTS)
def test_a_row_lacks_what_why_says_is_missing_behind_it(
    log: Memory, as_of: datetime | None
) -> None:
    view = RecordView(log, as_of).case("c")
    for row in audit_of(view).rows:
        told = {(each.position, each.text) for each in row.problems}
        assert told == told_by_why(log, row.event_id, as_of)
        texts = [text for name in row.cells for text in row.cells[name].problems]
        if not row.other_house:
            owed = list(row.cells["execution"].problems)
            assert sorted({text for _, text in told} | set(owed)) == sorted(set(texts))


@settings(max_examples=examples(45))
@given(records(moves=10, imprecise=3), MOMENTS)
def test_the_rows_are_the_consequences_that_stand(log: Memory, as_of: datetime | None) -> None:
    view = RecordView(log, as_of).case("c")
    rows = {row.event_id for row in audit_of(view).rows}
    held = {each for each in acts(view) if view.facts[each].kind in CONSEQUENCES}
    assert held <= rows
    for fact in view.standing(*CONSEQUENCES):
        stands = view.when(fact) != "no" and holds(FactInCase(view, fact)) != "no"
        assert (fact.event_id in rows) == (stands and not fact.alleged)


@settings(max_examples=examples(45))
@given(records(moves=10, imprecise=3), MOMENTS)
def test_what_is_fully_backed_has_no_problem_and_leaves_nothing_open(
    log: Memory, as_of: datetime | None
) -> None:
    view = RecordView(log, as_of).case("c")
    owed = {each.event_id: each for each in obligations_of(view) if each.what == TO_EXECUTE}
    lacking = {each.event_id for each in problems_of(view)}
    for row in audit_of(view).rows:
        late = row.event_id in owed and row.cells["execution"].state != "pending"
        assert (row.backed == "yes") == (not row.problems and (row.other_house or not late))
        assert row.backed != "yes" or row.event_id not in lacking
        failed = {COLUMN_OF[each.of] for each in row.problems if each.verdict == "fail"}
        bad = {name for name in row.cells if row.cells[name].state in ("missing", "wrong")}
        assert failed <= bad
        assert bad - failed <= {"execution"}
