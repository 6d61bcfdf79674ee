"""Whatever happens in a case, the differences of the steps add up to its accountability state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from answerable.domain.dates import When
from answerable.domain.kinds import TARGETS
from answerable.domain.reader import Reader
from answerable.domain.record import Disclosed, RecordedEvent
from answerable.domain.zone.zone import UNTOLD
from answerable.projections.accountability.accountability import Accountability, accountability_of
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import fold
from answerable.projections.replay.changes import diff, patch
from answerable.projections.replay.replay import replay_all, replay_case
from answerable.projections.why.why import tree_lines, why_event

DATES = st.sampled_from([None, "2026-01-05", "../2026-01-05", "2026-01", "2026-02-01"])
MOMENTS = st.sampled_from(
    [None, datetime(2026, 1, 5, 23, tzinfo=UTC), datetime(2026, 1, 20, tzinfo=UTC)]
)
PEOPLE = st.sampled_from(["p-1", "p-2", "p-3"])
OUTCOMES = st.sampled_from(["substantiated", "exonerated", "unsubstantiated"])
MEASURES = st.sampled_from(["fine", "dismissal"])

OWN: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "contact-made": {"counterparty": PEOPLE},
    "finding-made": {
        "subject": PEOPLE,
        "outcome": OUTCOMES,
        "responsibility": st.sampled_from(["direct", "managerial", "none"]),
    },
    "sanction-imposed": {"subject": PEOPLE, "measure": MEASURES},
    "sanction-not-executed": {"cause": st.sampled_from(["resigned-first", "other"])},
    "interim-measure-taken": {"subject": PEOPLE, "measure": st.just("leave")},
    "appeal-decided": {"outcome": st.sampled_from(["allowed", "dismissed"])},
    "correction": {
        "fields": st.fixed_dictionaries(
            {},
            optional={
                "occurred": DATES,
                "subject": PEOPLE,
                "standing": st.just("disputed"),
                "outcome": OUTCOMES,
                "basis": st.lists(st.integers(0, 9).map("e-{}".format), max_size=2, unique=True),
            },
        )
    },
    "decision-taken": {"outcome": st.just("sanction")},
    "allegation-made": {"subject": PEOPLE},
    "case-opened": {},
    "case-closed": {"disposition": st.just("no-action")},
    "counterparty-barred": {"counterparty": PEOPLE},
}
APPEALABLE = ("finding-made", "decision-taken", "sanction-imposed", "counterparty-barred")
UPON: dict[str, tuple[str, ...]] = {
    "sanction-executed": ("sanction-imposed",),
    "sanction-not-executed": ("sanction-imposed",),
    "sanction-suspended": ("sanction-imposed",),
    "sanction-lifted": ("sanction-imposed",),
    "appeal-lodged": APPEALABLE,
    "appeal-decided": ("appeal-lodged",),
    "bar-lifted": ("counterparty-barred",),
    "correction": ("finding-made", "sanction-imposed", "interim-measure-taken"),
    "retraction": (),
    "dispute": (),
}
RECORD = ("correction", "retraction", "dispute")
EVERY = sorted({*OWN, *UPON})


class Log:
    """A case in memory, as far as a replay reads it."""

    zone = UNTOLD

    def __init__(self, events: Sequence[RecordedEvent]) -> None:
        self.log = events

    def events(self, **_: object) -> Iterator[RecordedEvent]:
        return iter(self.log)

    events_by_case = events

    def event(self, event_id: str) -> RecordedEvent | None:
        return next((event for event in self.log if event.event_id == event_id), None)

    def altered(self, positions: Iterable[int] | None = None) -> list[int]:
        return []

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        return {position: Disclosed({}) for position in positions}


@st.composite
def cases(draw: DrawFn) -> Reader:
    """A case in which anything may follow anything that stands."""
    kinds: dict[str, str] = {}
    log: list[RecordedEvent] = []
    for kind in ["contact-made", *draw(st.lists(st.sampled_from(EVERY), max_size=30))]:
        fields = {name: draw(values) for name, values in OWN.get(kind, {}).items()}
        if kind in UPON:
            targets = [each for each, its in kinds.items() if not UPON[kind] or its in UPON[kind]]
            if not targets:
                continue
            fields[TARGETS[kind]] = draw(st.sampled_from(targets))
        if kinds and kind not in RECORD:
            fields["basis"] = draw(st.lists(st.sampled_from(sorted(kinds)), max_size=2))
        event_id = f"e-{len(log)}"
        told = {
            "event_id": event_id,
            "case_id": "c",
            "version": len(log) + 1,
            "kind": kind,
            "standing": "asserted",
            "recorded_at": "2026-03-01T00:00:00.000000Z",
            "occurred": draw(DATES),
            **fields,
        }
        told = {name: value for name, value in told.items() if value is not None}
        log.append(RecordedEvent(len(log), kind, told))
        kinds[event_id] = kind
        if kind == "retraction":
            del kinds[fields["target"]]
            del kinds[event_id]
    return cast("Reader", Log(log))


@given(cases(), MOMENTS)
def test_the_last_step_ends_in_the_state_of_the_case(
    reader: Reader, as_of: datetime | None
) -> None:
    facts = fold("c", reader.events())
    state, left_open = Accountability("c"), 0
    for step in replay_case(reader, "c", as_of=as_of):
        state, left_open = step.state, step.open

    assert state == accountability_of(CaseView(facts, as_of))
    assert left_open == len(obligations_of(CaseView(facts, as_of)))
    assert [state] == list(replay_all(reader, as_of=as_of))


@given(cases(), MOMENTS)
def test_each_step_is_in_the_state_of_the_events_so_far(
    reader: Reader, as_of: datetime | None
) -> None:
    events = list(reader.events())
    for step in replay_case(reader, "c", as_of=as_of):
        so_far = fold("c", events[: step.event.position + 1])
        assert step.state == accountability_of(CaseView(so_far, as_of))


@given(cases(), MOMENTS)
def test_the_differences_lead_from_nothing_to_the_last_state(
    reader: Reader, as_of: datetime | None
) -> None:
    state = Accountability("c")
    accountable: dict[str, When] = {}
    for step in replay_case(reader, "c", as_of=as_of):
        state = patch(state, step.changes)
        assert state == step.state
        for change in step.changes:
            if change.about == "person":
                assert accountable.get(change.party, "no") == change.was
                accountable[change.party] = change.now
        told = {person.party: person.accountable for person in state.people}
        assert {party: it for party, it in accountable.items() if it != "no"} == {
            party: it for party, it in told.items() if it != "no"
        }


@given(cases(), cases(), MOMENTS)
def test_a_difference_patches_one_state_into_the_other(
    one: Reader, other: Reader, as_of: datetime | None
) -> None:
    before = accountability_of(CaseView(fold("c", one.events()), as_of))
    after = accountability_of(CaseView(fold("c", other.events()), as_of))

    assert patch(before, diff(before, after)) == after
    assert diff(after, after) == ()


@given(cases(), MOMENTS)
def test_what_is_begun_and_ended_adds_up_to_what_is_open(
    reader: Reader, as_of: datetime | None
) -> None:
    due: set[tuple[str, str]] = set()
    for step in replay_case(reader, "c", as_of=as_of):
        due -= {(each.what, each.event_id) for each in step.ended}
        due |= {(each.what, each.event_id) for each in step.begun}
        assert len(due) == step.open


@given(cases(), MOMENTS)
def test_a_derivation_lays_out_every_node_in_full_once(
    reader: Reader, as_of: datetime | None
) -> None:
    for event in reader.events():
        derivation = why_event(reader, event, as_of=as_of)
        in_full = [line.node.event_id for line in tree_lines(derivation) if not line.again]
        assert sorted(in_full) == sorted(derivation.nodes)
