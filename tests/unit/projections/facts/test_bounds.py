"""Dates bounded by links, by the case and by announcements; and which bound was used."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.domain.dates import Margins
from answerable.projections.facts.case_view import CaseView

SIGNAL: dict[str, Any] = {"as": "signal", "kind": "backlash-observed", "occurred": "2026-01-05"}
FINDING: dict[str, Any] = {
    "as": "finding",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
}
SANCTION: dict[str, Any] = {
    "as": "sanction",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
}


def on(day: int, month: int = 1) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, 999999, tzinfo=UTC)


def days(log: Memory, name: str, **looked: Any) -> tuple[str | None, str | None]:
    view = CaseView(log.facts(), **looked)
    span = view.span(view.facts[log.ids[name]])
    ends = (None, None) if span is None else (span.first_day, span.last_day)
    first, last = (None if day is None else f"{day}" for day in ends)
    return first, last


def told(log: Memory, name: str) -> list[str]:
    view = CaseView(log.facts())
    return [
        f"{each.limit} {each.day} #{each.position} {each.reason}{'' if each.holds else ', unused'}"
        for each in view.bounds.told(view.facts[log.ids[name]])
    ]


def test_what_rests_on_something_is_not_before_it_however_far_that_is() -> None:
    log = case(
        SIGNAL,
        {**FINDING, "basis": ["@signal"]},
        {**SANCTION, "basis": ["@finding"], "occurred": "../2026-01-20"},
    )
    assert days(log, "sanction") == ("2026-01-05", "2026-01-20")
    assert told(log, "sanction") == ["not before 2026-01-05 #0 basis"]
    assert days(log, "finding") == ("2026-01-05", "2026-01-20")
    assert told(log, "finding") == [
        "not before 2026-01-05 #0 basis",
        "not after 2026-01-20 #2 resting",
    ]
    assert told(log, "signal") == []


def test_what_answers_something_is_linked_to_it_too() -> None:
    log = case(
        {"as": "charge", "kind": "allegation-made", "subject": "p-1", "conduct": "theft"},
        {**FINDING, "allegation": "@charge", "occurred": "2026-01-10"},
    )
    assert days(log, "charge") == (None, "2026-01-10")
    view = CaseView(log.facts(), on(9))
    finding, charge = (view.facts[log.ids[name]] for name in ("finding", "charge"))
    assert (view.when(charge), view.precedes(charge, finding)) == ("unknown", "yes")
    assert CaseView(log.facts(), on(10)).when(charge) == "yes"


@pytest.mark.parametrize(
    ("as_of", "expected"), [(on(4), "no"), (on(5), "unknown"), (on(20), "yes")]
)
def test_an_answer_as_of_a_moment_uses_the_bounds(as_of: datetime, expected: str) -> None:
    log = case(SIGNAL, {**FINDING, "basis": ["@signal"], "occurred": "../2026-01-20"})
    view = CaseView(log.facts(), as_of)
    assert view.when(view.facts[log.ids["finding"]]) == expected
    assert bool(list(view.standing("finding-made"))) == (expected != "no")


def test_nothing_in_a_case_is_before_the_earliest_that_its_opening_gives() -> None:
    log = case(
        {"kind": "case-opened", "title": "t", "earliest": "2026-01"},
        {**FINDING, "occurred": "../2026-01-20"},
        {**SIGNAL, "occurred": "2025-12-31"},
    )
    assert days(log, "finding") == ("2026-01-01", "2026-01-20")
    assert told(log, "finding") == ["not before 2026-01-01 #0 case"]
    assert days(log, "signal") == ("2025-12-31", "2025-12-31")
    assert told(log, "signal") == ["not before 2026-01-01 #0 case, unused"]


def test_what_was_announced_had_happened_by_then() -> None:
    log = case({**SANCTION, "announced": "2026-01-06"})
    assert days(log, "sanction") == (None, "2026-01-06")
    assert told(log, "sanction") == ["not after 2026-01-06 #0 announcement"]
    late = case({**SANCTION, "announced": "2026-01-06", "occurred": "2026-01-07/2026-01-09"})
    assert days(late, "sanction") == ("2026-01-07", "2026-01-09")
    assert told(late, "sanction") == ["not after 2026-01-06 #0 announcement, unused"]


def test_a_link_that_the_dates_contradict_bounds_nothing() -> None:
    log = case(
        {**SIGNAL, "occurred": "2026-01-10"},
        {**FINDING, "basis": ["@signal"]},
        {**SANCTION, "basis": ["@finding"], "occurred": "2026-01-05"},
    )
    assert days(log, "finding") == (None, None)
    assert told(log, "finding") == [
        "not before 2026-01-10 #0 basis, unused",
        "not after 2026-01-05 #2 resting, unused",
    ]
    view = CaseView(log.facts())
    finding, sanction = (view.facts[log.ids[name]] for name in ("finding", "sanction"))
    assert view.precedes(finding, sanction) == "unknown"


@pytest.mark.parametrize("alleged", ["signal", "finding"])
def test_what_is_only_alleged_bounds_nothing_and_no_link_bounds_it(alleged: str) -> None:
    events = [SIGNAL, {**FINDING, "basis": ["@signal"]}]
    log = case(
        *({**each, "standing": "alleged"} if each["as"] == alleged else each for each in events)
    )
    assert days(log, "finding") == (None, None)


def test_what_was_retracted_bounds_nothing() -> None:
    log = case(
        SIGNAL, {**FINDING, "basis": ["@signal"]}, {"kind": "retraction", "target": "@signal"}
    )
    assert days(log, "finding") == (None, None)


def test_a_day_of_a_zone_bounds_a_moment_of_none_by_a_day_less() -> None:
    log = case(
        {**SIGNAL, "occurred": "2026-01-05T20:00:00-05:00"}, {**FINDING, "basis": ["@signal"]}
    )
    assert days(log, "finding") == ("2026-01-05", None)
    unzoned = case(
        {**SIGNAL, "occurred": "2026-01-05T20:00:00-05:00"},
        {**FINDING, "basis": ["@signal"], "occurred": "../2026-01-20"},
    )
    assert days(unzoned, "finding") == ("2026-01-04", "2026-01-20")


def test_a_margin_does_not_reach_beyond_the_recording() -> None:
    log = Memory()
    log.add(**{**SIGNAL, "occurred": "2026-01-31~"}, recorded_at="2026-02-01T10:00:00.000000Z")
    log.add(**{**FINDING, "occurred": "2026-03~"}, recorded_at="2026-02-01T11:00:00.000000Z")
    view = CaseView(log.facts(), on(1, 2))
    signal, planned = view.facts.values()
    assert view.when(signal) == "yes"
    assert view.when(planned) == "unknown"
    assert CaseView(log.facts(), on(31, 3)).when(planned) == "unknown"
    before = datetime(2026, 2, 1, 9, tzinfo=UTC)
    assert CaseView(log.facts(), before).when(signal) == "unknown"


def test_what_lasts_happened_when_it_began_and_anything_else_on_some_day_within() -> None:
    weeks = "2026-01-05/2026-01-19"
    ran = case({**SIGNAL, "occurred": weeks}, {**FINDING, "basis": ["@signal"]})
    assert days(ran, "signal") == ("2026-01-05", "2026-01-05")
    view = CaseView(ran.facts(), on(5))
    assert view.when(view.facts[ran.ids["signal"]]) == "yes"
    found = case({**FINDING, "occurred": weeks})
    assert days(found, "finding") == ("2026-01-05", "2026-01-19")
    view = CaseView(found.facts(), on(5))
    assert view.when(view.facts[found.ids["finding"]]) == "unknown"


@pytest.mark.parametrize("open_", ["../2026-01-19", "2026-01-05/..", "/2026-01-19"])
def test_of_what_lasts_an_open_interval_tells_one_limit(open_: str) -> None:
    log = case({**SIGNAL, "occurred": open_})
    assert None in days(log, "signal")


def test_links_that_lead_in_a_circle_are_one_moment() -> None:
    log = case(
        {**FINDING, "as": "one", "occurred": "2026-01-05/2026-01-10"},
        {**FINDING, "as": "other", "basis": ["@one"], "occurred": "../2026-01-08"},
        {"kind": "correction", "target": "@one", "fields": {"basis": ["@other"]}},
    )
    assert days(log, "one") == days(log, "other") == ("2026-01-05", "2026-01-08")


def test_the_margins_are_those_of_the_view() -> None:
    log = case({**SIGNAL, "occurred": "2026-01-05~"}, {**FINDING, "basis": ["@signal"]})
    assert days(log, "finding") == ("2026-01-04", None)
    wide = Margins(day=timedelta(days=3))
    assert days(log, "finding", margins=wide) == ("2026-01-02", None)
    view = CaseView(log.facts(), on(7), margins=wide)
    assert view.when(view.facts[log.ids["signal"]]) == "unknown"
