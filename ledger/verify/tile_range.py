"""Verifying some tiles of the stored log, against the file itself: 256 entries at a time.

It needs no more than the file and the standard library's sqlite3, so that it is quickly loaded
into a process of its own. `answerable.ledger.publish.tile_range` does so for a published log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from typing import NamedTuple

from pydantic_core import from_json

from answerable.ledger.entry.disclosure import commit_all
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.schema import FILED_HEAD, HEAD_OFFSET
from answerable.ledger.tlog import merkle

ENTRIES = (
    f"SELECT rowid, {FILED_HEAD}, state FROM stored_events "
    "WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
)
DISCLOSURES = (
    "SELECT position + 1, disclosure FROM disclosures WHERE position >= ? AND position < ? "
    "ORDER BY position, number"
)


class TileRange(NamedTuple):
    """The outcome of verifying some tiles: the root of each, as worked out again."""

    entries: int
    roots: tuple[bytes, ...]
    disclosures: int
    erased: int
    problems: tuple[Problem, ...]


def verify_stored_tiles(uri: str, first: int, last: int, size: int, most: int) -> TileRange:
    """Verify tiles `first` up to but not including `last` of a log of `size` entries.

    Args:
        uri: the ledger's file, as SQLite names it.
        most: how many problems to list before giving up.
    """
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        # Nothing that is read here is text: where damage made some of a blob, it shows.
        connection.text_factory = bytearray
        cursor = connection.cursor()
        roots: list[bytes] = []
        problems: list[Problem] = []
        disclosures = erased = 0
        for number in range(first, last):
            start = number * merkle.TILE_WIDTH
            tile = _Tile(cursor, start, min(size, start + merkle.TILE_WIDTH))
            problems.extend(tile.problems())
            roots.append(merkle.subtree_root(tile.leaves) if tile.leaves else merkle.EMPTY_ROOT)
            disclosures += len(tile.commitments) - tile.erased
            erased += tile.erased
            if len(problems) >= most:
                break
        entries = min(size, last * merkle.TILE_WIDTH) - first * merkle.TILE_WIDTH
        return TileRange(entries, tuple(roots), disclosures, erased, tuple(problems[:most]))


def check_structure(uri: str) -> str | None:
    """Return what is wrong with the file as a database, indexes included; None if nothing is."""
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        found: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        return None if found == "ok" else found


class _Tile:
    """The entries of one tile, with the texts that belong to them."""

    def __init__(self, cursor: sqlite3.Cursor, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.leaves: list[bytes] = []
        self.entries: list[tuple[int, object, object]] = cursor.execute(
            ENTRIES, (start, end)
        ).fetchall()
        rows = cursor.execute(DISCLOSURES, (start, end)).fetchall()
        self.owners = [*(owner for owner, _ in rows), -1]
        texts = [text for _, text in rows if text is not None]
        self.commitments = commit_all([t if isinstance(t, bytes) else b"" for t in texts])
        self.erased = len(rows) - len(self.commitments)
        if self.erased:
            given = iter(self.commitments)
            self.commitments = [b"" if text is None else next(given) for _, text in rows]
        stored = cursor.execute(
            "SELECT hashes FROM tiles WHERE level = 0 AND number = ?",
            (start // merkle.TILE_WIDTH,),
        ).fetchone()
        self.stored = stored[0] if stored and isinstance(stored[0], bytes) else b""

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong in this tile, in the log's order; work out the leaves on the way."""
        if len(self.entries) < self.end - self.start:
            there = {number for number, _, _ in self.entries}
            gap = next(at for at in range(self.start, self.end) if at + 1 not in there)
            yield Problem(gap, "is not there, though later entries are")
        begin = end = 0
        for number, filed, state in self.entries:
            while self.owners[end] == number:
                end += 1
            sealed = self.commitments[begin:end]
            begin = end
            if not (isinstance(state, bytes) and isinstance(filed, bytes)):
                yield Problem(number - 1, "is not an entry that answerable wrote")
                self.leaves.append(bytes(merkle.HASH_SIZE))
                continue
            if not state.endswith(b'"_sd":["' + b'","'.join(sealed) + b'"]}'):
                yield from _commitment_problems(number - 1, state, sealed)
            if not state.startswith(filed, HEAD_OFFSET):
                yield Problem(number - 1, "is filed under a case, number or kind not its own")
            self.leaves.append(sha256(b"\x00" + state).digest())
        if begin + 1 != len(self.owners):
            owner: object = self.owners[begin]
            position = owner - 1 if isinstance(owner, int) else None
            yield Problem(position, "has texts that belong to no entry")
        yield from self._tree()

    def _tree(self) -> Iterator[Problem]:
        # The tile may have grown since the check began, so what is beyond the entries is let be.
        if self.stored.startswith(b"".join(self.leaves)):
            return
        for at, leaf in enumerate(self.leaves):
            if self.stored[32 * at : 32 * at + 32] != leaf:
                yield Problem(self.start + at, "is not the entry that the tree was built over")
                return


def _commitment_problems(position: int, state: bytes, found: list[bytes]) -> Iterator[Problem]:
    """Hold texts against commitments one by one, where some were erased or something is off."""
    try:
        committed = [text.encode() for text in from_json(state)["_sd"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Problem(position, "is not an entry that answerable wrote")
        return
    if len(found) != len(committed):
        yield Problem(
            position, f"has {len(committed)} commitments, but {len(found)} texts or erasures"
        )
    elif any(text and text != there for text, there in zip(found, committed, strict=True)):
        yield Problem(position, "has a text that its entry does not commit to")
