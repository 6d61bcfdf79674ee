"""Ledgers that are moved, backed up and restored: what holds, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from sqlite3 import Connection

import pytest
from tests.support.bundles import record, sign_head, signed_ledger
from tests.support.dumped import dumped
from tests.support.on_disk import on_disk
from tests.support.oracles import raw
from tests.support.tampering import altered_leaves

from answerable.domain.parsing import parse
from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.ledger.errors import LedgerExists, LedgerNotFound, NotVerified
from answerable.ledger.ledger import Ledger
from answerable.ledger.moving import carrying, moves
from answerable.ledger.moving.errors import NotTheSame, OtherLog
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.system.parallel import Advance, no_progress
from answerable.projections.documents import VIEWS
from answerable.projections.search.search import search

ERASURE = {
    "kind": "personal-data-erased",
    "case_id": "house",
    "subject": "p-9",
    "legal_basis": "gdpr art. 17(1)(a)",
}


def progress(_: str, length: int) -> AbstractContextManager[Advance]:
    return no_progress(length)


def request(text: str) -> SearchRequest:
    return SearchRequest(query(text))


def name_on_disk(ledger: Ledger) -> bytes:
    """The bytes of the text that tells the name of p-9, as they lie on disk."""
    rows = dumped(ledger.path)["disclosures"]
    (text,) = [row[4] for row in rows if (row[0], row[2]) == (0, "name")]
    assert isinstance(text, bytes)
    return text


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Ledger]:
    ledger, signers = signed_ledger(tmp_path)
    with ledger:
        sign_head(ledger, tmp_path, signers)
        yield ledger


def erase(ledger: Ledger) -> None:
    ledger.append(parse(ERASURE), recorded_by="jane")


def test_a_ledger_that_was_moved_is_the_same(source: Ledger, tmp_path: Path) -> None:
    with moves.open_or_make(tmp_path / "b.db") as dest:
        moved = moves.migrate(source, dest, views=VIEWS, progress=progress)
        assert moved.carried.added == len(source) == len(dest)
        assert moved.report.signed.last is not None
    assert dumped(tmp_path / "b.db") == dumped(source.path)


def test_what_was_recorded_meanwhile_comes_with_the_next_move(
    source: Ledger, tmp_path: Path
) -> None:
    def meanwhile(_: int) -> None:
        record(source, [{"case_id": "later", "kind": "case-opened", "title": "Later"}])

    before = len(source)
    with Ledger.create(tmp_path / "b.db") as dest:
        assert carrying.carry(source, dest, meanwhile).size == before
        assert len(source) == before + 1
        assert carrying.carry(source, dest).added == 1
    assert dumped(tmp_path / "b.db") == dumped(source.path)


def test_what_is_erased_after_it_came_is_erased_there(source: Ledger, tmp_path: Path) -> None:
    place, secret = tmp_path / "b.db", name_on_disk(source)
    with Ledger.create(place) as dest:
        carrying.carry(source, dest)
        assert secret in on_disk(place)
        assert search(dest, request("Ravenscroft")).results
        erase(source)
        assert carrying.carry(source, dest).erased > 0
        assert not search(dest, request("Ravenscroft")).results
        assert secret not in on_disk(place)
    assert dumped(place) == dumped(source.path)


def test_a_restored_backup_does_not_bring_back_what_was_erased(
    source: Ledger, tmp_path: Path
) -> None:
    secret = name_on_disk(source)
    moves.back_up(source, tmp_path / "backup.db", progress=progress)
    erase(source)
    with (
        moves.open_there(tmp_path / "backup.db") as backup,
        moves.open_or_make(tmp_path / "restored.db") as dest,
    ):
        restored = moves.restore_backup(backup, dest, source, progress=progress)
    assert restored.from_backup == len(source) - 1
    assert restored.moved.carried.erased > 0
    assert dumped(tmp_path / "restored.db") == dumped(source.path)
    assert secret in on_disk(tmp_path / "backup.db")
    assert secret not in on_disk(tmp_path / "restored.db")


def test_it_is_restored_though_what_is_later_is_damaged_in_what_the_backup_has(
    source: Ledger, tmp_path: Path
) -> None:
    moves.back_up(source, tmp_path / "backup.db", progress=progress)
    erase(source)
    whole = dumped(source.path)
    source.close()
    with raw(source.path, guarded=False) as hand:
        hand.execute("UPDATE stored_events SET state = x'00' WHERE rowid = 3")
        hand.execute("DELETE FROM disclosures WHERE position = 4")
    with (
        moves.open_there(tmp_path / "backup.db") as backup,
        moves.open_there(source.path) as later,
        moves.open_or_make(tmp_path / "restored.db") as dest,
    ):
        moves.restore_backup(backup, dest, later, progress=progress)
    assert dumped(tmp_path / "restored.db") == whole


def test_a_backup_is_gone_on_with(source: Ledger, tmp_path: Path) -> None:
    begun = tmp_path / "backup.db.partial"
    with Ledger.create(begun) as dest, pytest.raises(KeyboardInterrupt):
        carrying.carry(source, dest, interrupt)
    moved = moves.back_up(source, tmp_path / "backup.db", progress=progress)
    assert moved.carried.added == 0
    assert not begun.exists()
    assert dumped(tmp_path / "backup.db") == dumped(source.path)


def interrupt(_: int) -> None:
    raise KeyboardInterrupt


@contextmanager
def broken_off(monkeypatch: pytest.MonkeyPatch, turn: int) -> Iterator[list[int]]:
    """Have the program end before a ledger is written to for so many times; tell how many are left.

    After the last time it is left at 0 or more.
    """
    left = [turn]
    writing = Ledger._writing

    @contextmanager
    def limited(ledger: Ledger) -> Iterator[Cursor]:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        with writing(ledger) as cursor:
            yield cursor

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "_writing", limited)
        yield left


def test_a_restore_that_is_broken_off_before_any_of_its_transactions_is_gone_on_with(
    source: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "AT_A_TIME", 8)
    secret = name_on_disk(source)
    moves.back_up(source, tmp_path / "backup.db", progress=progress)
    erase(source)
    contact = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-1"}
    record(source, [contact] * 9)
    whole = dumped(source.path)
    with moves.open_there(tmp_path / "backup.db") as backup:
        for turn in count():
            place = tmp_path / f"restored-{turn}.db"
            with (
                moves.open_or_make(place) as dest,
                suppress(KeyboardInterrupt),
                broken_off(monkeypatch, turn) as left,
            ):
                moves.restore_backup(backup, dest, source, progress=progress)
            with moves.open_or_make(place) as dest:
                moves.restore_backup(backup, dest, source, progress=progress)
            assert dumped(place) == whole, turn
            assert secret not in on_disk(place), turn
            if left[0] >= 0:
                break
    assert turn > 4


def test_nothing_is_overwritten(source: Ledger, tmp_path: Path) -> None:
    place = tmp_path / "there"
    place.write_text("mine")
    with pytest.raises(LedgerExists, match="not overwritten"):
        moves.back_up(source, place, progress=progress)
    assert place.read_text() == "mine"


@pytest.mark.parametrize("more", [0, 20])
def test_another_log_is_not_gone_on_with(source: Ledger, tmp_path: Path, more: int) -> None:
    with Ledger.create(tmp_path / "b.db") as dest:
        for number in range(1 + more):
            record(dest, [{"case_id": f"c-{number}", "kind": "case-opened", "title": "x"}])
        before = dest.head()
        for move in (carrying.carry, carrying.go_on):
            with pytest.raises(OtherLog, match="empty place"):
                move(source, dest)
        assert dest.head() == before


ALTERED: dict[str, str | Callable[[Connection], None]] = {
    "an entry": "UPDATE stored_events SET state = "
    "CAST(replace(state, 'acme', 'acmf') AS BLOB) WHERE rowid = 5",
    "a text": "UPDATE disclosures SET disclosure = x'5b5d' WHERE position = 0 AND number = 0",
    "a tile": partial(altered_leaves, number=0),
    "a signature": "UPDATE checkpoints SET note = CAST(replace(note, 'A', 'B') AS BLOB)",
}


@pytest.mark.parametrize("what", ALTERED)
def test_what_was_altered_before_is_said_to_be(source: Ledger, tmp_path: Path, what: str) -> None:
    source.close()
    change = ALTERED[what]
    with raw(source.path, guarded=False) as hand:
        if isinstance(change, str):
            hand.execute(change)
        else:
            change(hand)
    with (
        Ledger.open(source.path) as altered,
        Ledger.create(tmp_path / "b.db") as dest,
        pytest.raises(NotVerified),
    ):
        moves.migrate(altered, dest, progress=progress)
    with Ledger.open(source.path) as altered, pytest.raises(NotVerified):
        moves.back_up(altered, tmp_path / "backup.db", progress=progress)
    assert not (tmp_path / "backup.db").exists()


@pytest.mark.sqlite_file("gives a file tables of its own that are called as a ledger's")
@pytest.mark.parametrize(
    ("change", "said"),
    {
        "UPDATE disclosures SET position = CAST('a' AS BLOB) WHERE position = 2":
            "among the sealed texts, one is not of the types that a ledger has",
        "UPDATE stored_events SET state = 7 WHERE rowid = 3":
            "among the entries, one is not of the types that a ledger has: at position 2",
        "UPDATE checkpoints SET note = 'note'":
            "among the signed checkpoints, one is not of the types that a ledger has",
        "DELETE FROM stored_events WHERE rowid = 3": "the entry at position 2 is missing",
        "DELETE FROM stored_events WHERE rowid = 1": "the entry at position 0 is missing",
        "UPDATE stored_events SET rowid = 1000 WHERE rowid = 3":
            "the entry at position 2 is missing",
    }.items(),
)  # fmt: skip
def test_a_file_that_holds_what_no_ledger_does_is_refused(
    source: Ledger, tmp_path: Path, change: str, said: str
) -> None:
    source.close()
    with raw(source.path, guarded=False) as hand:
        hand.execute("PRAGMA writable_schema = ON")
        hand.execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')")
    with raw(source.path, guarded=False) as hand:
        hand.execute(change)
    with moves.open_there(source.path) as strange, pytest.raises(NotVerified) as refused:
        moves.back_up(strange, tmp_path / "backup.db", progress=progress)
    assert said in refused.value.message
    assert not (tmp_path / "backup.db").exists()


def test_a_difference_is_told_by_its_place(source: Ledger, tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "b.db") as dest:
        carrying.carry(source, dest)
        dest.close()
    with raw(tmp_path / "b.db", guarded=False) as hand:
        hand.execute("UPDATE disclosures SET about = 'p-1' WHERE position = 2 AND number = 0")
    with Ledger.open(tmp_path / "b.db") as dest, pytest.raises(NotTheSame, match="position 2"):
        carrying.carry(source, dest)


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFound, match="no ledger"):
        moves.open_there(tmp_path / "nothing.db")
    assert [*tmp_path.iterdir()] == []
