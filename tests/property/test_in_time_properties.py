"""What could bear a decision is found in part by places alone: it is what a look at each finds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from answerable.domain.record import RecordedEvent
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.replay.decision_moment import Dated, DecisionMoment, Material
from answerable.projections.replay.in_time import SoFar, ToCome
from answerable.projections.replay.material import EventThen

ZONES = st.sampled_from([UNTOLD, Zone("Pacific/Kiritimati", "case")])
DATES = st.one_of(
    st.none(),
    st.sampled_from(["../2026-01-05", "2026-01-05/..", "2026-01", "2026", "2026-01-06~"]),
    st.sampled_from(["0001-01-01", "9999-12-31", "2026-01-03/2026-01-09"]),
    st.sampled_from(["2026-01-05T23:30:00-12:00", "2026-01-06T00:30:00+14:00"]),
    st.integers(1, 28).map("2026-01-{:02}".format),
    st.integers(4, 10).map("2026-01-{:02}".format),
    st.integers(0, 23).map("2026-01-08T{:02}:00:00Z".format),
)
KINDS = st.sampled_from(["evidence-registered", "contact-made"])
PLACES = st.integers(0, 12)
SETTLED = st.sampled_from([0, 3, 99, 99])


def dated(place: int, kind: str, occurred: str | None) -> Dated:
    head = (f"e-{place}", "c", place, kind, "gist", occurred, "2026-01-01T00:00:00.000000Z")
    return Dated.of(EventThen(*head, "established", "none", (), (), None, ()))


def moment(at: int, taken: str | None, places: tuple[int, int], zone: Zone) -> DecisionMoment:
    fields = {"event_id": "d", "case_id": "c", "recorded_at": "2026-01-01T00:00:00.000000Z"}
    decision = RecordedEvent(at, "decision-taken", fields)
    return DecisionMoment(decision, taken, min(places), max(places), lambda _: zone)


def looked_at(of: DecisionMoment, among: list[Dated]) -> list[Material]:
    return [found for each in among if (found := of.material(each.stood)).happened != "no"]


STEPS = st.tuples(PLACES, st.one_of(st.tuples(KINDS, DATES), st.tuples(KINDS, DATES), st.none()))
ASKED = st.tuples(DATES, SETTLED, SETTLED, st.sets(PLACES, max_size=3))


ON_ONE_DAY = ("evidence-registered", "2026-01-06T00:30:00+14:00")
"""Half an hour of a day that, where no zone is told, a decision of that day may lie before."""


@example(UNTOLD, True, [((0, ON_ONE_DAY), ("2026-01-06", 99, 99, set()))])
@given(ZONES, st.booleans(), st.lists(st.tuples(STEPS, ASKED), min_size=2, max_size=14))
def test_what_is_on_record_so_far(
    zone: Zone,
    in_order: bool,
    steps: list[
        tuple[tuple[int, tuple[str, str | None] | None], tuple[str | None, int, int, set[int]]]
    ],
) -> None:
    so_far, known = SoFar(zone), dict[int, Dated]()
    for number, ((told_place, told), (taken, settled, after, but)) in enumerate(steps):
        place = number if in_order and told is not None else told_place
        if told is None:
            known.pop(place, None)
            so_far.drop(f"e-{place}")
        else:
            known[place] = dated(place, *told)
            so_far.put(known[place])
        assert so_far.get(f"e-{place}") == known.get(place)
        of = moment(99, taken, (settled, after), zone)
        others = [known[each] for each in sorted(known) if each not in but]
        found = looked_at(of, others)
        left_out = [f"e-{each}" for each in but]
        assert so_far.before(of, left_out) == (tuple(found), len(others) - len(found))


@example(UNTOLD, [("evidence-registered", "2026-01-05T23:30:00-12:00")], -1, "2026-01-05", 0, 0)
@given(ZONES, st.lists(st.tuples(KINDS, DATES), max_size=12), PLACES, DATES, PLACES, PLACES)
def test_what_is_still_to_come(
    zone: Zone,
    told: list[tuple[str, str | None]],
    at: int,
    taken: str | None,
    settled: int,
    after: int,
) -> None:
    every = [dated(place, *each) for place, each in enumerate(told)]
    of = moment(at, taken, (settled, after), zone)
    later = [each for each in every if each.stood.position > at]
    found = looked_at(of, later)
    assert ToCome(zone, every).after(of) == (found, len(later) - len(found))
