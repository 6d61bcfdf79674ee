"""What lies outside of the house: agreements that bind, or do not, and what other forums said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.policies import generic
from tests.support.reports import in_markdown

from answerable.cli.asking.standing.party import person_lines
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.projections.accountability.accountability import Person, accountability_of
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.accountability.outside.agreements import Agreement, agreements_of
from answerable.projections.accountability.outside.proceedings import Proceeding, proceedings_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.grounds.problems import problems_of
from answerable.projections.replay.changes import sentence
from answerable.projections.replay.effects import effect_sentence
from answerable.projections.replay.replay import replay_case
from answerable.projections.report.report import report_on
from answerable.projections.status import status as overview
from answerable.projections.timeline.durations import durations
from answerable.projections.why.why import why_person
from answerable.projections.wording.outside.agreement import (
    agreement_line,
    agreement_state,
    promise_line,
    promise_state,
)
from answerable.projections.wording.outside.proceeding import proceeding_line

DPA: dict[str, Any] = {
    "as": "dpa",
    "kind": "agreement-made",
    "type": "deferred-prosecution",
    "between": ["maker", "doj"],
    "monitor": "monitor-1",
    "from": "2021-01-07",
    "until": "2024-01-07",
    "occurred": "2021-01-07",
}
PLEA: dict[str, Any] = {
    "as": "plea",
    "kind": "agreement-made",
    "type": "plea",
    "between": ["maker", "doj"],
    "occurred": "2024-07-24",
}
FUND: dict[str, Any] = {
    "as": "fund",
    "kind": "commitment-made",
    "promise": "a fund for the families",
    "by": "maker",
    "amount": "500000000 USD",
    "due": "2021-02-06",
    "agreement": "@dpa",
    "occurred": "2021-01-07",
}
CHARGED: dict[str, Any] = {
    "as": "trial",
    "kind": "proceeding-opened",
    "subject": "p-1",
    "accuser": "doj",
    "forum": "court-1",
    "type": "criminal",
    "charge": "wire fraud",
    "occurred": "2021-10-14",
}
ACQUITTED: dict[str, Any] = {
    "as": "verdict",
    "kind": "proceeding-concluded",
    "proceeding": "@trial",
    "outcome": "acquitted",
    "deciders": ["jury-1"],
    "occurred": "2022-03-23",
}
CONVICTED = {**ACQUITTED, "outcome": "convicted", "amount": "5000 USD"}
FINDING = {
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2020-01-10",
}


def upon(kind: str, occurred: str | None, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "occurred": occurred, **fields}


def look(log: Memory, as_of: str | None) -> CaseView:
    at = None if as_of is None else datetime.fromisoformat(f"{as_of}T23:59:59.999999+00:00")
    return CaseView(log.facts(), at and at.replace(tzinfo=UTC))


def agreement(log: Memory, as_of: str | None = None) -> Agreement:
    (only,) = agreements_of(look(log, as_of))
    return only


def proceeding(log: Memory, as_of: str | None = None) -> Proceeding:
    (only,) = proceedings_of(look(log, as_of))
    return only


def person(log: Memory, as_of: str | None = None) -> Person:
    (only,) = accountability_of(look(log, as_of)).people
    return only


@pytest.mark.parametrize(
    ("as_of", "state", "in_force"),
    [
        ("2021-01-07", "in force", "yes"),
        ("2024-01-07", "in force", "yes"),
        ("2024-01-08", "ended", "no"),
        (None, "indeterminate", "unknown"),
    ],
)
def test_one_that_takes_effect_by_itself_lasts_until_its_last_day(
    as_of: str | None, state: str, in_force: str
) -> None:
    found = agreement(case(DPA), as_of)
    assert (found.state, found.in_force) == (state, in_force)


def test_a_breach_does_not_end_it() -> None:
    log = case(DPA, upon("agreement-breached", "2023-05-14", agreement="@dpa", found_by="doj"))
    found = agreement(log, "2023-06-01")
    assert (found.state, found.in_force) == ("breached", "yes")
    assert agreement_line(found, str) == (
        "Deferred prosecution agreement between maker and doj from 2021-01-07 until 2024-01-07: "
        "breached, in force (monitor: monitor-1)"
    )


def test_a_plea_is_a_proposal_until_a_court_answers_it() -> None:
    log = case(PLEA, upon("agreement-rejected", "2024-12-05", agreement="@plea", rejected_by="j"))
    assert (agreement(log, "2024-12-04").state, agreement(log, "2024-12-04").in_force) == (
        "proposed",
        "no",
    )
    found = agreement(log)
    assert (found.state, found.in_force) == ("rejected", "no")
    assert agreement_line(found, str) == (
        "Plea agreement between maker and doj: rejected, not in force"
    )
    accepted = case(PLEA, upon("agreement-accepted", "2024-12", agreement="@plea"))
    found = agreement(accepted, "2024-12-05")
    assert (found.state, found.may_be) == ("indeterminate", ("proposed", "in force"))
    assert agreement(accepted).in_force == "yes"


def test_what_is_only_proposed_or_was_rejected_is_not_owed() -> None:
    term = {**FUND, "agreement": "@plea", "occurred": "2024-07-24"}
    rejected = upon("agreement-rejected", "2024-12-05", agreement="@plea")
    accepted = upon("agreement-accepted", "2024-12-05", agreement="@plea")
    for steps, owed in (((), []), ((rejected,), []), ((accepted,), ["commitment to fulfil"])):
        log = case(PLEA, term, *steps)
        assert [each.what for each in obligations_of(look(log, None))] == owed


@pytest.mark.parametrize(
    ("steps", "state", "overdue"),
    [
        ((), "open", "yes"),
        ((upon("commitment-fulfilled", "2021-02-01", commitment="@fund"),), "fulfilled", "no"),
        ((upon("commitment-breached", "2021-03-01", commitment="@fund"),), "breached", "yes"),
        ((upon("commitment-released", "2021-03-01", commitment="@fund"),), "released", "no"),
    ],
)
def test_the_terms_of_an_agreement_stand_with_it(
    steps: tuple[dict[str, Any], ...], state: str, overdue: str
) -> None:
    (term,) = agreement(case(DPA, FUND, *steps), "2022-01-01").terms
    assert (term.state, term.overdue) == (state, overdue)
    assert promise_line(term, str).startswith(
        f"term of maker: 500,000,000 USD, due 2021-02-06: {state}"
    )


def test_a_breach_stays_in_view_when_the_agreement_has_ended() -> None:
    log = case(DPA, upon("agreement-breached", "2024-05-14", agreement="@dpa"))
    before, after = (agreement(log, day) for day in ("2024-05-13", "2024-05-14"))
    assert (before.state, before.breached, after.state, after.breached) == (
        *("ended", "no"),
        *("ended", "yes"),
    )
    assert agreement_state(before) == "ended, not in force"
    assert agreement_state(after) == "ended, not in force, was breached"


@pytest.mark.parametrize(
    ("steps", "as_of", "said"),
    [
        ((), "2025-01-01", "not owed"),
        ((upon("agreement-rejected", "2024-12-05", agreement="@plea"),), "2025-01-01", "not owed"),
        ((upon("agreement-accepted", "2024-12-05", agreement="@plea"),), "2025-01-01", "open"),
        (
            (upon("agreement-accepted", "2024-12", agreement="@plea"),),
            "2024-12-05",
            "indeterminate whether owed",
        ),
    ],
)
def test_a_term_of_what_is_not_in_force_is_neither_open_nor_overdue(
    steps: tuple[dict[str, Any], ...], as_of: str, said: str
) -> None:
    term = {**FUND, "agreement": "@plea", "occurred": "2024-07-24", "due": "2024-08-01"}
    (promise,) = agreement(case(PLEA, term, *steps), as_of).terms
    assert promise_state(promise) == said
    assert promise.overdue == {"not owed": "no", "open": "yes"}.get(said, "unknown")


@pytest.mark.parametrize("as_of", [None, datetime(2025, 1, 1, tzinfo=UTC)])
def test_what_a_party_agreed_upon_is_told_of_it(tmp_path: Path, as_of: datetime | None) -> None:
    dpa = "019d2000-0000-7000-8000-000000000001"
    breach = {"kind": "agreement-breached", "agreement": dpa, "occurred": "2024-05-14"}
    term = {"kind": "commitment-made", "promise": "to pay", "by": "maker", "agreement": dpa}
    made = {**{name: told for name, told in DPA.items() if name != "as"}, "event_id": dpa}
    made["between"] = ["doj", "other"]
    mended = {"kind": "correction", "target": dpa, "fields": {"between": ["doj", "maker"]}}
    with Ledger.create(tmp_path / "l.db") as ledger:
        events = [parse({"case_id": "c", **each}) for each in (made, term, breach, mended)]
        ledger.append_all(events, recorded_by="jane")
        for found in (
            overview.overview_of_person(ledger, "maker", as_of=as_of),
            overview.counterparty(ledger, "maker", as_of=as_of),
        ):
            (agreed,) = found.agreements
            assert (agreed.case_id, agreed.breached) == ("c", "yes")
            assert [each.by for each in agreed.terms] == ["maker"]
            assert [each.what for each in found.open] == ["commitment to fulfil"]
        assert overview.overview_of_person(ledger, "other", as_of=as_of).agreements == ()
        assert why_person(ledger, "maker", as_of=as_of).roots == (dpa,)
        known = names(ledger)
        person_now = overview.overview_of_person(ledger, "maker", as_of=as_of)
        lines = [each.text for each in person_lines(ledger, person_now, known)]
        assert lines[1].startswith("  c: Deferred prosecution agreement between doj and maker")
        assert not any("Nothing is held" in each for each in lines)


def test_nobody_judges_their_own_matter_by_signing_their_own_settlement() -> None:
    sanction = {"kind": "sanction-imposed", "subject": "maker", "measure": "fine"}
    log = case({**FINDING, "subject": "maker"}, DPA, FUND, sanction)
    found = generic(RecordView(log))["independent"]
    assert found.verdict != "fail"
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("steps", "as_of", "state", "outcome"),
    [
        ((), None, "open", None),
        ((ACQUITTED,), None, "concluded", "acquitted"),
        ((ACQUITTED,), "2022-03-22", "open", None),
        (({**ACQUITTED, "occurred": "2022-03"},), "2022-03-23", "indeterminate", "indeterminate"),
        (
            (CONVICTED, upon("appeal-lodged", "2022-05", against="@verdict")),
            None,
            "under appeal",
            "convicted",
        ),
        (
            (
                CONVICTED,
                upon("appeal-lodged", "2022-05", against="@verdict", **{"as": "appeal"}),
                upon("appeal-decided", "2023-05", appeal="@appeal", outcome="allowed"),
            ),
            None,
            "overturned",
            None,
        ),
        (
            (
                CONVICTED,
                upon("appeal-lodged", "2022-05", against="@verdict", **{"as": "appeal"}),
                upon("appeal-decided", "2023-05", appeal="@appeal", outcome="allowed"),
                {**ACQUITTED, "as": "retrial", "occurred": "2024-01"},
            ),
            None,
            "concluded",
            "acquitted",
        ),
    ],
)
def test_a_proceeding_is_open_concluded_under_appeal_or_overturned(
    steps: tuple[dict[str, Any], ...], as_of: str | None, state: str, outcome: str | None
) -> None:
    found = proceeding(case(CHARGED, *steps), as_of)
    assert (found.state, found.outcome) == (state, outcome)


def test_what_nobody_appealed_is_never_said_to_be_overturned() -> None:
    found = proceeding(case(CHARGED, {**ACQUITTED, "occurred": "2022-03"}), "2022-03-23")
    assert found.may_be == ("open", "concluded")


def test_an_acquittal_outside_exonerates_nobody_of_what_the_house_found() -> None:
    log = case(FINDING, CHARGED, ACQUITTED)
    assert person(log).accountable == "yes"
    assert person(log).findings[0].superseded == "no"
    assert proceeding_line(person(log).proceedings[0], str) == (
        "criminal proceedings by doj before court-1, charge: wire fraud: acquitted 2022-03-23 "
        "(no finding of this house)"
    )


def test_a_conviction_outside_holds_nobody_accountable_here_and_is_shown() -> None:
    log = case(CHARGED, CONVICTED)
    assert person(log).accountable == "no"
    assert accountability_of(look(log, None)).accountable == ()
    shown = overview.overview_of(log, "c")
    assert [each.party for each in shown.others] == ["p-1"]
    assert {"p-1", "doj", "court-1"} <= set(shown.parties)
    assert overview.overview_of_person(log, "p-1").cases[0].proceedings[0].outcome == "convicted"


@pytest.mark.parametrize(
    ("decided", "state"),
    [
        ({"occurred": "2023-06-01", "outcome": "allowed"}, "overturned"),
        ({"occurred": "2023-06-01", "outcome": "dismissed"}, "imposed"),
        ({"occurred": "2023", "outcome": "allowed"}, "indeterminate"),
    ],
)
def test_what_a_court_imposed_falls_with_its_judgment(decided: dict[str, Any], state: str) -> None:
    log = case(
        CHARGED,
        {**CONVICTED, "as": "guilty"},
        {
            "kind": "sanction-imposed",
            "subject": "p-1",
            "measure": "fine",
            "imposed_by": "court-1",
            "basis": ["@guilty"],
            "occurred": "2022-04-01",
        },
        {"as": "appeal", "kind": "appeal-lodged", "against": "@guilty", "occurred": "2022-04-02"},
        {"kind": "appeal-decided", "appeal": "@appeal", **decided},
    )
    sentenced = person(log, "2023-07-01")
    assert [each.state for each in sentenced.sanctions] == [state]
    assert sentenced.accountable == {"overturned": "no", "imposed": "yes"}.get(state, "unknown")


def test_a_report_tells_of_agreements_and_of_other_forums() -> None:
    log = case({"kind": "case-opened", "title": "t"}, FINDING, DPA, FUND, CHARGED, CONVICTED)
    text = in_markdown(report_on(log, "c", version="0"))
    assert "**Before other forums (no finding of this house):**" in text
    assert "criminal proceedings, convicted 2022-03-23, 5,000 USD" in text
    assert "## Agreements" in text
    assert "a fund for the families" in text
    assert "Monitor: `monitor-1`." in text


BAN: dict[str, Any] = {
    "as": "ban",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "prohibition",
    "until": "2019-06-30",
    "occurred": "2016-07-01",
}


@pytest.mark.parametrize(
    ("until", "as_of", "state", "open_"),
    [
        ("2019-06-30", "2019-06-30", "imposed", ["yes"]),
        ("2019-06-30", "2019-07-01", "run out", []),
        ("2019", "2019-07-01", "indeterminate", ["unknown"]),
        ("2019-06-30", None, "indeterminate", ["unknown"]),
    ],
)
def test_a_sanction_whose_last_day_has_passed_has_run_out_and_is_not_to_be_executed(
    until: str, as_of: str | None, state: str, open_: list[str]
) -> None:
    log = case({**BAN, "until": until})
    (sanction,) = person(log, as_of).sanctions
    assert sanction.state == state
    assert [each.open for each in obligations_of(look(log, as_of))] == open_
    assert person(log, as_of).accountable == "yes"


def test_what_undoes_a_sanction_tells_more_than_that_it_has_run_out() -> None:
    lifted = upon("sanction-lifted", "2018-01-01", sanction="@ban", reason="an error")
    (sanction,) = person(case(BAN, lifted), "2020-01-01").sanctions
    assert (sanction.state, sanction.in_force) == ("lifted", "no")
    log = case(BAN, upon("sanction-executed", "2016-07-02", sanction="@ban"))
    (sanction,) = person(log).sanctions
    assert sanction.may_be == ("executed", "run out")


OPENED = {"kind": "case-opened", "title": "t", "organisation": "house-1"}


@pytest.mark.parametrize(("by", "asked"), [(None, 2), ("house-1", 2), ("regulator", 0)])
def test_what_another_house_imposed_rests_on_no_decision_of_this_one(
    by: str | None, asked: int
) -> None:
    fine = {**BAN, "measure": "fine", "until": None}
    log = case(OPENED, fine if by is None else {**fine, "imposed_by": by})
    found = [each for each in problems_of(look(log, None)) if each.link in ("decision", "finding")]
    assert len(found) == asked
    undecided = "who decided on" in str(generic(RecordView(log))["independent"].missing)
    assert undecided is bool(asked)
    assert (list(replay_case(log, "c"))[1].argument is None) is not bool(asked)


def test_a_case_is_measured_from_the_incident() -> None:
    crash = {"kind": "incident-occurred", "what": "crash", "occurred": "2018-10-29"}
    report = {"kind": "report-received", "occurred": "2018-11-08"}
    found = {each.name: each.words for each in durations(look(case(crash, report), None))}
    assert found["incident to first signal"] == "10 days"


def test_a_thing_answers_for_nothing() -> None:
    named = {
        "kind": "party-registered",
        "case_id": "house",
        "party": "jet-9",
        "type": "asset",
        "name": "J",
    }
    grounded = {**BAN, "subject": "jet-9", "measure": "grounding", "until": None}
    log = case({"kind": "case-opened", "title": "t"}, grounded)
    log.add(**named)
    report = report_on(log, "c", version="0")
    assert report.accountable_by_type.certain.assets == 0
    text = in_markdown(report)
    assert "**Nobody is accountable.**" in text
    assert "a thing, which is not held accountable" in text


def test_a_replay_tells_what_became_of_an_agreement_and_of_a_proceeding() -> None:
    broken = upon("agreement-breached", "2023-05-14", agreement="@dpa")
    log = case(DPA, broken, CHARGED, ACQUITTED)
    steps = list(replay_case(log, "c"))
    said = [effect_sentence(each) for each in steps[1].effects]
    assert any(each.endswith("was in force or ended, is now breached or ended") for each in said)
    assert [sentence(each) for each in steps[3].changes if sentence(each)] == [
        "criminal proceedings against p-1: was open, is now concluded",
        "criminal proceedings against p-1: acquitted",
    ]


@pytest.mark.parametrize("steps", [(), ("agreement-accepted",), ("agreement-rejected",)])
def test_a_promise_in_an_agreement_that_was_retracted_stands_by_itself(
    steps: tuple[str, ...],
) -> None:
    log = case(PLEA, {**FUND, "agreement": "@plea"})
    for kind in steps:
        log.add(kind=kind, agreement="@plea", occurred="2025-01-05")
    log.add(kind="retraction", target="@plea", reason="it was never made")
    (owed,) = obligations_of(CaseView(log.facts(), None))
    assert (owed.what, owed.open) == ("commitment to fulfil", "yes")
    report = report_on(log, "c", version="0")
    assert [(each.event_id, each.binding) for each in report.promises] == [(owed.event_id, "yes")]
    assert report.agreements == ()


def test_of_an_agreement_with_a_last_day_it_is_the_day_that_decides() -> None:
    assert agreement_state(agreement(case(DPA), None)) == "in force or ended, depending on the day"
    log = case(DPA, {"kind": "agreement-ended", "agreement": "@dpa"})
    assert agreement_state(agreement(log, "2023-06-01")).startswith("indeterminate: ")
