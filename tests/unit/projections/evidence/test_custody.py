"""The chain of custody of an exhibit, and the check of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.policies import generic

from answerable.projections.conformance.judgement import Verdict
from answerable.projections.evidence.custody import (
    Custody,
    CustodyStep,
    chain,
    custody,
    giver,
    with_next,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView

EXHIBIT: dict[str, Any] = {
    "as": "e",
    "kind": "evidence-registered",
    "digest": f"sha256:{'0' * 64}",
    "collected_by": "a",
    "occurred": "2026-01-01",
}


def passed(from_: str | None, to: str, occurred: str | None = None, **more: Any) -> dict[str, Any]:
    told = {"from": from_, "occurred": occurred}
    return {
        "kind": "custody-transferred",
        "evidence": "@e",
        "to": to,
        **{name: value for name, value in told.items() if value is not None},
        **more,
    }


def kept(log: Memory, as_of: datetime | None = None) -> Custody:
    facts = log.facts()
    return custody(CaseView(facts, as_of), facts.facts[log.ids["e"]])


def gaps(log: Memory, as_of: datetime | None = None) -> list[tuple[str, str]]:
    return [(gap.what, gap.verdict) for gap in kept(log, as_of).gaps]


def judged(log: Memory, as_of: datetime | None = None) -> Verdict:
    return generic(RecordView(log, as_of))["custody"]


def hands(found: Custody) -> str:
    return (found.collection.to or "?") + "".join(str(link.step.to) for link in found.links)


def test_a_chain_in_which_each_has_it_from_the_one_before() -> None:
    log = case(EXHIBIT, passed("a", "b", "2026-01-02"), passed("b", "c", "2026-01-03"))
    found = kept(log)
    assert (hands(found), found.gaps, found.keeper, found.certain) == ("abc", (), "c", True)
    assert [link.after for link in found.links] == ["yes", "yes"]
    verdict = judged(log)
    assert (verdict.verdict, verdict.missing) == ("pass", ())
    assert verdict.witnesses == tuple(event.event_id for event in log.log)


def test_an_exhibit_that_never_passed() -> None:
    found = kept(case(EXHIBIT))
    assert (found.keeper, found.certain, found.gaps, found.links) == ("a", True, (), ())


def test_who_collected_it_and_when_is_asked_for() -> None:
    bare = {name: EXHIBIT[name] for name in ("as", "kind", "digest")}
    log = case(bare)
    assert gaps(log) == [("collector", "indeterminate"), ("collected", "indeterminate")]
    assert (kept(log).keeper, kept(log).certain) == (None, True)
    verdict = judged(log)
    assert verdict.verdict == "indeterminate"
    assert verdict.missing == ("who collected #0", "when #0 was collected")


def test_from_another_than_its_keeper() -> None:
    log = case(EXHIBIT, passed("x", "b", "2026-01-02"))
    assert gaps(log) == [("hands", "fail")]
    verdict = judged(log)
    assert verdict.verdict == "fail"
    assert verdict.explanation.endswith("(#0) at #1 (from x, and a kept it).")
    assert set(verdict.witnesses) == {event.event_id for event in log.log}


def test_what_a_transfer_does_not_tell_is_a_gap_that_may_be_none() -> None:
    assert gaps(case(EXHIBIT, passed(None, "b", "2026-01-02"))) == [("from", "indeterminate")]
    assert gaps(case(EXHIBIT, passed("a", "b"))) == [("passed", "indeterminate")]


def test_before_it_was_collected() -> None:
    log = case(EXHIBIT, passed("a", "b", "2025-12-31"))
    assert gaps(log) == [("order", "fail")]
    assert kept(log).links[0].after == "no"


def test_dates_that_leave_the_order_open_are_shown_as_such() -> None:
    log = case(EXHIBIT, passed("a", "b", "2026-01-01"), passed("b", "c", "2026-01"))
    assert [link.after for link in kept(log).links] == ["unknown", "unknown"]
    assert gaps(log) == []


def test_a_transfer_that_is_recorded_late_takes_its_place() -> None:
    log = case(EXHIBIT, passed("b", "c", "2026-01-03"))
    assert gaps(log) == [("hands", "fail")]
    log.add(**passed("a", "b", "2026-01-02"))
    assert (hands(kept(log)), gaps(log)) == ("abc", [])


def test_where_dates_leave_the_order_open_the_hands_tell_it() -> None:
    log = case(EXHIBIT, passed("b", "c", "2026-01-02"), passed("a", "b", "2026-01-02"))
    assert (hands(kept(log)), gaps(log), kept(log).certain) == ("abc", [], True)


def test_hands_never_stand_against_dates() -> None:
    log = case(EXHIBIT, passed("b", "c", "2026-01-02"), passed("a", "b", "2026-01-03"))
    assert gaps(log) == [("hands", "fail"), ("hands", "fail")]


def test_where_neither_tells_the_order_a_gap_is_indeterminate() -> None:
    log = case(EXHIBIT, passed("a", "b", "2026-01-02"), passed("a", "c", "2026-01-02"))
    assert gaps(log) == [("hands", "indeterminate")]
    assert not kept(log).certain
    assert judged(log).verdict == "indeterminate"


def test_from_someone_whom_it_never_reached_in_any_order() -> None:
    log = case(EXHIBIT, passed("x", "b", "2026-01-02"), passed("y", "c", "2026-01-02"))
    assert gaps(log) == [("hands", "fail"), ("hands", "fail")]
    assert not kept(log).certain


def test_a_keeper_before_it_may_have_been_the_collector_who_is_not_told() -> None:
    bare = {name: EXHIBIT[name] for name in ("as", "kind", "digest", "occurred")}
    log = case(bare, passed("p", "q", "2026-01-02"), passed("r", "s", "2026-01-02"))
    assert ("hands", "indeterminate") in gaps(log)
    assert not kept(log).certain


def test_what_had_not_happened_is_left_out_and_what_may_have_is_indeterminate() -> None:
    log = case(EXHIBIT, passed("a", "b", "2026-01-02"), passed("x", "c", "2026-02"))
    early, middle = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 2, 10, tzinfo=UTC)
    assert (kept(log, early).keeper, kept(log, early).certain) == ("b", True)
    assert (kept(log, middle).keeper, kept(log, middle).certain) == ("c", False)
    assert gaps(log, early) == []
    assert gaps(log, middle) == [("hands", "indeterminate")]
    assert gaps(log) == [("hands", "fail")]


def test_corrections_retractions_and_disputes_are_worked_in() -> None:
    log = case(
        EXHIBIT,
        passed("x", "b", "2026-01-02", **{"as": "t"}),
        passed("b", "c", "2026-01-03", **{"as": "u"}),
        {"kind": "correction", "target": "@t", "fields": {"from": "a"}},
    )
    assert gaps(log) == []
    log.add(kind="dispute", target="@u")
    assert kept(log).links[1].step.disputed_by
    log.add(kind="retraction", target="@u")
    assert hands(kept(log)) == "ab"
    log.add(kind="retraction", target="@e")
    assert judged(log).explanation.startswith("Nothing to judge")


@pytest.mark.parametrize(
    ("occurred", "expected"),
    [(None, "b"), ("2026-01-05", "b"), ("2026-01-02", "b"), ("2026-01-01", None), ("2025", None)],
)
def test_from_whom_the_next_transfer_passes(occurred: str | None, expected: str | None) -> None:
    assert giver(kept(case(EXHIBIT, passed("a", "b", "2026-01-02"))), occurred) == expected


def test_where_the_keeper_is_open_nobody_is_put_for_them() -> None:
    log = case(EXHIBIT, passed("a", "b", "2026-01-02"), passed("a", "c", "2026-01-02"))
    assert giver(kept(log), "2026-01-03") is None


def test_one_more_transfer_is_taken_as_recorded_last() -> None:
    log = case(EXHIBIT, passed("b", "c", "2026-01-03"), passed("a", "b", "2026-01-02"))
    found = with_next(kept(log), CustodyStep("", 3, "a", "d", "2026-01-04"), name_of=str.upper)
    assert hands(found) == "abcd"
    assert [gap.text for gap in found.gaps] == [
        "It passed from someone else than its keeper on record: from A, and C kept it"
    ]


def test_a_long_chain_is_put_in_order_quickly() -> None:
    start = CustodyStep("", 0, None, "k0", "2025")
    steps = [
        CustodyStep(
            "", n, f"k{n}", f"k{n + 1}", f"2026-01-01T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z"
        )
        for n in range(3_000)
    ]
    found = chain(start, steps)
    assert (found.keeper, found.gaps) == ("k3000", ())
