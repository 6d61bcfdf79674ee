"""Verifying that the record is what it was.

Every entry is hashed again, and the tree built again from the hashes. What is found is held
against what is stored: the tiles of the tree, the columns that the store finds entries by, the
texts behind the commitments, and the numbering of each case. The log is read once, in stretches
that are checked side by side where there are processors for it; what is kept in memory is a hash
for 256 entries. Then the file's own structure is checked, for a lookup goes through its indexes.

What this cannot see by itself: a history that someone rewrote whole, tree and all, or cut short at
the end together with its tree. For that, compare the root with one that was noted elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from answerable.ledger.erasure import ErasureReport, check_erasures
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import Worker
from answerable.ledger.store.queries import log_size, tile_reader
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.system.parallel import (
    Advance,
    Submit,
    collecting_seldom,
    processes_worth,
    side_by_side,
)
from answerable.ledger.tlog import merkle
from answerable.ledger.verify.kind_rules import kind_rules
from answerable.ledger.verify.tile_range import EARLIER, TileRange, verify_stored_tiles

MOST_PROBLEMS = 20
"""The most problems that are listed."""

STRETCH = 32
"""Tiles checked at a time."""

STRAY_ENTRY = "SELECT 1 FROM stored_events WHERE rowid < 1 LIMIT 1"
STRAY_TEXT = "SELECT 1 FROM disclosures WHERE position >= ? OR position < 0 LIMIT 1"
GAPS = (
    "SELECT originator_id, max(originator_version), count(*) FROM stored_events "
    "GROUP BY originator_id HAVING min(originator_version) != 1 "
    "OR max(originator_version) != count(*)"
)


class RecordReport(NamedTuple):
    """The outcome of verifying the record.

    Attributes:
        size: how many entries there are.
        root: the root over them, as worked out, not as stored.
        disclosures: how many texts are at hand.
        erased: how many were destroyed.
        unstated: how many of those by erasures that do not state what they destroyed. Which of an
            entry's texts these were cannot be checked.
        damage: what is wrong with the file as a database; None if nothing is.
        problems: what is wrong, the first of it.
    """

    size: int
    root: bytes
    disclosures: int
    erased: int
    unstated: int
    damage: str | None
    problems: tuple[Problem, ...]

    @property
    def verified(self) -> bool:
        """Tell whether everything was as it should be."""
        return not self.problems


def verify_record(
    ledger: StoreReader,
    *,
    progress: Advance | None = None,
    workers: int | None = None,
) -> RecordReport:
    """Verify the whole record, as it is when the verification begins.

    Args:
        ledger: the ledger.
        progress: told how far the check has come.
        workers: processes to use; by default one a processor, if the log is long.

    Raises:
        NotVerified: the file is so damaged that it cannot be read.
        StorageFailed: sealed texts are not shown to who asks.
    """
    ledger._check_texts_shown("the record cannot be verified")
    with ledger._reading() as cursor:
        (entries,) = cursor.execute("SELECT count(*) FROM stored_events").fetchone()
        # Where numbers are missing, one that is no greater than this is.
        size = min(log_size(cursor), entries)
    stretches = []
    worker = ledger._store.worker()
    enough = workers or processes_worth(size)
    with (
        ledger._store.undisturbed(),
        ledger._store.errors(),
        collecting_seldom(),
        side_by_side(enough, joining=True) as submit,
    ):
        damage = submit(worker.structure)
        for stretch in _stretches(submit, worker, size):
            stretches.append(stretch)
            if progress:
                progress(stretch.entries)
        damaged = damage()
    roots = [root for stretch in stretches for root in stretch.roots]
    found = (problem for stretch in stretches for problem in stretch.problems)
    problems = tuple(islice(found, MOST_PROBLEMS))
    erasures = ErasureReport((), 0)
    if not problems:
        if any(stretch.erased or stretch.erasures for stretch in stretches):
            with ledger._reading() as cursor:
                erasures = check_erasures(cursor)
        beyond = (
            *_recorded_earlier(stretches),
            *_beyond_entries(ledger, size, roots),
            *erasures.problems,
        )
        problems = tuple(islice(beyond, MOST_PROBLEMS))
    if damaged and len(problems) < MOST_PROBLEMS:
        problems += (Problem(None, f"the file's structure is damaged: {damaged}"),)
    return RecordReport(
        size,
        merkle.subtree_root(roots) if roots else merkle.EMPTY_ROOT,
        sum(stretch.disclosures for stretch in stretches),
        sum(stretch.erased for stretch in stretches),
        erasures.unstated,
        damaged,
        problems,
    )


def _stretches(submit: Submit, worker: Worker, size: int) -> Iterator[TileRange]:
    tiles = -(-size // merkle.TILE_WIDTH)
    rules = kind_rules()
    waiting = [
        submit(
            verify_stored_tiles,
            worker,
            rules,
            first,
            min(tiles, first + STRETCH),
            size,
            MOST_PROBLEMS,
        )
        for first in range(0, tiles, STRETCH)
    ]
    return (result() for result in waiting)


def _recorded_earlier(stretches: Sequence[TileRange]) -> Iterator[Problem]:
    """Yield the stretches whose first entry was recorded earlier than the one before it."""
    position = 0
    for one, following in pairwise(stretches):
        position += one.entries
        if following.times[0] < one.times[1]:
            yield Problem(position, EARLIER)


def _beyond_entries(ledger: StoreReader, size: int, roots: list[bytes]) -> Iterator[Problem]:
    """Yield what is wrong above level 0 of the tree, belongs to no entry, or is not recorded."""
    with ledger._reading() as cursor:
        stored = tile_reader(cursor)
        level, hashes = 1, roots[: size // merkle.TILE_WIDTH]
        while hashes:
            rows = [
                hashes[start : start + merkle.TILE_WIDTH]
                for start in range(0, len(hashes), merkle.TILE_WIDTH)
            ]
            for number, row in enumerate(rows):
                there: object = stored(level, number)
                if not (isinstance(there, bytes) and there.startswith(b"".join(row))):
                    yield Problem(
                        number * merkle.TILE_WIDTH ** (level + 1),
                        f"begins tile {number} of level {level}, which differs from what it covers",
                    )
            hashes = [merkle.subtree_root(row) for row in rows if len(row) == merkle.TILE_WIDTH]
            level += 1
        if log_size(cursor) == size:
            yield from _stray_rows(cursor, size)
        yield from cursor.dialect.schema_problems(cursor)
        for case_id, version, events in cursor.execute(GAPS):
            yield Problem(
                None, f"the events of {case_id!r} are numbered to {version}, but there are {events}"
            )


def _stray_rows(cursor: Cursor, size: int) -> Iterator[Problem]:
    stored = cursor.execute(
        f"SELECT count(*), coalesce(sum(length(hashes)), 0) FROM {cursor.dialect.tiles}"
    )
    widths = merkle.tile_widths(size)
    tiles = sum(-(-width // merkle.TILE_WIDTH) for width in widths)
    if stored.fetchone() != (tiles, merkle.HASH_SIZE * sum(widths)):
        yield Problem(None, f"the tree holds more or less than the {size:,} entries of the log")
    yield from cursor.dialect.tree_problems(cursor, size)
    if cursor.execute(STRAY_ENTRY).fetchone():
        yield Problem(None, "there are entries before the first of the log")
    if cursor.execute(STRAY_TEXT, (size,)).fetchone():
        yield Problem(None, "there are texts beyond the entries of the log")
