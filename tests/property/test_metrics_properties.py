"""Whatever is recorded, the metrics hold for every world that the dates allow."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.support.dated_worlds import recorded, within, world
from tests.support.history_strategies import histories
from tests.support.lengths import examples

from answerable.domain.event import Event
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
MOMENT = datetime(2026, 1, 20, 23, 59, 59, 999999, tzinfo=UTC)

few = settings(max_examples=examples(20))
told = histories(kinds=KINDS, min_events=3, max_events=14, all_named=True)


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
