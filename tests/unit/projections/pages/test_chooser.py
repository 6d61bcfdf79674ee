"""Choose on the timeline of a page: kinds, parties, what is late, both orders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.support.builders import Memory

from answerable.projections.facts.record_view import RecordView
from answerable.projections.pages.chooser import Chooser, chooser
from answerable.projections.timeline.order import in_order
from answerable.projections.timeline.timeline import timeline_of

NAMES = {"person-1": "Zoë", "person-2": "amir"}


def made(log: Memory) -> Chooser:
    """Work out what can be chosen on the timeline of a case."""
    view = RecordView(log).case("acme")
    return chooser(view, timeline_of(view), lambda party: NAMES.get(party, party))


def test_kinds_and_parties_are_told_once_by_alphabet_and_by_number() -> None:
    log = Memory()
    log.add("acme", kind="case-opened", title="Acme")
    for party in ("person-1", "person-2", "person-1"):
        log.add(
            "acme",
            kind="finding-made",
            subject=party,
            outcome="substantiated",
            responsibility="direct",
        )
    found = made(log)
    assert found.kinds == ("case opened", "finding made")
    assert found.parties == ("amir", "Zoë")
    told = [(found.kinds[each.kind], *(found.parties[at] for at in each.parties)) for each in
            found.events]  # fmt: skip
    assert told == [
        ("case opened",),
        ("finding made", "Zoë"),
        ("finding made", "amir"),
        ("finding made", "Zoë"),
    ]


def test_places_are_those_of_the_order_in_which_it_happened() -> None:
    log = Memory()
    for day in ("2026-03-03", None, "2026-03-01", "2026-03-02"):
        log.add("acme", kind="backlash-observed", occurred=day)
    found = made(log)
    view = RecordView(log).case("acme")
    happened = [each.position for each in in_order(view).entries]
    assert [each.position for each in sorted(found.events, key=lambda each: each.place)] == happened
    assert happened != [each.position for each in found.events]


def test_late_is_what_was_recorded_a_month_later_and_corrected_what_was_changed() -> None:
    log = Memory()
    today = datetime(2026, 6, 1, tzinfo=UTC)
    for days in (29, 30):
        day = f"{(today - timedelta(days=days)).date()}"
        log.add("acme", kind="backlash-observed", occurred=day, recorded_at=today.isoformat())
    first, second = (each.event_id for each in log.events())
    log.add("acme", kind="correction", target=first, fields={"standing": "alleged"})
    log.add("acme", kind="retraction", target=second, recorded_at=today.isoformat())
    found = made(log)
    assert [each.late for each in found.events[:2]] == [False, True]
    assert [each.corrected for each in found.events[:2]] == [True, True]
