"""Changes behind a ledger's back that each store has its own way of.

What both understand is said in SQL, in SQLite's words (`tests.support.in_hand` spells them for a
server). But the lowest level of the tree is tiles in a file, and on a server a leaf beside each
entry, whose right edge stands in the head.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Connection

import pytest
from tests.support.in_hand import OwnersHand, owners_hand
from tests.support.oracles import raw
from tests.support.server_site.ledgers_on_server import database_at

from answerable.ledger.tlog.edge import edge_of
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH, leaf_hash


def _on_server(hand: object) -> bool:
    """Tell who it is that `tests.support.oracles.raw` calls a connection."""
    return isinstance(hand, OwnersHand)


def altered_leaves(hand: Connection, number: int) -> None:
    """Have the tree say that the entries of a tile are others."""
    _set_leaves(hand, number, "zeroblob(length({}))")


def cut_leaves(hand: Connection, number: int) -> None:
    """Have the tree say less of the entries of a tile."""
    _set_leaves(hand, number, "substr({}, 1, length({}) - 1)")


def _set_leaves(hand: Connection, number: int, value: str) -> None:
    first = number * TILE_WIDTH + 1
    table, column, where, values = (
        ("stored_events", "leaf", "rowid >= ? AND rowid < ?", (first, first + TILE_WIDTH))
        if _on_server(hand)
        else ("tiles", "hashes", "level = ? AND number = ?", (0, number))
    )
    value = value.replace("{}", column)
    assert hand.execute(f"UPDATE {table} SET {column} = {value} WHERE {where}", values).rowcount


def forged_entry(hand: Connection, position: int, entry: bytes) -> None:
    """Have an entry of the first tile be another, and the tree say so."""
    assert position < TILE_WIDTH
    where = (position + 1,)
    hand.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (entry, *where))
    if _on_server(hand):
        leaf = leaf_hash(entry)
        hand.execute("UPDATE stored_events SET leaf = ? WHERE rowid = ?", (leaf, *where))
        found = hand.execute("SELECT leaf FROM stored_events ORDER BY rowid").fetchall()
        leaves = b"".join(bytes(leaf) for (leaf,) in found)
        hand.execute("UPDATE head SET edge = ?", (edge_of(len(found), lambda *_: leaves),))
        return
    ((hashes,),) = hand.execute("SELECT hashes FROM tiles WHERE level = 0 AND number = 0")
    at = position * HASH_SIZE
    told = hashes[:at] + leaf_hash(entry) + hashes[at + HASH_SIZE :]
    hand.execute("UPDATE tiles SET hashes = ? WHERE level = 0 AND number = 0", (told,))


def put_back(hand: Connection, older: Path, where: str = "true") -> None:
    """Put texts back as they are in an older copy."""
    with raw(older) as there:
        texts = there.execute(
            f"SELECT position, number, field, about, disclosure FROM disclosures WHERE {where}"
        ).fetchall()
    assert texts
    for text in texts:
        hand.execute("DELETE FROM disclosures WHERE position = ? AND number = ?", text[:2])
        hand.execute("INSERT INTO disclosures VALUES (?, ?, ?, ?, ?)", text)


def stray_entry(hand: Connection, row: tuple[int, str, int, str, bytes]) -> None:
    """Add an entry at a place of its own, of which the tree knows nothing."""
    more = (leaf_hash(row[-1]),) if _on_server(hand) else ()
    marks = ", ".join("?" * len((*row, *more)))
    hand.execute(f"INSERT INTO stored_events VALUES ({marks})", (*row, *more))


def drop_guard(hand: Connection, name: str, table: str) -> None:
    """Drop a guard of a table."""
    hand.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if _on_server(hand) else ""))


@contextmanager
def holding(place: Path) -> Iterator[Callable[[], object]]:
    """Keep all writers of a ledger waiting, until what is given is called or the block ends."""
    if database_at(place) is not None:
        with owners_hand(place) as hand:
            hand.execute("UPDATE head SET size = size")
            yield partial(hand.execute, "ROLLBACK")
        return
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield partial(other.execute, "ROLLBACK")


def have_no_patience(patch: pytest.MonkeyPatch) -> None:
    """Have writers wait for others for no longer than it takes to see that they do."""
    patch.setattr("answerable.ledger.store.sqlite.recorder.BUSY_SECONDS", 0.01)
    patch.setattr("answerable.ledger.store.postgresql.writing.holding.WAITS", (0.01, 0.01))
