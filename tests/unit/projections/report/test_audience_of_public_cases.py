"""No name gets round the gate in cases that happened, of all the people in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from answerable.domain.answers import json_value
from answerable.domain.parsing import parse_line
from answerable.ledger.ledger import Ledger
from answerable.projections.blocks.markdown import markdown
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.report.audience.audiences import Audience, For
from answerable.projections.report.audience.matter import NATURAL, matter_of
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.report import parties
from answerable.projections.report.written import written

EXAMPLES = Path(__file__).parents[4] / "examples"
CASES = (*sorted((EXAMPLES / "cases").glob("*.jsonl")), EXAMPLES / "xiaomi-kol.jsonl")
RECORDER = "Zed Recorder"


@pytest.fixture(params=CASES, ids=lambda each: each.stem)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Ledger, str]]:
    with Ledger.create(tmp_path / "a.db") as ledger:
        lines = request.param.read_bytes().splitlines()
        ledger.append_all([parse_line(line) for line in lines], recorded_by=RECORDER)
        yield ledger, request.param.stem


def told(ledger: Ledger, case: str, audience: Audience, subject: str | None = None) -> str:
    report = report_for(ledger, case, For(audience, subject), version="1").report
    as_json = json.dumps(json_value(report), ensure_ascii=False)
    return f"{as_json}\n{markdown(written(report))}"


def natural(ledger: Ledger, case: str, known: Names) -> list[str]:
    everyone = parties(RecordView(ledger).recorded_case(case).case)
    return [each for each in everyone if known.type_of(each) in NATURAL]


def test_no_name_gets_round_the_gate(opened: tuple[Ledger, str]) -> None:
    ledger, case = opened
    known = names(ledger)
    people = natural(ledger, case, known)
    called = {each: [each, *filter(None, (known.of(each).name,))] for each in people}
    assert RECORDER not in told(ledger, case, "board")
    public = told(ledger, case, "public")
    assert not [word for words in called.values() for word in words if word in public]
    for party in people:
        said = told(ledger, case, "subject", party)
        matter = matter_of(RecordView(ledger).case(case).case, known, For("subject", party))
        unnamed = (each for each in people if each not in matter.named)
        assert not [
            called[each] for each in unnamed if called[each][-1] in said and known.of(each).name
        ]
        assert RECORDER not in said


def test_no_record_of_a_hidden_event_gets_round_the_gate(opened: tuple[Ledger, str]) -> None:
    ledger, case = opened
    known = names(ledger)
    facts = RecordView(ledger).recorded_case(case).case
    for party in (None, *natural(ledger, case, known)):
        whom = For("public") if party is None else For("subject", party)
        report = report_for(ledger, case, whom, version="1").report
        hidden = matter_of(facts, known, whom).hidden
        positions = {facts.facts[each].event.position for each in hidden}
        assert [each for each in records_in(report) if each.position in positions] == []
        numbers = {int(each) for each in re.findall(r"#(\d+)", markdown(written(report)))}
        assert numbers & positions == set()


def records_in(told: Any) -> Iterator[Any]:
    """Yield the records within plain data that tell the position of an event."""
    if hasattr(told, "position"):
        yield told
    if isinstance(told, Mapping):
        told = tuple(told.values())
    if isinstance(told, tuple | list | frozenset):
        for each in told:
            yield from records_in(each)
