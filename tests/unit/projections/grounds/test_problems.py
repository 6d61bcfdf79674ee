"""What is missing or wrong behind what stands, and how each answer tells it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import Memory
from tests.support.reports import in_markdown

from answerable.projections.gaps import needs
from answerable.projections.report.report import report_on
from answerable.projections.status.status import overview_of

GRANT: dict[str, Any] = {
    "as": "g",
    "kind": "authority-granted",
    "party": "board",
    "measures": ["fine"],
    "from": "2025",
}
FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "managerial",
    "clause": "code 4.2",
    "occurred": "2026-01-04",
    "basis": ["@e"],
}
DECISION: dict[str, Any] = {
    "as": "d",
    "kind": "decision-taken",
    "outcome": "sanction",
    "deciders": ["board"],
    "authority": "@g",
    "occurred": "2026-01-05",
    "basis": ["@f"],
}
SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "occurred": "2026-01-06",
    "basis": ["@d"],
}


def chain(
    grant: dict[str, Any] | None = None,
    finding: dict[str, Any] | None = None,
    decision: dict[str, Any] | None = None,
    sanction: dict[str, Any] | None = None,
    *,
    heard: bool = True,
) -> Memory:
    """A chain in which nothing is missing or wrong, but for what is given otherwise."""
    log = Memory()
    log.add("house", **GRANT | (grant or {}))
    log.add(
        **{"as": "e"},
        kind="evidence-registered",
        digest=f"sha256:{0:064x}",
        collected_by="p-9",
        occurred="2026-01-02",
    )
    if heard:
        log.add(kind="subject-heard", subject="p-1", occurred="2026-01-03")
    for step, given in ((FINDING, finding), (DECISION, decision), (SANCTION, sanction)):
        log.add(**{name: told for name, told in (step | (given or {})).items() if told is not None})
    return log


def test_a_whole_chain_has_its_grounds() -> None:
    assert report_on(chain(), "c", version="1").problems == ()
    assert "## Grounds" not in in_markdown(report_on(chain(), "c", version="1"))


@pytest.mark.parametrize(
    ("log", "text", "judged"),
    [
        (chain({"measures": ["demotion"]}), "no authority for it (#0) covers fine", "fail"),
        (chain({"from": "2027"}), "the authority #0 was not in force then", "fail"),
        (chain(heard=False), "no hearing of Ann is on record", "fail"),
        (chain(finding={"clause": None}), "which clause was breached is not told", "fail"),
        (
            chain(finding={"basis": []}),
            "no evidence on record that this finding rests on",
            "fail",
        ),
        (
            chain(decision={"basis": []}),
            "no finding about Ann on record that this sanction rests on",
            "fail",
        ),
        (
            chain(sanction={"basis": ["@f"]}),
            "no decision on record that this sanction rests on",
            "fail",
        ),
        (chain(decision={"deciders": []}), "who decided is not told", "indeterminate"),
        (
            chain(decision={"authority": None}),
            "by what authority is not told",
            "indeterminate",
        ),
        (
            chain(finding={"standing": "alleged"}),
            "rests on no finding about Ann that is more than alleged",
            "fail",
        ),
        (
            chain(decision={"occurred": "2026-01-03"}),
            "rests on something dated later than itself",
            "fail",
        ),
    ],
)
def test_each_problem_is_told_by_report_gaps_and_status(
    log: Memory, text: str, judged: str
) -> None:
    def name_of(party: str) -> str:
        return {"p-1": "Ann"}.get(party, party)

    log.add("house", kind="party-registered", party="p-1", type="person", name="Ann")
    report = report_on(log, "c", version="1")
    assert any(each.text.startswith(text) for each in report.problems)
    assert judged in {each.verdict for each in report.problems}
    assert text[1:] in in_markdown(report)
    assert report.problems == overview_of(log, "c", name_of=name_of).problems
    unexplained = {each.text for each in needs(log, case="c") if each.sort == "unexplained"}
    assert any(each.startswith(text) for each in unexplained)


def test_what_is_held_against_nobody_is_nothing_to_judge() -> None:
    log = Memory()
    log.add(kind="decision-taken", outcome="launch")
    assert {each.against for each in report_on(log, "c", version="1").problems} == {"no"}


def test_a_decision_of_another_case_is_looked_into() -> None:
    log = Memory()
    log.add("other", kind="decision-taken", outcome="sanction", **{"as": "d"})
    log.add(kind="sanction-imposed", subject="p-1", measure="fine", basis=["@d"])
    told = [(each.case_id, each.link) for each in report_on(log, "c", version="1").problems]
    assert told == [("other", "deciders"), ("other", "authority"), ("c", "finding")]
