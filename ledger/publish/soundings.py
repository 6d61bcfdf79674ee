"""Sounding whether a published log is as long as its checkpoint says, before all of it is read.

A checkpoint can say any size up to 2^63, and an audit reads a page for every 256 entries. So before
anything is planned by that size, the right edge of the tree, a tile a level, must lead to the
signed root; and from the top of the tree one must get down to an entry, at places that nobody can
foresee. Whoever signs for more entries than there are cannot make up hashes for tiles that do not
exist, but for few. So a size that is not borne out costs some dozens of requests.
"""

from __future__ import annotations

from secrets import randbelow

from answerable.ledger.errors import NotVerified
from answerable.ledger.publish.errors import PageMissing, RootDiffers, TileAltered
from answerable.ledger.publish.reader import PublishedLog
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH
from answerable.ledger.tlog.tiles import tile_path

WORTH_SOUNDING = 1 << 20
"""The new entries from which on a log is sounded: fewer are read as they are said to be there."""

MOST_AT_ONCE = 1 << 32
"""The most new entries that one audit takes on: some twenty million pages."""

SOUNDINGS = 8
"""The number of places at which one goes down to an entry."""


def sound(published: PublishedLog, since: int, head: Checkpoint) -> None:
    """Check that the size of a log is borne out by what it publishes.

    Args:
        published: the log.
        since: how many entries were found good before.
        head: its checkpoint.

    Raises:
        RootDiffers, TileAltered, PageMissing: it is not.
        NotVerified: it is more than one audit takes on.
        PageMalformed, Unreachable: a page is not whole, or cannot be had.
    """
    new = head.size - since
    if new <= WORTH_SOUNDING:
        return
    read = published.tiles(head.size)
    if merkle.tree_root(head.size, read) != head.root:
        raise RootDiffers(
            f"the checkpoint of {published.source} says that there are {head.size:,} entries, and "
            "the tiles at the edge of such a tree do not lead to its root.",
            hint="Keep the checkpoint as evidence.",
        )
    for _ in range(SOUNDINGS):
        _go_down(published, head.size, since + randbelow(new))
    if new > MOST_AT_ONCE:
        raise NotVerified(
            f"{new:,} entries are more than one audit takes on, which is {MOST_AT_ONCE:,}.",
            hint="Audit it from an earlier checkpoint on, found good before.",
        )


def _go_down(published: PublishedLog, size: int, position: int) -> None:
    """Go down from the top of the tree to an entry, each tile held against the one above."""
    read = published.tiles(size)
    above = b""
    for level in reversed(range(len(merkle.tile_widths(size)))):
        number = position // TILE_WIDTH ** (level + 1)
        tile = read(level, number)
        hashes = [merkle.hash_at(tile, at) for at in range(len(tile) // HASH_SIZE)]
        if above and len(hashes) == TILE_WIDTH and merkle.subtree_root(hashes) != above:
            raise TileAltered(
                f"{tile_path(level, number)} of {published.source} is not what the level above "
                f"says: the entries from position {number * TILE_WIDTH ** (level + 1)} on are not "
                "there, or were altered.",
                hint="Keep the checkpoint as evidence.",
            )
        at = position // TILE_WIDTH**level % TILE_WIDTH
        above = hashes[at] if at < len(hashes) else b""
    number, at = divmod(position, TILE_WIDTH)
    entries = published.entries(number, min(TILE_WIDTH, size - number * TILE_WIDTH))
    if merkle.leaf_hash(entries[at]) != above:
        raise PageMissing(
            f"the entry at position {position} of {published.source} is not the one in its tree.",
            hint="Keep the checkpoint as evidence.",
        )
