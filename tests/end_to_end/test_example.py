"""The example case, and what the record of it must come to: the sentences of the domain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.policies import generic

from answerable.domain.parsing import parse_line
from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.record import verify_record
from answerable.projections.accountability.accountability import Accountability, accountability_of
from answerable.projections.accountability.bars import bars_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import CaseFacts, of_case
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.timeline.durations import durations

EXAMPLE = Path(__file__).parents[2] / "examples" / "xiaomi-kol.jsonl"

STORY = [
    "contact-made",
    "backlash-observed",
    "case-opened",
    "verification-completed",
    "decision-taken",
    "engagement-terminated",
    "counterparty-barred",
    "apology-issued",
    "investigation-opened",
    *["finding-made"] * 3,
    "investigation-concluded",
    "decision-taken",
    *["sanction-imposed"] * 7,
    "statement-published",
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger that holds the example."""
    with Ledger.create(tmp_path_factory.mktemp("example") / "ledger.db") as made:
        lines = EXAMPLE.read_bytes().splitlines()
        made.append_all([parse_line(line) for line in lines], recorded_by="test")
        yield made


@pytest.fixture(scope="module")
def facts(ledger: Ledger) -> CaseFacts:
    """The facts of the case."""
    return of_case(ledger, "xiaomi-kol")


@pytest.fixture(scope="module")
def state(facts: CaseFacts) -> Accountability:
    """The accountability state of the case."""
    return accountability_of(CaseView(facts))


def test_the_case_is_told_in_the_order_of_the_story(ledger: Ledger) -> None:
    assert [event.kind for event in ledger.events(case="xiaomi-kol")] == STORY


def test_dates_are_those_of_the_story(ledger: Ledger) -> None:
    told = {
        (event.kind, event.occurred)
        for event in ledger.events(case="xiaomi-kol")
        if event.kind in ("contact-made", "apology-issued", "investigation-opened", "case-opened")
    }
    assert told == {
        ("contact-made", "../2026-01-05"),
        ("apology-issued", "2026-01-05"),
        ("investigation-opened", "../2026-01-06"),
        ("case-opened", None),
    }


def test_what_the_story_does_not_tell_is_absent(ledger: Ledger) -> None:
    kinds = {event.kind for event in ledger.events()}
    assert kinds.isdisjoint(
        {"subject-heard", "appeal-lodged", "sanction-executed", "remediation-opened", "case-closed"}
    )
    contact = next(ledger.events(kinds={"contact-made"}))
    assert {"initiators", "channel"}.isdisjoint(contact.fields)
    assert "jurisdiction" not in next(ledger.events(kinds={"case-opened"})).fields
    findings = list(ledger.events(kinds={"finding-made"}))
    assert all({"clause", "severity"}.isdisjoint(finding.fields) for finding in findings)
    bar = next(ledger.events(kinds={"counterparty-barred"}))
    assert bar.fields["from"] == "2026-01-05"
    assert "until" not in bar.fields


def test_nobody_knows_the_name_of_the_employee(ledger: Ledger) -> None:
    known = names(ledger)
    called = [known.called(party) for party in ("person-2", "person-3", "person-4")]
    assert called == ["Xu Fei", "Xu Jieyun", "person-4"]


def test_three_people_are_accountable_one_directly_and_two_as_managers(
    state: Accountability,
) -> None:
    assert {person.party: person.responsibility for person in state.accountable} == {
        "person-4": ("direct",),
        "person-2": ("managerial",),
        "person-3": ("managerial",),
    }


def test_the_sanctions_are_imposed_and_no_more_is_known_of_them(state: Accountability) -> None:
    told = {
        person.party: [(each.measure, each.period, each.state) for each in person.sanctions]
        for person in state.people
    }
    executive = [
        ("formal-reprimand", None, "imposed"),
        ("performance-rating-reduction", "2025", "imposed"),
        ("bonus-cancellation", "2025", "imposed"),
    ]
    assert told == {
        "person-4": [("dismissal", None, "imposed")],
        "person-2": executive,
        "person-3": executive,
    }


def test_one_party_is_barred_and_the_end_is_not_stated(facts: CaseFacts) -> None:
    (bar,) = bars_of(CaseView(facts))
    assert (bar.counterparty, bar.until) == ("person-1", None)


@pytest.mark.parametrize(
    ("rule", "verdict", "warning"),
    [
        ("independent", "indeterminate", True),
        ("evidenced", "fail", False),
        ("managerial", "pass", False),
        ("executed", "indeterminate", False),
    ],
)
def test_rules_say_what_the_record_lets_them_say(
    ledger: Ledger, rule: str, verdict: str, warning: bool
) -> None:
    found = generic(RecordView(ledger), "xiaomi-kol")[rule]
    assert (found.verdict, found.warning) == (verdict, warning)


def test_from_the_apology_to_the_sanctions_it_took_a_day(facts: CaseFacts) -> None:
    spans = {each.name: each.words for each in durations(CaseView(facts))}
    assert spans["apology to sanctions"] == "1 day"
    assert spans["contact to backlash"] == "unknown"


def test_the_record_verifies(ledger: Ledger) -> None:
    assert verify_record(ledger).verified
