"""What holds of every history, and of every way to tamper with one."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import psycopg
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.support.history_strategies import CASES, HOLDING, batches, histories, settled
from tests.support.lengths import examples
from tests.support.oracles import event_id, leaf, raw, root
from tests.support.server_site import ledgers_on_server
from tests.support.tampering import stray_entry

from answerable.domain.case import CaseState, target_of
from answerable.domain.event import Event
from answerable.domain.kinds import FAMILY, TARGETS, model
from answerable.domain.kinds.record import PersonalDataErased
from answerable.domain.parsing import parse, parse_line
from answerable.ledger.entry.codec import producer_line
from answerable.ledger.errors import NotALedger, NotVerified, StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.queries import tile_reader
from answerable.ledger.tlog.merkle import (
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from answerable.ledger.verify.record import verify_record


@contextmanager
def new_ledger() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, Ledger.create(Path(folder, "a.db")) as ledger:
        yield ledger


@settings(max_examples=examples(30))
@given(batches(histories()))
def test_a_history_reads_back_as_it_was_told(runs: list[list[Event]]) -> None:
    told = [event for run in runs for event in run]
    with new_ledger() as ledger:
        receipts = [
            receipt for run in runs for receipt in ledger.append_all(run, recorded_by="jane")
        ]
        events = list(ledger.events())
        opened = ledger.opened(range(len(told)))

        assert [event.position for event in events] == list(range(len(told)))
        assert [event.event_id for event in events] == [r.event_id for r in receipts]
        kept = settled(
            [event.model_copy(update={"event_id": r.event_id})
             for event, r in zip(told, receipts, strict=True)]
        )  # fmt: skip
        for event, recorded in zip(kept, events, strict=True):
            line = producer_line(recorded.fields, opened[recorded.position].fields, type(event))
            assert parse_line(line) == event
            assert opened[recorded.position].fields["recorded_by"] == "jane"

        states: dict[str, CaseState] = {}
        for event, recorded, receipt in zip(kept, events, receipts, strict=True):
            assert event.event_id is not None
            state = states.setdefault(event.case_id, CaseState(event.case_id))
            state.apply(event.event_id, event.kind, target_of(event))
            assert recorded.version == receipt.version == state.version
        for case_id, state in states.items():
            of_case = list(ledger.events(case=case_id))
            assert of_case == [event for event in events if event.case_id == case_id]
            assert [event.version for event in of_case] == list(range(1, state.version + 1))
        assert list(ledger.events_by_case()) == [
            event for case_id in sorted(states) for event in ledger.events(case=case_id)
        ]


@settings(max_examples=examples(20))
@given(batches(histories()), st.booleans())
def test_an_export_imported_again_is_the_same_export(runs: list[list[Event]], whole: bool) -> None:
    def export(ledger: Ledger) -> list[bytes]:
        events = list(ledger.events())
        opened = ledger.opened(range(len(events)))
        return [producer_line(e.fields, opened[e.position].fields, model(e.kind)) for e in events]

    with new_ledger() as first, new_ledger() as second:
        for run in runs:
            first.append_all(run, recorded_by="jane")
        lines = export(first)
        events = [parse_line(line) for line in lines]
        for batch in [events] if whole else [[event] for event in events]:
            second.append_all(batch, recorded_by="joe")
        assert export(second) == lines
        # And once more is nothing new.
        assert all(r.duplicate for r in first.append_all(events, recorded_by="joe"))
        assert first.head().size == len(lines)


@settings(max_examples=examples(20))
@given(batches(histories(max_events=20)), st.data())
def test_the_tree_is_the_textbooks(runs: list[list[Event]], data: DataObject) -> None:
    with new_ledger() as ledger:
        heads = [ledger.head()]
        for run in runs:
            receipts = ledger.append_all(run, recorded_by="jane")
            heads.append(ledger.head())
            assert {(r.size, r.root) for r in receipts} == {tuple(heads[-1])}
        leaves = [leaf(ledger.entry(at) or b"") for at in range(heads[-1].size)]
        assert all(head.root == root(leaves[: head.size]) for head in heads)
        verification = verify_record(ledger)
        assert verification.problems == ()
        assert (verification.size, verification.root) == heads[-1]

        at = data.draw(st.integers(0, len(leaves) - 1))
        size = data.draw(st.integers(at + 1, len(leaves)))
        with ledger._reading() as cursor:
            read = tile_reader(cursor)
            proof = inclusion_proof(at, size, read)
            assert verify_inclusion(leaves[at], at, size, proof, root(leaves[:size]))
            for old, new in pairwise(heads):
                grown = consistency_proof(old.size, new.size, read)
                assert verify_consistency(old.size, new.size, old.root, new.root, grown)


PLAIN = frozenset(FAMILY) - frozenset(TARGETS) - HOLDING
"""Kinds whose texts are about those whom they name, and no hold."""


def named_in(event: Event) -> set[str]:
    values = [getattr(event, event.attributes[name]) for name in event.parties]
    return {
        party for value in values for party in ((value,) if isinstance(value, str) else value or ())
    }


@settings(max_examples=examples(30))
@given(batches(histories(kinds=[*PLAIN, *["personal-data-erased"] * 5], without=(), max_events=20)))
def test_erasures_destroy_what_is_about_their_subjects_or_named_and_no_more(
    runs: list[list[Event]],
) -> None:
    told = [event for run in runs for event in run]
    with new_ledger() as ledger:
        for run in runs:
            ledger.append_all(run, recorded_by="jane")
        total = 0
        for position, opened in ledger.opened(range(len(told))).items():
            event = told[position]
            later = [each for each in told[position + 1 :] if isinstance(each, PersonalDataErased)]
            fields = json.loads(event.model_dump_json(by_alias=True, exclude_none=True))
            sealed = {name: fields[name] for name in event.sealed if fields.get(name)}
            gone = set(sealed) if {each.subject for each in later} & named_in(event) else set()
            sealed["recorded_by"] = "jane"
            for each in later:
                if event.event_id and event.event_id in each.events:
                    gone |= sealed.keys() & (set(each.fields) or sealed.keys())
            assert set(opened.erased) == gone
            assert opened.fields == {
                name: value for name, value in sealed.items() if name not in gone
            }
            total += len(gone)
        verification = verify_record(ledger)
        assert verification.problems == ()
        assert verification.erased == total


# Tampering. The attacker has the file and SQLite; the triggers are dropped already.

SIZE = 300
ERASED = "p-4"


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of two tiles, of events of every sort, in which something was erased."""
    place = tmp_path_factory.mktemp("victim") / "a.db"
    example = Path(__file__).parents[2] / "examples" / "xiaomi-kol.jsonl"
    with Ledger.create(place) as ledger:
        ledger.append_all(map(parse_line, example.read_bytes().splitlines()), recorded_by="jane")
        number = len(ledger)
        ledger.append_all(
            (parse({"kind": "contact-made", "case_id": CASES[at % 3],
                    "event_id": event_id(0xA000 + at), "counterparty": f"p-{at % 7}",
                    "purpose": f"talks number {at}",
                    "sources": [{"title": "minutes"}]}) for at in range(number, SIZE - 20)),
            recorded_by="jane",
        )  # fmt: skip
        erasure = {"kind": "personal-data-erased", "case_id": "house", "legal_basis": "gdpr 17"}
        ledger.append(parse({**erasure, "subject": ERASED}), recorded_by="jane")
        ledger.append_all(
            (parse({"kind": "finding-made", "case_id": CASES[at % 3], "subject": f"p-{at % 7}",
                    "outcome": "inconclusive", "responsibility": "none", "conduct": "unknown"})
             for at in range(19)),
            recorded_by="jane",
        )  # fmt: skip
        assert len(ledger) == SIZE
        assert verify_record(ledger).erased > 20
    return place


class Attack(NamedTuple):
    """What someone did to the file, and the first position that differs, where one does.

    That is statements with what is bound in them, or rows of strays among the entries.
    """

    statements: list[tuple[Any, ...]]
    position: int | None
    exact: bool


def changed(data: DataObject, value: bytes) -> bytes:
    """The same bytes but for one."""
    at = data.draw(st.integers(0, len(value) - 1))
    return value[:at] + bytes([value[at] ^ data.draw(st.integers(1, 255))]) + value[at + 1 :]


Rows = Callable[[str], list[tuple[Any, ...]]]
positions = st.integers(0, SIZE - 1)


def on_entry(data: DataObject, rows: Rows) -> Attack:
    at = data.draw(positions)
    ((state,),) = rows(f"SELECT state FROM stored_events WHERE rowid = {at + 1}")
    forged = data.draw(
        st.sampled_from(
            (changed(data, state), state[:-1], state[1:], state + b" ", b" " + state, b"", b"{}")
        )
    )
    return Attack(
        [("UPDATE stored_events SET state = ? WHERE rowid = ?", (forged, at + 1))], at, True
    )


def on_columns(data: DataObject, rows: Rows) -> Attack:
    at = data.draw(positions)
    column, value = data.draw(
        st.tuples(st.just("originator_id"), st.sampled_from((*CASES, "house", "other", "")))
        | st.tuples(st.just("originator_version"), st.integers(-1, SIZE + 1))
        | st.tuples(st.just("topic"), st.sampled_from((*FAMILY, "other")))
    )
    ((there,),) = rows(f"SELECT {column} FROM stored_events WHERE rowid = {at + 1}")
    assume(there != value)
    return Attack(
        [(f"UPDATE stored_events SET {column} = ? WHERE rowid = ?", (value, at + 1))], at, True
    )


def on_order(data: DataObject, rows: Rows) -> Attack:
    first, second = sorted(data.draw(st.lists(positions, min_size=2, max_size=2, unique=True)))
    swap = [
        ("UPDATE stored_events SET rowid = 1000000 WHERE rowid = ?", (first + 1,)),
        ("UPDATE stored_events SET rowid = ? WHERE rowid = ?", (first + 1, second + 1)),
        ("UPDATE stored_events SET rowid = ? WHERE rowid = 1000000", (second + 1,)),
    ]
    if data.draw(st.booleans()):
        # With what is sealed in them.
        swap += [
            ("UPDATE disclosures SET position = 1000000 WHERE position = ?", (first,)),
            ("UPDATE disclosures SET position = ? WHERE position = ?", (first, second)),
            ("UPDATE disclosures SET position = ? WHERE position = 1000000", (second,)),
        ]
    # On a server each leaf goes with its entry, so that only what is built over them tells.
    return Attack(swap, first, ledgers_on_server.KEPT not in os.environ)


def on_leaf(data: DataObject, rows: Rows) -> Attack:
    """On a server the leaves stand beside their entries, and in no tile."""
    at = data.draw(positions)
    ((leaf,),) = rows(f"SELECT leaf FROM stored_events WHERE rowid = {at + 1}")
    forged = data.draw(st.sampled_from((changed(data, leaf), leaf[:-1], leaf + b"x", leaf[::-1])))
    change = ("UPDATE stored_events SET leaf = ? WHERE rowid = ?", (forged, at + 1))
    return Attack([change], None, False)


def on_tile(data: DataObject, rows: Rows) -> Attack:
    if ledgers_on_server.KEPT in os.environ and data.draw(st.booleans()):
        return on_leaf(data, rows)
    level, number, hashes = data.draw(
        st.sampled_from(rows("SELECT level, number, hashes FROM tiles"))
    )
    forged = data.draw(
        st.sampled_from((changed(data, hashes), hashes[:-32], hashes + bytes(32), hashes[::-1]))
    )
    where = "WHERE level = ? AND number = ?"
    change = (f"UPDATE tiles SET hashes = ? {where}", (forged, level, number))
    delete = (f"DELETE FROM tiles {where}", (level, number))
    return Attack([data.draw(st.sampled_from((change, delete)))], None, False)


def on_text(data: DataObject, rows: Rows) -> Attack:
    position, number, text = data.draw(
        st.sampled_from(rows("SELECT position, number, disclosure FROM disclosures"))
    )
    where = "WHERE position = ? AND number = ?"
    delete = (f"DELETE FROM disclosures {where}", (position, number))
    if text is None:
        # One that is gone is put back otherwise.
        text = data.draw(st.binary(min_size=1, max_size=50))
        change = (f"UPDATE disclosures SET disclosure = ? {where}", (text, position, number))
    else:
        forged = data.draw(st.sampled_from((changed(data, text), text + b"=", text[:-1], b"")))
        change = (f"UPDATE disclosures SET disclosure = ? {where}", (forged, position, number))
    return Attack([data.draw(st.sampled_from((change, delete)))], position, True)


def on_erasure(data: DataObject, rows: Rows) -> Attack:
    position, number = data.draw(
        st.sampled_from(
            rows(
                "SELECT position, number FROM disclosures WHERE disclosure IS NOT NULL "
                f"AND (about != '{ERASED}' OR position >= {SIZE - 20})"
            )
        )
    )
    erase = "UPDATE disclosures SET disclosure = NULL WHERE position = ? AND number = ?"
    return Attack([(erase, (position, number))], position, True)


def on_end(data: DataObject, rows: Rows) -> Attack:
    """Entries are cut off, with what is sealed in them, but not the tree."""
    left = data.draw(positions)
    return Attack(
        [
            ("DELETE FROM stored_events WHERE rowid > ?", (left,)),
            ("DELETE FROM disclosures WHERE position >= ?", (left,)),
        ],
        None,
        False,
    )


def on_presence(data: DataObject, rows: Rows) -> Attack:
    at = data.draw(st.integers(0, SIZE - 2))
    delete = [("DELETE FROM stored_events WHERE rowid = ?", (at + 1,))]
    if data.draw(st.booleans()):
        delete.append(("DELETE FROM disclosures WHERE position = ?", (at,)))
    return Attack(delete, at, True)


def with_strays(data: DataObject, rows: Rows) -> Attack:
    text = data.draw(st.none() | st.binary(max_size=40))
    place = data.draw(st.integers(-3, SIZE + 300)), data.draw(st.integers(-3, 9))
    stray = data.draw(
        st.sampled_from(
            (
                ("INSERT INTO disclosures VALUES (?, ?, 'reason', '', ?)", (*place, text)),
                ("INSERT INTO tiles VALUES (?, ?, ?)", (place[1], place[0], text or b"")),
                (data.draw(st.integers(-(2**63), 2**63 - 1)), "other", 1, "recused", text or b"{}"),
            )
        )
    )
    return Attack([stray], None, False)


ATTACKS = (
    on_entry, on_columns, on_order, on_tile, on_text, on_erasure, on_end, on_presence, with_strays,
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@settings(max_examples=examples(30))
@given(data=st.data())
def test_tampering_is_found_where_it_begins(
    victim: Path, attack: Callable[[DataObject, Rows], Attack], data: DataObject
) -> None:
    with TemporaryDirectory() as folder:
        place = Path(shutil.copy(victim, folder))
        with raw(place, guarded=False) as connection:
            statements, position, exact = attack(
                data,
                lambda query: connection.execute(query).fetchall(),
            )
            try:
                for statement in statements:
                    if isinstance(statement[0], str):
                        connection.execute(*statement)
                    else:
                        stray_entry(connection, statement)
            except (sqlite3.IntegrityError, psycopg.IntegrityError):
                # The place is taken, so the file cannot be made to say this.
                assume(False)
        with Ledger.open(place) as ledger:
            found = verify_record(ledger)
        assert found.problems
        if exact:
            assert found.problems[0].position == position


def test_the_victim_is_in_order_until_it_is_attacked(victim: Path) -> None:
    with Ledger.open(victim) as ledger:
        assert verify_record(ledger).verified


def content(ledger: Ledger) -> tuple[object, ...]:
    """All that a reader is told, by every way of asking."""
    events = list(ledger.events())
    cases = list(ledger.cases())
    opened = ledger.opened(range(len(events)))
    return (
        ledger.head(),
        events,
        cases,
        [list(ledger.events(case=case.case_id)) for case in cases],
        list(ledger.events(kinds=["party-registered"])),
        [ledger.event(event.event_id) for event in events],
        [ledger.entry(event.position) for event in events],
        [(at.fields, len(at.erased)) for at in opened.values()],
    )


@pytest.mark.sqlite_file("pages of a file; of a server's, its own checksums tell")
@settings(max_examples=examples(120))
@given(data=st.data())
def test_damage_anywhere_in_the_file_is_found_or_does_no_harm(
    victim: Path, data: DataObject
) -> None:
    damaged = bytearray(victim.read_bytes())
    page = 4096 * data.draw(st.integers(0, len(damaged) // 4096 - 1))
    # Half of it strikes the head of a page, where the structure is.
    for _ in range(data.draw(st.integers(1, 3))):
        at = page + data.draw(st.integers(0, 4095) | st.integers(0, 150))
        damaged[at] ^= data.draw(st.integers(1, 255))
    with TemporaryDirectory() as folder:
        place = Path(folder, "a.db")
        place.write_bytes(damaged)
        try:
            with Ledger.open(place) as ledger:
                if verify_record(ledger).problems:
                    return
                told = content(ledger)
        except (NotVerified, NotALedger, StorageFailed):
            return
        with Ledger.open(victim) as whole:
            assert told == content(whole)
