"""What a decision could have rested on, class by class, and what came on record only later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.projections.replay.decision_moment import Material
from answerable.projections.replay.hindsight import DecisionContext
from answerable.projections.replay.replay import replay_case
from answerable.projections.replay.telling.decision import borne, hindsight

DIGEST = "sha256:" + "0" * 64
DECIDED = {"as": "d", "kind": "decision-taken", "outcome": "sanction", "occurred": "2026-01-10"}


def evidence(name: str, recorded: str, occurred: str | None = None, **more: Any) -> dict[str, Any]:
    """An exhibit, recorded on a day of January."""
    fields: dict[str, Any] = {"as": name, "kind": "evidence-registered", "digest": DIGEST, **more}
    if occurred is not None:
        fields["occurred"] = occurred
    return {**fields, "recorded_at": at(recorded)}


def at(day: str) -> str:
    return f"2026-01-{day}T12:00:00.000000Z"


def decided(recorded: str = "11", **more: Any) -> dict[str, Any]:
    return {**DECIDED, **more, "recorded_at": at(recorded)}


def upon(kind: str, target: str, recorded: str, **more: Any) -> dict[str, Any]:
    field = {"appeal-lodged": "against", "appeal-decided": "appeal"}.get(kind, "target")
    return {"as": kind, "kind": kind, field: f"@{target}", **more, "recorded_at": at(recorded)}


def argued(log: Memory, name: str = "d", **options: Any) -> DecisionContext:
    """The argument of an event of a record, by its name."""
    steps = {step.event.event_id: step for step in replay_case(log, "c", **options)}
    found = steps[log.ids[name]].argument
    assert found is not None
    return found


def labels(log: Memory, materials: tuple[Material, ...]) -> list[str]:
    names = {event_id: name for name, event_id in log.ids.items()}
    return [names[each.stood.event_id] for each in materials]


def test_what_it_names_and_what_it_does_not() -> None:
    log = case(
        evidence("named", "05", "2026-01-04"),
        evidence("unnamed", "05", "2026-01-04"),
        decided(basis=["@named"]),
    )
    found = argued(log)

    assert labels(log, found.named) == ["named"]
    assert labels(log, found.not_named) == ["unnamed"]
    assert [(each.happened, each.on_record) for each in found.named] == [("yes", "yes")]
    assert not found.after_the_fact
    assert (found.hindsight, found.indeterminate, found.since) == ((), (), ())


def test_what_is_named_in_turn_lies_behind() -> None:
    log = case(
        evidence("e", "05", "2026-01-04"),
        {"as": "f", "kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
         "responsibility": "direct", "basis": ["@e"], "recorded_at": at("06")},
        decided(basis=["@f"]),
    )  # fmt: skip
    found = argued(log)

    assert (labels(log, found.named), labels(log, found.behind)) == (["f"], ["e"])
    assert found.not_named == ()


def test_the_authority_and_the_target_are_named_too() -> None:
    log = case(
        {"as": "a", "kind": "authority-granted", "party": "board", "recorded_at": at("01")},
        decided(authority="@a"),
        upon("appeal-lodged", "d", "12"),
        upon("appeal-decided", "appeal-lodged", "13", outcome="dismissed"),
    )

    assert labels(log, argued(log).named) == ["a"]
    appeal = argued(log, "appeal-decided")
    assert labels(log, appeal.named) == ["appeal-lodged"]
    assert labels(log, appeal.behind) == ["d", "a"]


def test_procedure_and_the_house_bear_nothing_unless_they_are_named() -> None:
    log = case(
        {"kind": "case-opened", "title": "A case", "recorded_at": at("01")},
        {"kind": "investigation-opened", "recorded_at": at("01")},
        {"kind": "party-registered", "party": "p-1", "type": "person", "recorded_at": at("01")},
        {"kind": "sanction-imposed", "subject": "p-2", "measure": "fine", "recorded_at": at("01")},
        decided(),
    )
    assert argued(log).not_named == ()


def test_what_happened_before_and_was_recorded_later_is_hindsight() -> None:
    log = case(
        evidence("before", "05", "2026-01-04"), decided(), evidence("late", "20", "2026-01-09")
    )
    found = argued(log)

    assert labels(log, found.hindsight) == ["late"]
    assert [each.on_record for each in found.hindsight] == ["no"]
    assert list(hindsight(found)) == [
        "⟲ hindsight: had happened before, recorded only later: #2 evidence"
    ]


@pytest.mark.parametrize("occurred", [None, "2026-01", "../2026-01-15", "2026-01-10"])
def test_where_the_dates_do_not_tell_it_is_indeterminate(occurred: str | None) -> None:
    log = case(decided(), evidence("vague", "20", occurred))
    found = argued(log)

    assert labels(log, found.indeterminate) == ["vague"]
    assert found.hindsight == ()
    assert any(line.startswith("⟲ indeterminate:") for line in hindsight(found))


def test_a_decision_whose_date_is_not_told_leaves_all_indeterminate() -> None:
    undated = {name: value for name, value in decided().items() if name != "occurred"}
    log = case(evidence("one", "05", "2026-01-04"), undated, evidence("other", "20", "2026-01-04"))
    found = argued(log)

    assert [each.happened for each in (*found.not_named, *found.indeterminate)] == ["unknown"] * 2
    assert [each.on_record for each in found.not_named] == ["unknown"]
    assert not found.after_the_fact


def test_what_happened_afterwards_is_no_hindsight() -> None:
    log = case(decided(), evidence("after", "20", "2026-01-15"))
    found = argued(log)

    assert (found.hindsight, found.indeterminate, found.afterwards) == ((), (), 1)


def test_what_rests_on_the_decision_cannot_have_come_before_it() -> None:
    log = case(
        decided(),
        upon("appeal-lodged", "d", "12"),
        upon("appeal-decided", "appeal-lodged", "13", outcome="dismissed"),
        evidence("e", "14", basis=["@appeal-decided"]),
    )
    found = argued(log)

    assert (found.indeterminate, found.afterwards) == ((), 3)


def test_what_is_on_record_but_dated_later_could_not_bear_it() -> None:
    log = case(
        evidence("e", "20", "2026-01-15"),
        evidence("named", "20", "2026-01-15"),
        decided("25", basis=["@named"]),
    )
    found = argued(log)

    assert (found.not_named, found.afterwards) == ((), 1)
    assert [each.happened for each in found.named] == ["no"]
    assert "⟲ hindsight: it names what is dated later than itself: #1 evidence" in list(
        hindsight(found)
    )


def test_what_came_on_record_between_the_decision_and_its_recording_is_marked() -> None:
    log = case(
        evidence("early", "05", "2026-01-04"),
        evidence("between", "15", "2026-01-04"),
        decided("20", basis=["@between"]),
    )
    found = argued(log)

    assert [each.on_record for each in found.named] == ["no"]
    assert [each.on_record for each in found.not_named] == ["yes"]
    (line,) = hindsight(found)
    assert line == "⟲ hindsight: on record only after it was decided: #1 evidence"


def test_on_the_day_of_the_decision_it_is_indeterminate_whether_it_was_on_record() -> None:
    log = case(evidence("e", "10", "2026-01-04"), decided("10"))

    assert [each.on_record for each in argued(log).not_named] == ["unknown"]


def test_a_case_recorded_after_the_fact_says_so_once() -> None:
    log = case(
        evidence("e", "15", "2026-01-04"),
        evidence("f", "16", "2026-01-04"),
        decided("20", basis=["@e"]),
    )
    found = argued(log)

    assert found.after_the_fact
    assert list(hindsight(found)) == [
        "⟲ hindsight: decided before anything of the case was on record"
    ]


def test_of_what_was_recorded_in_one_go_the_order_tells_nothing() -> None:
    log = case(
        evidence("above", "11", "2026-01-04"),
        decided("11"),
        evidence("below", "11", "2026-01-04"),
        evidence("after", "11", "2026-01-15"),
    )
    found = argued(log)

    assert labels(log, found.not_named) == ["above"]
    assert labels(log, found.together) == ["below"]
    assert (found.hindsight, found.afterwards) == ((), 1)
    assert list(borne(found))[-2:] == [
        "recorded below it, in one go: evidence",
        "in one go with 2 of these, so the order tells nothing",
    ]


def test_grounds_are_shown_as_they_stood_then() -> None:
    log = case(
        evidence("e", "01", "2026-01-01", media_type="text/plain"),
        upon("correction", "e", "02", fields={"media_type": "text/csv"}),
        upon("dispute", "e", "03"),
        decided(basis=["@e"]),
        upon("retraction", "e", "20"),
    )
    (then,) = argued(log).named

    assert "text/csv" in then.stood.gist
    assert then.stood.corrected_by
    assert then.stood.disputed_by
    assert then.stood.retracted_by is None
    assert [each.what for each in argued(log).since] == ["retracted"]
    assert next(borne(argued(log))) == ("names as its ground: #0 evidence (corrected, disputed)")


def test_what_was_retracted_before_is_no_ground_unless_it_was_named() -> None:
    log = case(
        evidence("e", "01", "2026-01-01"),
        evidence("f", "01", "2026-01-01", basis=["@e"]),
        upon("retraction", "f", "02"),
        decided(basis=["@f"]),
    )
    found = argued(log)

    assert [each.stood.retracted_by for each in found.named] == [log.ids["retraction"]]
    assert (labels(log, found.behind), labels(log, found.not_named)) == ([], ["e"])
    unnamed = argued(case(evidence("e", "01"), upon("retraction", "e", "02"), decided()))
    assert unnamed.not_named == ()


def test_a_late_entry_that_was_retracted_is_no_hindsight() -> None:
    log = case(decided(), evidence("e", "20", "2026-01-04"), upon("retraction", "e", "21"))

    assert argued(log).hindsight == ()


@pytest.mark.parametrize(
    ("kind", "fields", "what"),
    [
        ("correction", {"fields": {"media_type": "text/csv"}}, "corrected"),
        ("dispute", {}, "disputed"),
        ("retraction", {}, "retracted"),
    ],
)
@pytest.mark.parametrize("target", ["e", "d"])
def test_what_became_of_it_and_of_its_grounds_is_told(
    kind: str, fields: dict[str, Any], what: str, target: str
) -> None:
    if (kind, target) == ("correction", "d"):
        fields = {"fields": {"clause": "§ 4"}}
    log = case(
        evidence("e", "01", "2026-01-01"),
        {"as": "f", "kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
         "responsibility": "direct", "basis": ["@e"], "recorded_at": at("06")},
        decided(basis=["@f"]),
        upon(kind, target, "20", **fields),
    )  # fmt: skip
    (since,) = argued(log).since

    assert (since.event_id, since.what) == (log.ids[target], what)
    assert (since.by, since.at) == (log.ids[kind], 3)
    assert any(line.startswith("⟲ since then:") for line in hindsight(argued(log)))


def test_what_was_varied_on_appeal_is_told() -> None:
    log = case(
        {"as": "s", "kind": "sanction-imposed", "subject": "p-1", "measure": "dismissal",
         "recorded_at": at("06")},
        decided(basis=["@s"]),
        upon("appeal-lodged", "s", "12"),
        upon("appeal-decided", "appeal-lodged", "13", outcome="partly-allowed",
             becomes_measure="fine"),
        {**decided("20"), "as": "again", "basis": ["@s"]},
    )  # fmt: skip

    assert [(each.what, each.at) for each in argued(log).since] == [("varied", 3)]
    assert argued(log, "again").since == ()


def test_what_was_overturned_is_told() -> None:
    log = case(
        {"as": "f", "kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
         "responsibility": "direct", "recorded_at": at("06")},
        decided(basis=["@f"]),
        upon("appeal-lodged", "f", "12"),
        upon("appeal-decided", "appeal-lodged", "13", outcome="allowed"),
        {**decided("20"), "as": "again", "basis": ["@f"]},
    )  # fmt: skip

    assert [(each.what, each.at) for each in argued(log).since] == [("overturned", 3)]
    again = argued(log, "again")
    assert again.since == ()
    assert [each.stood.appeal for each in again.named] == ["allowed"]


def erased(recorded: str) -> dict[str, Any]:
    return {"kind": "personal-data-erased", "subject": "p-1", "legal_basis": "gdpr art. 17",
            "recorded_at": at(recorded)}  # fmt: skip


def test_what_was_erased_since_is_told() -> None:
    exhibit = evidence("e", "01", "2026-01-01", description="a letter")
    log = case(exhibit, decided(basis=["@e"]), erased("20"))
    log.erase(log.ids["e"], "description")
    assert [(each.what, each.at) for each in argued(log).since] == [("erased", 2)]

    recorder = case(exhibit, decided(basis=["@e"]), erased("20"))
    recorder.erase(recorder.ids["e"], "recorded_by")
    assert argued(recorder).since == ()

    earlier = case(exhibit, erased("05"), decided(basis=["@e"]))
    earlier.erase(earlier.ids["e"], "description")
    assert argued(earlier).since == ()

    both = case(exhibit, erased("05"), decided(basis=["@e"]), erased("20"))
    both.erase(both.ids["e"], "description")
    assert [(each.what, each.by) for each in argued(both).since] == [("perhaps erased", None)]


def test_a_ground_that_only_a_correction_names_is_hindsight() -> None:
    log = case(
        evidence("e", "05", "2026-01-04"),
        decided(),
        upon("correction", "d", "20", fields={"basis": ["019b8a5e-7c00-7000-8000-000000000000"]}),
    )
    found = argued(log)

    assert found.named_later == (log.ids["e"],)
    assert labels(log, found.not_named) == ["e"]
    assert "⟲ hindsight: 1 ground named only by a later correction" in list(hindsight(found))


def test_a_corrected_date_is_the_one_that_counts() -> None:
    log = case(
        decided(),
        evidence("e", "20", "2026-01-15"),
        upon("correction", "e", "21", fields={"occurred": "2026-01-04"}),
    )
    assert labels(log, argued(log).hindsight) == ["e"]

    moved = case(
        decided(),
        evidence("e", "20", "2026-01-04"),
        upon("correction", "d", "21", fields={"occurred": "2026-01-02"}),
    )
    assert argued(moved).taken == "2026-01-02"
    assert argued(moved).hindsight == ()


def test_grounds_in_other_cases_are_shown_as_they_stood_then() -> None:
    log = Memory()
    log.add("other", **evidence("e", "01", "2026-01-01"))
    log.add(**decided("11", basis=["@e"]))
    log.add("other", **upon("retraction", "e", "20"))
    found = argued(log)

    (then,) = found.named
    assert (then.stood.case_id, then.stood.retracted_by) == ("other", None)
    assert (then.happened, then.on_record) == ("yes", "yes")
    assert [(each.what, each.at) for each in found.since] == [("retracted", 2)]


def test_whether_what_lies_in_another_case_was_on_record_is_read_from_its_own_time() -> None:
    log = Memory()
    log.add(**evidence("first", "05"))
    log.add("other", **evidence("e", "15", "2026-01-01"))
    log.add(**decided("20", basis=["@e"]))
    found = argued(log)

    assert [each.on_record for each in found.named] == ["no"]
    assert [each.on_record for each in found.not_named] == ["yes"]


def test_what_a_correction_brings_into_the_time_asked_about_stands_in_its_place() -> None:
    log = case(
        evidence("moved", "05", "2026-01-09"),
        evidence("other", "05", "2026-01-04"),
        upon("correction", "moved", "06", fields={"occurred": "2026-01-03"}),
        decided(occurred="2026-01"),
    )
    found = argued(log, as_of=datetime(2026, 1, 6, tzinfo=UTC))

    assert labels(log, found.not_named) == ["moved", "other"]


def test_known_by_takes_the_hindsight_away() -> None:
    log = case(
        evidence("e", "05", "2026-01-04"),
        decided(basis=["@e"]),
        evidence("late", "20", "2026-01-04"),
        upon("retraction", "e", "21"),
    )
    found = argued(log, known_by=datetime(2026, 1, 12, tzinfo=UTC))

    assert (found.hindsight, found.since) == ((), ())


def test_until_stops_the_steps_and_not_the_hindsight() -> None:
    log = case(decided(), evidence("late", "20", "2026-01-04"))

    assert labels(log, argued(log, until=0).hindsight) == ["late"]


def test_as_of_leaves_out_what_had_not_happened() -> None:
    log = case(
        evidence("e", "05", "2026-01-04"),
        evidence("f", "05", "2026-01-08"),
        decided(basis=["@e", "@f"], occurred="2026-01-05"),  # its date contradicts one link
        evidence("late", "20", "2026-01-08"),
        evidence("vague", "20"),
    )
    found = argued(log, as_of=datetime(2026, 1, 6, tzinfo=UTC))

    assert labels(log, found.named) == ["e"]
    assert labels(log, found.indeterminate) == ["vague"]


def test_only_what_settles_something_has_an_argument() -> None:
    log = case(
        evidence("e", "05"), decided(), {"kind": "statement-published", "acts": ["announce"]}
    )

    assert [step.argument is not None for step in replay_case(log, "c")] == [False, True, False]


def test_many_are_counted_and_few_are_named() -> None:
    log = case(
        *(evidence(f"e{number}", "05", "2026-01-04") for number in range(9)),
        decided(basis=[f"@e{number}" for number in range(9)]),
    )
    assert next(borne(argued(log))) == ("names as its ground: #0, #1, #2, #3, #4 evidence, 4 more")
