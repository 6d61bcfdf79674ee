"""A page or a PDF for a part of a case holds nothing of the rest, in no form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.support.bundles import found_by_answerable, sign_head, signed_ledger
from tests.support.corrected_in_part import STEPS
from tests.support.signed_ledger import first_keys, house
from tests.support.whole_file import undone

from answerable.cli.reporting.formats import content
from answerable.cli.reporting.made import Made
from answerable.domain.parsing import parse_line
from answerable.domain.reader import Reader
from answerable.ledger.bundle.in_page.extracted import extracted
from answerable.ledger.ledger import Ledger
from answerable.projections.blocks.spans import plain
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.pages.content import content_of
from answerable.projections.pages.paper import case_paper
from answerable.projections.pages.scrubber import replay_of
from answerable.projections.report.audience.audiences import For
from answerable.projections.report.audience.report_for import Gated, report_for
from answerable.projections.report.report import parties, report_on

EXAMPLES = Path(__file__).parents[4] / "examples"
CASES = (*sorted((EXAMPLES / "cases").glob("*.jsonl")), EXAMPLES / "xiaomi-kol.jsonl")
RECORDER = "Zed Recorder"
SHORT = 24
"""The letters of a text that may stand somewhere by chance."""


@pytest.fixture(params=CASES, ids=lambda each: each.stem)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Ledger, str]]:
    with Ledger.create(tmp_path / "a.db") as ledger:
        lines = request.param.read_bytes().splitlines()
        ledger.append_all([parse_line(line) for line in lines], recorded_by=RECORDER)
        sign_head(ledger, tmp_path, first_keys(ledger))
        yield ledger, request.param.stem


def page_for(ledger: Ledger, gated: Gated) -> bytes:
    made = Made(gated.report, ledger, gated.looked, (), gated.part)
    return content(made, "html")


def written(ledger: Ledger, gated: Gated) -> str:
    """All that is in the page for some readers, and in what is printed for them."""
    page = page_for(ledger, gated)
    assert found_by_answerable(page, []) == {}
    printed = case_paper(content_of(gated.report, gated.looked, gated.part))
    return undone(page.decode()) + undone(printed)


def hidden_from(reader: Reader, case_id: str, gated: Gated) -> Iterator[str]:
    """Whatever the part that is shown must not hold: texts, names, sentences and ids."""
    assert gated.part is not None
    matter, known = gated.part.matter, names(reader)
    facts = RecordView(reader).recorded_case(case_id).case
    people = [each for each in parties(facts) if each not in matter.named]
    yield from matter.protected
    for name in known.of_each(people):
        yield from filter(None, (name.name, *name.aliases))
    shown = {
        entry.gist
        for entry in report_on(reader, case_id, version="1").timeline
        if entry.event_id in matter.concerned
    }
    for entry in report_on(reader, case_id, version="1").timeline:
        if entry.event_id in matter.hidden and entry.gist not in shown:
            yield entry.gist
    places = [each.position for each in reader.events()]
    told = "\n".join(texts(each.fields for each in gated.looked.reader.opened(places).values()))
    whole = texts(each.fields for each in reader.opened(places).values())
    yield from (text for text in whole if len(text) > SHORT and text not in told)


def texts(told: Any) -> Iterator[str]:
    """Every text in what is told, on a line of its own."""
    match told:
        case str():
            yield told
        case Mapping():
            yield from texts(told.values())
        case _:
            yield from (text for each in told for text in texts(each))


def test_nothing_that_is_withheld_is_in_a_page(opened: tuple[Ledger, str]) -> None:
    ledger, case_id = opened
    facts = RecordView(ledger).recorded_case(case_id).case
    people = [each for each in parties(facts) if names(ledger).type_of(each) == "person"]
    for whom in (For("public"), *(For("subject", each) for each in people[:3])):
        gated = report_for(ledger, case_id, whom, version="1")
        said = written(ledger, gated)
        assert RECORDER not in said
        found = [each for each in hidden_from(ledger, case_id, gated) if each in said]
        assert found == [], whom


def registered(party: str, name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "party-registered", "party": party, "type": "person", "name": name, **more}


HOSTILE: tuple[dict[str, Any], ...] = (
    registered("party-1", "Ann Li"),
    registered("party-2", "Robert Roy", aliases=["Bobby"]),
    registered("party-3", "Cleo Ray"),
    registered("party-4", "徐洁云"),
    {"kind": "case-opened", "title": "Gifts"},
    {"as": "r", "kind": "report-received", "reporter": "party-3", "report": "It was they."},
    {"as": "a", "kind": "allegation-made", "subject": "party-1", "made_by": "party-3",
     "conduct": "Azure."},
    {"kind": "correction", "target": "@a", "sealed_fields": {"conduct": "Amber, says cleo."}},
    {"as": "e", "kind": "evidence-registered", "digest": f"sha256:{'0' * 64}",
     "description": "scan_of_cleoray-2024.PDF", "collected_by": "party-3"},
    {"as": "x", "kind": "evidence-registered", "digest": f"sha256:{'1' * 64}",
     "description": "Beige: CL<b>EO</b> *R*ay signed"},
    {"as": "y", "kind": "evidence-registered", "digest": f"sha256:{'2' * 64}",
     "description": "Coral: Cle\u200bo was there"},
    {"as": "z", "kind": "evidence-registered", "digest": f"sha256:{'3' * 64}",
     "description": "Denim: 洁云说的"},
    {"as": "w", "kind": "evidence-registered", "digest": f"sha256:{'4' * 64}",
     "description": "Ecru: Bobby told us"},
    {"as": "u", "kind": "evidence-registered", "digest": f"sha256:{'5' * 64}",
     "description": "Lilac: c.l.e.o came, %43leo"},
    {"as": "f1", "kind": "finding-made", "subject": "party-1", "outcome": "substantiated",
     "responsibility": "direct", "conduct": "Fawn.", "basis": ["@e", "@x", "@y", "@z", "@w", "@u"]},
    {"as": "f2", "kind": "finding-made", "subject": "party-2", "outcome": "substantiated",
     "responsibility": "managerial", "conduct": "Grape."},
    {"as": "d", "kind": "decision-taken", "outcome": "sanction", "deciders": ["party-1"],
     "reasons": "Hazel: C&#108;eo", "basis": ["@f1", "@f2"]},
    {"as": "s2", "kind": "sanction-imposed", "subject": "party-2", "measure": "dismissal",
     "basis": ["@d"]},
    {"kind": "sanction-lifted", "sanction": "@s2", "reason": "Indigo."},
    {"as": "g", "kind": "statement-published", "acts": ["announce"], "speaker": "party-1",
     "statement": "Jade: Roy did it."},
    {"kind": "retraction", "target": "@g", "reason": "Khaki: not Roy."},
)  # fmt: skip

WITHHELD = (
    *("Amber", "Beige", "Coral", "Denim", "Ecru", "Grape", "Hazel", "Indigo", "Jade", "Khaki"),
    *("Lilac", "scan_of"),
)


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Ledger]:
    ledger, _ = signed_ledger(tmp_path, [{"case_id": "c", **step} for step in HOSTILE])
    with ledger:
        yield ledger


def test_names_are_found_however_they_are_written(hostile: Ledger) -> None:
    gated = report_for(hostile, "c", For("subject", "party-1"), version="1")
    said = written(hostile, gated)
    assert "Fawn." in said
    assert [each for each in WITHHELD if each in said] == []
    assert [each for each in hidden_from(hostile, "c", gated) if each in said] == []


def test_a_replay_in_part_does_not_say_that_nobody_is_accountable(hostile: Ledger) -> None:
    for whom, said in ((For("subject", "party-1"), "You are accountable."), (For("public"), None)):
        gated = report_for(hostile, "c", whom, version="1")
        steps = replay_of(gated.looked, gated.part)
        assert "Nobody is accountable." not in steps.lines
        assert (said in steps.lines) is (said is not None)


def test_what_is_left_out_is_counted_and_proved_by_its_hash(hostile: Ledger) -> None:
    gated = report_for(hostile, "c", For("subject", "party-1"), version="1")
    files = extracted(page_for(hostile, gated))
    manifest = json.loads(files["manifest.json"])
    everything = [event.position for event in hostile.events(case="c")]
    assert sorted(manifest["positions"] + manifest["left_out"]) == everything
    entries = [json.loads(files[name]) for name in files if name.startswith("entries/")]
    # The allegation names who made it, and so is shown in the page's words alone.
    assert "allegation-made" not in {entry["kind"] for entry in entries}
    assert "finding-made" in {entry["kind"] for entry in entries}


def test_a_page_of_which_no_entry_may_be_given_carries_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = [{"case_id": "c", "kind": "case-opened", "title": "T", "owner": "party-1"}]
    ledger, _ = signed_ledger(tmp_path, steps)
    with ledger:
        page = page_for(ledger, report_for(ledger, "c", For("public"), version="1"))
    assert b"carries no record" in page
    assert b"party-1" not in page
    assert "no entry of the case" in capsys.readouterr().err


def test_a_reference_to_what_is_hidden_is_said_to_be_withheld(tmp_path: Path) -> None:
    """Hold that neither one alone nor a list of nothing else reads as if nothing were on record."""
    told = (EXAMPLES / "cases" / "tailwind.jsonl").read_bytes().splitlines()
    made = house(tmp_path)
    with made.ledger as ledger:
        ledger.append_all(map(parse_line, told), recorded_by="jane")
        made.sign()
        for party, field in (("person-6", "investigation"), ("person-5", "basis")):
            gated = report_for(ledger, "tailwind", For("subject", party), version="1")
            page = page_for(ledger, gated).decode()
            assert f'<dd data-field="{field}"><em>(withheld)</em></dd>' in page
            assert "(nothing)" not in page


def test_a_list_says_how_many_that_are_hidden_it_names(tmp_path: Path) -> None:
    """Hold that it does so below an event, as first recorded, and within what a correction says."""
    ledger, _ = signed_ledger(tmp_path, STEPS)
    with ledger:
        gated = report_for(ledger, "c", For("subject", "person-1"), version="1")
        content = content_of(gated.report, gated.looked, gated.part)
        told = {
            each.position: [(name, plain(value)) for name, value in each.fields]
            for each in content.events
        }
        assert found_by_answerable(page_for(ledger, gated), []) == {}
        assert "Berta" not in undone(page_for(ledger, gated).decode())
    own = "#6 Finding about Anna Fawn: substantiated, direct responsibility"
    at = told[7].index(("basis", own))
    first = f"as first recorded: {own} (2 more withheld)"
    assert told[7][at + 1 : at + 3] == [("", "(one more withheld)"), ("", first)]
    assert ("fields", f"basis: {own} (one more withheld)") in told[9]
    assert ("fields", "basis: (withheld)") in told[10]
    assert ("basis", "(withheld)") in told[6]
