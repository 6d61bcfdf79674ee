"""When a policy demands a signature: versions, beginnings, corrections, retractions."""

from typing import Any

import pytest
from tests.support.builders import Memory

from answerable.domain.signature_demands import (
    any_requires_signature,
    read,
    requiring_signature,
    versions_in_force,
)

ADOPTED: dict[str, Any] = {
    "kind": "policy-adopted",
    "case_id": "house",
    "policy": "signing",
    "policy_version": "1",
    "requires": ["signature"],
}
CONTACT: dict[str, Any] = {"kind": "contact-made", "counterparty": "p-1"}


def demands(*steps: dict[str, Any], at: dict[int, str] | None = None) -> list[list[str]]:
    """Which policies demand a signature of each event."""
    memory = Memory()
    for position, step in enumerate(steps):
        memory.add(**{**step, "recorded_at": (at or {}).get(position)})
    found = read(memory)
    assert found == versions_in_force(memory.events())
    told = [
        [version.name for version in requiring_signature(found, event.position, event.recorded_at)]
        for event in memory.events()
    ]
    assert any_requires_signature(found) or not any(told)
    return told


def test_no_policy_demands_nothing() -> None:
    assert demands(CONTACT, {**ADOPTED, "requires": []}, CONTACT) == [[], [], []]
    assert read(Memory()) == []


def test_from_after_its_adoption() -> None:
    assert demands(CONTACT, ADOPTED, CONTACT) == [[], [], ["signing 1"]]


def test_until_a_later_version_does_not_or_goes_on() -> None:
    steps = (ADOPTED, {**ADOPTED, "policy_version": "2", "requires": []}, CONTACT)
    assert demands(*steps) == [[], ["signing 1"], []]
    steps = (ADOPTED, {**ADOPTED, "policy_version": "2"}, CONTACT)
    assert demands(*steps) == [[], ["signing 1"], ["signing 2"]]


def test_another_policy_does_not_end_it() -> None:
    other = {**ADOPTED, "policy": "conduct", "requires": []}
    assert demands(ADOPTED, other, CONTACT)[2] == ["signing 1"]
    assert demands(ADOPTED, {**other, "requires": ["signature"]}, CONTACT)[2] == [
        "signing 1",
        "conduct 1",
    ]


def test_until_it_is_retracted_and_then_the_one_before_it_again() -> None:
    retraction = {"kind": "retraction", "case_id": "house"}
    first, second = {**ADOPTED, "as": "a"}, {**ADOPTED, "as": "b", "policy_version": "2"}
    assert demands(first, {**retraction, "target": "@a"}, CONTACT) == [[], ["signing 1"], []]
    assert demands(first, second, {**retraction, "target": "@b"}, CONTACT)[3] == ["signing 1"]


def test_a_correction_counts_from_when_it_is_recorded() -> None:
    correction = {"as": "c", "kind": "correction", "case_id": "house", "target": "@a"}
    adopted = {**ADOPTED, "as": "a"}
    dropped = {**correction, "fields": {"requires": []}}
    assert demands(adopted, CONTACT, dropped, CONTACT) == [
        [], ["signing 1"], ["signing 1"], []
    ]  # fmt: skip
    nothing = {**correction, "fields": {"from": None, "requires": None}}
    assert demands({**adopted, "from": "2099"}, nothing, CONTACT) == [[], [], []]
    again = {"kind": "retraction", "case_id": "house", "target": "@c"}
    assert demands(adopted, dropped, again, CONTACT)[3] == ["signing 1"]


@pytest.mark.parametrize(
    ("begins", "at", "expected"),
    [
        ("2026-02-01", "2026-02-01T00:00:00.000000Z", True),
        ("2026-02-01", "2026-01-31T23:59:59.999999Z", False),
        ("2026-02", "2026-02-01T00:00:00.000000Z", True),
        ("2026-02-01T12:00:00+08:00", "2026-02-01T04:00:00.000000Z", True),
        ("2026-02-01T12:00:00+08:00", "2026-02-01T03:59:59.999999Z", False),
        ("../2026-02-01", "2026-02-01T23:59:59.999998Z", False),
        ("../2026-02-01", "2026-02-02T00:00:00.000000Z", True),
        ("2026-02-01/..", "2026-02-01T00:00:00.000000Z", True),
    ],
)
def test_from_its_beginning(begins: str, at: str, expected: bool) -> None:
    found = demands(
        {**ADOPTED, "from": begins}, CONTACT, at={0: "2020-01-01T00:00:00.000000Z", 1: at}
    )
    assert found[1] == (["signing 1"] if expected else [])


def test_the_version_before_stays_until_the_next_begins() -> None:
    later = {**ADOPTED, "policy_version": "2", "requires": [], "from": "2026-02-10"}
    at = {2: "2026-02-09T00:00:00.000000Z", 3: "2026-02-10T00:00:00.000000Z"}
    assert demands(ADOPTED, later, CONTACT, CONTACT, at=at)[2:] == [["signing 1"], []]
