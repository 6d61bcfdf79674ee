"""Whether like findings were answered alike; which were not, and why."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.support.builders import Memory, case
from tests.support.disciplinary_records import FINDING, alike, answered

from answerable.domain.terms.measure import Measure
from answerable.projections.consistency.compare import (
    Group,
    GroupFilter,
    Share,
    amount_outliers,
    compare,
    like,
    outliers,
)
from answerable.projections.consistency.gravity import GRAVITY, PLACES, STEPS
from answerable.projections.consistency.public_release import released_groups
from answerable.projections.consistency.units import Likeness, units
from answerable.projections.errors import NotFound
from answerable.projections.facts.case_view import CaseView
from answerable.projections.intervals import Range
from answerable.projections.wording.sentence import sentence

MARCH = datetime(2026, 3, 15, 23, 59, 59, 999999, tzinfo=UTC)
SUBJECT = {**FINDING, "subject": "p-1", "as": "f"}
FINE = {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine"}


def one(log: Memory, *filters: str | None, as_of: datetime | None = None) -> Group:
    (group,) = compare(log, GroupFilter(*filters), as_of=as_of)
    return group


def test_every_measure_but_other_has_a_step() -> None:
    assert set(GRAVITY) | {"other"} == set(get_args(Measure))
    assert set(STEPS) == {0, *GRAVITY.values()}


def test_the_guide_tells_each_step_and_its_source() -> None:
    page = (Path(__file__).parents[4] / "docs" / "measuring.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\d+) \| `([a-z-]+)` \| (.*) \|$", page, re.MULTILINE)
    assert told == [(str(at.step), measure, at.source) for measure, at in PLACES.items()]
    assert [at.step for at in PLACES.values()] == sorted(at.step for at in PLACES.values())


@pytest.mark.parametrize(
    "scale",
    [
        ("formal-reprimand", "censure", "expulsion"),
        ("fine", "community-service", "suspended-sentence", "imprisonment"),
        ("censure", "suspension", "demotion", "dismissal"),
        ("oral-warning", "written-warning", "demotion", "dismissal"),
        ("suspension", "licence-withdrawal"),
    ],
    ids=["US House", "courts", "United Nations", "Acas", "doctors"],
)
def test_the_order_of_each_published_scale_is_kept(scale: tuple[str, ...]) -> None:
    assert [GRAVITY[each] for each in scale] == sorted({GRAVITY[each] for each in scale})


def test_the_grade_is_told_of_a_finding() -> None:
    assert "grade: clerk" in sentence("finding-made", {**SUBJECT})


def steps(log: Memory, as_of: datetime | None = None) -> list[tuple[int, ...]]:
    return [unit.steps for unit in units(CaseView(log.facts(), as_of))]


@pytest.mark.parametrize(
    ("basis", "found"),
    [
        (["@f"], ["basis"]),
        (["@d"], ["basis"]),
        ([], ["case"]),
        (["@g"], []),
        (["@h"], []),
    ],
    ids=["the finding", "a decision on it", "nothing", "an overturned one", "another case"],
)
def test_a_measure_belongs_to_the_finding_that_it_rests_on(
    basis: list[str], found: list[str]
) -> None:
    log = Memory()
    log.add("other", **{"as": "h", "kind": "contact-made", "counterparty": "k"})
    for step in (
        SUBJECT,
        {**SUBJECT, "as": "g"},
        {"as": "a", "kind": "appeal-lodged", "against": "@g"},
        {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        {"as": "d", "kind": "decision-taken", "outcome": "sanction", "basis": ["@f"]},
        {**FINE, "basis": basis},
    ):
        log.add(**step)
    (unit,) = units(CaseView(log.facts()))
    assert [each.link for each in unit.measures] == found


def test_a_measure_that_names_nothing_belongs_to_every_finding_about_the_person() -> None:
    log = case(SUBJECT, {**SUBJECT, "as": "g"}, {**SUBJECT, "as": "h", "subject": "p-2"}, FINE)
    assert steps(log) == [(6,), (6,), (0,)]


@pytest.mark.parametrize(
    "finding",
    [
        {"outcome": "exonerated"},
        {"outcome": "unsubstantiated"},
        {"responsibility": "none"},
    ],
)
def test_only_findings_that_hold_someone_responsible_are_compared(finding: dict[str, Any]) -> None:
    assert steps(case({**SUBJECT, **finding})) == []


def test_the_gravest_measure_in_force_counts() -> None:
    log = case(SUBJECT, {**FINE, "as": "s"}, {**FINE, "measure": "oral-warning"})
    assert steps(log) == [(6,)]
    log.add(kind="sanction-lifted", sanction="@s", reason="r", occurred="2026-03")
    assert steps(log) == [(2,)]


def test_what_may_have_been_in_force_makes_an_interval() -> None:
    log = case(
        SUBJECT,
        {**FINE, "measure": "oral-warning", "occurred": "2026-01-07"},
        {**FINE, "occurred": "2026-03"},
        {**FINE, "measure": "demotion", "occurred": "2026-03"},
    )
    assert steps(log, MARCH) == [(2, 6, 8)]
    group = one(log, as_of=MARCH)
    assert group.median == Range(2.0, 8.0)
    assert [share.number for share in group.distribution] == [Range(0, 1)] * 3


def test_other_has_no_step_and_is_told_apart() -> None:
    log = Memory()
    answered(log, "a", "other")
    answered(log, "b", "other", "training")
    group = one(log)
    assert (group.unranked, group.other) == (Range(1, 1), 2)
    assert group.distribution == (Share(1, ("training",), Range(1, 1)),)
    assert (group.number, group.ranked) == (Range(2, 2), Range(1, 1))


def test_groups_are_by_offence_responsibility_and_grade_and_untold_is_its_own() -> None:
    log = Memory()
    answered(log, "a", "fine")
    answered(log, "b", "fine", grade="board")
    answered(log, "c", "fine", responsibility="managerial")
    log.add("d", **{name: value for name, value in {**SUBJECT}.items() if name != "grade"})
    found = compare(log)
    assert [group.key for group in found] == [
        Likeness("gifts", "direct", "board"),
        Likeness("gifts", "direct", "clerk"),
        Likeness("gifts", "direct", None),
        Likeness("gifts", "managerial", "clerk"),
    ]
    assert one(log, "gifts", "direct", "").key.grade is None
    assert one(log, None, None, "board").findings[0].case_id == "b"
    assert compare(log, GroupFilter("theft")) == ()


def test_distribution_and_quartiles() -> None:
    group = one(alike(None, "training", "fine", "clawback", "dismissal", "dismissal"))
    assert [(each.step, each.measures, each.number.most) for each in group.distribution] == [
        (0, (), 1),
        (1, ("training",), 1),
        (6, ("clawback", "fine"), 2),
        (9, ("dismissal",), 2),
    ]
    assert (group.quartile_1, group.median, group.quartile_3) == (
        Range(1, 1),
        Range(6, 6),
        Range(9, 9),
    )


def test_days_and_amounts_where_told() -> None:
    log = Memory()
    for at, days in enumerate((5, 30, 10)):
        answered(log, f"c-{at}", {"measure": "suspension", "days": days})
    answered(log, "d", {"measure": "fine", "amount": "999999999999999.9999 USD"}, "suspension")
    answered(log, "e", {"measure": "fine", "amount": "0.5 USD"})
    fine, suspended = one(log).told
    assert suspended[:3] == ("suspension", "days", Range(3, 3))
    assert suspended[3:6] == (Range("5", "5"), Range("10", "10"), Range("30", "30"))
    assert fine.largest == Range("999999999999999.9999", "999999999999999.9999")
    assert fine.smallest == Range("0.5", "0.5")


def fine(amount: str, **fields: Any) -> dict[str, Any]:
    return {"measure": "fine", "amount": amount, **fields}


def test_amounts_are_compared_by_finding_and_currency() -> None:
    log = Memory()
    for at, each in enumerate(("10", "20", "20", "30", "40", "500.50")):
        answered(log, f"c-{at}", fine(f"{each} CNY"), "training")
    answered(log, "d", fine("15 CNY"), fine("5 CNY"), {"measure": "clawback", "amount": "1 USD"})
    answered(log, "e", {"measure": "repayment", "amount": "9999 CNY"}, "fine")
    group = one(log)
    cny, usd = group.amounts
    assert (cny.currency, cny.measures, cny.whole) == ("CNY", ("fine",), True)
    assert (cny.number, cny.people) == (Range(7, 7), 7)
    assert (cny.smallest, cny.largest) == (Range("10.00", "10.00"), Range("500.50", "500.50"))
    assert (cny.quartile_1, cny.median, cny.quartile_3) == tuple(
        Range(each, each) for each in ("20.00", "20.00", "40.00")
    )
    assert cny.spread == Range("20.00", "20.00")
    assert (usd.currency, usd.measures) == ("USD", ("clawback",))
    assert usd.largest == Range("1", "1")
    assert group.amount_not_told == Range(1, 1)
    (outlier,) = amount_outliers(log, group)
    assert (outlier.unit.case_id, outlier.place.side) == ("c-5", "graver")
    assert outlier.place.by == Range("455.50", "455.50")
    assert outlier.reasons.on_record == "no"
    assert group.outside == ()
    assert group.outside_at_all == {("c-5", outlier.unit.event_id): "yes"}


def test_an_amount_that_may_not_be_in_force_may_be_outside() -> None:
    log = alike()
    for at in range(6):
        answered(log, f"c-{at}", fine("10 CNY"))
    answered(log, "z", fine("90 CNY", occurred="2026-03"), fine("9 CNY"))
    (amounts,) = one(log, as_of=MARCH).amounts
    (found,) = amounts.outside
    assert (found.amount, found.outside) == (Range("9", "99"), "unknown")
    assert (found.side, found.by) == ("graver", Range("0", "87.5"))
    ids = answered(log, "y", fine("5000 CNY"))
    log.add("y", kind="sanction-lifted", sanction=ids["s0"], reason="r")
    assert one(log).amounts[0].number == Range(7, 7)


def test_what_was_lifted_or_overturned_is_told_apart() -> None:
    log = Memory()
    ids = answered(log, "a", "fine", "dismissal")
    log.add("a", kind="sanction-lifted", sanction=ids["s1"], reason="r")
    ids = answered(log, "b", "fine")
    appeal = log.add("b", kind="appeal-lodged", against=ids["s0"])
    log.add("b", kind="appeal-decided", appeal=appeal, outcome="allowed")
    group = one(log)
    assert (group.lifted, group.overturned) == (1, 1)
    assert [each.step for each in group.distribution] == [0, 6]


def test_an_outlier_lies_beyond_the_fences_of_the_others() -> None:
    log = alike(*["fine"] * 6, "dismissal", None)
    assert [each.case_id for each in one(log).outside] == ["c-6", "c-7"]
    graver, milder = outliers(log, one(log))
    assert (graver.place.side, milder.place.side) == ("graver", "milder")
    assert graver.place.band is not None
    assert graver.place.band.comparators == Range(7, 7)
    assert (graver.place.band.low, graver.place.band.high) == (Range(4.5, 4.5), Range(7.5, 7.5))


def test_one_step_is_never_outside_and_neither_is_one_of_too_few() -> None:
    assert one(alike(*["fine"] * 9, "suspension")).outside == ()
    assert one(alike(*["fine"] * 4, "prohibition")).outside == ()
    assert [each.case_id for each in one(alike(*["fine"] * 5, "prohibition")).outside] == ["c-5"]


def test_a_finding_that_may_have_been_overturned_by_then_may_count() -> None:
    log = alike(*["fine"] * 5)
    appeal = log.add("c-0", kind="appeal-lodged", against=log.log[0].event_id, occurred="2026-02")
    log.add("c-0", kind="appeal-decided", appeal=appeal, outcome="allowed", occurred="2026-03")
    assert one(log, as_of=MARCH).number == Range(4, 5)
    assert one(log).number == Range(4, 4)


def test_a_wide_spread_has_wide_fences() -> None:
    spread = ["training", "oral-warning", "fine", "fine", "demotion", "dismissal"]
    assert one(alike(*spread, "prohibition", None)).outside == ()


def test_an_outlier_of_which_it_is_not_sure_is_indeterminate() -> None:
    log = alike(*["fine"] * 6)
    answered(log, "z", "fine", {"measure": "prohibition", "occurred": "2026-03"})
    (found,) = outliers(log, one(log, as_of=MARCH), as_of=MARCH)
    assert (found.place.outside, found.place.side) == ("unknown", "graver")
    (now,) = outliers(log, one(log))
    assert now.place.outside == "yes"


def decided(**fields: Any) -> Memory:
    log = alike(*["fine"] * 6)
    log.add("z", **SUBJECT)
    decision: dict[str, Any] = {"as": "d", "kind": "decision-taken", "outcome": "x", **fields}
    log.add("z", **decision, basis=["@f"])
    measure: dict[str, Any] = {**FINE, "as": "s", "measure": "prohibition"}
    log.add("z", **measure, basis=["@d"])
    return log


def on_record(log: Memory) -> str:
    (found,) = outliers(log, one(log))
    return found.reasons.on_record


def test_a_reason_on_record() -> None:
    assert on_record(decided()) == "no"
    assert on_record(decided(reasons="it was the third time")) == "yes"
    assert on_record(decided(mitigating=["young"])) == "yes"
    log = decided()
    log.add("z", kind="correction", target="@s", fields={"reason": "it was the third time"})
    assert on_record(log) == "yes"


def test_a_reason_that_cannot_be_read_is_indeterminate() -> None:
    log = decided(reasons="it was the third time")
    log.erase(log.ids["d"], "reasons")
    assert on_record(log) == "unknown"
    (found,) = outliers(log, one(log))
    states = {each.field: each.text.state for each in found.reasons.fields}
    assert states == {
        "reasons": "erased",
        "mitigating": "not told",
        "aggravating": "not told",
        "reason": "not told",
    }
    log = decided(reasons="it was the third time")
    log.withhold(log.ids["d"], "reasons")
    assert on_record(log) == "unknown"


def test_a_finding_without_a_measure_can_have_a_reason_in_the_decision() -> None:
    log = alike(*["fine"] * 6)
    log.add("z", **SUBJECT)
    log.add("z", kind="decision-taken", outcome="no action", basis=["@f"], reasons="a first time")
    (found,) = outliers(log, one(log))
    assert (found.place.side, found.reasons.on_record) == ("milder", "yes")


def test_one_finding_and_what_it_is_compared_with() -> None:
    log = alike(*["fine"] * 6, "dismissal")
    answered(log, "board", "fine", grade="board")
    found = one(log, None, None, "clerk").findings[-1]
    alone = like(log, found.case_id, found.event_id)
    assert alone.place is not None
    assert alone.place.outside == "yes"
    assert [each.case_id for each in alone.comparators] == [f"c-{at}" for at in range(6)]
    assert like(log, "board", log.events(case="board").__next__().event_id).comparators == ()
    with pytest.raises(NotFound, match="the sanction-imposed #1 is no finding"):
        like(log, "c-0", log.log[1].event_id)


def test_retracted_findings_and_corrected_grades() -> None:
    log = alike(*["fine"] * 3)
    first, second = log.log[0].event_id, log.log[2].event_id
    log.add("c-0", kind="retraction", target=first, reason="wrong person")
    log.add("c-1", kind="correction", target=second, fields={"grade": "board"})
    assert {group.key.grade: len(group.findings) for group in compare(log)} == {
        "board": 1,
        "clerk": 1,
    }


def test_outsiders_see_groups_of_five_findings_about_five_people() -> None:
    assert list(released_groups(compare(alike(*["fine"] * 4)))) == []
    assert list(released_groups(compare(alike(*["fine"] * 9, subject="p-1")))) == []
    assert list(released_groups(compare(alike(*["other"] * 5, "fine")))) == []
    (shown,) = released_groups(compare(alike(*["fine"] * 5, "dismissal")))
    assert shown.number == Range(5, 9)
    assert (shown.quartile_1, shown.quartile_3) == (Range(6, 6), Range(6, 6))


def test_a_measure_of_years_before_does_not_answer_a_finding() -> None:
    early = {**FINE, "occurred": "2019-03"}
    assert steps(case(early, {**SUBJECT, "occurred": "2022"})) == [(0,)]
    announced = {**FINE, "announced": "2019-03-01"}
    assert steps(case({**SUBJECT, "occurred": "2022"}, announced)) == [(0,)]


def test_what_is_linked_answers_whatever_its_date() -> None:
    log = case({**SUBJECT, "occurred": "2022"}, {**FINE, "occurred": "2019", "basis": ["@f"]})
    assert steps(log) == [(6,)]


def test_of_what_is_not_dated_the_record_tells_only_that_the_finding_came_first() -> None:
    undated = {name: value for name, value in SUBJECT.items() if name != "occurred"}
    assert steps(case(undated, FINE)) == [(6,)]
    assert steps(case(FINE, undated)) == [(0, 6)]


def test_an_approximate_date_makes_it_perhaps() -> None:
    log = case({**SUBJECT, "occurred": "2026-01-06"}, {**FINE, "occurred": "2026-01-05~"})
    assert steps(log) == [(0, 6)]


def test_what_another_house_imposed_answers_a_finding_of_this_one_only_by_link() -> None:
    opened = {"kind": "case-opened", "title": "A", "organisation": "house"}
    finding = {
        "as": "f",
        "kind": "finding-made",
        "subject": "p-1",
        "outcome": "substantiated",
        "responsibility": "direct",
        "occurred": "2017-04-10",
    }
    fine = {
        "kind": "sanction-imposed",
        "subject": "p-1",
        "measure": "fine",
        "occurred": "2020-01-23",
    }
    for by, basis, links in (
        ("regulator", [], []),
        ("regulator", ["@f"], ["basis"]),
        ("house", [], ["case"]),
    ):
        log = case(opened, finding, {**fine, "imposed_by": by, "basis": basis})
        (unit,) = units(CaseView(log.facts()))
        assert [each.link for each in unit.measures] == links
