"""The timeline: both times, lag, corrections, gaps."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import case

from answerable.domain.dates import Days
from answerable.projections.facts.case_view import CaseView
from answerable.projections.timeline.durations import durations
from answerable.projections.timeline.order import in_order
from answerable.projections.timeline.timeline import DateGap, Entry, Reading, date_gaps, timeline_of

CONTACT: dict[str, Any] = {"as": "c", "kind": "contact-made", "counterparty": "p-1"}


def only(*steps: dict[str, Any]) -> Entry:
    return timeline_of(CaseView(case(*steps).facts()))[0]


@pytest.mark.parametrize(
    ("occurred", "lag", "precision"),
    [
        ("2026-01-30", Days(2, 2), "day"),
        ("../2026-01-30", Days(2, None), "day"),
        ("2026-01", Days(1, 31), "month"),
        ("2026-01-30/..", Days(None, 2), "day"),
        (None, None, None),
    ],
)
def test_how_late_it_was_recorded(
    occurred: str | None, lag: Days | None, precision: str | None
) -> None:
    entry = only({**CONTACT, "occurred": occurred})
    assert (entry.lag, entry.precision) == (lag, precision)


def test_a_correction_stands_beside_the_first_reading() -> None:
    entry = only(
        CONTACT,
        {
            "kind": "correction",
            "target": "@c",
            "fields": {"counterparty": "p-2", "stage": "contact"},
        },
    )
    assert set(entry.readings) == {
        Reading("counterparty", "p-1", "p-2"),
        Reading("stage", None, "contact"),
    }
    assert "p-1" in entry.gist
    assert entry.now is not None
    assert "p-2" in entry.now
    assert len(entry.corrected_by) == 1


def test_what_was_retracted_is_struck_and_stays() -> None:
    log = case(CONTACT, {"as": "r", "kind": "retraction", "target": "@c"})
    first, second = timeline_of(CaseView(log.facts()))
    assert first.struck
    assert first.retracted_by == log.ids["r"]
    assert not second.struck


def test_parties_are_called_as_the_caller_says() -> None:
    entry = timeline_of(CaseView(case(CONTACT).facts(), name_of=str.upper))[0]
    assert "P-1" in entry.gist


def test_as_of_leaves_out_what_had_not_happened() -> None:
    log = case({**CONTACT, "occurred": "2026-01-05"}, {**CONTACT, "occurred": "2026"})
    entries = timeline_of(CaseView(log.facts(), datetime(2026, 1, 4, tzinfo=UTC)))
    assert [(each.position, each.as_of) for each in entries] == [(1, "unknown")]


def test_by_occurred_never_puts_a_thing_before_what_precedes_it() -> None:
    told = [None, "2026-01-07", "2026-01-05/..", "../2026-01-05", "2026-01-05T09:00:00Z", "2026-01"]
    log = case(*({**CONTACT, "occurred": occurred} for occurred in told))
    ordered = [each.occurred for each in in_order(CaseView(log.facts())).entries]
    assert ordered == [
        None,
        "2026-01-05T09:00:00Z",
        "../2026-01-05",
        "2026-01-07",
        "2026-01",
        "2026-01-05/..",
    ]


SAID: dict[str, Any] = {"as": "said", "kind": "statement-published", "acts": ["announce"]}
RESTING: dict[str, Any] = {"as": "upon", "kind": "decision-taken", "outcome": "other"}


@pytest.mark.parametrize(
    ("said", "upon", "order"),
    [
        ({"occurred": "2026-01-05"}, {"occurred": "2026-01-05T09:00:00Z"}, ["said", "upon"]),
        ({"occurred": "2026-01"}, {"occurred": "2026-01-05"}, ["said", "upon"]),
        ({"occurred": "2026-01-05/.."}, {"occurred": "2026-01-07"}, ["said", "upon"]),
        ({"occurred": "2026-01-06"}, {"occurred": "2026-01-05"}, ["upon", "said"]),
        (
            {"occurred": "2026-01", "standing": "alleged"},
            {"occurred": "2026-01-05"},
            ["upon", "said"],
        ),
        (
            {"occurred": "2026-01"},
            {"occurred": "2026-01-05", "standing": "alleged"},
            ["upon", "said"],
        ),
    ],
)
def test_what_rests_on_something_stands_after_it_unless_the_dates_contradict(
    said: dict[str, Any], upon: dict[str, Any], order: list[str]
) -> None:
    log = case({**SAID, **said}, {**RESTING, **upon, "basis": ["@said"]})
    named = {event_id: name for name, event_id in log.ids.items()}
    assert [named[each.event_id] for each in in_order(CaseView(log.facts())).entries] == order


def test_a_chain_of_one_day_stands_in_the_order_of_its_links() -> None:
    day = {"occurred": "2026-01-05"}
    log = case(
        {**SAID, **day},
        {**RESTING, **day, "basis": ["@said"]},
        {"as": "fine", "kind": "sanction-imposed", "subject": "p-1", "measure": "fine", **day,
         "basis": ["@upon"]},
        {"as": "done", "kind": "sanction-executed", "sanction": "@fine",
         "occurred": "2026-01-05T23:30:00Z"},
    )  # fmt: skip
    named = {event_id: name for name, event_id in log.ids.items()}
    ordered = in_order(CaseView(log.facts())).entries
    assert [named[each.event_id] for each in ordered] == ["said", "upon", "fine", "done"]


def test_what_has_no_date_stands_where_its_links_or_its_recording_put_it() -> None:
    log = case(
        {"as": "first", "kind": "case-opened", "title": "x"},
        {"as": "late", "kind": "contact-made", "counterparty": "k-1", "occurred": "2026-03-01"},
        {"as": "finding", "kind": "finding-made", "subject": "p-1", "occurred": "2026-01-05",
         "outcome": "substantiated", "responsibility": "direct"},
        {"as": "behind", "kind": "subject-heard", "subject": "p-1"},
        {"as": "carried", "kind": "evidence-registered", "digest": f"sha256:{0:064x}"},
        {"as": "fine", "kind": "sanction-imposed", "subject": "p-1", "measure": "fine",
         "basis": ["@finding"]},
        {"as": "done", "kind": "sanction-executed", "sanction": "@fine"},
        {"as": "report", "kind": "statement-published", "acts": ["deny"], "occurred": "2026-02-01",
         "basis": ["@carried"]},
    )  # fmt: skip
    ordered = in_order(CaseView(log.facts()))
    named = {event_id: name for name, event_id in log.ids.items()}
    assert [named[each.event_id] for each in ordered.entries] == [
        "first", "finding", "behind", "fine", "done", "carried", "report", "late",
    ]  # fmt: skip
    assert {named[each]: why for each, why in ordered.placed.items()} == {
        "first": "recorded",
        "behind": "recorded",
        "carried": "rested on",
        "fine": "rests on",
        "done": "rests on",
    }


def test_not_all_were_executed_where_one_never_was() -> None:
    day = {"occurred": "2026-01-05"}
    log = case(
        *({"as": name, "kind": "sanction-imposed", "subject": "p-1", "measure": "fine", **day}
          for name in ("one", "other")),
        {"kind": "sanction-executed", "sanction": "@one", "occurred": "2026-01-07"},
    )  # fmt: skip
    log.add(kind="sanction-not-executed", sanction="@other", cause="died", occurred="2026-01-08")
    assert not any(each.to_events for each in durations(CaseView(log.facts()))
                   if each.name.endswith("all sanctions executed"))  # fmt: skip


def test_gaps_are_the_dates_that_are_missing_or_open() -> None:
    log = case(
        CONTACT,
        {**CONTACT, "occurred": "../2026-01-05"},
        {**CONTACT, "occurred": "2026-01-05/.."},
        {**CONTACT, "occurred": "2026"},
        {"kind": "party-registered", "party": "p-1", "type": "person"},
        {"as": "gone", **CONTACT},
        {"kind": "retraction", "target": "@c"},
    )
    found = date_gaps(CaseView(log.facts()))
    assert [(gap.position, gap.told) for gap in found] == [
        (0, "nothing"),
        (1, "only the latest"),
        (2, "only the earliest"),
    ]
    assert isinstance(found[0], DateGap)


def test_what_acts_upon_another_event_names_it() -> None:
    log = case(
        {"as": "s", "kind": "sanction-imposed", "subject": "p-1", "measure": "fine"},
        {"as": "a", "kind": "appeal-lodged", "against": "@s"},
        {"kind": "appeal-decided", "appeal": "@a", "outcome": "dismissed"},
        {"kind": "dispute", "target": "@s"},
        {"kind": "contact-made", "counterparty": "k-1"},
    )
    upon = [entry.upon for entry in timeline_of(CaseView(log.facts()))]
    assert upon == [None, log.ids["s"], log.ids["a"], log.ids["s"], None]
