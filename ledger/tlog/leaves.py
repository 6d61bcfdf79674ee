"""Hold entries against the leaves of the tree, a tile of leaves at a time."""

from __future__ import annotations

from collections.abc import Iterable

from answerable.ledger.tlog import merkle


class Leaves:
    """The leaves of the tree over a log of one size, each tile held against the root once.

    The proof of one leaf is made of the other hashes of its tile, so that one proof vouches for all
    of them.

    Attributes:
        size: the number of leaves.
    """

    def __init__(self, size: int, read: merkle.TileReader) -> None:
        """Find the root of the tree.

        Raises:
            ShortTileError: the tree holds less than its size implies.
        """
        self.size = size
        self._root = merkle.tree_root(size, read)
        self._tiles: dict[int, bytes] = {}

    def altered(self, entries: Iterable[tuple[int, bytes]], read: merkle.TileReader) -> list[int]:
        """List the positions of those entries that are not what the tree was made of.

        Args:
            entries: the bytes of each, with its position, from 0.
            read: gives the tiles of the tree.

        Raises:
            ShortTileError: the tree holds less than its size implies.
        """
        return [
            position for position, entry in entries if not self._as_hashed(position, entry, read)
        ]

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
            proved = merkle.verify_inclusion(leaf, first, self.size, proof, self._root)
            found = self._tiles[number] = tile if proved else b""
        return found
