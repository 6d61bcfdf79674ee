"""Verifying some tiles of the stored log, against the file itself: 256 entries at a time.

Each entry is held against the tree, against the columns that the store finds it by, and against its
texts; each text against its commitment, and against the columns that say which field it is and whom
it is about. It needs little more than the store's driver, so that it is quickly loaded into a
process of its own. `answerable.ledger.publish.tile_range` does so for a published log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from answerable.domain.kinds import ERASURE
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import Worker
from answerable.ledger.tlog import merkle
from answerable.ledger.verify.accepted_clock import clock_problems
from answerable.ledger.verify.as_written import is_as_written, unusual_entries
from answerable.ledger.verify.kind_rules import KindRules
from answerable.ledger.verify.naming import Namings
from answerable.ledger.verify.one_by_one import entry_problems
from answerable.ledger.verify.rules import Rules
from answerable.ledger.verify.tile import Tile

EARLIER = "was recorded earlier than the entry before it, and a log's clock never runs backwards"


class TileRange(NamedTuple):
    """The outcome of verifying some tiles.

    Attributes:
        entries: how many entries they hold.
        roots: the root of each tile, as worked out again.
        disclosures: how many texts are at hand.
        erased: how many are not.
        erasures: how many of the entries record an erasure.
        times: when the first and the last of the entries were recorded.
        problems: what is wrong, the first of it.
    """

    entries: int
    roots: tuple[bytes, ...]
    disclosures: int
    erased: int
    erasures: int
    times: tuple[bytes, bytes]
    problems: tuple[Problem, ...]


def verify_stored_tiles(
    worker: Worker, rules: Mapping[str, KindRules], first: int, last: int, size: int, most: int
) -> TileRange:
    """Verify tiles `first` up to but not including `last` of a log of `size` entries.

    Args:
        worker: opens the ledger.
        rules: what entries of each kind may commit to, and whom they name.
        first: the first tile.
        last: the tile behind the last.
        size: how many entries the log has.
        most: how many problems to list before giving up.
    """
    with worker.reading() as cursor:
        try:
            return _verify_tiles(cursor, rules, range(first, last), size, most)
        except cursor.dialect.errors as error:
            if "decode" not in str(error):
                raise
    # Damage made text of what is none: read so that it shows where it is compared.
    with worker.reading(damaged=True) as cursor:
        return _verify_tiles(cursor, rules, range(first, last), size, most)


def _verify_tiles(
    cursor: Cursor,
    kinds: Mapping[str, KindRules],
    numbers: range,
    size: int,
    most: int,
) -> TileRange:
    rules = Rules(kinds, Namings(cursor.beside(), kinds))
    roots: list[bytes] = []
    problems: list[Problem] = []
    disclosures = erased = erasures = 0
    times = [b""]
    for number in numbers:
        start = number * merkle.TILE_WIDTH
        end = min(size, start + merkle.TILE_WIDTH)
        tile = Tile.read(cursor, start, end)
        problems += _gap(tile, start, end)
        problems += problems_of_entries(tile, rules)
        problems += clock_problems(cursor, tile.places, tile.states)
        problems += _tree_problem(tile, start, _stored_tile(cursor, number))
        problems += _recorded_earlier(tile, start, times[-1])
        times += tile.times[:: max(1, len(tile.times) - 1)]
        roots.append(merkle.subtree_root(tile.leaves) if tile.leaves else merkle.EMPTY_ROOT)
        erased += tile.erased
        disclosures += len(tile.texts) - tile.erased
        erasures += tile.kinds.count(ERASURE)
        if len(problems) >= most:
            break
    entries = min(size, numbers.stop * merkle.TILE_WIDTH) - numbers.start * merkle.TILE_WIDTH
    found = tuple(problems[:most])
    spanned = times[min(1, len(times) - 1)], times[-1]
    return TileRange(entries, tuple(roots), disclosures, erased, erasures, spanned, found)


def _gap(tile: Tile, start: int, end: int) -> Iterator[Problem]:
    """Yield the first entry that is missing between two positions, if any is."""
    if len(tile.entries) < end - start:
        gap = next(at for at in range(start, end) if at + 1 not in tile.places)
        yield Problem(gap, "is not there, though later entries are")


def problems_of_entries(tile: Tile, rules: Rules) -> list[Problem]:
    """Return what is wrong with the entries of a tile, its texts, and how these are filed.

    The same as `answerable.ledger.verify.one_by_one.entry_problems`, and mostly sooner.

    Args:
        tile: the entries and the texts.
        rules: what they are verified by.
    """
    if is_as_written(tile, rules):
        return []
    unusual = unusual_entries(tile)
    if unusual and tile.in_order:
        usual, aside = tile.part(unusual)
        if is_as_written(usual, rules) and not any(entry_problems(aside, rules)):
            return []
    return [*entry_problems(tile, rules)]


def _tree_problem(tile: Tile, start: int, stored: bytes) -> Iterator[Problem]:
    """Yield the first entry that is not what the tree was built over, if any is."""
    # The tile may have grown since the check began, so what is beyond the entries is let be.
    if stored.startswith(b"".join(tile.leaves)):
        return
    for at, leaf in enumerate(tile.leaves):
        if merkle.hash_at(stored, at) != leaf:
            yield Problem(start + at, "is not the entry that the tree was built over")
            return


def _stored_tile(cursor: Cursor, number: int) -> bytes:
    stored: object = cursor.dialect.read_tile(cursor, 0, number)
    return stored if isinstance(stored, bytes) else b""


def _recorded_earlier(tile: Tile, start: int, before: bytes) -> Iterator[Problem]:
    """Yield the first entry that was recorded earlier than the one before it."""
    times = [before, *tile.times]
    if times != sorted(times):
        at = next(at for at, (one, next_) in enumerate(pairwise(times)) if one > next_)
        yield Problem(start + at, EARLIER)
