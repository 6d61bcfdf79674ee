"""Blame that was withdrawn and reassigned, asked about before and after, in every answer."""

import json

import pytest
from tests.end_to_end.conftest import Cli

ID = "019b8a5e-7c00-7000-8000-{:012d}".format

CASE: list[dict[str, object]] = [
    {"case_id": "house", "kind": "party-registered", "party": "p-1", "type": "person",
     "name": "Ann Lee"},
    {"case_id": "house", "kind": "party-registered", "party": "p-2", "type": "person",
     "name": "Bob Roy"},
    {"kind": "case-opened", "title": "An advert", "occurred": "2021-01-31"},
    {"kind": "allegation-made", "subject": "p-1", "made_by": "p-2", "conduct": "she approved it",
     "occurred": "2021-02-01"},
    {"kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
     "responsibility": "direct", "occurred": "2021-02-10", "allegation": ID(3)},
    {"kind": "decision-taken", "outcome": "dismiss", "occurred": "2021-02-11", "basis": [ID(4)]},
    {"kind": "sanction-imposed", "subject": "p-1", "measure": "dismissal", "basis": [ID(5)],
     "occurred": "2021-02-11"},
    {"kind": "engagement-terminated", "counterparty": "k-1", "basis": [ID(5)],
     "occurred": "2021-02-12"},
    {"kind": "finding-made", "subject": "p-2", "outcome": "substantiated",
     "responsibility": "managerial", "occurred": "2021-03-01"},
    {"kind": "blame-withdrawn", "blame": ID(4), "reassigned_to": ID(8), "withdrawn_by": "board-1",
     "occurred": "2021-03-02"},
    {"kind": "decision-withdrawn", "decision": ID(5), "withdrawn_by": "board-1",
     "occurred": "2021-03-20", "effective": "2021-03-05"},
]  # fmt: skip


@pytest.fixture
def advert(cli: Cli) -> Cli:
    lines = (
        json.dumps({"case_id": "ad", "event_id": ID(number), **event})
        for number, event in enumerate(CASE)
    )
    cli("init")
    cli("import", "-", stdin="\n".join(lines))
    return cli


MARK = "blame withdrawn 2021-03-02, reassigned by #9 to Bob Roy"


@pytest.mark.parametrize(
    ("day", "ann", "bob"),
    [
        ("2021-02-09", None, None),
        ("2021-02-28", "yes", None),
        ("2021-03-01", "yes", "yes"),
        # Nothing but the dismissal is held against her, until the decision behind it is gone.
        ("2021-03-04", "yes", "yes"),
        ("2021-03-05", "no", "yes"),
    ],
)
def test_status_as_of_a_day(advert: Cli, day: str, ann: str | None, bob: str | None) -> None:
    told = advert("status", "--case", "ad", "--as-of", day, "--json").json
    people = {each["party"]: each for each in (*told["people"], *told["others"])}
    assert {party: each["accountable"] for party, each in people.items()} == {
        party: answer for party, answer in (("p-1", ann), ("p-2", bob)) if answer
    }
    if ann:
        (finding,) = people["p-1"]["findings"]
        assert finding["withdrawn"] == ("yes" if day > "2021-03-01" else "no")
        assert (finding["reassigned_party"] == "p-2") == (day > "2021-03-01")


def test_status_says_since_when_and_to_whom(advert: Cli) -> None:
    assert MARK in advert("status").out
    out = advert("status", "--person", "Ann Lee").out
    assert "Ann Lee (p-1): not accountable" in out
    assert MARK in out
    assert "sanction: dismissal (withdrawn)" in out
    assert "withdrawn" not in advert("status", "--person", "Ann Lee", "--as-of", "2021-02-28").out


def test_the_report_says_it_in_short_and_what_nothing_bears_any_more(advert: Cli) -> None:
    out = advert("report", "ad").out
    assert f"**Blame was withdrawn:**\n\n- Ann Lee (`p-1`): {MARK} (#4)." in out
    assert "Rests on what was withdrawn: Decision: dismiss" in out
    assert "dismiss<br>withdrawn 2021-03-05" in out


def test_why_says_that_the_ground_is_gone(advert: Cli) -> None:
    out = " ".join(advert("why", "7").out.split())
    assert "problem: rests on what was withdrawn: Decision: dismiss" in out
    assert "withdrawn 2021-03-05" in out


def test_the_timeline_and_a_replay_tell_the_withdrawal(advert: Cli) -> None:
    assert "Blame withdrawn by board-1 (reassigned)" in advert("timeline", "ad").out
    told = advert("replay", "ad").out
    assert "Ann Lee is no longer accountable" in told
