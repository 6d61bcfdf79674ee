"""Verifying some tiles of a published log, against its signed head: 256 entries at a time.

It needs little more than the standard library, so that it is quickly loaded into a process of its
own. Where pages take long to come, the next ones are fetched while one is hashed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from typing import NamedTuple

from answerable.ledger.errors import NotVerified
from answerable.ledger.publish.errors import EntryAltered, TileAltered
from answerable.ledger.publish.reader import PublishedLog
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.merkle import TILE_WIDTH
from answerable.ledger.tlog.tiles import ENTRIES, tile_path

FETCHERS = 16
"""Pages fetched at a time, from where they take long to come."""


class SignedHead(NamedTuple):
    """The signed head that a published log is held against.

    Attributes:
        confirmed: whether the tiles above the first level fit together, and under the root.
    """

    size: int
    root: bytes
    confirmed: bool


class _Served(NamedTuple):
    number: int
    tile: bytes
    entries: list[bytes]


def verify_published_tiles(
    published: PublishedLog, first: int, last: int, head: SignedHead, roots: list[bytes]
) -> int:
    """Verify the entries of tiles `first` up to but not including `last`, by hashing them.

    Args:
        published: the log.
        head: the signed head.
        roots: of each full one of these tiles, what the level above says that its root is.

    Returns:
        How many entries there were.

    Raises:
        EntryAltered, TileAltered: the first position where something differs.
        PageMissing, PageMalformed, Unreachable: a page cannot be had, or read.
    """
    checked = 0
    for served in _pages(published, first, last, head.size):
        leaves = [sha256(b"\x00" + entry).digest() for entry in served.entries]
        root = roots[served.number - first] if len(leaves) == TILE_WIDTH else None
        if b"".join(leaves) != served.tile:
            raise _difference(published, served, leaves, head, root)
        if root is not None and merkle.subtree_root(leaves) != root:
            raise _root_difference(published, served.number, head)
        checked += len(leaves)
    return checked


def _pages(published: PublishedLog, first: int, last: int, size: int) -> Iterator[_Served]:
    """Yield the tiles and their entries, in their order."""

    def fetch(number: int) -> _Served:
        width = min(TILE_WIDTH, size - number * TILE_WIDTH)
        return _Served(number, published.tile(0, number, width), published.entries(number, width))

    if not published.remote:
        yield from map(fetch, range(first, last))
        return
    pool = ThreadPoolExecutor(FETCHERS)
    try:
        coming: deque[Future[_Served]] = deque()
        for number in range(first, last):
            coming.append(pool.submit(fetch, number))
            if len(coming) == FETCHERS:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _difference(
    published: PublishedLog,
    served: _Served,
    leaves: list[bytes],
    head: SignedHead,
    root: bytes | None,
) -> NotVerified:
    """Return which of a tile and its entries is not what was signed, where the two differ."""
    at = next(at for at, leaf in enumerate(leaves) if merkle.hash_at(served.tile, at) != leaf)
    position = served.number * TILE_WIDTH + at
    width = len(leaves)
    if _are_signed(published, served.number, leaves, head, root):
        return TileAltered(
            f"{tile_path(0, served.number, width)} of {published.source} was altered: its hash of "
            f"position {position} is not of the entry there, which is as it was signed."
        )
    return EntryAltered(
        f"the entry at position {position}, in {tile_path(ENTRIES, served.number, width)} of "
        f"{published.source}, is not the one that the tree was built over.",
        hint="Keep a copy as evidence.",
    )


def _are_signed(
    published: PublishedLog, number: int, leaves: list[bytes], head: SignedHead, root: bytes | None
) -> bool:
    if root is not None:
        return merkle.subtree_root(leaves) == root
    others = published.tiles(head.size)
    with_them = b"".join(leaves)

    def read(level: int, at: int) -> bytes:
        return with_them if (level, at) == (0, number) else others(level, at)

    return merkle.tree_root(head.size, read) == head.root


def _root_difference(published: PublishedLog, number: int, head: SignedHead) -> NotVerified:
    """Return the error where a tile and its entries agree, but not with the level above."""
    first = number * TILE_WIDTH
    if head.confirmed:
        return EntryAltered(
            f"an entry of positions {first} to {first + TILE_WIDTH - 1} of {published.source} was "
            f"altered, and {tile_path(0, number)} with it: they are not what was signed.",
            hint="Keep a copy as evidence.",
        )
    above, at = divmod(number, TILE_WIDTH)
    width = min(TILE_WIDTH, (head.size >> 8) - above * TILE_WIDTH)
    return TileAltered(
        f"{tile_path(1, above, width)} of {published.source} was altered: its hash {at} is not of "
        f"the entries from position {first} on."
    )
