"""Hold what a change tells of before and after to the record as it read then, cut there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.lengths import examples

from answerable.projections.auditing.changes import CHANGING, changes
from answerable.projections.facts.disclosed import positions, sealed
from answerable.projections.facts.facts import CaseFacts, fold

STAGES = ("contact", "negotiation", "contract", None)
PURPOSES = ("a talk", "a gift", None)
Moves = list[tuple[str, object]]
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("stage"), st.sampled_from(STAGES)),
        st.tuples(st.just("purpose"), st.sampled_from(PURPOSES)),
        st.tuples(st.just("retract"), st.integers(0, 4)),
        st.tuples(st.just("dispute"), st.none()),
        st.tuples(st.just("contact"), st.none()),
    ),
    max_size=9,
)


def recorded(moves: Moves) -> Memory:
    """A contact, corrected, disputed and taken back as drawn, and others between."""
    log = Memory()
    target = log.add(kind="contact-made", counterparty="p-1", stage="contact", purpose="a talk")
    made: list[str] = []
    for move, value in moves:
        if move == "contact":
            log.add(kind="contact-made", counterparty="p-2")
        elif move == "dispute":
            log.add(kind="dispute", target=target, by="p-1", ground="not so")
        elif move == "retract":
            assert isinstance(value, int)
            if value < len(made):
                log.add(kind="retraction", target=made.pop(value), reason="in error")
        else:
            made.append(log.add(kind="correction", target=target, fields={move: value}))
    return log


def cut(log: Memory, size: int) -> CaseFacts:
    return fold("c", log.log[:size])


@settings(max_examples=examples(60))
@given(MOVES)
def test_a_field_before_and_after_is_what_the_record_said_then(moves: Moves) -> None:
    log = recorded(moves)
    told = [change for _, change in changes(log, case="c")]
    assert [each.position for each in told] == [
        event.position for event in log.log if event.kind in CHANGING
    ]
    for change in told:
        before, after = (cut(log, change.position + more) for more in (0, 1))
        target = before.facts[change.target or ""]
        assert change.target_position == target.event.position
        if change.sort != "corrected":
            assert change.fields == ()
        for field in change.fields:
            assert field.name is not None
            for facts, text in ((before, field.before), (after, field.after)):
                fact = facts.facts[target.event_id]
                if field.sealed:
                    opened = log.opened(positions(facts, [fact]))
                    assert text == sealed(facts, fact, opened).text(field.name)
                else:
                    assert text.value == fact.fields.get(field.name)


@given(MOVES, st.integers(0, 10))
def test_all_cases_tell_what_each_tells_and_since_cuts_it(moves: Moves, since: int) -> None:
    log = recorded(moves)
    every = [change for _, change in changes(log)]
    assert every == [change for _, change in changes(log, case="c")]
    later = [change for _, change in changes(log, case="c", since=since)]
    assert later == [change for change in every if change.position >= since]
