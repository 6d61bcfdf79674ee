"""Whatever is recorded, the metrics hold for every world that the dates allow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.support.builders import Memory
from tests.support.history_strategies import histories

from answerable.domain import edtf
from answerable.domain.event import Event
from answerable.domain.kinds import FAMILIES
from answerable.projections.intervals import Range
from answerable.projections.metrics.counts import ACCOUNTABLE, AS_ALLEGED
from answerable.projections.metrics.metrics import Count, Metrics, metrics_of

KINDS = (
    "contact-made",
    "backlash-observed",
    "report-received",
    "report-acknowledged",
    "apology-issued",
    "finding-made",
    "sanction-imposed",
    "sanction-executed",
    "sanction-not-executed",
    "sanction-lifted",
    "appeal-lodged",
    "appeal-decided",
    "case-opened",
    "case-closed",
    "case-reopened",
)
OF_PARTIES = {*ACCOUNTABLE.values(), AS_ALLEGED}
FIRST, LAST = date(2025, 6, 1), date(2026, 9, 1)
MOMENT = datetime(2026, 1, 20, 23, 59, 59, 999999, tzinfo=UTC)

few = settings(max_examples=40)
told = histories(kinds=KINDS, min_events=3, max_events=14, all_named=True)


APART: dict[str, object] = {
    "basis": (),
    **dict.fromkeys(("until", "zone", "jurisdiction", "earliest")),
}
"""Leave out what events rest on, so that cases can be taken in any order; an end that nobody can
tell has come, where no moment is asked about; and when the days of a case are."""


def recorded(events: list[Event]) -> Memory:
    """A record of events that rest on nothing but what they answer, in cases of no zone."""
    log = Memory()
    for event in events:
        told = {name: value for name, value in APART.items() if name in type(event).model_fields}
        log.record(event.model_copy(update=told))
    return log


def answered(event: Event) -> list[str]:
    """The events that one refers to, its basis apart."""
    fields = event.model_dump(by_alias=True)
    return [fields[name] for name in event.references if isinstance(fields.get(name), str)]


def world(events: list[Event], data: DataObject) -> list[Event]:
    """The events with a day for each, as its date allows, and no step before what it answers."""
    days: dict[str, date] = {}
    lived: dict[str, date] = {}
    made: list[Event] = []
    for event in events:
        span = None if event.occurred is None else edtf.parse(event.occurred)
        first, last = (span.first_day, span.last_day) if span else (None, None)
        exact = {}
        for name in ("announced", "due"):
            if (text := getattr(event, name, None)) is not None:
                exact[name] = day_of(text, data).isoformat()
        if "announced" in exact:
            last = min(last or LAST, date.fromisoformat(exact["announced"]))
        earliest = max((first or FIRST, *(days.get(each, FIRST) for each in answered(event))))
        if event.kind in FAMILIES["case"]:
            earliest = max(earliest, lived.get(event.case_id, FIRST))
        latest = last or max(LAST, earliest)
        assume(earliest <= latest)
        day = earliest + timedelta(data.draw(st.integers(0, min(400, (latest - earliest).days))))
        if event.kind in FAMILIES["case"]:
            lived[event.case_id] = day
        days[event.event_id or ""] = day
        made.append(event.model_copy(update={**exact, "occurred": day.isoformat()}))
    return made


def day_of(text: str, data: DataObject) -> date:
    """A day that a date allows."""
    span = edtf.parse(text)
    first, last = span.first_day or FIRST, span.last_day or LAST
    return first + timedelta(data.draw(st.integers(0, (last - first).days)))


def within(one: Range[float] | None, other: Range[float] | None) -> bool:
    """Whether one lies within the other's limits. What may be of nothing says nothing."""
    if one is None:
        return True
    assert other is not None
    low = other.least is None or (one.least is not None and one.least >= other.least)
    return low and (other.most is None or (one.most is not None and one.most <= other.most))


@few
@given(told, st.none() | st.just(MOMENT), st.data())
def test_every_world_lies_within(
    events: list[Event], as_of: datetime | None, data: DataObject
) -> None:
    loose = metrics_of(recorded(events), as_of=as_of)
    exact = metrics_of(recorded(world(events, data)), as_of=as_of)
    for one, other in zip((exact.cases, *exact.counts), (loose.cases, *loose.counts), strict=True):
        assert other.least <= one.least == one.most <= other.most, (one, other)
    for mine, theirs in zip(exact.lengths, loose.lengths, strict=True):
        assert within(mine.median, theirs.median), (mine, theirs)
        assert within(mine.shortest, theirs.shortest), (mine, theirs)
        assert within(mine.longest, theirs.longest), (mine, theirs)
        ended, perhaps = mine.known, (theirs.known, theirs.unknown)
        assert sum(each.least for each in perhaps) <= ended.least == ended.most
        assert ended.most <= sum(each.most for each in perhaps)


def unordered(found: Metrics) -> object:
    def plain(count: Count) -> object:
        return count[:3], set(count.sure), set(count.perhaps)

    lengths = [
        (plain(each.known), plain(each.unknown), plain(each.not_reached), each[4:7])
        for each in found.lengths
    ]
    return plain(found.cases), [plain(each) for each in found.counts], lengths


@few
@given(told, st.none() | st.just(MOMENT), st.permutations(("alpha", "beta", "case-3.b_c")))
def test_the_order_of_cases_changes_nothing(
    events: list[Event], as_of: datetime | None, order: list[str]
) -> None:
    apart = sorted(events, key=lambda event: order.index(event.case_id))
    assert unordered(metrics_of(recorded(apart), as_of=as_of)) == unordered(
        metrics_of(recorded(events), as_of=as_of)
    )


@few
@given(told, st.none() | st.just(MOMENT))
def test_the_whole_is_the_sum_of_its_cases(events: list[Event], as_of: datetime | None) -> None:
    """But for parties: one that counts in several cases is one."""
    log = recorded(events)
    parts: dict[str, list[Count]] = {}
    for case in {event.case_id for event in events}:
        one = metrics_of(log, case=case, as_of=as_of)
        for each in (one.cases, *one.counts):
            parts.setdefault(each.name, []).append(each)
    whole = metrics_of(log, as_of=as_of)
    for each in (whole.cases, *whole.counts):
        least = [part.least for part in parts[each.name]]
        most = [part.most for part in parts[each.name]]
        if each.name in OF_PARTIES:
            assert max(least) <= each.least <= sum(least)
            assert max(most) <= each.most <= sum(most)
        else:
            assert (each.least, each.most) == (sum(least), sum(most))
