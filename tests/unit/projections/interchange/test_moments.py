"""The one time of an event whose date is a month, a day before which, or not told."""

import pytest
from tests.support.builders import Memory

from answerable.domain.zone.zone import Zone
from answerable.projections.facts.record_view import RecordView
from answerable.projections.interchange.moments import dated, time_text
from answerable.projections.interchange.process_event import events_in

RECORDED = "2026-02-01T00:00:00.000000Z"


def told(occurred: str | None, zone: str | None = None, **more: str) -> list[str | None]:
    log = Memory() if zone is None else Memory(Zone(zone, "asker"))
    fields = {} if occurred is None else {"occurred": occurred}
    log.add("c", kind="contact-made", counterparty="p-1", recorded_at=RECORDED, **fields, **more)
    view = RecordView(log).case("c")
    (fact,) = view.facts.values()
    found = dated(view, fact)
    ends = (found.at, found.not_before, found.not_after)
    return [*(None if each is None else time_text(each) for each in ends), found.precision]


@pytest.mark.parametrize(
    ("occurred", "at", "not_before", "not_after", "precision"),
    [
        ("2026-01-05T14:03:00Z", *["2026-01-05T14:03:00Z"] * 3, "instant"),
        (
            "2026-01-05",
            "2026-01-05T23:59:59.999999Z",
            "2026-01-05T00:00:00Z",
            "2026-01-05T23:59:59.999999Z",
            "day",
        ),
        (
            "../2026-01-05",
            "2026-01-05T23:59:59.999999Z",
            None,
            "2026-01-05T23:59:59.999999Z",
            "day",
        ),
        # What was recorded had happened by then.
        (
            "2026",
            "2026-02-01T00:00:00Z",
            "2026-01-01T00:00:00Z",
            "2026-12-31T23:59:59.999999Z",
            "year",
        ),
        ("2026-01-05/..", "2026-02-01T00:00:00Z", "2026-01-05T00:00:00Z", None, "day"),
        (None, "2026-02-01T00:00:00Z", None, "2026-02-01T00:00:00Z", "undated"),
        # But for what is planned.
        (
            "2026-03",
            "2026-03-01T00:00:00Z",
            "2026-03-01T00:00:00Z",
            "2026-03-31T23:59:59.999999Z",
            "month",
        ),
        # What lasts had happened once it had begun.
        (
            "2026-01-05/2026-01-20",
            "2026-01-05T23:59:59.999999Z",
            "2026-01-05T00:00:00Z",
            "2026-01-05T23:59:59.999999Z",
            "day",
        ),
    ],
)
def test_the_time_of_a_date(
    occurred: str | None, at: str, not_before: str | None, not_after: str | None, precision: str
) -> None:
    assert told(occurred) == [at, not_before, not_after, precision]


def test_a_day_is_a_day_in_the_zone_of_its_case() -> None:
    at, *_ = told("2026-01-05", "Asia/Shanghai")
    assert at == "2026-01-05T23:59:59.999999+08:00"


def test_an_offset_that_is_no_whole_minutes_is_said_in_utc() -> None:
    at, *_ = told("1890-12-31", "Asia/Shanghai")  # 8:05:43 from UTC
    assert at == "1890-12-31T15:54:16.999999Z"


def test_nothing_comes_before_what_it_rests_on() -> None:
    log = Memory()
    opened = log.add("c", kind="investigation-opened", occurred="2026-01")
    finding = log.add(
        "c",
        kind="finding-made",
        subject="p-1",
        outcome="substantiated",
        responsibility="direct",
        basis=[opened],
        occurred="2026-01-05T09:00:00Z",
    )
    events = events_in(RecordView(log).case("c"))
    assert [event.fact.event_id for event in events] == [opened, finding]
    assert [time_text(event.dated.at) for event in events] == ["2026-01-05T09:00:00Z"] * 2
