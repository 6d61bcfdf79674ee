"""Metrics and comparisons count people apart from other parties, and each party once."""

from __future__ import annotations

from typing import Any

from tests.support.builders import Memory

from answerable.cli.measuring.compare_text import group_lines
from answerable.projections.accountability.numbers import PartyNumbers
from answerable.projections.consistency.compare import compare
from answerable.projections.consistency.public_release import released_groups
from answerable.projections.metrics.metrics import metrics_of

FINDING: dict[str, Any] = {
    "kind": "finding-made",
    "outcome": "substantiated",
    "responsibility": "direct",
}
TYPES = {"p-1": "person", "p-2": "person", "bank": "organisation", "staff": "group"}


def record(*parties: str, **fields: Any) -> Memory:
    """A finding about each of some parties, in a case of its own; all but one are registered."""
    log = Memory()
    for party, type_ in TYPES.items():
        log.add("house", kind="party-registered", party=party, type=type_)
    for number, party in enumerate(parties):
        log.add(f"c-{number}", subject=party, **{**FINDING, **fields})
    return log


def counts(log: Memory) -> dict[str, tuple[int, int]]:
    return {each.name: (each.least, each.most) for each in metrics_of(log).counts}


def test_who_is_accountable_is_counted_by_type_and_once_over_all_cases() -> None:
    told = counts(record("p-1", "p-2", "p-1", "bank", "staff", "who"))
    assert told["people accountable"] == (2, 2)
    assert told["organisations accountable"] == (1, 1)
    assert told["groups accountable"] == (1, 1)
    assert told["bodies accountable"] == (0, 0)
    assert told["parties of a type not told accountable"] == (1, 1)
    assert told["parties accountable only as alleged"] == (0, 0)


def test_the_cases_of_a_party_stand_behind_its_number() -> None:
    (number,) = (
        each
        for each in metrics_of(record("p-1", "p-1")).counts
        if each.name == "people accountable"
    )
    assert (number.least, number.sure) == (1, ("c-0", "c-1"))


def test_who_is_accountable_only_as_alleged_is_counted_apart() -> None:
    told = counts(record("p-1", "bank", standing="alleged"))
    assert told["people accountable"] == (0, 0)
    assert told["parties accountable only as alleged"] == (2, 2)


def test_like_findings_about_a_bank_are_about_no_more_people() -> None:
    (group,) = compare(record("p-1", "p-2", "p-1", "bank", "who"))
    assert group.parties == PartyNumbers(people=2, organisations=1, type_not_told=1)
    assert group.people == 3  # of whom it is not told may be a person
    said = [line.text for line in group_lines(group)]
    assert "  about 2 people, 1 organisation and 1 party whose type is not told" in said


def test_organisations_do_not_make_a_group_large_enough_for_outsiders() -> None:
    log = record("p-1", "p-2", "p-1", "p-2", "p-1", "p-2")
    assert [*released_groups(compare(log))] == []
    log = record(*(f"q-{number}" for number in range(5)))
    assert len([*released_groups(compare(log))]) == 1
    for number in range(5):
        log.add("house", kind="party-registered", party=f"q-{number}", type="organisation")
    assert [*released_groups(compare(log))] == []
