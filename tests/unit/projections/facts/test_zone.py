"""The zone of a case, as it tells it, and what its days are then."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.domain.zone.day_end import DayEnd
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import initial
from answerable.projections.facts.record_view import RecordView
from answerable.projections.timeline.timeline import timeline_of

OPENED = {"as": "o", "kind": "case-opened", "title": "t"}
ASKED = Zone("America/New_York", "asker")
FIFTH = DayEnd("2026-01-05", datetime(2026, 1, 5, 23, 59, 59, 999999))  # noqa: DTZ001


def zone_of(*steps: dict[str, Any]) -> Zone:
    return case(*steps).facts().zone


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, UNTOLD),
        ({"zone": "Asia/Shanghai"}, Zone("Asia/Shanghai", "case")),
        ({"jurisdiction": "de"}, Zone("Europe/Berlin", "jurisdiction")),
        ({"jurisdiction": "us"}, UNTOLD),
        ({"jurisdiction": "us", "zone": "America/Denver"}, Zone("America/Denver", "case")),
        ({"jurisdiction": "de", "zone": "Asia/Tokyo"}, Zone("Asia/Tokyo", "case")),
    ],
)
def test_the_opening_of_a_case_tells_its_zone(told: dict[str, str], expected: Zone) -> None:
    assert zone_of({**OPENED, **told}) == expected


def test_a_correction_of_the_opening_tells_another_zone_and_its_retraction_none() -> None:
    opened = {**OPENED, "zone": "Asia/Tokyo"}
    corrected = {"as": "x", "kind": "correction", "target": "@o", "reason": "r"}
    amended = (opened, {**corrected, "fields": {"zone": "Europe/Paris"}})
    assert zone_of(*amended) == Zone("Europe/Paris", "case")
    retracted = {"kind": "retraction", "target": "@x", "reason": "r"}
    assert zone_of(*amended, retracted) == zone_of(opened)


def test_who_asks_tells_the_zone_of_a_case_that_tells_none() -> None:
    log = Memory(ASKED)
    log.add("a", kind="case-opened", title="t", zone="Asia/Tokyo")
    log.add("b", kind="case-opened", title="t", jurisdiction="cn")
    record = RecordView(log, FIFTH)
    views = {view.case_id: view for view in record.each_case()}
    for view in (*views.values(), record.case("a"), record.case("b")):
        assert view.zone == record.zone_of(view.case_id)
        assert view.as_of is not None
    assert views["a"].zone == Zone("Asia/Tokyo", "case")
    assert views["b"].zone == ASKED
    assert views["a"].as_of == datetime(2026, 1, 5, 14, 59, 59, 999999, tzinfo=UTC)
    assert views["b"].as_of == datetime(2026, 1, 6, 4, 59, 59, 999999, tzinfo=UTC)
    assert not RecordView(log).present, "views that are kept know no zone of who asks"


@pytest.mark.parametrize("name", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_what_is_due_on_a_day_is_not_overdue_on_that_day_at_either_date_line(name: str) -> None:
    due = {
        "kind": "commitment-made",
        "by": "p-1",
        "promise": "t",
        "due": "2026-01-05",
        "occurred": "2026-01-01",
    }
    facts = case({**OPENED, "zone": name}, due).facts()
    sixth = DayEnd("2026-01-06", datetime(2026, 1, 6, 23, 59, 59, 999999))  # noqa: DTZ001
    for asked, overdue in ((FIFTH, "no"), (sixth, "yes")):
        owed = obligations_of(CaseView(facts, asked))
        assert [each.overdue for each in owed if each.party == "p-1"] == [overdue]


def test_what_was_recorded_at_half_past_eleven_is_asked_about_in_another_zone() -> None:
    """23:30 on 5 January in Berlin is the 6th in Kiritimati, and the 5th in Pago Pago."""
    step = {"kind": "contact-made", "counterparty": "p-1", "occurred": "2026-01-05T23:30:00+01:00"}
    for name, day in (("Pacific/Kiritimati", 6), ("Pacific/Pago_Pago", 5), ("Europe/Berlin", 5)):
        facts = case({**OPENED, "zone": name, "occurred": "2026-01-01"}, step).facts()
        said = facts.facts[list(facts.facts)[-1]]
        for asked in (4, 5, 6, 7):
            end = datetime(2026, 1, asked, 23, 59, 59, 999999)  # noqa: DTZ001
            view = CaseView(facts, DayEnd(f"2026-01-0{asked}", end))
            assert view.when(said) == ("yes" if asked >= day else "no"), (name, asked)


def test_the_days_until_something_was_recorded_are_those_of_the_case() -> None:
    """Recorded at 23:30 UTC on the 5th: in Tokyo that is the 6th."""
    log = Memory()
    log.add("c", kind="case-opened", title="t", zone="Asia/Tokyo", occurred="2026-01-06")
    log.add(
        "c",
        kind="case-closed",
        disposition="other",
        occurred="2026-01-05",
        recorded_at="2026-01-05T23:30:00.000000Z",
    )
    (_, closed) = timeline_of(CaseView(log.facts()))
    assert closed.lag == (1, 1)


def test_a_zone_corrected_within_the_day_asked_about_is_the_one_that_day_is_cut_by() -> None:
    """What is recorded when the day has ended everywhere changes nothing; what is before, does."""
    log = Memory()
    at = {"recorded_at": "2026-01-05T01:00:00.000000Z"}
    log.add("c", **{**OPENED, "zone": "Pacific/Kiritimati"}, **at)
    later = {"kind": "contact-made", "counterparty": "p-1"}
    log.add("c", recorded_at="2026-01-05T20:00:00.000000Z", **later)
    corrected = {"kind": "correction", "target": "@o", "reason": "r"}
    zone = {"fields": {"zone": "Pacific/Pago_Pago"}}
    first = RecordView(log, known_by=FIFTH).case("c")
    assert (first.zone.name, len(first.facts)) == ("Pacific/Kiritimati", 1)
    log.add("c", recorded_at="2026-01-06T12:00:00.000000Z", **corrected, **zone)
    view = RecordView(log, known_by=FIFTH).case("c")
    assert (view.zone.name, len(view.facts)) == ("Pacific/Pago_Pago", 2)
    log.add("c", recorded_at="2026-01-08T00:00:00.000000Z", **corrected, fields={"zone": "UTC"})
    assert RecordView(log, known_by=FIFTH).case("c").zone == view.zone


def test_a_fold_of_one_step_after_another_keeps_the_zone_it_began_with() -> None:
    assert initial("c", ASKED).zone == CaseView(initial("c", ASKED), FIFTH).zone == ASKED
