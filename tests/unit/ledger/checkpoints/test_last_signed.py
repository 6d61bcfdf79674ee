"""Test what is said of the last signed head: that it holds, or what of it does not."""

from __future__ import annotations

from pathlib import Path

from tests.support.bulk_ledger import new_log
from tests.support.oracles import raw
from tests.support.signed_ledger import ORIGIN

from answerable.ledger.checkpoints.last_signed import last_signed


def test_a_head_that_was_signed_holds_while_the_log_grows(tmp_path: Path) -> None:
    log = new_log(tmp_path / "a.db", 5)
    with log.ledger:
        assert last_signed(log.ledger) is None
        log.sign()
        log.grow(300)
        assert last_signed(log.ledger) == (ORIGIN, 5, "")


def test_another_tree_and_a_shorter_log_are_told(tmp_path: Path) -> None:
    log = new_log(tmp_path / "a.db", 300)
    with log.ledger:
        log.sign()
        with raw(log.place, guarded=False) as hand:
            hand.execute("UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 1")
        told = last_signed(log.ledger)
        assert told is not None
        assert "another than was signed" in told.wrong
        with raw(log.place, guarded=False) as hand:
            hand.execute("DELETE FROM stored_events WHERE rowid > 299")
        told = last_signed(log.ledger)
        assert told is not None
        assert "shorter" in told.wrong


def test_a_signature_by_no_key_of_the_log_is_told(tmp_path: Path) -> None:
    log = new_log(tmp_path / "a.db", 5)
    with log.ledger:
        log.sign()
        with raw(log.place, guarded=False) as hand:
            hand.execute("DELETE FROM keys")
        told = last_signed(log.ledger)
        assert told is not None
        assert told.wrong
