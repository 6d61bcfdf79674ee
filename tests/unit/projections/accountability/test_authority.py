"""Whether an authority bears a decision, and what that adds to a derivation."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.authority import AuthorityHeld
from answerable.projections.why.why import Derivation, why_event

GRANT: dict[str, Any] = {
    "as": "grant",
    "case_id": "house",
    "kind": "authority-granted",
    "party": "board",
    "measures": ["fine"],
    "from": "2025",
}
DECISION: dict[str, Any] = {
    "as": "decision",
    "kind": "decision-taken",
    "outcome": "sanction",
    "deciders": ["board"],
    "occurred": "2026-01-05",
    "authority": "@grant",
}
SANCTION: dict[str, Any] = {
    "as": "sanction",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "basis": ["@decision"],
}


def why(log: Memory, name: str = "sanction", **options: Any) -> Derivation:
    event: RecordedEvent | None = log.event(log.ids[name])
    assert event is not None
    return why_event(log, event, **options)


def of(log: Memory, name: str, **options: Any) -> AuthorityHeld:
    found = why(log, **options)
    (power,) = found.nodes[log.ids[name]].powers
    return power


def said(found: Derivation) -> set[str]:
    links = {each.link for _, each in found.lacking}
    return links & {"holder", "in force", "coverage", "authority"}


def flaws(found: Derivation) -> list[str]:
    return [text for _, text in found.flawed if "authority" in text]


def test_one_that_bears_it_lacks_nothing() -> None:
    log = case(GRANT, DECISION, SANCTION)
    assert of(log, "decision")[4:] == ("yes", "yes", None)
    assert of(log, "sanction").covers == "yes"
    assert (said(why(log)), flaws(why(log))) == (set(), [])


@pytest.mark.parametrize(
    ("granted", "decided", "in_force"),
    [
        ({}, {}, "yes"),
        ({"from": "2026-01-05"}, {}, "yes"),
        ({"from": "2026-01-06"}, {}, "no"),
        ({"from": "2026-01"}, {}, "unknown"),
        ({"from": None}, {}, "unknown"),
        ({"until": "2026-01-05"}, {}, "yes"),
        ({"until": "2026-01-04"}, {}, "no"),
        ({"until": "2026-01"}, {}, "unknown"),
        ({}, {"occurred": None}, "unknown"),
        ({}, {"occurred": "../2026-01-05"}, "unknown"),
        ({"from": "2026-01-05T14:00:00Z"}, {"occurred": "2026-01-05T09:00:00Z"}, "no"),
        ({"from": "2026-01-05T14:00:00Z"}, {}, "unknown"),
        ({"from": "2026-01-05"}, {"occurred": "2026-01-05T09:00:00Z"}, "yes"),
        ({"until": "2026-01-05"}, {"occurred": "2026-01-05T09:00:00Z"}, "yes"),
    ],
)
def test_whether_it_was_in_force(
    granted: dict[str, Any], decided: dict[str, Any], in_force: str
) -> None:
    log = case({**GRANT, **granted}, {**DECISION, **decided}, SANCTION)
    assert of(log, "decision").in_force == in_force
    assert ("in force" in said(why(log))) == (in_force == "unknown")
    assert flaws(why(log)) == (
        ["the authority #0 was not in force then"] if in_force == "no" else []
    )


@pytest.mark.parametrize(
    ("revoked", "in_force"),
    [("2026-01-04", "no"), ("2026-01-06", "yes"), ("2026-01", "unknown"), (None, "unknown")],
)
def test_a_revoked_one(revoked: str | None, in_force: str) -> None:
    end = {"kind": "authority-revoked", "case_id": "house", "authority": "@grant"}
    log = case(GRANT, {**end, "occurred": revoked}, DECISION, SANCTION)
    assert of(log, "decision").in_force == in_force


@pytest.mark.parametrize(
    ("effective", "in_force"), [("2026-01-04", "no"), ("2026-01-06", "yes"), ("2026-01", "unknown")]
)
def test_one_is_revoked_from_when_the_revocation_says(effective: str, in_force: str) -> None:
    end = {"kind": "authority-revoked", "case_id": "house", "authority": "@grant"}
    log = case(GRANT, {**end, "occurred": "2026-01-05", "effective": effective}, DECISION, SANCTION)
    assert of(log, "decision").in_force == in_force


def test_a_revocation_that_had_not_happened_is_none() -> None:
    end = {"kind": "authority-revoked", "case_id": "house", "authority": "@grant"}
    decided = {**DECISION, "occurred": "2026-01"}
    log = case(GRANT, {**end, "occurred": "2026-01-20"}, decided, SANCTION)
    assert of(log, "decision").in_force == "unknown"
    assert of(log, "decision", as_of=datetime(2026, 1, 15, tzinfo=UTC)).in_force == "yes"


@pytest.mark.parametrize(
    ("measures", "measure", "covers"),
    [
        (["fine"], "fine", "yes"),
        (["fine"], "dismissal", "no"),
        ([], "fine", "unknown"),
        (["other"], "other", "unknown"),
        (["fine"], "other", "no"),
    ],
)
def test_which_measures_it_covers(measures: list[str], measure: str, covers: str) -> None:
    text = {"measure_text": "a talk"} if measure == "other" else {}
    log = case({**GRANT, "measures": measures}, DECISION, {**SANCTION, "measure": measure, **text})
    assert of(log, "sanction").covers == covers
    assert ("coverage" in said(why(log))) == (covers == "unknown")
    assert bool(flaws(why(log))) == (covers == "no")


def test_of_several_decisions_one_is_enough_and_one_without_authority_leaves_it_open() -> None:
    second = {"as": "second", "kind": "decision-taken", "outcome": "inquire"}
    both = {**SANCTION, "measure": "dismissal", "basis": ["@decision", "@second"]}
    assert "coverage" in said(why(case(GRANT, DECISION, second, both)))
    other = {**GRANT, "as": "wide", "measures": ["dismissal"]}
    log = case(GRANT, other, DECISION, {**second, "authority": "@wide"}, both)
    assert "coverage" not in said(why(log))
    assert flaws(why(log)) == []


@pytest.mark.parametrize(
    ("deciders", "held", "links"),
    [(["board", "p-9"], "yes", set()), (["p-9"], "unknown", {"holder"}), ([], "unknown", set())],
)
def test_who_held_it(deciders: list[str], held: str, links: set[str]) -> None:
    log = case(GRANT, {**DECISION, "deciders": deciders}, SANCTION)
    assert of(log, "decision").held == held
    assert said(why(log)) == links


def test_an_authority_that_was_retracted_is_a_problem_of_the_decision() -> None:
    log = case(GRANT, DECISION, SANCTION)
    log.add("house", kind="retraction", target="@grant")
    assert any("retracted" in text for _, text in why(log).flawed)
