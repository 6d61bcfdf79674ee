"""People, organisations, bodies, groups and things are counted apart."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.reports import in_markdown

from answerable.cli.asking.standing.every_case import everything
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.numbers import (
    AccountableNumbers,
    PartyNumbers,
    accountable_numbers,
    numbers_of,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import Name, names
from answerable.projections.report.report import report_on
from answerable.projections.status.status import overview_of_each
from answerable.projections.wording.party import parties_words
from answerable.projections.wording.person import accountable_words, those_accountable, ways_of_all

FINDING: dict[str, Any] = {
    "kind": "finding-made",
    "outcome": "substantiated",
    "responsibility": "direct",
}
TYPES = {
    "p-1": "person",
    "p-2": "person",
    "bank": "organisation",
    "board": "body",
    "staff": "group",
    "fleet": "asset",
}


def bank(*parties: str, responsibility: str = "direct") -> Memory:
    """A case in which a finding blames each of some parties, which are registered."""
    registered = [
        {
            "kind": "party-registered",
            "party": party,
            "type": type_,
            **({"size": "5300~"} if type_ == "group" else {}),
        }
        for party, type_ in TYPES.items()
    ]
    found = ({**FINDING, "subject": each, "responsibility": responsibility} for each in parties)
    return case(*registered, *found)


def test_each_type_is_counted_apart_and_each_party_once() -> None:
    parties = ("p-1", "p-2", "p-1", "bank", "board", "staff", "fleet", "who")
    assert numbers_of(parties, TYPES.get) == PartyNumbers(2, 1, 1, 1, 1, 1)
    assert numbers_of((), TYPES.get) == PartyNumbers()


def test_two_people_a_bank_and_its_employees_are_no_four_people() -> None:
    log = bank("p-1", "p-2", "bank", "staff")
    said = in_markdown(report_on(log, "c", version="1"))
    assert (
        "**Two people, one organisation and one group of about 5,300 are accountable**, "
        "all directly." in said
    )
    told = report_on(log, "c", version="1").accountable_by_type
    assert told == AccountableNumbers(PartyNumbers(2, 1, 0, 1), PartyNumbers())
    (total, *_) = everything(log, overview_of_each(log), names(log))
    assert total.text.startswith(
        "Accountable: 2 people, 1 organisation and 1 group of about 5,300. Barred: 0. "
    )


def test_a_party_that_is_not_registered_is_said_to_be_of_no_type_that_is_told() -> None:
    log = bank("p-1", "who")
    assert "**One person and one party whose type is not told are accountable**" in in_markdown(
        report_on(log, "c", version="1")
    )
    untold = [Name("a", "unregistered"), Name("b", "unregistered")]
    assert parties_words(untold) == "2 parties whose type is not told"
    assert those_accountable(untold[:1]) == "1 party whose type is not told is accountable".replace(
        "1", "one"
    )


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        (("5300~",), "1 group of about 5,300"),
        (("5300~", "346"), "2 groups of about 5,300 and 346"),
        (("346", None), "2 groups"),
        ((None,), "1 group"),
    ],
)
def test_a_group_is_told_with_its_size(sizes: tuple[str | None, ...], said: str) -> None:
    groups = [Name("g", "told", type="group", size=size) for size in sizes]
    assert parties_words(groups) == said


@pytest.mark.parametrize(
    ("party", "way"),
    [
        ("p-1", "as one of a body"),
        ("board", "as a whole"),
        ("bank", "as a whole"),
        ("staff", "as a whole"),
        ("who", "collectively"),
    ],
)
def test_one_of_a_body_is_a_member_and_never_the_body(party: str, way: str) -> None:
    log = bank(party, responsibility="collective")
    (person,) = accountability_of(CaseView(log.facts())).people
    assert accountable_words(person, TYPES.get) == f"accountable {way}"
    assert ways_of_all((person,), TYPES.get) == way


def test_members_and_bodies_are_told_apart_when_several_are() -> None:
    log = bank("p-1", "p-2", "board", "bank", responsibility="collective")
    people = accountability_of(CaseView(log.facts())).people
    assert ways_of_all(people, TYPES.get) == "two as members of a body and two each as a whole"


def test_who_is_accountable_in_one_case_and_may_be_in_another_is() -> None:
    log = bank("p-1")
    sure = accountability_of(CaseView(log.facts())).people
    perhaps = tuple(
        each._replace(findings=tuple(one._replace(as_of="unknown") for one in each.findings))
        for each in sure
    )
    assert accountable_numbers((*sure, *perhaps), TYPES.get).indeterminate == PartyNumbers()
    assert accountable_numbers(perhaps, TYPES.get).indeterminate == PartyNumbers(people=1)
