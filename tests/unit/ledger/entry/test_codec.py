"""What is stored of an event: the layout of the bytes, what is in them, and what never is."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.history_strategies import ERASING, complete, settled
from tests.support.lengths import examples
from tests.support.oracles import contents, event_id

from answerable.domain.event import Event
from answerable.domain.kinds import FAMILY, model
from answerable.domain.parsing import parse, parse_line
from answerable.domain.record import LEDGERS_OWN
from answerable.ledger.entry.codec import producer_line
from answerable.ledger.entry.disclosure import commitment
from answerable.ledger.entry.errors import EntryTooLarge
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.rows import HEAD_OFFSET, ID_LENGTH, ID_OFFSET

MARKER = "ZZ-sealed-ZZ"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "a.db")


def apology(number: int = 1, **fields: object) -> Event:
    return parse(
        {"kind": "apology-issued", "case_id": "alpha", "event_id": event_id(number), **fields}
    )


def test_the_layout_of_an_entry(ledger: Ledger) -> None:
    event = apology(
        speaker="p-1", occurred="2026-01-05", statement="We are sorry.", admits=["a", "b"]
    )
    receipt = ledger.append(event, recorded_by="jane")
    entry = ledger.entry(0)
    assert entry is not None
    commitments = sorted(commitment(text).decode() for text in ledger.disclosures(0))
    assert len(commitments) == 3
    assert entry.decode() == (
        f'{{"event_id":"{event_id(1)}","case_id":"alpha","version":1,"kind":"apology-issued",'
        '"schema":1,"standing":"asserted","occurred":"2026-01-05","speaker":"p-1",'
        f'"recorded_at":"{receipt.recorded_at}","_sd":["{commitments[0]}","{commitments[1]}",'
        f'"{commitments[2]}"]}}'
    )
    assert entry[ID_OFFSET : ID_OFFSET + ID_LENGTH].decode() == event_id(1)
    assert entry[HEAD_OFFSET:].startswith(b'","case_id":"alpha","version":1,')


def test_the_least_entry(ledger: Ledger) -> None:
    ledger.append(parse({"kind": "apology-issued", "case_id": "alpha"}), recorded_by="jane")
    entry = ledger.entry(0)
    assert entry is not None
    assert re.fullmatch(
        r'\{"event_id":"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}","case_id":"alpha",'
        r'"version":1,"kind":"apology-issued","schema":1,"standing":"asserted",'
        r'"recorded_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z","_sd":\["[\w-]{43}"\]\}',
        entry.decode(),
    )


def test_versions_count_the_events_of_a_case(ledger: Ledger) -> None:
    cases = ["alpha", "beta", "alpha", "alpha", "beta"]
    for case_id in cases:
        ledger.append(parse({"kind": "apology-issued", "case_id": case_id}), recorded_by="jane")
    told = [(event.case_id, event.version) for event in ledger.events()]
    assert told == [("alpha", 1), ("beta", 1), ("alpha", 2), ("alpha", 3), ("beta", 2)]


def test_commitments_stand_sorted_whatever_the_order_of_the_fields(ledger: Ledger) -> None:
    # With four texts, 32 entries are in the order of the fields by chance once in 24 ** 32 times.
    for number in range(32):
        ledger.append(
            apology(number, statement="s", admits=["a"], addressed_to="t"), recorded_by="jane"
        )
    orders = set()
    for event in ledger.events():
        assert event.fields["_sd"] == sorted(event.fields["_sd"])
        fields = {
            commitment(text).decode(): field
            for text, field in zip(
                ledger.disclosures(event.position),
                ledger.opened([event.position])[event.position].fields,
                strict=True,
            )
        }
        orders.add(tuple(fields[digest] for digest in event.fields["_sd"]))
    assert len(orders) > 1


@pytest.mark.parametrize("kind", FAMILY)
def test_no_kind_has_a_field_of_the_ledgers_own(kind: str) -> None:
    own = LEDGERS_OWN | {"recorded_by"}
    assert not own & (set(model(kind).attributes) | set(model(kind).model_fields))


@pytest.mark.parametrize("kind", FAMILY)
@settings(max_examples=examples(2))
@given(st.data())
def test_nothing_sealed_is_in_the_chain_and_all_of_it_opens(kind: str, data: st.DataObject) -> None:
    events = data.draw(complete(kind, MARKER))
    with TemporaryDirectory() as folder, Ledger.create(Path(folder, "a.db")) as ledger:
        receipt = ledger.append_all(events, recorded_by=f"{MARKER} recorder")[-1]
        tables = contents(ledger.path)
        chain = [*tables["stored_events"], *tables["tiles"]]
        assert MARKER.encode() not in b"".join(c for row in chain for c in row if type(c) is bytes)
        assert MARKER not in "".join(str(cell) for row in chain for cell in row)

        opened = ledger.opened([receipt.position])[receipt.position].fields
        last = settled(events)[-1]
        told = json.loads(last.model_dump_json(by_alias=True, exclude_none=True))
        assert {**opened} == {
            "recorded_by": f"{MARKER} recorder",
            **{name: told[name] for name in type(last).sealed if told.get(name)},
        }
        # Every sealed field was there to be seen.
        hidden = {*type(last).sealed, "recorded_by"}
        assert hidden == set(opened)
        assert json.dumps(opened).count(MARKER) >= len(hidden)

        recorded = ledger.event(receipt.event_id)
        assert recorded is not None
        assert not hidden & set(recorded.fields)
        assert len(recorded.fields["_sd"]) == len(hidden)


@pytest.mark.parametrize("kind", [kind for kind in FAMILY if kind not in ERASING])
@settings(max_examples=examples(2))
@given(st.data())
def test_every_kind_can_be_exported_and_read_again(kind: str, data: st.DataObject) -> None:
    events = data.draw(complete(kind, MARKER))
    with TemporaryDirectory() as folder, Ledger.create(Path(folder, "a.db")) as ledger:
        ledger.append_all(events, recorded_by="jane")
        for event, recorded in zip(settled(events), ledger.events(), strict=True):
            opened = ledger.opened([recorded.position])[recorded.position]
            line = producer_line(recorded.fields, opened.fields, model(recorded.kind))
            assert parse_line(line) == event
            assert b"\n" not in line


def test_an_entry_holds_65535_bytes(ledger: Ledger) -> None:
    def case_with(parties: int, extra: int) -> Event:
        names = ["p" * 64] * parties + ["p" * extra] * bool(extra)
        return parse({"kind": "decision-taken", "case_id": "alpha", "event_id": event_id(1),
                      "outcome": "x", "deciders": names})  # fmt: skip

    entry, _ = ledger.preview(case_with(1, 0), recorded_by="jane")
    room = 65_535 - len(entry)
    parties, extra = divmod(room, len(',""') + 64)
    assert extra > 3
    with pytest.raises(EntryTooLarge) as caught:
        ledger.append(case_with(1 + parties, extra - 2), recorded_by="jane")
    assert caught.value.field == "deciders"
    assert "65,536 bytes" in str(caught.value)
    assert len(ledger) == 0
    ledger.append(case_with(1 + parties, extra - 3), recorded_by="jane")
    entry_there = ledger.entry(0)
    assert entry_there is not None
    assert len(entry_there) == 65_535


def test_a_long_text_is_no_part_of_the_entry(ledger: Ledger) -> None:
    ledger.append(apology(statement="x" * 1_000_000), recorded_by="jane")
    assert ledger.opened([0])[0].fields["statement"] == "x" * 1_000_000
    assert len(ledger.entry(0) or b"") < 500
