"""Views: the moment and the names said once, answers worked out once, and never stale."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.errors import NotFound
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import initial
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.report.report import report_on

FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "basis": ["@e"],
    "occurred": "2026-01-05",
}
EXHIBIT: dict[str, Any] = {
    "as": "e",
    "kind": "evidence-registered",
    "digest": "sha256:" + "0" * 64,
    "occurred": "2026-01-04",
}
SANCTION: dict[str, Any] = {
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "basis": ["@f"],
    "occurred": "2026-01-06",
}


class Counting:
    """A record that counts how often it is asked, and in which way."""

    def __init__(self, log: Memory) -> None:
        self.log, self.zone = log, log.zone
        self.asked = Counter[str]()

    def __getattr__(self, name: str) -> Any:
        self.asked[name] += 1
        return getattr(self.log, name)


def registered(*parties: str) -> Iterator[dict[str, Any]]:
    for party in parties:
        yield {"kind": "party-registered", "party": party, "type": "person", "name": party.upper()}


def test_an_answer_is_worked_out_once_for_each_view() -> None:
    asked: list[CaseView] = []

    @once
    def number(view: CaseView) -> int:
        asked.append(view)
        return len(view.facts)

    facts = case(EXHIBIT, FINDING).facts()
    view, other = CaseView(facts), CaseView(facts, datetime(2026, 1, 4, 23, tzinfo=UTC))
    assert [number(view), number(view), number(other)] == [2, 2, 2]
    assert asked == [view, other]


@pytest.mark.parametrize("question", [accountability_of, obligations_of])
def test_a_view_with_one_more_event_has_its_own_answers(
    question: Callable[[CaseView], object],
) -> None:
    log = case(EXHIBIT, FINDING, SANCTION)
    view = CaseView(initial("c"))
    for number, event in enumerate(log.log, 1):
        before, earlier, view = view, question(view), view.after(event)
        assert len(view.facts) == number
        assert question(view) == question(CaseView(view.case))
        assert question(before) == earlier


def test_a_basis_is_gathered_once_within_the_case_and_once_beyond_it() -> None:
    log = Memory()
    log.add("other", **EXHIBIT)
    log.add(**FINDING)
    reader: Any = Counting(log)
    view = RecordView(reader).case("c")
    finding = view.facts[log.ids["f"]]
    assert list(view.basis(finding).facts) == [log.ids["e"]]
    assert view.basis_in_case(finding).absent == (log.ids["e"],)
    assert view.basis(finding) is view.basis(finding)
    assert reader.asked["event"] == 1


def test_what_had_not_happened_by_the_moment_is_no_basis() -> None:
    facts = case(EXHIBIT, FINDING).facts()
    finding = next(fact for fact in facts.facts.values() if fact.kind == "finding-made")
    assert CaseView(facts).basis(finding).facts
    assert not CaseView(facts, datetime(2026, 1, 3, tzinfo=UTC)).basis(finding).facts


def test_a_record_keeps_the_cases_asked_for_last() -> None:
    log = Memory()
    for number in range(3):
        log.add(f"c-{number}", **EXHIBIT)
    reader: Any = Counting(log)
    record = RecordView(reader, keep=2)
    for number in (0, 1, 0, 2, 0):
        record.case(f"c-{number}")
    assert list(record.cases) == ["c-2", "c-0"]
    assert reader.asked == {"events": 3}


def test_a_case_of_which_nothing_is_on_record_is_not_found() -> None:
    with pytest.raises(NotFound, match="no case 'c'"):
        RecordView(Memory()).recorded_case("c")


def test_the_names_of_some_parties_are_read_in_one_go() -> None:
    log = Memory()
    for number, fields in enumerate(registered("p-1", "p-2", "p-3")):
        log.add(f"c-{number}", **fields)
    reader: Any = Counting(log)
    known = names(reader)
    found = known.of_each(["p-3", "p-1", "p-3", "p-9"])
    assert [name.shown for name in found] == ["P-3", "P-1", "P-3", "p-9"]
    assert known.called("p-1") == "P-1"
    assert reader.asked == {"registrations": 1, "amended": 1, "opened": 1}


def test_a_report_asks_once_for_the_events_the_texts_and_the_names() -> None:
    log = case(
        *registered("p-1", "p-2", "p-3", "p-4"),
        {"kind": "contact-made", "counterparty": "p-4", "occurred": "2026-01-02"},
        {**EXHIBIT, "collected_by": "p-2"},
        FINDING,
        {**SANCTION, "announced_by": "p-3"},
        {"kind": "counterparty-barred", "counterparty": "p-4", "from": "2026-01-03"},
    )
    reader: Any = Counting(log)
    made = report_on(reader, "c", version="1")
    assert {name.shown for name in made.parties} == {"P-1", "P-2", "P-3", "P-4"}
    for each in ("document", "document_keys", "document_parts"):
        del reader.asked[each]  # in how many views it looks is not the question here
    assert reader.asked == {
        "head": 1,
        "events": 4,  # those of the case, of two registers, and of renamings
        "opened": 4,  # the texts of the case and the names, and both for what was changed
        "registrations": 3,
        "amended": 3,
        "altered": 1,
    }
