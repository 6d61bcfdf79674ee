"""The exhibits of a case: where they are, and what rests on them."""

from datetime import UTC, datetime
from typing import Any

from tests.support.builders import Memory, case

from answerable.projections.evidence.exhibits import (
    Exhibit,
    exhibits,
    of_cases,
    parties,
    same_bytes,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView

DIGEST = f"sha256:{'0' * 64}"
EXHIBIT: dict[str, Any] = {
    "as": "e",
    "kind": "evidence-registered",
    "digest": DIGEST,
    "size": 3,
    "media_type": "text/plain",
    "collected_by": "a",
    "occurred": "2026-01-01",
    "location": "/srv/memo.txt",
    "description": "a memo",
}
PASSED: dict[str, Any] = {
    "as": "t",
    "kind": "custody-transferred",
    "evidence": "@e",
    "from": "a",
    "to": "b",
    "occurred": "2026-01-03",
    "location": "/mnt/memo.txt",
}
FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "basis": ["@e"],
    "occurred": "2026-01-05",
}


def only(log: Memory, as_of: datetime | None = None) -> Exhibit:
    (found,) = exhibits(log, CaseView(log.facts(), as_of))
    return found


def place(log: Memory) -> tuple[str, str | None]:
    text = only(log).place.text
    return text.state, text.value


def test_what_is_on_record_of_an_exhibit() -> None:
    log = case(EXHIBIT, PASSED, FINDING)
    found = only(log)
    assert (found.digest, found.size, found.media_type) == (DIGEST, 3, "text/plain")
    assert (found.custody.keeper, found.description.value) == ("b", "a memo")
    assert [each.event_id for each in found.findings] == [log.ids["f"]]
    assert parties(log.facts()) == {"a", "b", "p-1"}


def test_where_it_is_kept_is_told_by_the_last_that_tells() -> None:
    log = case(EXHIBIT)
    assert place(log) == ("told", "/srv/memo.txt")
    log.add(**PASSED)
    assert place(log) == ("told", "/mnt/memo.txt")
    log.add(kind="custody-transferred", evidence="@e", to="c", occurred="2026-01-04")
    assert place(log) == ("told", "/mnt/memo.txt")
    assert only(log).place.told_by == log.ids["t"]
    log.add(kind="retraction", target="@t")
    assert place(log) == ("told", "/srv/memo.txt")


def test_a_late_entry_does_not_tell_where_it_is_now() -> None:
    log = case(EXHIBIT, PASSED, {**PASSED, "as": "u", "occurred": "2026-01-02", "location": "/old"})
    assert place(log) == ("told", "/mnt/memo.txt")


def test_a_place_is_read_as_corrected() -> None:
    log = case(EXHIBIT, PASSED)
    log.add(kind="correction", target="@t", fields={"location": "/new"})
    assert place(log) == ("told", "/new")
    log.add(kind="correction", target="@t", fields={"location": None})
    assert place(log) == ("told", "/srv/memo.txt")


def test_a_text_that_is_not_at_hand_hides_the_earlier_ones() -> None:
    log = case(EXHIBIT, PASSED)
    log.withhold(log.ids["t"], "location")
    assert place(log) == ("withheld", None)
    log = case(EXHIBIT, PASSED)
    log.erase(log.ids["t"], "location")
    assert place(log) == ("erased", None)
    log = case({name: EXHIBIT[name] for name in ("as", "kind", "digest")})
    assert place(log) == ("not told", None)


def test_a_retracted_one_is_listed_as_such() -> None:
    log = case(EXHIBIT, FINDING)
    log.add(kind="dispute", target="@e")
    log.add(kind="retraction", target="@e")
    found = only(log)
    assert found.retracted_by
    assert found.disputed_by
    assert found.findings == ()
    assert list(same_bytes(log.facts(), DIGEST)) == []


def test_what_had_not_happened_is_left_out() -> None:
    log = case(EXHIBIT, PASSED, FINDING)
    before = datetime(2025, 12, 31, tzinfo=UTC)
    assert list(exhibits(log, CaseView(log.facts(), before))) == []
    found = only(log, datetime(2026, 1, 2, tzinfo=UTC))
    assert (found.custody.keeper, found.findings) == ("a", ())
    assert found.place.text.value == "/srv/memo.txt"


def test_whether_it_was_collected_by_then_may_be_open() -> None:
    log = case({**EXHIBIT, "occurred": "2026-01"})
    assert only(log, datetime(2026, 1, 15, tzinfo=UTC)).happened == "unknown"


def test_only_cases_with_exhibits_are_read() -> None:
    log = case(EXHIBIT)
    log.add(case_id="other", kind="contact-made", counterparty="p-1")
    assert [view.case_id for view in of_cases(RecordView(log))] == ["c"]
    assert [view.case_id for view in of_cases(RecordView(log), "other")] == ["other"]
    assert list(of_cases(RecordView(log, known_by=datetime(2026, 1, 1, tzinfo=UTC)))) == []
