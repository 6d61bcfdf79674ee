"""Checking that the record is what it was.

Every entry is hashed again, and the tree built again from the hashes. What is found is held
against what is stored: the tiles of the tree, the columns that the store finds entries by, the
texts behind the commitments, and the numbering of each case. The log is read once, in stretches
that are checked side by side where there are processors for it; what is kept in memory is a hash
for 256 entries.

What this cannot see by itself: a history that someone rewrote whole, tree and all, or cut short at
the end together with its tree. For that, compare the root with one that was noted elsewhere.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple

from answerable.ledger import merkle
from answerable.ledger.audit import Problem, Stretch, audit
from answerable.ledger.reading import LedgerReader, log_size, tile_reader
from answerable.ledger.storage import storage_errors

MOST_PROBLEMS = 20
"""How many problems are listed."""

STRETCH = 64
"""Tiles checked at a time."""

WORTH_A_PROCESS = 100_000
"""From how many entries on another process pays for its start."""

STRAY_TEXT = "SELECT 1 FROM disclosures WHERE position >= ? OR position < 0 LIMIT 1"
GAPS = (
    "SELECT originator_id, max(originator_version), count(*) FROM stored_events "
    "GROUP BY originator_id HAVING min(originator_version) != 1 "
    "OR max(originator_version) != count(*)"
)

Progress = Callable[[int], None]
"""Called with the number of entries checked since the last call."""


class Verification(NamedTuple):
    """What a check came to. The root is the one worked out again, not the one stored."""

    size: int
    root: bytes
    disclosures: int
    erased: int
    problems: tuple[Problem, ...]

    @property
    def verified(self) -> bool:
        """Whether everything was as it should be."""
        return not self.problems


def verify(
    ledger: LedgerReader, *, progress: Progress | None = None, workers: int | None = None
) -> Verification:
    """Check the whole record, as it is when the check begins.

    Args:
        ledger: the ledger.
        progress: told how far the check has come.
        workers: processes to use; by default one a processor, if the log is long.

    Raises:
        NotVerified: the file is so damaged that it cannot be read.
    """
    with ledger.reading() as cursor:
        size = log_size(cursor)
    stretches = []
    with storage_errors(ledger.path):
        for stretch in _stretches(ledger.uri, size, workers or _workers(size)):
            stretches.append(stretch)
            if progress:
                progress(stretch.entries)
    roots = [root for stretch in stretches for root in stretch.roots]
    found = (problem for stretch in stretches for problem in stretch.problems)
    problems = tuple(islice(found, MOST_PROBLEMS))
    if not problems:
        problems = tuple(islice(_rest(ledger, size, roots), MOST_PROBLEMS))
    return Verification(
        size,
        merkle.subtree_root(roots) if roots else merkle.EMPTY_ROOT,
        sum(stretch.disclosures for stretch in stretches),
        sum(stretch.erased for stretch in stretches),
        problems,
    )


def _workers(size: int) -> int:
    if size < WORTH_A_PROCESS:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _stretches(uri: str, size: int, workers: int) -> Iterator[Stretch]:
    tiles = -(-size // merkle.TILE_WIDTH)
    starts = range(0, tiles, STRETCH)
    ends = [min(tiles, start + STRETCH) for start in starts]
    count = len(starts)
    with ExitStack() as stack:
        each: Callable[..., Iterator[Stretch]] = map
        if workers > 1:
            # Spawned, not forked: an open database must not be carried into another process.
            pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
            each = stack.enter_context(pool).map
        yield from each(audit, [uri] * count, starts, ends, [size] * count, [MOST_PROBLEMS] * count)


def _rest(ledger: LedgerReader, size: int, roots: list[bytes]) -> Iterator[Problem]:
    """What is wrong above the first level of the tree, or belongs to no entry."""
    with ledger.reading() as cursor:
        stored = tile_reader(cursor)
        level, hashes = 1, roots[: size // merkle.TILE_WIDTH]
        while hashes:
            rows = [
                hashes[start : start + merkle.TILE_WIDTH]
                for start in range(0, len(hashes), merkle.TILE_WIDTH)
            ]
            for number, row in enumerate(rows):
                if stored(level, number)[: 32 * len(row)] != b"".join(row):
                    yield Problem(
                        number * merkle.TILE_WIDTH ** (level + 1),
                        f"begins tile {number} of level {level}, which differs from what it covers",
                    )
            hashes = [merkle.subtree_root(row) for row in rows if len(row) == merkle.TILE_WIDTH]
            level += 1
        if log_size(cursor) == size:
            yield from _strays(cursor, size)
        for case_id, version, events in cursor.execute(GAPS):
            yield Problem(
                None, f"the events of {case_id!r} are numbered to {version}, but there are {events}"
            )


def _strays(cursor: sqlite3.Cursor, size: int) -> Iterator[Problem]:
    stored = cursor.execute("SELECT coalesce(sum(length(hashes)), 0) FROM tiles").fetchone()[0]
    if stored != merkle.HASH_SIZE * sum(merkle.tile_widths(size)):
        yield Problem(None, f"the tree holds more or less than the {size:,} entries of the log")
    if cursor.execute(STRAY_TEXT, (size,)).fetchone():
        yield Problem(None, "there are texts beyond the entries of the log")
