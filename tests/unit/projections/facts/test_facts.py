"""Corrections, retractions and disputes, worked into the facts of a case."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.domain.record import Disclosed
from answerable.projections.facts import disclosed as texts
from answerable.projections.facts import facts
from answerable.projections.facts.facts import CaseFacts

CONTACT: dict[str, Any] = {
    "as": "contact",
    "kind": "contact-made",
    "counterparty": "p-1",
    "purpose": "a campaign",
    "occurred": "2026-01-05",
}
DAY_AFTER = datetime(2026, 1, 6, tzinfo=UTC)
DAY_BEFORE = datetime(2026, 1, 4, tzinfo=UTC)


def corrected(name: str = "first", **fields: Any) -> dict[str, Any]:
    return {"as": name, "kind": "correction", "target": "@contact", "fields": fields}


def contact(log: Memory) -> facts.Fact:
    return log.facts().facts[log.ids["contact"]]


def test_a_correction_changes_the_reading_and_not_the_record() -> None:
    log = case(CONTACT, corrected(counterparty="p-2"))
    fact = contact(log)
    assert fact.fields["counterparty"] == "p-2"
    assert fact.event.fields["counterparty"] == "p-1"
    assert fact.corrections == (log.ids["first"],)


def test_the_latest_correction_of_a_field_wins() -> None:
    log = case(
        CONTACT,
        corrected("first", counterparty="p-2", stage="contract"),
        corrected("second", counterparty="p-3"),
    )
    assert contact(log).fields["counterparty"] == "p-3"
    assert contact(log).fields["stage"] == "contract"


def test_a_null_takes_a_field_away() -> None:
    assert "occurred" not in contact(case(CONTACT, corrected(occurred=None))).fields


def test_a_standing_taken_away_is_the_one_that_needs_no_telling() -> None:
    log = case({**CONTACT, "standing": "verified"}, corrected(standing=None))
    assert contact(log).fields["standing"] == "asserted"


@pytest.mark.parametrize(("retracted", "left"), [("first", "p-3"), ("second", "p-2")])
def test_a_retracted_correction_leaves_the_others(retracted: str, left: str) -> None:
    log = case(
        CONTACT,
        corrected("first", counterparty="p-2"),
        corrected("second", counterparty="p-3"),
        {"kind": "retraction", "target": f"@{retracted}"},
    )
    assert contact(log).fields["counterparty"] == left


def test_a_retracted_event_stands_no_longer_and_stays_on_record() -> None:
    log = case(CONTACT, {"as": "r", "kind": "retraction", "target": "@contact"})
    assert contact(log).retracted_by == log.ids["r"]
    assert list(log.facts().standing("contact-made")) == []


def test_a_dispute_stands_beside_the_event_until_it_is_retracted() -> None:
    dispute = {"as": "d", "kind": "dispute", "target": "@contact", "by": "p-1"}
    log = case(CONTACT, dispute)
    assert contact(log).disputes == (log.ids["d"],)
    log.add(kind="retraction", target="@d")
    assert contact(log).disputes == ()
    assert contact(log).stands


def test_what_acts_upon_an_event_is_found_from_it_unless_retracted() -> None:
    log = case(
        {"as": "bar", "kind": "counterparty-barred", "counterparty": "p-1"},
        {"as": "lift", "kind": "bar-lifted", "bar": "@bar"},
    )
    state = log.facts()
    bar = state.facts[log.ids["bar"]]
    assert [each.kind for each in state.upon(bar)] == ["bar-lifted"]
    assert list(state.upon(bar, "appeal-lodged")) == []
    log.add(kind="retraction", target="@lift")
    state = log.facts()
    assert list(state.upon(state.facts[log.ids["bar"]])) == []


@pytest.mark.parametrize(
    ("occurred", "moment", "when"),
    [
        ("2026-01-05", None, "yes"),
        (None, None, "yes"),
        ("2026-01-05", DAY_AFTER, "yes"),
        ("2026-01-05", DAY_BEFORE, "no"),
        ("2026-01", DAY_AFTER, "unknown"),
        ("../2026-01-05", DAY_BEFORE, "unknown"),
        (None, DAY_AFTER, "unknown"),
    ],
)
def test_whether_it_had_happened_is_answered_by_what_the_date_allows(
    occurred: str | None, moment: datetime | None, when: str
) -> None:
    fact = contact(case({**CONTACT, "occurred": occurred}))
    assert fact.when(moment) == when
    shown = list(case({**CONTACT, "occurred": occurred}).facts().standing(as_of=moment))
    assert bool(shown) == (when != "no")


def test_a_corrected_date_decides_whether_it_had_happened() -> None:
    log = case(CONTACT, corrected(occurred="2026-01-03"))
    assert contact(log).when(DAY_BEFORE) == "yes"


def test_a_reading_of_some_kinds_may_lack_what_a_correction_corrects() -> None:
    log = case(CONTACT, corrected(stage="contract"), {"kind": "retraction", "target": "@first"})
    kinds = {"correction", "retraction"}
    state = facts.fold("c", log.events(case="c", kinds=kinds))
    assert [each.kind for each in state.standing()] == ["retraction"]


def test_each_case_is_folded_alone() -> None:
    log = Memory()
    for case_id in ("b", "a", "b"):
        log.add(case_id, kind="contact-made", counterparty="p-1")
    found = list(facts.of_each_case(log))
    assert [(each.case_id, len(each.facts)) for each in found] == [("a", 1), ("b", 2)]


def test_known_by_leaves_out_what_was_recorded_later() -> None:
    log = case(CONTACT, corrected(counterparty="p-2"))
    first = datetime.fromisoformat(log.log[0].recorded_at)
    known = facts.of_case(log, "c", known_by=first)
    assert known.facts[log.ids["contact"]].fields["counterparty"] == "p-1"


def purpose(log: Memory) -> tuple[object, str]:
    state = log.facts()
    fact = state.facts[log.ids["contact"]]
    return texts.disclose(log, state, [fact])[fact.event_id].text("purpose")


def test_a_sealed_text_is_read_as_corrected() -> None:
    assert purpose(case(CONTACT)) == ("a campaign", "told")
    assert purpose(case({**CONTACT, "purpose": None})) == (None, "not told")
    log = case(CONTACT, corrected(purpose="a film"))
    assert purpose(log) == ("a film", "told")
    log.add(kind="retraction", target="@first")
    assert purpose(log) == ("a campaign", "told")
    assert purpose(case(CONTACT, corrected(purpose=None))) == (None, "not told")


def test_a_sealed_text_that_is_gone_says_why() -> None:
    log = case(CONTACT)
    log.withhold(log.ids["contact"], "purpose")
    assert purpose(log) == (None, "withheld")
    log = case(CONTACT)
    log.erase(log.ids["contact"], "purpose")
    assert purpose(log) == (None, "erased")
    log.add(kind="correction", target="@contact", fields={"purpose": "a film"})
    assert purpose(log) == ("a film", "told")


@pytest.mark.parametrize("gone", ["erased", "withheld"])
def test_an_earlier_text_never_stands_in_for_a_correction_that_is_gone(gone: str) -> None:
    log = case(CONTACT, corrected(purpose="a film"))
    hide = log.erase if gone == "erased" else log.withhold
    hide(log.ids["first"], "sealed_fields")
    assert purpose(log) == (None, gone)


def test_a_correction_of_public_fields_casts_no_doubt_on_texts() -> None:
    assert purpose(case(CONTACT, corrected(stage="contract"))) == ("a campaign", "told")


def test_texts_are_opened_at_the_positions_of_the_fact_and_its_corrections() -> None:
    log = case(CONTACT, corrected(purpose="a film"))
    state = log.facts()
    assert texts.positions(state, [state.facts[log.ids["contact"]]]) == [0, 1]


def test_nothing_recorded_is_no_facts() -> None:
    assert facts.of_case(Memory(), "c") == CaseFacts("c", {})
    assert Disclosed({}) == ({}, (), 0, ())
