"""Verifying: what it counts, what it finds and where, alone and side by side."""

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from tests.support.oracles import event_id, leaf, raw, root
from tests.support.tampering import altered_leaves, drop_guard, forged_entry, stray_entry

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.errors import NotVerified
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.store import Worker
from answerable.ledger.tlog.merkle import EMPTY_ROOT
from answerable.ledger.verify import record
from answerable.ledger.verify.kind_rules import KindRules
from answerable.ledger.verify.record import MOST_PROBLEMS, RecordReport, verify_record
from answerable.ledger.verify.tile_range import TileRange, verify_stored_tiles

SIZE = 600
"""Two tiles and a part of a third."""


def event(number: int) -> Event:
    return parse({"kind": "contact-made", "case_id": f"case-{number % 7}", "purpose": "talks",
                  "event_id": event_id(number), "counterparty": f"p-{number % 5}"})  # fmt: skip


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of `SIZE` entries, the last of which erased what is about p-3 in 120 of them."""
    place = tmp_path_factory.mktemp("verify") / "a.db"
    with Ledger.create(place) as ledger:
        ledger.append_all([event(number) for number in range(SIZE - 1)], recorded_by="jane")
        ledger.append(
            parse({"kind": "personal-data-erased", "case_id": "house", "subject": "p-3",
                   "legal_basis": "gdpr art. 17"}),
            recorded_by="jane",
        )  # fmt: skip
    return place


@pytest.fixture
def place(original: Path, tmp_path: Path) -> Path:
    shutil.copy(original, tmp_path / "a.db")
    return tmp_path / "a.db"


def check(place: Path, workers: int = 1) -> RecordReport:
    with Ledger.open(place) as ledger:
        return verify_record(ledger, workers=workers)


def tamper(place: Path, *changes: str | Callable[[Connection], None]) -> RecordReport:
    with raw(place, guarded=False) as connection:
        for change in changes:
            if isinstance(change, str):
                assert connection.execute(change).rowcount
            else:
                change(connection)
    return check(place)


def test_a_whole_record_is_verified_and_counted(original: Path) -> None:
    with Ledger.open(original) as ledger:
        leaves = [leaf(ledger.entry(at) or b"") for at in range(SIZE)]
        verification = verify_record(ledger)
    assert verification.verified
    assert verification == (SIZE, root(leaves), 2 * SIZE - 1 - 120, 120, 0, None, ())


def test_an_empty_record_is_verified(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        assert verify_record(ledger) == (0, EMPTY_ROOT, 0, 0, 0, None, ())


@pytest.mark.parametrize("stretch", [1, 2, 64])
def test_progress_is_told_and_adds_up(
    original: Path, monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(record, "STRETCH", stretch)
    told: list[int] = []
    with Ledger.open(original) as ledger:
        assert verify_record(ledger, progress=told.append).verified
    assert sum(told) == SIZE
    assert len(told) == -(-3 // stretch)


def test_two_processes_come_to_the_same(place: Path) -> None:
    assert check(place, workers=2) == check(place)
    found = tamper(
        place, "UPDATE stored_events SET state = CAST(state || ' ' AS BLOB) WHERE rowid = 300"
    )
    assert not found.verified
    assert check(place, workers=2) == found


@pytest.mark.sqlite_file("pages of a file")
def test_damage_is_told_by_another_process_too(place: Path) -> None:
    content = bytearray(place.read_bytes())
    with raw(place) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'stored_events'"
        ).fetchone()
    content[4096 * (page - 1) : 4096 * page] = bytes(4096)
    place.write_bytes(content)
    for workers in (1, 2):
        with pytest.raises(NotVerified, match="is damaged"):
            check(place, workers)


@pytest.mark.parametrize("stretch", [1, 2, 64])
@pytest.mark.parametrize("position", [0, 1, 255, 256, 511, 512, SIZE - 1])
def test_the_first_position_is_told_in_whatever_stretch_it_is(
    place: Path, monkeypatch: pytest.MonkeyPatch, stretch: int, position: int
) -> None:
    monkeypatch.setattr(record, "STRETCH", stretch)
    for at in (position, SIZE - 1):
        found = tamper(
            place,
            f"UPDATE stored_events SET state = CAST(state || ' ' AS BLOB) WHERE rowid = {at + 1}",
        )
        assert found.problems[0].position == position


def test_a_long_list_of_problems_is_cut_short(place: Path) -> None:
    found = tamper(place, "DELETE FROM disclosures")
    assert len(found.problems) == MOST_PROBLEMS
    assert found.problems[0].position == 0


LEAVES = pytest.mark.sqlite_file("a server has no tiles of leaves, but a leaf beside each entry")

FINDINGS: list[Any] = [
    ("DELETE FROM stored_events WHERE rowid = 301", 300, "is not there, though later entries are"),
    ("DELETE FROM stored_events WHERE rowid <= 512", 0, "is not there"),
    (f"DELETE FROM stored_events WHERE rowid = {SIZE}", None, "more or less than the 599 entries"),
    # The numbers end at one that would take for ever to count to.
    (
        f"UPDATE stored_events SET rowid = {2**62} WHERE rowid = {SIZE}",
        SIZE - 1,
        "is not there",
    ),
    ("UPDATE stored_events SET rowid = -1 WHERE rowid = 301", 300, "is not there"),
    (
        partial(stray_entry, row=(0, "new", 1, "lesson-recorded", bytes(99))),
        None,
        "entries before the first",
    ),
    ("UPDATE stored_events SET originator_id = 'x' WHERE rowid = 9", 8, "is filed under a case"),
    ("UPDATE stored_events SET originator_version = 99 WHERE rowid = 9", 8, "is filed under a"),
    ("UPDATE stored_events SET topic = 'recused' WHERE rowid = 9", 8, "is filed under a case"),
    (partial(altered_leaves, number=1), 256, "is not the entry that the"),
    pytest.param(
        "DELETE FROM tiles WHERE level = 0 AND number = 1",
        256,
        "is not the entry that the tree was",
        marks=LEAVES,
    ),
    ("UPDATE tiles SET hashes = zeroblob(64) WHERE level = 1", 0, "begins tile 0 of level 1"),
    ("DELETE FROM tiles WHERE level = 1", 0, "begins tile 0 of level 1"),
    ("UPDATE tiles SET hashes = CAST(hashes || hashes AS BLOB) WHERE level = 1", None, "more or"),
    pytest.param(
        "UPDATE tiles SET hashes = CAST(hashes || 'x' AS BLOB) WHERE number = 2",
        None,
        "the tree holds more",
        marks=LEAVES,
    ),
    ("INSERT INTO tiles VALUES (2, 0, zeroblob(32))", None, "the tree holds more or less"),
    ("INSERT INTO tiles VALUES (-1, 0, x'')", None, "the tree holds more or less"),
    ("INSERT INTO disclosures VALUES (7, 9, 'a', '', x'00')", 7, "has 2 commitments, but 3 texts"),
    ("INSERT INTO disclosures VALUES (-7, 0, 'a', '', x'00')", None, "texts beyond the entries"),
    ("INSERT INTO disclosures VALUES (600, 0, 'a', '', NULL)", None, "texts beyond the entries"),
    ("DELETE FROM disclosures WHERE position = 300 AND number = 0", 300, "2 commitments, but 1"),
    ("UPDATE disclosures SET position = 1000 + position WHERE position = 5", 5, "but 0 texts"),
    (
        "UPDATE disclosures SET disclosure = NULL WHERE position = 5 AND number = 0",
        5,
        "lacks a text that no erasure on record destroyed",
    ),
]


SAID_OF_A_SERVER = {
    "more or less than the 599 entries": "the head of the log is not that of its entries and their",
    "entries before the first": "the tree holds more or less than the 600 entries",
}
"""Lists what is said first of a server, which has the head of the log, and leaves by the entry."""


@pytest.mark.parametrize(("statement", "position", "what"), FINDINGS)
@pytest.mark.parametrize("stretch", [1, 64])
def test_what_is_found(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    statement: str | Callable[[Connection], None],
    position: int | None,
    what: str,
    stretch: int,
    store: str,
) -> None:
    monkeypatch.setattr(record, "STRETCH", stretch)
    found = tamper(place, statement)
    if store == "postgresql":
        what = SAID_OF_A_SERVER.get(what, what)
    assert found.problems[0].position == position
    assert what in found.problems[0].what


def test_a_text_moved_to_another_entry_is_found(place: Path) -> None:
    found = tamper(
        place,
        "UPDATE disclosures SET position = 1000 WHERE position = 5",
        "UPDATE disclosures SET position = 5 WHERE position = 6",
        "UPDATE disclosures SET position = 6 WHERE position = 1000",
    )
    assert found.problems[:2] == (
        Problem(5, "has a text that its entry does not commit to"),
        Problem(6, "has a text that its entry does not commit to"),
    )


def test_an_erasure_covers_only_what_came_before_it(place: Path) -> None:
    with Ledger.open(place) as ledger:
        ledger.append(
            parse({"kind": "contact-made", "case_id": "new", "counterparty": "p-3",
                   "purpose": "again"}),
            recorded_by="jane",
        )  # fmt: skip
    found = tamper(place, f"UPDATE disclosures SET disclosure = NULL WHERE position = {SIZE}")
    assert [problem.position for problem in found.problems][:1] == [SIZE]


def test_a_renumbered_case_is_found(tmp_path: Path) -> None:
    # All that is in the entries is consistent, and the tree too; but a version is left out.
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(event(1), recorded_by="jane")
        real = ledger.entry(0)
        assert real is not None
    with raw(tmp_path / "a.db", guarded=False) as connection:
        forged_entry(connection, 0, real.replace(b'"version":1,', b'"version":2,'))
        connection.execute("UPDATE stored_events SET originator_version = 2")
    (problem,) = check(tmp_path / "a.db").problems
    assert problem == (None, "the events of 'case-1' are numbered to 2, but there are 1")


@pytest.mark.sqlite_file("a column of a server takes no other type")
@pytest.mark.parametrize(
    ("statement", "position", "what"),
    [
        ("UPDATE stored_events SET state = {} WHERE rowid = 9", 8, "is not an entry that answer"),
        (
            "UPDATE stored_events SET originator_id = NULL WHERE rowid = 9",
            8,
            "is filed under a case",
        ),
        ("UPDATE disclosures SET disclosure = {} WHERE position = 9", 9, "has a text that its"),
        ("UPDATE tiles SET hashes = {} WHERE level = 0 AND number = 1", 256, "is not the entry"),
        ("UPDATE tiles SET hashes = 5 WHERE level = 1", 0, "begins tile 0 of level 1"),
    ],
)
@pytest.mark.parametrize("value", ["CAST({} AS TEXT)", "5", "0.5"])
def test_what_is_not_bytes_is_found(
    place: Path, statement: str, position: int, what: str, value: str
) -> None:
    # Damage can do what SQLite would not: its tables are made anew without their types.
    column = next(
        (name for name in ("state", "disclosure", "hashes") if f" {name} " in statement), ""
    )
    strict = "UPDATE sqlite_schema SET sql = ? WHERE name = ?"
    with raw(place) as connection:
        schema = connection.execute(
            "SELECT sql, name FROM sqlite_schema WHERE type = 'table'"
        ).fetchall()
        connection.execute("PRAGMA writable_schema = ON")
        for sql, name in schema:
            loose = sql.replace(" NOT NULL", "").replace("STRICT, ", "").replace(") STRICT", ")")
            connection.execute(strict, (loose, name))
    with raw(place, guarded=False) as connection:
        connection.execute(statement.format(value.format(column)))
    with raw(place) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.executemany(strict, schema)
    found = check(place).problems[0]
    assert found.position == position
    assert what in found.what


@pytest.mark.sqlite_file("pages of a file; tests/tamper/test_on_server.py has a server's indexes")
@pytest.mark.parametrize("workers", [1, 2])
def test_an_index_that_tells_otherwise_than_the_table_is_found(place: Path, workers: int) -> None:
    with raw(place) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'event_ids'"
        ).fetchone()
    content = bytearray(place.read_bytes())
    # A key of the index's first page names an event that is not there.
    content[content.index(b"019b8c00-", 4096 * (page - 1), 4096 * page) + 35] ^= 1
    place.write_bytes(content)
    with Ledger.open(place) as ledger:
        (problem,) = verify_record(ledger, workers=workers).problems
    assert problem.position is None
    assert "structure is damaged" in problem.what


def test_what_was_recorded_meanwhile_is_not_held_against_the_record(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(place) as ledger, Ledger.open(place) as other:

        def meanwhile(
            worker: Worker, rules: Mapping[str, KindRules], first: int, *rest: int
        ) -> TileRange:
            other.append_all([event(1_000 + first), event(2_000 + first)], recorded_by="joe")
            return verify_stored_tiles(worker, rules, first, *rest)

        monkeypatch.setattr(record, "verify_stored_tiles", meanwhile)
        monkeypatch.setattr(record, "STRETCH", 1)
        verification = verify_record(ledger)
        assert verification.verified
        assert verification.size == SIZE
        assert len(ledger) == SIZE + 6


def test_a_guard_that_is_gone_is_missed(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        assert verify_record(ledger).verified
        with raw(ledger.path) as connection:
            drop_guard(connection, "events_are_not_changed", "stored_events")
        (problem,) = verify_record(ledger).problems
    assert "events_are_not_changed" in problem.what
