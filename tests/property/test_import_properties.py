"""Importing: references are ids, a source imported twice is one, a refreshed source is compared."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples
from tests.support.oracles import event_id

from answerable.cli.recording.importing.comparing import standings_of
from answerable.cli.recording.importing.lookup import LedgerLookup
from answerable.cli.recording.importing.refreshing import Refreshing
from answerable.ledger.ledger import Ledger
from answerable.ledger.transfer.batches import batches
from answerable.ledger.transfer.drafts import Drafting
from answerable.ledger.transfer.error_list import ErrorList
from answerable.ledger.transfer.import_ import Import
from answerable.ledger.transfer.json_lines import lines

Line = dict[str, Any]

WORDS = st.sampled_from(["one", "two", "three words here", "四", 'a: "b"'])
DATES = st.sampled_from(["2026-01-05", "2026-01", "../2026-02-01", "2025?"])
MEASURES = ["fine", "censure"]
FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "contact-made": st.fixed_dictionaries(
        {"counterparty": st.sampled_from(["k-1", "k-2"])},
        optional={"occurred": DATES, "purpose": WORDS, "standing": st.just("alleged")},
    ),
    "sanction-imposed": st.fixed_dictionaries(
        {"subject": st.sampled_from(["p-1", "p-2"]), "measure": st.sampled_from(MEASURES)},
        optional={"days": st.integers(1, 40), "amount": st.just("5.00 CNY"), "reason": WORDS},
    ),
    "case-opened": st.fixed_dictionaries(
        {"title": WORDS},
        optional={"jurisdiction": st.sampled_from(["cn", ["cn", "de"]]), "occurred": DATES},
    ),
}  # fmt: skip


SPOILT: dict[str, Any] = {"colour": "red", "basis": [event_id(99)], "standing": 5}
"""Tell what spoils a line: in its form, or because it cannot have happened."""


@st.composite
def sources(draw: st.DrawFn) -> list[Line]:
    """A source: each line has a key, and may refer to earlier ones."""
    told: list[Line] = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from([*FIELDS]))
        line = {"kind": kind, "case_id": f"c-{number}" if kind == "case-opened" else "acme",
                "key": f"row-{number}", "ref": f"r{number}", **draw(FIELDS[kind])}  # fmt: skip
        basis = (
            draw(st.lists(st.integers(0, number - 1), max_size=2, unique=True)) if number else []
        )
        told.append(line | ({"basis": [f"$r{each}" for each in basis]} if basis else {}))
    return told


@st.composite
def refreshed(draw: st.DrawFn) -> tuple[list[Line], list[Line]]:
    """A source, and what became of it: lines changed, gone and new."""
    before = draw(sources())
    after = [line | draw(FIELDS[line["kind"]]) if draw(st.booleans()) else line for line in before]
    for line in after:
        for name in ("occurred", "purpose", "days", "reason"):
            if name in line and draw(st.booleans()):
                line.pop(name)
    new = draw(sources())
    more = [line | {"key": f"new-{line['key']}", "ref": f"n{line['ref']}", "case_id": "acme"}
            for line in new if line["kind"] != "case-opened" and "basis" not in line]  # fmt: skip
    return before, [*after, *more]


@contextmanager
def ledgers() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, Ledger.create(Path(folder) / "a.db") as ledger:
        yield ledger


def imported(ledger: Ledger, told: list[Line] | bytes, batch: int = 1_000) -> int:
    """Import lines; returns how many events were recorded."""
    text = told if isinstance(told, bytes) else written(told)
    run = Import(ledger, "jane")
    for each in batches(lines(io.BytesIO(text)), Drafting(LedgerLookup(ledger), "hr"), batch):
        assert not each.flaws, each.flaws
        run.record(each)
    return run.tally.recorded


def refresh(ledger: Ledger, told: list[Line]) -> tuple[Refreshing, bytes]:
    """Refresh a source; returns what was found, and the corrections that were drafted."""
    drafts = io.BytesIO()
    found = Refreshing(ledger, "hr", drafts)
    run = Import(ledger, "jane")
    made = batches(lines(io.BytesIO(written(told))), Drafting(LedgerLookup(ledger), "hr"), 2)
    for each in found.new(made):
        assert not each.flaws, each.flaws
        run.record(each)
    found.find_gone()
    return found, drafts.getvalue()


def written(told: list[Line]) -> bytes:
    return "".join(json.dumps(line) + "\n" for line in told).encode()


def record(ledger: Ledger) -> list[Any]:
    """Return what is on record, without what the clock and the salts make of it."""
    own = {"recorded_at", "_sd", "event_id", "basis"}
    ids = [event.event_id for event in ledger.events()]
    return [
        (
            {name: value for name, value in event.fields.items() if name not in own},
            [ids.index(each) for each in event.fields.get("basis", ())],
            texts.fields,
        )
        for event, texts in ledger.events(opened=True)
    ]


@settings(max_examples=examples(20), deadline=None)
@given(sources(), st.integers(1, 4))
def test_a_file_with_refs_is_the_same_file_with_ids(told: list[Line], batch: int) -> None:
    by_ref = [{name: line[name] for name in line if name != "key"} for line in told]
    by_id = [
        {name: line[name] for name in line if name not in ("key", "ref")}
        | {"event_id": event_id(number + 1)}
        | {"basis": [event_id(int(each[2:]) + 1) for each in line.get("basis", ())]}
        for number, line in enumerate(told)
    ]
    with ledgers() as one, ledgers() as other:
        assert imported(one, by_ref, batch) == imported(other, by_id) == len(told)
        assert record(one) == record(other)
        assert imported(one, by_ref) == 0


@settings(max_examples=examples(20), deadline=None)
@given(sources(), st.integers(1, 4))
def test_what_is_imported_twice_is_recorded_once(told: list[Line], batch: int) -> None:
    with ledgers() as ledger:
        assert imported(ledger, told, batch) == len(told)
        head = ledger.head()
        assert imported(ledger, told) == 0
        found, drafts = refresh(ledger, told)
        assert (found.known, found.changed_count, found.gone_count) == (len(told), 0, 0)
        assert drafts == b""
        assert ledger.head() == head


@settings(max_examples=examples(30), deadline=None)
@given(refreshed())
def test_the_corrections_of_a_refreshed_source_make_the_record_read_as_it(
    told: tuple[list[Line], list[Line]],
) -> None:
    before, after = told
    with ledgers() as ledger:
        imported(ledger, before)
        found, drafts = refresh(ledger, after)
        assert found.known + found.changed_count == len(before)
        assert drafts.count(b"\n") == found.drafted == found.changed_count
        assert len(ledger) == len(after)
        assert imported(ledger, drafts) == found.drafted
        assert imported(ledger, drafts) == 0
        again, none = refresh(ledger, after)
        assert (again.known, again.changed_count, none) == (len(after), 0, b"")
        drafting = Drafting(LedgerLookup(ledger), "hr")
        (batch,) = batches(lines(io.BytesIO(written(after))), drafting)
        for event in batch.events:
            recorded = ledger.event(str(event.event_id))
            assert recorded is not None
            standing = standings_of(ledger, [recorded])[recorded.event_id].fields
            for name in event.attributes:
                value = event.told(name)
                if name in ("occurred", "days", "subject", "measure", "title", "purpose", "reason"):
                    assert standing.get(name) == value
        # And back again: corrections of corrections.
        back, drafts = refresh(ledger, before)
        assert back.gone_count == len(after) - len(before)
        imported(ledger, drafts)
        assert refresh(ledger, before)[0].changed_count == 0
        imported(ledger, refresh(ledger, after)[1])
        assert refresh(ledger, after)[0].changed_count == 0


@settings(max_examples=examples(20), deadline=None)
@given(sources(), st.dictionaries(st.integers(0, 5), st.sampled_from([*SPOILT])), st.integers(1, 3))
def test_the_check_finds_the_lines_that_were_spoilt_and_no_others(
    told: list[Line], spoilt: dict[int, str], batch: int
) -> None:
    wrong = {number: spoilt[number] for number in sorted(spoilt) if number < len(told)}
    lines_told = [
        line | ({wrong[number]: SPOILT[wrong[number]]} if number in wrong else {})
        for number, line in enumerate(told)
    ]
    rests: set[int] = set()
    for number, line in enumerate(lines_told):
        refers = [int(each[2:]) for each in line.get("basis", ()) if each.startswith("$")]
        if number not in wrong and any(each in wrong or each in rests for each in refers):
            rests.add(number)
    with ledgers() as ledger:
        drafting = Drafting(LedgerLookup(ledger), "hr")
        errors = ErrorList()
        made = batches(lines(io.BytesIO(written(lines_told))), drafting, batch)
        tally = Import(ledger, "jane").check(made, drafting, errors)
        assert [error.line for error in errors.kept] == [each + 1 for each in wrong]
        assert errors.unchecked == len(rests)
        assert tally.recorded == len(told) - len(wrong) - len(rests)
        assert len(ledger) == 0
