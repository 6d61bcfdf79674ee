"""What is only alleged reads as alleged, makes nobody accountable and ends nothing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.policies import generic
from tests.support.reports import in_markdown

from answerable.cli.asking.standing.every_case import everything
from answerable.cli.asking.standing.party import person_lines
from answerable.domain.answers import json_value
from answerable.projections.accountability.accountability import Person, accountability_of
from answerable.projections.accountability.bars import bars_of
from answerable.projections.accountability.numbers import PartyNumbers, accountable_numbers
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.accountability.outside.agreements import agreements_of
from answerable.projections.accountability.outside.proceedings import proceedings_of
from answerable.projections.consistency.units import units
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.grounds.problems import problems_of
from answerable.projections.metrics.metrics import metrics_of
from answerable.projections.report.report import report_on
from answerable.projections.status import status as overview
from answerable.projections.timeline.durations import durations
from answerable.projections.wording.bar import bar_words
from answerable.projections.wording.finding import finding_marks
from answerable.projections.wording.outside.agreement import agreement_line, promise_line
from answerable.projections.wording.outside.proceeding import proceeding_line
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.sanction import sanction_marks

KNOWN = {"kind": "party-registered", "party": "p-1", "type": "person"}
FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "managerial",
}
SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "due": "2026-02-01",
}
BAR: dict[str, Any] = {"as": "b", "kind": "counterparty-barred", "counterparty": "p-1"}
LEAVE: dict[str, Any] = {
    "as": "i",
    "kind": "interim-measure-taken",
    "subject": "p-1",
    "measure": "leave",
}
LIFTED = {"kind": "sanction-lifted", "sanction": "@s", "reason": "r"}
ACQUITTED = {
    **FINDING,
    "as": "g",
    "outcome": "exonerated",
    "responsibility": "none",
    "basis": ["@f"],
}


def alleged(event: dict[str, Any]) -> dict[str, Any]:
    return {**event, "standing": "alleged"}


def view_of(*events: dict[str, Any]) -> CaseView:
    return CaseView(case(*events).facts())


def only(*events: dict[str, Any]) -> Person:
    (person,) = accountability_of(view_of(*events)).people
    return person


def said_in(log: Memory) -> list[str]:
    return [line.text for line in everything(log, overview.overview_of_each(log), names(log))]


@pytest.mark.parametrize("event", [FINDING, SANCTION])
def test_nobody_is_accountable_by_what_is_only_alleged(event: dict[str, Any]) -> None:
    assert (only(event).accountable, only(event).accountable_as_alleged) == ("yes", "no")
    person = only(alleged(event))
    assert (person.accountable, person.accountable_as_alleged) == ("no", "yes")
    assert person.responsibility == ()
    told = json_value(person)
    assert (told["accountable"], told["accountable_as_alleged"]) == ("no", "yes")
    assert accountability_of(view_of(alleged(event))).accountable == ()


def test_a_correction_of_its_standing_makes_it_count() -> None:
    verified = {"kind": "correction", "target": "@f", "fields": {"standing": "verified"}}
    assert only(alleged(FINDING), verified).accountable == "yes"


def test_who_is_accountable_all_the_same_is_said_to_be() -> None:
    person = only(SANCTION, alleged(FINDING))
    assert (person.accountable, person.accountable_as_alleged) == ("yes", "yes")
    numbers = accountable_numbers((person,), {"p-1": "person"}.get)
    assert (numbers.certain, numbers.alleged) == (PartyNumbers(people=1), PartyNumbers())
    (person,) = (only(alleged(FINDING)),)
    numbers = accountable_numbers((person,), {"p-1": "person"}.get)
    assert (numbers.certain, numbers.alleged) == (PartyNumbers(), PartyNumbers(people=1))


def test_status_says_that_it_is_alleged_and_counts_it_apart() -> None:
    log = case(KNOWN, alleged(FINDING), alleged(SANCTION))
    told = said_in(log)
    assert (
        "  p-1  only alleged: accountable as a manager; "
        "finding substantiated, managerial responsibility (alleged) #1; "
        "fine (imposed; alleged) #2"
    ) in told
    assert told[0].startswith("Accountable: 0 (only alleged: 1 person). ")
    assert overview.overview_of(log, "c").people == ()
    lines = person_lines(log, overview.overview_of_person(log, "p-1"), names(log))
    assert "p-1: only alleged: accountable as a manager" in [line.text for line in lines]


def test_the_first_page_says_that_it_is_alleged() -> None:
    said = in_markdown(report_on(case(KNOWN, alleged(FINDING)), "c", version="1"))
    assert "**On this record, nobody is accountable.**" in said
    assert "**It is only alleged that one person is accountable:**" in said
    assert "only alleged: accountable as a manager (#1; alleged)" in said


def test_what_is_alleged_leaves_nothing_open_and_needs_no_grounds() -> None:
    view = view_of(alleged(SANCTION), alleged(FINDING))
    assert obligations_of(view) == ()
    assert problems_of(view) == ()
    # Who is only alleged to have done it must not decide on it either.
    told = generic(RecordView(case(alleged(SANCTION), alleged(FINDING))))
    judged = {
        each.verdict for rule, each in told.items() if rule not in ("independent", "nothing-hidden")
    }
    assert judged == {"not-applicable"}
    assert list(units(view)) == []
    claimed = alleged({"kind": "allegation-made", "subject": "p-1", "conduct": "theft"})
    assert [each.what for each in obligations_of(view_of(claimed))] == [
        "allegation without a finding"
    ]


def test_metrics_keep_it_apart() -> None:
    counts = {each.name: each.least for each in metrics_of(case(SANCTION, FINDING)).counts}
    assert (counts["sanctions imposed"], counts["sanctions alleged"]) == (1, 0)
    told = metrics_of(case(alleged(SANCTION), alleged(FINDING)))
    counts = {each.name: each.least for each in told.counts}
    assert (counts["sanctions imposed"], counts["sanctions alleged"]) == (0, 1)
    assert counts["findings alleged"] == 1
    assert counts["open: sanction to execute"] == 0


def test_no_length_begins_or_ends_with_what_is_only_alleged() -> None:
    sure = {each.name for each in durations(view_of(SANCTION, FINDING))}
    assert "sanctions to execution" in sure
    incident = {"kind": "incident-occurred", "what": "leak", "occurred": "2020"}
    told = durations(view_of(alleged(SANCTION), alleged(FINDING), incident))
    assert {each.name for each in told if each.to_events} == set()
    assert {each.name.partition(" to ")[0] for each in told} == {"incident"}


def test_nobody_is_asked_who_decided_on_an_alleged_sanction() -> None:
    found = generic(RecordView(case(SANCTION)))["independent"]
    assert "who decided on" in str(found.missing)
    found = generic(RecordView(case(alleged(SANCTION))))["independent"]
    assert (found.verdict, found.missing) == ("not-applicable", ())


def test_an_alleged_lifting_or_execution_ends_nothing_and_is_shown() -> None:
    (sanction,) = only(SANCTION, alleged(LIFTED)).sanctions
    assert (sanction.state, sanction.in_force, sanction.ended_by) == ("imposed", "yes", None)
    said = sanction_marks(sanction)
    assert said == ["imposed", "said by others to have been lifted, #1"]
    executed = alleged({"kind": "sanction-executed", "sanction": "@s"})
    assert [each.what for each in obligations_of(view_of(SANCTION, executed))] == [
        "sanction to execute"
    ]


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ([ACQUITTED], "said by others to have been superseded, #1"),
        (
            [
                {"as": "a", "kind": "appeal-lodged", "against": "@f"},
                {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
            ],
            "said by others to have been overturned, #2",
        ),
        (
            [{"kind": "blame-withdrawn", "blame": "@f"}],
            "said by others to have been withdrawn, #1",
        ),
    ],
)
def test_an_alleged_acquittal_appeal_or_withdrawal_undoes_nothing_and_is_shown(
    later: list[dict[str, Any]], said: str
) -> None:
    person = only(FINDING, *later[:-1], alleged(later[-1]))
    assert person.accountable == "yes"
    (finding,) = (each for each in person.findings if each.outcome == "substantiated")
    assert said in finding_marks(finding, str)
    assert only(FINDING, *later).accountable == "no"


def test_an_appeal_that_is_only_alleged_counts_once_it_is_decided() -> None:
    lodged = alleged({"as": "a", "kind": "appeal-lodged", "against": "@f"})
    (finding,) = only(FINDING, lodged).findings
    assert finding.appeal == "none"
    decided = {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"}
    assert only(FINDING, lodged, decided).accountable == "no"


def test_an_alleged_bar_is_shown_as_alleged_and_nobody_is_barred_by_it() -> None:
    (bar,) = bars_of(view_of(alleged(BAR)))
    assert (bar.in_force, bar.in_force_as_alleged) == ("no", "yes")
    assert bar_words(bar).endswith("in force (alleged)")
    assert said_in(case(alleged(BAR)))[0].startswith("Accountable: 0. Barred: 0.")
    lifting = alleged({"kind": "bar-lifted", "bar": "@b"})
    (bar,) = bars_of(view_of(BAR, lifting))
    assert bar.in_force == "yes"
    assert "said by others to have been lifted, #1" in bar_words(bar)
    said = in_markdown(report_on(case(KNOWN, alleged(BAR)), "c", version="1"))
    assert "**It is only alleged that one person is barred:**" in said
    contact = {"kind": "contact-made", "counterparty": "p-1", "occurred": "2026-03-01"}
    log = case(alleged({**BAR, "from": "2026-01-01"}), contact)
    assert overview.counterparty(log, "p-1").bars[0].contacts == ()


def test_an_alleged_end_leaves_an_interim_measure_running() -> None:
    ended = {"kind": "interim-measure-ended", "interim_measure": "@i", "manner": "lifted"}
    (interim,) = only(LEAVE, alleged(ended)).interim
    assert interim_line(interim) == (
        "leave, running (not a sanction; said by others to have been lifted, #1)"
    )
    (interim,) = only(alleged(LEAVE)).interim
    assert interim_line(interim) == "leave, running (not a sanction; alleged)"


AGREED: dict[str, Any] = {
    "as": "a",
    "kind": "agreement-made",
    "type": "settlement",
    "between": ["p-1", "p-2"],
}
ACCEPTED = {"kind": "agreement-accepted", "agreement": "@a"}
PROMISE: dict[str, Any] = {
    "as": "t",
    "kind": "commitment-made",
    "agreement": "@a",
    "by": "p-1",
    "promise": "to pay",
}


def test_an_alleged_agreement_binds_nobody_and_an_alleged_step_changes_none() -> None:
    (agreement,) = agreements_of(view_of(alleged(AGREED), ACCEPTED))
    assert agreement.in_force == "no"
    assert "(alleged)" in agreement_line(agreement, str)
    rejected = alleged({"kind": "agreement-rejected", "agreement": "@a"})
    (agreement,) = agreements_of(view_of(AGREED, ACCEPTED, rejected))
    assert (agreement.state, agreement.in_force) == ("in force", "yes")
    assert "said by others to have been rejected, #2" in agreement_line(agreement, str)


def test_an_alleged_term_is_shown_and_an_alleged_payment_settles_none() -> None:
    paid = alleged({"kind": "commitment-fulfilled", "commitment": "@t"})
    (agreement,) = agreements_of(view_of(AGREED, ACCEPTED, PROMISE, paid))
    (promise,) = agreement.terms
    assert promise.state == "open"
    assert "said by others to have been fulfilled, #3" in promise_line(promise, str)
    (agreement,) = agreements_of(view_of(AGREED, ACCEPTED, alleged(PROMISE)))
    assert [promise_line(each, str) for each in agreement.terms] == ["term of p-1: open (alleged)"]


def test_an_alleged_judgment_concludes_no_proceeding() -> None:
    opened = {"as": "p", "kind": "proceeding-opened", "subject": "p-1", "type": "criminal"}
    acquitted = {"kind": "proceeding-concluded", "proceeding": "@p", "outcome": "acquitted"}
    (proceeding,) = proceedings_of(view_of(opened, alleged(acquitted)))
    assert proceeding.state == "open"
    assert "said by others to have been acquitted, #1" in proceeding_line(proceeding, str)
    assert only(opened, alleged(acquitted)).accountable == "no"
