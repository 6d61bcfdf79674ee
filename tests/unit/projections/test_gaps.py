"""What is open, overdue or unexplained, and from whom it is needed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.disciplinary_records import FINDING, alike

from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.conformance.judging import Judges
from answerable.projections.errors import NotFound
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView
from answerable.projections.gaps import Need, needs
from answerable.projections.grounds.problems import problems_of
from answerable.projections.grounds.required_links import ASKED
from answerable.projections.owners import by_owner
from answerable.projections.timeline.timeline import date_gaps

MARCH = datetime(2026, 3, 15, 23, 59, 59, 999999, tzinfo=UTC)

OPENED = {"kind": "case-opened", "title": "t", "owner": "o-1", "occurred": "2026-01-01"}
INQUIRY = {"kind": "investigation-opened", "lead": "l-1", "occurred": "2026-01-02"}
SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "occurred": "2026-01-05",
}


def found(*steps: dict[str, Any], as_of: datetime | None = None) -> list[Need]:
    return list(needs(case(*steps), as_of=as_of))


def asked(needed: list[Need], what: str) -> list[tuple[str | None, str | None]]:
    return [(each.whom, each.role) for each in needed if each.what == what]


def test_each_is_needed_from_whom_the_record_names() -> None:
    steps = (
        OPENED,
        INQUIRY,
        SANCTION,
        {"kind": "commitment-made", "promise": "better", "by": "b-1"},
        {"kind": "commitment-made", "promise": "soon"},
        {"kind": "remediation-opened", "owner": "r-1"},
        {**FINDING, "subject": "p-1"},
    )
    needed = found(*steps)
    owner, lead = ("o-1", "owns the case"), ("l-1", "leads the investigation")
    assert asked(needed, "sanction to execute") == [owner]
    assert asked(needed, "case to close") == [owner]
    assert asked(needed, "commitment to fulfil") == [("b-1", "promised it"), owner]
    assert asked(needed, "remediation to verify") == [("r-1", "owns it")]
    assert asked(needed, "investigation to conclude") == [lead]
    assert asked(needed, ASKED["evidence"]) == [lead]
    assert asked(needed, ASKED["decision"]) == [owner]
    alone = found(*(step for step in steps if step not in (OPENED, INQUIRY)))
    assert asked(alone, "sanction to execute") == [(None, None)]
    assert asked(alone, ASKED["evidence"]) == [(None, None)]


def test_of_several_leads_none_is_chosen() -> None:
    needed = found(OPENED, INQUIRY, {**INQUIRY, "lead": "l-2"}, {**FINDING, "subject": "p-1"})
    assert asked(needed, ASKED["evidence"]) == [("o-1", "owns the case")]


def test_what_is_overdue_comes_first() -> None:
    needed = found(
        OPENED,
        {**SANCTION, "as": "a", "due": "2026-04-01"},
        {**SANCTION, "as": "b", "due": "2026-03"},
        {**SANCTION, "as": "c", "due": "2026-02-01"},
        {**SANCTION, "as": "d"},
        as_of=MARCH,
    )
    sanctions = [each for each in needed if each.what == "sanction to execute"]
    assert [each.due for each in sanctions] == ["2026-02-01", "2026-03", "2026-04-01", None]
    assert [each.overdue for each in sanctions] == ["yes", "unknown", "no", None]
    assert [each.rank for each in needed] == sorted(each.rank for each in needed)
    assert {each.overdue for each in found(OPENED, {**SANCTION, "due": "2026-02-01"})} == {None}


def test_what_may_have_ended_is_not_overdue_for_certain() -> None:
    log = case(
        {**SANCTION, "due": "2026-02-01"},
        {"kind": "sanction-executed", "sanction": "@s", "occurred": "2026-03"},
    )
    (sanction,) = (each for each in needs(log, as_of=MARCH) if each.sort == "open")
    assert (sanction.overdue, sanction.open) == ("unknown", "unknown")


def test_all_that_others_judge_is_there_and_nothing_else() -> None:
    log = case(
        OPENED,
        SANCTION,
        {"as": "e", "kind": "evidence-registered", "digest": f"sha256:{0:064x}"},
        {**FINDING, "subject": "p-1", "basis": ["@e"]},
        {"kind": "decision-taken", "outcome": "x"},
        {"kind": "counterparty-barred", "counterparty": "k"},
        {"kind": "contact-made", "counterparty": "k", "occurred": "../2026-01-05"},
    )
    facts = log.facts()
    needed = list(needs(log))
    assert sum(each.sort == "open" for each in needed) == len(obligations_of(CaseView(facts)))
    assert sum(each.sort == "undated" for each in needed) == len(date_gaps(CaseView(facts)))
    judges = Judges(RecordView(log))
    found = judges.judge(RecordView(log).case("c"))
    judged = [each for each in found if each.verdict in ("fail", "indeterminate")]
    assert sum(each.sort == "check" for each in needed) == len(judged)
    lacking = [each.what for each in needed if each.sort == "unexplained"]
    assert sorted(lacking) == sorted(ASKED[each.link] for each in problems_of(CaseView(facts)))


def test_a_ground_in_another_case_is_found() -> None:
    log = Memory()
    decision: dict[str, Any] = {"as": "d", "kind": "decision-taken", "outcome": "x"}
    log.add("a", **decision, deciders=["b"])
    log.add("b", **SANCTION, basis=["@d"])
    needed = [each for each in needs(log, case="b") if each.sort == "unexplained"]
    assert [(each.case_id, each.what) for each in needed] == [
        ("a", ASKED["authority"]),
        ("b", ASKED["finding"]),
    ]
    everywhere = [each for each in needs(log) if each.sort == "unexplained"]
    assert sorted(everywhere) == sorted(needed)


def test_a_case_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="no case 'z'"):
        list(needs(case(SANCTION), case="z"))


def unusual(**measure: Any) -> list[Need]:
    log = alike(*["fine"] * 6)
    log.add("z", **OPENED)
    log.add("z", **{**FINDING, "as": "f", "subject": "p-z"})
    log.add("z", kind="sanction-imposed", subject="p-z", measure="dismissal", basis=["@f"],
            **measure)  # fmt: skip
    return [
        each
        for each in needs(log, consistency=True, as_of=MARCH if measure.get("occurred") else None)
        if each.sort == "inconsistent"
    ]


def test_an_unusual_measure_needs_a_reason() -> None:
    (need,) = unusual()
    assert (need.case_id, need.whom, len(need.events)) == ("z", "o-1", 2)
    assert need.what == "a reason for an answer that is unusual among like findings"
    assert unusual(reason="it was the third time") == []
    (perhaps,) = unusual(occurred="2026-03")
    assert "perhaps" in perhaps.what
    assert not [each for each in needs(alike(*["fine"] * 9)) if each.sort == "inconsistent"]


def test_heaps_are_by_whom_and_those_with_most_overdue_first() -> None:
    log = Memory()
    for at in range(5):
        log.add(f"a-{at}", **OPENED)
    log.add("b", **{**OPENED, "owner": "o-2"})
    log.add("b", **{**SANCTION, "due": "2026-02-01"})
    made = by_owner(needs(log, as_of=MARCH), keep=2)
    assert [heap.whom for heap in made] == ["o-2", "o-1"]
    assert made[0].piles[0][:3] == ("sanction to execute", 0, 1)
    (pile,) = made[1].piles
    assert (pile.number, [each.case_id for each in pile.first]) == (5, ["a-0", "a-1"])
    assert len(by_owner(needs(log))[0].piles[0].first) == 5


def test_nothing_is_needed_where_nothing_is_recorded() -> None:
    assert by_owner(needs(Memory())) == ()


@pytest.mark.parametrize("ending", ["acquitted", "overturned"])
def test_what_fell_need_not_be_explained(ending: str) -> None:
    steps = [{**FINDING, "subject": "p-1", "as": "f"}, {**SANCTION, "basis": ["@f"]}]
    if ending == "acquitted":
        acquittal = {"outcome": "exonerated", "responsibility": "none", "basis": ["@f"]}
        endings = [{**FINDING, "subject": "p-1", "as": "g", **acquittal}]
    else:
        endings = [
            {"as": "a", "kind": "appeal-lodged", "against": "@s"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        ]
    before, after = found(*steps), found(*steps, *endings)
    positions = [[each.position for each in them if each.sort == "unexplained"]
                 for them in (before, after)]  # fmt: skip
    assert {0, 1} <= set(positions[0])
    assert (0 if ending == "acquitted" else 1) not in positions[1]
    assert (1 if ending == "acquitted" else 0) in positions[1]
