"""How things stand: in each case, for one person, for one counterparty."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.cli.asking.standing.every_case import everything
from answerable.projections.errors import NotFound
from answerable.projections.facts.names import Names
from answerable.projections.status import status as overview
from answerable.projections.status.status import Told, overview_of_each

BAR: dict[str, Any] = {"as": "bar", "kind": "counterparty-barred", "counterparty": "p-3"}
SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
}


def test_a_case_with_nothing_to_tell_is_passed_over() -> None:
    log = case({"kind": "lesson-recorded", "lesson": "x"})
    log.add("b", **SANCTION)
    assert [each.case_id for each in overview.overview_of_each(log)] == ["b"]
    assert overview.overview_of(log, "c").people == ()


def test_a_bar_that_was_lifted_is_not_told() -> None:
    log = case(BAR)
    assert len(overview.overview_of(log, "c").bars) == 1
    log.add(kind="bar-lifted", bar="@bar")
    assert overview.overview_of(log, "c").bars == ()


def test_a_case_names_its_parties_once() -> None:
    found = overview.overview_of(case(SANCTION, {**SANCTION, "as": "t"}, BAR), "c")
    assert found.parties == ("p-1", "p-3")


def test_a_case_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="no case 'd'"):
        overview.overview_of(case(SANCTION), "d")
    with pytest.raises(NotFound, match="recorded by then"):
        overview.overview_of(case(SANCTION), "c", known_by=datetime(2025, 1, 1, tzinfo=UTC))


def test_a_person_is_looked_for_in_every_case() -> None:
    log = Memory()
    log.add("a", **SANCTION)
    log.add("b", kind="remediation-opened", owner="p-1")
    log.add("d", **{**SANCTION, "as": "other", "subject": "p-2"})
    found = overview.overview_of_person(log, "p-1")
    assert [person.case_id for person in found.cases] == ["a"]
    assert [(each.case_id, each.what) for each in found.open] == [
        ("a", "sanction to execute"),
        ("b", "remediation to verify"),
    ]
    assert found.accountable == "yes"
    assert overview.overview_of_person(log, "p-9").accountable == "no"


def test_a_person_whom_a_correction_names_is_found() -> None:
    log = case(SANCTION, {"kind": "correction", "target": "@s", "fields": {"subject": "p-2"}})
    assert overview.overview_of_person(log, "p-2").accountable == "yes"
    assert overview.overview_of_person(log, "p-1").cases == ()


def test_a_counterparty_has_bars_and_contacts_in_every_case() -> None:
    log = case(BAR)
    log.add("b", kind="contact-made", counterparty="p-3", stage="contract")
    log.add("b", kind="contact-made", counterparty="p-4")
    found = overview.counterparty(log, "p-3")
    assert [bar.case_id for bar in found.bars] == ["c"]
    assert [(each.case_id, each.stage) for each in found.contacts] == [("b", "contract")]


def test_only_cases_with_someone_accountable_or_something_open_are_told() -> None:
    log = Memory()
    log.add("blamed", kind="finding-made", subject="p-1", outcome="substantiated",
            responsibility="direct")  # fmt: skip
    log.add("busy", kind="case-opened", title="t", occurred="2026-01-01")
    log.add("barred", kind="counterparty-barred", counterparty="kol")

    def told(*only: Told, as_of: datetime | None = None) -> list[str]:
        return [each.case_id for each in overview_of_each(log, only=only, as_of=as_of)]

    assert told() == ["barred", "blamed", "busy"]
    assert told("accountable") == ["blamed"]
    assert told("open") == ["busy"]
    assert told("accountable", "open") == []
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert told("open", as_of=later) == ["busy"]
    assert told("open", as_of=datetime(2025, 1, 1, tzinfo=UTC)) == []


def test_the_names_of_a_case_are_read_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    log = Memory()
    for case_id in ("a", "b"):
        for party in range(4):
            log.add(case_id, **{**SANCTION, "as": f"{case_id}{party}", "subject": f"p-{party}"})
            log.add("house", kind="party-registered", party=f"p-{party}", type="person")
    asked: list[int] = []
    known = Names(log)
    read = log.registrations

    def counted(parties: Collection[str], **times: Any) -> Any:
        asked.append(len(parties))
        return read(parties, **times)

    monkeypatch.setattr(log, "registrations", counted)
    lines = [*everything(log, overview.overview_of_each(log, known=known), known)]
    assert lines[0].text.startswith("Accountable: 4 people. ")
    assert asked == [4]
