"""The report as sections of blocks, whatever it is written as."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.builders import case

from answerable.domain.parsing import parse_line
from answerable.ledger.ledger import Ledger
from answerable.projections.blocks.blocks import (
    Block,
    Bullets,
    Paragraph,
    Quotation,
    Table,
    Written,
    paragraph,
)
from answerable.projections.blocks.spans import Line, Span, plain
from answerable.projections.report.lookup import Lookup
from answerable.projections.report.report import Report, report_on
from answerable.projections.report.written import written

EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Report:
    place = tmp_path_factory.mktemp("written") / "a.db"
    with Ledger.create(place, clock=lambda: datetime(2026, 1, 8, 9, tzinfo=UTC)) as ledger:
        events = [parse_line(line) for line in EXAMPLE.read_bytes().splitlines()]
        ledger.append_all(events, recorded_by="x")
        return report_on(ledger, "xiaomi-kol", version="1.2.3")


def lines(answer: Written) -> Iterator[Line]:
    yield answer.title
    for block in (*answer.lead, *(block for each in answer.sections for block in each.blocks)):
        yield from within(block)


def within(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph(said) | Bullets(said):
            yield from said
        case Table():
            yield from (said for row in block.rows for cell in row.cells for said in cell.lines)
        case Quotation(head):
            yield head


def spans(answer: Written) -> Iterator[Span]:
    return (span for said in lines(answer) for span in said)


def test_sections_have_names_to_link_to_in_the_order_of_reading(example: Report) -> None:
    assert [section.name for section in written(example).sections] == [
        "in-short",
        "register",
        "timeline",
        "decisions",
        "bars",
        "durations",
        "open",
        "audit",
        "grounds",
        "verdicts",
        "words",
        "sources",
        "events",
        "record",
    ]


def test_a_row_of_an_event_tells_its_position(example: Report) -> None:
    tables = {
        section.name: block
        for section in written(example).sections
        for block in section.blocks
        if isinstance(block, Table)
    }
    for name in ("timeline", "events", "decisions", "bars", "audit"):
        for row in tables[name].rows:
            assert f"#{row.position}" in plain(row.cells[0].lines[0])
    assert [row.position for row in tables["timeline"].rows] == [
        each.position for each in example.timeline
    ]


def test_names_and_texts_are_recorded_and_pseudonyms_are_code(example: Report) -> None:
    told = list(spans(written(example)))
    for name in ("Xu Fei", "Contact with a KOL", "the KOL"):
        own = [span for span in told if name in span.text]
        assert own
        assert all("recorded" in span.styles for span in own)
    assert any(span.text == "person-2" and "code" in span.styles for span in told)
    assert any(span.text == example.header.root and "code" in span.styles for span in told)


def test_a_name_cannot_pass_for_a_citation_or_for_markup() -> None:
    name = "See #12 *now* | <b>"
    log = case(
        {"kind": "party-registered", "party": "p-1", "type": "person", "name": name},
        {
            "kind": "finding-made",
            "subject": "p-1",
            "outcome": "substantiated",
            "responsibility": "direct",
        },
    )
    ours = [
        span.text
        for span in spans(written(report_on(log, "c", version="1")))
        if "recorded" not in span.styles
    ]
    assert not any("#12" in text or "<b>" in text for text in ours)
    assert any("#1" in text for text in ours)


def test_a_name_within_another_is_not_taken_out_of_it() -> None:
    who = {"kind": "party-registered", "type": "person"}
    log = case({**who, "party": "p-1", "name": "Xu"}, {**who, "party": "p-2", "name": "Xu Fei"})
    lookup = Lookup(report_on(log, "c", version="1"))
    said = lookup.said("Dispute by Xu Fei about Xuan")
    assert [span.text for span in said if span.styles] == ["Xu Fei"]


CHANGED = (
    {"kind": "party-registered", "party": "p-1", "type": "person", "name": "Ann Li"},
    {"as": "e", "kind": "evidence-registered", "digest": f"sha256:{'0' * 64}",
     "description": "a memo"},
    {"as": "f", "kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
     "responsibility": "direct", "conduct": "theft", "basis": ["@e"]},
    {"as": "s", "kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "basis": ["@f"]},
    {"kind": "correction", "target": "@s", "fields": {"due": "2026-02-28"}, "reason": "late"},
    {"kind": "dispute", "target": "@f", "by": "p-1", "ground": "I was not there"},
)  # fmt: skip


def test_what_backs_what_the_exhibits_and_what_was_changed_are_told() -> None:
    told = {
        each.name: each for each in written(report_on(case(*CHANGED), "c", version="1")).sections
    }
    cells = {
        name: [[plain(said) for said in cell.lines] for cell in table.rows[0].cells]
        for name in ("audit", "exhibits")
        for table in told[name].blocks
        if isinstance(table, Table)
    }
    none = "not on record"
    assert cells["audit"] == [
        [each]
        for each in (
            *("#3", "Sanction against Ann Li: fine"),
            *(none, "#2", "#1, not told", "–", none, none, "not told"),
        )
    ]
    assert cells["exhibits"][1:] == [
        ["a memo"],
        ["not told, not told"],
        ["not told"],
        ["not told"],
        [
            "#1",
            "Who collected it is not told (indeterminate) (#1)",
            "When it was collected is not told (indeterminate) (#1)",
        ],
        ["the finding about Ann Li (p-1) (substantiated) #2"],
    ]
    head, changed = told["changes"].blocks
    assert head == paragraph("2 changes: 1 corrected, 1 disputed.")
    assert isinstance(changed, Table)
    correction, dispute = ([plain(cell.lines[0]) for cell in row.cells] for row in changed.rows)
    assert correction[1:4] == [
        "corrected: #3 Sanction against Ann Li: fine",
        "due was not told, is now 2026-02-28",
        "late",
    ]
    assert dispute[1:5] == [
        "disputed: #2 Finding about Ann Li: substantiated, direct responsibility",
        "none",
        "I was not there",
        "Ann Li (p-1)",
    ]


def test_one_consequence_is_no_tally() -> None:
    log = case({"kind": "sanction-imposed", "subject": "p-1", "measure": "fine"})
    said = [plain(each) for each in lines(written(report_on(log, "c", version="1")))]
    assert any(each.startswith("The one consequence is not fully backed.") for each in said)
    assert not any("one consequence is fully" in each for each in said)
