"""Hold entries against the leaves of the tree, a tile of leaves at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from answerable.ledger.tlog import merkle

MOST_TILES = 256
"""The most tiles that are kept: two million bytes."""


class Leaves:
    """The leaves of the tree over a log of one size, each tile held against the root once.

    The proof of one leaf is made of the other hashes of its tile, so that one proof vouches for all
    of them.

    Attributes:
        size: the number of leaves.
        root: the root of the tree.
    """

    def __init__(self, size: int, root: bytes) -> None:
        self.size = size
        self.root = root
        self._tiles: dict[int, bytes] = {}

    def altered(self, entries: Iterable[tuple[int, bytes]], read: merkle.TileReader) -> list[int]:
        """List the positions of those entries that are not what the tree was made of.

        Args:
            entries: the bytes of each, with its position, from 0.
            read: gives the tiles of the tree.

        Raises:
            ShortTileError: the tree holds less than its size implies.
        """
        found: list[int] = []
        for number, own in groupby(entries, key=lambda each: each[0] // merkle.TILE_WIDTH):
            some = list(own)
            if not self._all_as_hashed(number, some, read):
                found += [at for at, entry in some if not self._as_hashed(at, entry, read)]
        return found

    def _all_as_hashed(
        self, number: int, entries: Sequence[tuple[int, bytes]], read: merkle.TileReader
    ) -> bool:
        """Tell at one look whether some entries are all those that a tile was made of."""
        first = number * merkle.TILE_WIDTH
        tile = range(first, min(first + merkle.TILE_WIDTH, self.size))
        if len(entries) != len(tile) or [at for at, _ in entries] != [*tile]:
            return False
        hashes = b"".join([merkle.leaf_hash(entry) for _, entry in entries])
        return self._tile(number, read)[: len(hashes)] == hashes

    def _as_hashed(self, position: int, entry: bytes, read: merkle.TileReader) -> bool:
        if position >= self.size:
            return False
        number, index = divmod(position, merkle.TILE_WIDTH)
        return merkle.leaf_hash(entry) == merkle.hash_at(self._tile(number, read), index)

    def _tile(self, number: int, read: merkle.TileReader) -> bytes:
        """Return the leaves of a tile; nothing, where they are not under the root."""
        found = self._tiles.get(number)
        if found is None:
            tile = read(0, number)
            first = number * merkle.TILE_WIDTH
            proof = merkle.inclusion_proof(first, self.size, read)
            leaf = merkle.hash_at(tile, 0)
            proved = merkle.verify_inclusion(leaf, first, self.size, proof, self.root)
            found = self._tiles[number] = tile if proved else b""
            if len(self._tiles) > MOST_TILES:
                del self._tiles[next(iter(self._tiles))]
        return found
