"""The right edge of a tree: the roots of the perfect subtrees that it consists of, largest first.

A tree of n leaves is a row of perfect subtrees, one for each bit of n that is set, and its root
hashes them from the right: `MTH(a, b, c) = node(a, node(b, c))` (RFC 6962 section 2.1). So the edge
is all that has to be known of a tree for it to grow and to tell its root: at most 63 hashes. A new
leaf joins the smallest subtree as an odometer turns, at two node hashes an entry on the whole.

An edge is the hashes in a row, as bytes: 32 for each set bit of the size, from the highest.
"""

from __future__ import annotations

from collections.abc import Mapping

from answerable.ledger.tlog.merkle import (
    EMPTY_ROOT,
    HASH_SIZE,
    TILE_WIDTH,
    ShortTileError,
    TileReader,
    hash_at,
    node_hash,
    subtree_root,
)

_TILE_HEIGHT = 8


def edge_of(size: int, read: TileReader) -> bytes:
    """Return the edge of a tree that is stored in tiles, from at most one tile a level.

    Args:
        size: how many leaves it has.
        read: gives its tiles.

    Raises:
        ShortTileError: a tile lacks hashes.
    """
    found: list[bytes] = []
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            level, lower = divmod(height, _TILE_HEIGHT)
            first = (size >> height) - 1 << lower
            number, at = divmod(first, TILE_WIDTH)
            tile = read(level, number)
            hashes = [hash_at(tile, each) for each in range(at, at + (1 << lower))]
            if len(hashes[-1]) < HASH_SIZE:
                raise ShortTileError(f"tile ({level}, {number}) holds {len(tile)} bytes")
            found.append(subtree_root(hashes))
    return b"".join(found)


def root_of(edge: bytes) -> bytes:
    """Return the root of the tree that an edge is of."""
    if not edge:
        return EMPTY_ROOT
    *larger, root = _hashes(edge)
    for each in reversed(larger):
        root = node_hash(each, root)
    return root


def grown(size: int, edge: bytes, tiles: Mapping[tuple[int, int], bytes]) -> bytes:
    """Return the edge after an append.

    Args:
        size: how many leaves the tree had.
        edge: its edge then.
        tiles: what its tiles grew by, as `answerable.ledger.tlog.merkle.grow` tells.
    """
    leaves, tops = leaves_of(tiles), _level(tiles, 1)
    row = _hashes(edge)
    # Up to the end of the tile that was begun, then by whole tiles, whose roots are known.
    begun = min(len(leaves), -size % TILE_WIDTH)
    size = _take_in(row, size, leaves[:begun], 0)
    size = _take_in(row, size, tops[1 if begun else 0 :], _TILE_HEIGHT)
    _take_in(row, size, leaves[begun + (len(leaves) - begun) // TILE_WIDTH * TILE_WIDTH :], 0)
    return b"".join(row)


def leaves_of(tiles: Mapping[tuple[int, int], bytes]) -> list[bytes]:
    """Return the leaf hashes that an append adds, in their order."""
    return _level(tiles, 0)


def _level(tiles: Mapping[tuple[int, int], bytes], level: int) -> list[bytes]:
    return _hashes(b"".join(tiles[place] for place in sorted(tiles) if place[0] == level))


def _hashes(edge: bytes) -> list[bytes]:
    return [edge[at : at + HASH_SIZE] for at in range(0, len(edge), HASH_SIZE)]


def _take_in(row: list[bytes], size: int, roots: list[bytes], height: int) -> int:
    """Take in perfect subtrees of a height, at a size that is a multiple of theirs."""
    for root in roots:
        count = size >> height
        while count & 1:
            root, count = node_hash(row.pop(), root), count >> 1
        row.append(root)
        size += 1 << height
    return size
