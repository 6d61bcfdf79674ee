"""`answerable append --check`: a warning of what an event makes worse, and never a refusal."""

from __future__ import annotations

import json

import pytest
from tests.unit.cli.conftest import Here

from answerable.ledger.ledger import Ledger
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.saying.worsening import worse, worsened_by
from answerable.projections.errors import NotFound
from answerable.projections.facts.record_view import RecordView

CASE = "xiaomi-kol"
CONTACT = ("append", "contact", "--case", CASE, "--counterparty", "person-1")
FINDING = (
    *("append", "finding-made", "--case", CASE, "--subject", "person-3", "--outcome"),
    *("substantiated", "--responsibility", "direct", "--occurred", "2026-05-01"),
)


def test_what_an_event_makes_worse_is_said_and_it_is_recorded(story: Here) -> None:
    told = story(*CONTACT, "--occurred", "2026-06-01", "--check")
    assert told.out.startswith("Recorded: contact with the KOL, 2026-06-01 (#28")
    lines = told.err.splitlines()
    assert lines[0] == "Fails: No contact with a barred party while the bar lasts."
    assert lines[1] == "  Done while the bar #12 lasted: the contact with the KOL (#28)."
    assert lines[-1] == "All of the case: `answerable check xiaomi-kol`"


def test_what_failed_before_is_said_again_only_where_it_fails_once_more(story: Here) -> None:
    told = json.loads(story(*FINDING, "--check", "--json").out)
    heard = {each["rule"]: each for each in told["worse"]}["heard-first"]
    assert (heard["was"], heard["now"]) == ("fail", "fail")
    assert heard["explanation"] == "No hearing before: the finding about Xu Jieyun (#28)."
    later = json.loads(story(*CONTACT, "--occurred", "2026-06-01", "--check", "--json").out)
    assert [each["rule"] for each in later["worse"]] == ["bar-kept"]


def test_what_makes_nothing_worse_is_said_to(story: Here) -> None:
    asked = ("append", "subject-heard", "--case", CASE, "--subject", "person-3")
    told = story(*asked, "--occurred", "2026-04-01", "--check")
    assert told.err.splitlines() == ["By the policies in force it makes nothing worse."]
    assert (
        json.loads(story(*asked, "--occurred", "2026-04-02", "--check", "--json").out)["worse"]
        == []
    )


def test_without_it_nothing_is_judged(story: Here) -> None:
    assert "worse" not in json.loads(story(*FINDING, "--json").out)
    assert "Fails" not in story(*CONTACT, "--occurred", "2026-06-01").err


@pytest.mark.parametrize("more", ["--dry-run", "--prepare"])
def test_what_is_not_recorded_is_not_judged(story: Here, more: str) -> None:
    words = (more,) if more == "--dry-run" else (more, "draft.json")
    assert "--check is of what is recorded" in story(*CONTACT, "--check", *words, code=2).err


def test_what_cannot_be_judged_is_recorded_all_the_same(
    story: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise NotFound("there are too many candidates.")

    monkeypatch.setattr(Judges, "outcomes", fail)
    told = story(*CONTACT, "--occurred", "2026-06-01", "--check")
    assert told.out.startswith("Recorded: contact with the KOL")
    assert told.err.splitlines()[0] == (
        "It is recorded, but could not be judged: there are too many candidates."
    )


def test_a_case_is_no_worse_than_itself_and_each_event_is_compared_with_all_others(
    story: Here,
) -> None:
    with Ledger.open(story.folder / "answerable.db") as opened:
        record = RecordView(opened)
        outcomes = Judges(record).outcomes(record.case(CASE))
        assert worse(outcomes, outcomes) == ()
        found = {
            fact.event.position: {each.rule for each in worsened_by(record, CASE, fact.event_id)}
            for fact in record.case(CASE).facts.values()
        }
    assert "heard-first" in found[15]
    assert "bar-kept" in found[12]
    assert all(each.isdisjoint(("nothing-hidden",)) for each in found.values())
