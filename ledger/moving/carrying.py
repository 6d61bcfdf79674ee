"""Carry a ledger over: the same entries, texts, tree, keys and signatures, in another place.

The tree is grown again from the bytes that are carried, and must come to the root that it had: what
was altered on the way, or before it, shows. What comes is written some at a time, each time as a
whole, so that what was broken off is gone on with. A text that was erased meanwhile where it comes
from is erased where it came to.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from answerable.domain.kinds import ERASURE
from answerable.ledger.entry.codec import decode
from answerable.ledger.entry.destroyed import Coverage
from answerable.ledger.erasure import DESTROY
from answerable.ledger.errors import NotVerified
from answerable.ledger.indexes.full_text import forget_texts
from answerable.ledger.ledger import Ledger
from answerable.ledger.moving.errors import OtherLog
from answerable.ledger.moving.tables import (
    BESIDE,
    DISCLOSURES,
    EVENTS,
    Table,
    check_same,
    rows_of,
    well_typed,
)
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import (
    covered_texts,
    log_size,
    position_of,
    tile_reader,
    tree_errors,
)
from answerable.ledger.store.rows import DisclosureRow, StoredRow
from answerable.ledger.system.parallel import Advance
from answerable.ledger.tlog import merkle

AT_A_TIME = 4_096
"""Entries that are written in one transaction. What is broken off loses no more than these."""

EVENTS_FROM = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE rowid > ? ORDER BY rowid"
)
TEXTS_FROM = (
    "SELECT position, number, field, about, disclosure FROM disclosures "
    "WHERE position >= ? ORDER BY position, number"
)
GONE = "SELECT position, number FROM disclosures WHERE disclosure IS NULL ORDER BY 1, 2"
AT_HAND = (
    "SELECT field FROM disclosures WHERE position = ? AND number = ? AND disclosure IS NOT NULL"
)
ERASURES = f"SELECT rowid - 1, state FROM stored_events WHERE topic = '{ERASURE}' ORDER BY rowid"

Text = tuple[int, int, str]
"""A sealed text: its entry's position, its number there, its field."""


class Carried(NamedTuple):
    """The outcome of carrying a ledger over.

    Attributes:
        size: how many entries there are now.
        root: the root of the tree over them.
        added: how many of them came now.
        erased: how many texts that had come before were erased where they came from.
    """

    size: int
    root: bytes
    added: int
    erased: int


def carry(source: Ledger, dest: Ledger, advance: Advance | None = None) -> Carried:
    """Carry a ledger over into an empty one, or into one that was begun so.

    The source is read as it is when this begins; what is recorded in it meanwhile stays behind,
    and comes when it is called again.

    Args:
        source: the ledger; nothing in it is changed.
        dest: where it is carried to.
        advance: told how many entries have come.

    Raises:
        OtherLog: what the destination holds is not how the source begins.
        NotVerified: the source is not what its tree says.
        NotTheSame: both differ in what cannot be made alike.
        StorageFailed: the destination would not take it, or the source does not show its texts.
    """
    source._check_texts_shown("the ledger is not carried over whole")
    with source._reading() as read:
        first = _check_begins(read, dest)
        size, root = _bring(read, dest, first, advance)
        erased = _erase(dest, _erased_since(read, dest))
        _take_all_over(read, dest)
        with dest._reading() as cursor:
            check_same(read, cursor)
    return Carried(size, root, size - first, erased)


def go_on(later: Ledger, dest: Ledger, advance: Advance | None = None) -> Carried:
    """Take what a log recorded since from the same log as it was later.

    Nothing of `later` is read that the destination has, so that it may be damaged there. What its
    erasures destroyed is told by their entries, and is erased in the destination.

    Raises:
        OtherLog: what the destination holds is not how the later log begins.
        NotVerified: the later log is not what its tree says.
        StorageFailed: the destination would not take it.
    """
    later._check_texts_shown("the ledger is not carried over whole")
    with later._reading() as read:
        first = _check_begins(read, dest)
        size, root = _bring(read, dest, first, advance)
        erased = _erase(dest, _covered(dest))
        _take_all_over(read, dest)
    return Carried(size, root, size - first, erased)


def _bring(read: Cursor, dest: Ledger, first: int, advance: Advance | None) -> tuple[int, bytes]:
    """Write the entries from a position on; return size and root, which are those they had.

    Raises:
        NotVerified: they are not what the tree that they come from says.
    """
    size = log_size(read)
    for rows, texts in _parts(read, first):
        _write(dest, rows, texts)
        if advance is not None:
            advance(len(rows))
    with tree_errors():
        root = merkle.tree_root(size, tile_reader(read))
    if dest.head().root != root:
        raise NotVerified(
            "the entries are not those that the tree of the ledger is over: the root of those "
            f"that were carried over is {dest.head().root.hex()}, its own is {root.hex()}.",
            hint="`verify_ledger` says what was altered.",
            cli_hint="`answerable verify` of the one that was read says what was altered.",
        )
    return size, root


def _check_begins(read: Cursor, dest: Ledger) -> int:
    """Return how much of a log the destination has already.

    Raises:
        OtherLog: it is not how that log begins.
    """
    head = dest.head()
    if head.size > log_size(read):
        raise OtherLog(
            f"{dest.name} holds {head.size:,} entries already, which is more than there are to "
            "come.",
            hint="Name an empty place.",
        )
    with tree_errors():
        root = merkle.tree_root(head.size, tile_reader(read))
    if root != head.root:
        raise OtherLog(
            f"{dest.name} holds {head.size:,} entries already, and they are not those that this "
            "ledger begins with.",
            hint="Name an empty place.",
        )
    return head.size


def _parts(read: Cursor, first: int) -> Iterator[tuple[list[StoredRow], list[DisclosureRow]]]:
    """Yield the entries from a position on, with their texts, some at a time."""
    texts = _texts_by_entry(read.beside(), first)
    after = next(texts, None)
    rows = _without_gaps(well_typed(EVENTS, read.stream(EVENTS_FROM, (first,))), first)
    while part := list(islice(rows, AT_A_TIME)):
        found: list[DisclosureRow] = []
        while after is not None and after[0] < part[-1][0]:
            found += after[1]
            after = next(texts, None)
        yield part, found


def _without_gaps(rows: Iterator[StoredRow], first: int) -> Iterator[StoredRow]:
    """Yield the rows of entries, each of which has to be the next.

    Raises:
        NotVerified: one is missing.
    """
    for position, row in enumerate(rows, first):
        if row[0] != position + 1:
            raise NotVerified(
                f"the entry at position {position} is missing, and there are some after it.",
                hint="`verify_ledger` says what was altered.",
                cli_hint="`answerable verify` of the one that was read says what was altered.",
            )
        yield row


def _texts_by_entry(cursor: Cursor, first: int) -> Iterator[tuple[int, list[DisclosureRow]]]:
    rows = well_typed(DISCLOSURES, cursor.stream(TEXTS_FROM, (first,)))
    for position, texts in groupby(rows, itemgetter(0)):
        yield position, list(texts)


def _write(dest: Ledger, rows: list[StoredRow], texts: list[DisclosureRow]) -> None:
    """Write entries with their texts, and the tree over them, in one transaction."""
    leaves = [merkle.leaf_hash(row[-1]) for row in rows]
    with dest._writing() as cursor:
        dest._store.record(cursor, rows[0][0] - 1, rows, texts, leaves)


def _erased_since(read: Cursor, dest: Ledger) -> list[Text]:
    """List the texts that are at hand in the destination, and erased where they come from."""
    found: list[Text] = []
    with dest._reading() as cursor:
        for position, number in read.stream(GONE):
            row = cursor.execute(AT_HAND, (position, number)).fetchone()
            if row is not None:
                found.append((position, number, row[0]))
    return found


def _covered(dest: Ledger) -> list[Text]:
    """List the texts at hand that are covered by an erasure on record.

    By any: where this was broken off, the entry that records it came before, and it was not done.
    """
    found: set[Text] = set()
    with dest._reading() as cursor:
        for position, state in cursor.execute(ERASURES).fetchall():
            fields = decode(position, ERASURE, state).fields
            coverage = Coverage.told_by(fields, partial(position_of, cursor))
            found |= {row[:3] for row in covered_texts(cursor, position, coverage)}
    return sorted(found)


def _erase(dest: Ledger, texts: list[Text]) -> int:
    """Erase texts in the destination, and every word of them in its indexes."""
    if texts:
        with dest._writing() as cursor:
            forget_texts(cursor, texts)
            cursor.executemany(DESTROY, ((position, number) for position, number, _ in texts))
        dest._store.forget_bytes()
    return len(texts)


def _take_all_over(read: Cursor, dest: Ledger) -> None:
    with dest._writing() as cursor:
        for table in BESIDE:
            _take_over(read, cursor, table)


def _take_over(read: Cursor, cursor: Cursor, table: Table) -> None:
    """Write the rows of a small table that are not there, or have grown since they came."""
    there = {row[: table.key]: row for row in rows_of(cursor, table)}
    marks = ", ".join("?" * len(table.columns))
    for row in rows_of(read, table):
        kept = there.get(row[: table.key])
        if kept is None:
            cursor.execute(f"INSERT INTO {table.name} VALUES ({marks})", row)
        elif kept != row:
            names, keys = table.columns[table.key :], table.columns[: table.key]
            told = ", ".join(f"{name} = ?" for name in names)
            where = " AND ".join(f"{name} = ?" for name in keys)
            values = (*row[table.key :], *row[: table.key])
            cursor.execute(f"UPDATE {table.name} SET {told} WHERE {where}", values)
