"""Answers as data and as tables."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from answerable import Ledger
from answerable.domain import parse_line
from answerable.domain.answers import Rows, html_table, json_value
from answerable.ledger import Receipts
from answerable.projections import (
    RecordView,
    accountability_of,
    all_bars,
    bars_of,
    figures_of,
    metrics_of,
    needs,
    obligations_of,
    overview_of,
    overview_of_each,
    overview_of_person,
    replay_case,
    report_on,
    timeline_of,
    why_person,
)

EXAMPLE = Path(__file__).parents[3] / "examples" / "xiaomi-kol.jsonl"
CASE = "xiaomi-kol"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.create(tmp_path_factory.mktemp("data") / "example.db") as made:
        made.append_all(map(parse_line, EXAMPLE.read_bytes().splitlines()), recorded_by="jane")
        yield made


def answers(ledger: Ledger) -> Iterator[Any]:
    view = RecordView(ledger).case(CASE)
    state = accountability_of(view)
    yield state
    yield from state.people
    for person in state.people:
        yield from (*person.findings, *person.sanctions)
        yield overview_of_person(ledger, person.party)
        yield why_person(ledger, person.party)
    yield from (*bars_of(view), *all_bars(ledger), *obligations_of(view), *timeline_of(view))
    yield from replay_case(ledger, CASE)
    yield overview_of(ledger, CASE)
    yield from overview_of_each(ledger)
    yield from needs(ledger)
    yield metrics_of(ledger)
    yield from (figures_of(ledger), *figures_of(ledger).figures)
    yield report_on(ledger, CASE, version="1")


def test_an_answer_is_as_data_what_json_tells_of_it(ledger: Ledger) -> None:
    kinds = set()
    for answer in answers(ledger):
        assert answer.as_dict() == json_value(answer)
        json.dumps(answer.as_dict())
        kinds.add(type(answer).__name__)
    assert len(kinds) == 16


def test_a_judgement_is_told_with_the_fields(ledger: Ledger) -> None:
    (person, *_) = accountability_of(RecordView(ledger).case(CASE)).accountable
    assert person.as_dict()["accountable"] == person.accountable
    finding = person.findings[0]
    assert finding.as_dict()["blames"] == finding.blames


def test_several_answers_are_a_tuple_and_a_table(ledger: Ledger) -> None:
    view = RecordView(ledger).case(CASE)
    for rows in (timeline_of(view), bars_of(view), all_bars(ledger)):
        assert isinstance(rows, Rows)
        assert rows == tuple(rows)
        assert rows.as_dicts() == json_value(rows)
        assert rows._repr_html_().count("<tr>") == len(rows) + 1
    state = accountability_of(view)
    assert state._repr_html_().count("<tr>") == len(state.people) + 1


def test_receipts_are_data_and_a_table(tmp_path: Path) -> None:
    event = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
    with Ledger.create(tmp_path / "a.db") as ledger:
        receipts = ledger.append_all([event, event], recorded_by="jane")
    assert isinstance(receipts, Receipts)
    assert receipts.as_dicts() == [receipt.as_dict() for receipt in receipts]
    assert receipts[0].as_dict()["root"] == receipts[0].root.hex()
    assert receipts._repr_html_().count("<tr>") == 3
    assert receipts[0]._repr_html_().count("<tr>") == 2


def test_nothing_in_a_table_is_taken_for_html() -> None:
    class Row:
        note_ = "<script>alert('&')</script>"
        names = ("<b>", "c")
        none = None
        hash = b"\x01\xff"

    assert html_table(("note_", "names", "none", "hash"), [Row()]) == (
        "<table><thead><tr><th>note</th><th>names</th><th>none</th><th>hash</th></tr></thead><tbody>"
        "<tr><td>&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;</td><td>&lt;b&gt;, c</td>"
        "<td></td><td>01ff</td></tr></tbody></table>"
    )
