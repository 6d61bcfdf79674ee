"""The cases in short, and what had happened by a moment, event by event."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.support.builders import STARTED, case

from answerable.domain.zone.zone import UNTOLD
from answerable.projections.facts.corrected_dates import occurred
from answerable.projections.facts.time import happened
from answerable.projections.log import logged
from answerable.projections.status.cases import each_in_short

OPENED: dict[str, Any] = {"as": "o", "kind": "case-opened", "title": "A", "occurred": "2026-01-02"}
CLOSED: dict[str, Any] = {"as": "x", "kind": "case-closed", "disposition": "other"}


def at(day: int, month: int = 1) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("closed", "as_of", "state"),
    [
        ("2026-01-09", None, "closed"),
        ("2026-01-09", at(9), "closed"),
        ("2026-01-09", at(8), "open"),
        ("2026-01", at(9), "indeterminate"),
        (None, at(9), "indeterminate"),
    ],
)
def test_the_state_as_of_a_moment(closed: str | None, as_of: datetime | None, state: str) -> None:
    log = case(OPENED, {**CLOSED, "occurred": closed})
    (found,) = each_in_short(log, as_of=as_of)
    assert (found.state, found.title) == (state, "A")


def test_a_reopened_case_is_open_again() -> None:
    log = case(OPENED, CLOSED, {"kind": "case-reopened", "reason": "more came out"})
    assert [each.state for each in each_in_short(log)] == ["open"]


def test_a_case_of_which_nothing_had_happened_is_left_out() -> None:
    log = case(OPENED)
    log.add("d", kind="contact-made", counterparty="p-1", occurred="2026-02-01")
    found = list(each_in_short(log, as_of=at(5)))
    assert [(each.case_id, each.events, each.state) for each in found] == [("c", 1, "open")]
    assert [each.case_id for each in each_in_short(log, as_of=at(5, 2))] == ["c", "d"]
    assert list(each_in_short(log, as_of=at(1))) == []


def test_known_by_counts_what_was_recorded_by_then() -> None:
    log = case(OPENED, CLOSED)
    (found,) = each_in_short(log, known_by=STARTED)
    assert (found.events, found.state) == (1, "open")
    assert list(each_in_short(log, known_by=STARTED - timedelta(seconds=1))) == []


def test_a_case_that_was_never_opened() -> None:
    log = case({"kind": "contact-made", "counterparty": "p-1"})
    assert [(each.state, each.title) for each in each_in_short(log)] == [("not opened", None)]


def test_a_date_counts_as_corrected_unless_the_correction_was_retracted() -> None:
    log = case(
        OPENED,
        {"as": "a", "kind": "correction", "target": "@o", "fields": {"occurred": "2026-01-08"}},
        {"as": "b", "kind": "correction", "target": "@o", "fields": {"occurred": None}},
    )
    first = log.log[0]
    assert occurred(log)(first) is None
    assert occurred(log, known_by=STARTED + timedelta(minutes=1))(first) == "2026-01-08"
    log.add("c", kind="retraction", target="@b")
    assert occurred(log)(first) == "2026-01-08"
    assert occurred(log, case="other")(first) == "2026-01-02"
    assert [each.events for each in each_in_short(log, as_of=at(7))] == [3], "undated corrections"


def test_without_a_moment_what_is_recorded_has_happened() -> None:
    recorded = "2026-01-02T12:00:00.000000Z"
    assert happened(None, recorded, None, UNTOLD) == "yes"
    assert happened("2026-01-01", recorded, at(1), UNTOLD) == "yes"


def test_what_is_not_dated_had_happened_when_it_was_recorded() -> None:
    recorded = "2026-01-02T12:00:00.000000Z"
    assert happened(None, recorded, at(1), UNTOLD) == "unknown"
    assert happened(None, recorded, at(2), UNTOLD) == "yes"


def test_a_case_had_not_begun_before_what_its_first_event_rests_on() -> None:
    log = case(
        {"as": "a", "kind": "backlash-observed", "occurred": "2026-01-05"},
        {"kind": "lesson-recorded", "lesson": "l", "basis": ["@a"]},
        {
            "kind": "case-opened",
            "title": "t",
            "occurred": "../2026-01-20",
            "earliest": "2026-01-05",
        },
    )
    early = datetime(2026, 1, 4, tzinfo=UTC)
    assert list(each_in_short(log, as_of=early)) == []
    assert [each.as_of for each in logged(log, log.events(), as_of=early)] == []
    (found,) = each_in_short(log, as_of=datetime(2026, 1, 6, tzinfo=UTC))
    assert (found.events, found.state) == (3, "indeterminate")
