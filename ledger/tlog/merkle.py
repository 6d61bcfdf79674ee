"""The Merkle tree of RFC 6962, kept as tiles of 256 hashes.

The tree (RFC 6962 section 2.1)
    A leaf hash is SHA-256(0x00 || entry), a node hash SHA-256(0x01 || left || right), and the
    root of no leaves SHA-256(""). The root of n > 1 leaves is the node over the root of the first
    k leaves and the root of the other n - k, where k is the largest power of two below n.

    Everything to the left of such a split is a perfect subtree: its leaves are a power of two
    in number, and no later leaf can change its root. So a tree only ever changes along its right
    edge. Hashing a row pair by pair, and carrying an odd last hash up unchanged, gives the same
    root: see `subtree_root`.

The tiles (C2SP tlog-tiles, height 8)
    Tile (0, N) holds the leaf hashes 256N to 256N + 255, and tile (L + 1, N) holds the roots of
    the full tiles (L, 256N) to (L, 256N + 255). A hash at level L thus stands for 256^L leaves,
    and a tree of n leaves has floor(n / 256^L) hashes at level L. At each level only the last
    tile can be partial; a partial tile is never hashed upward.

    A perfect subtree of 2^(8L + h) leaves, h < 8, is 2^h neighbours at level L, and lies inside
    one tile. The leaves that no hash of level L + 1 stands for are the partial tile at level L and
    whatever the levels below left over. The remainder from below is fewer leaves than one hash of
    level L stands for, and so takes the place of one more, last, hash:

        root = MTH(partial tile 2 || MTH(partial tile 1 || MTH(partial tile 0)))

    because the largest power of two below w + f, for a whole w > 0 and 0 < f < 1, is the largest
    below w + 1. This is why a root costs at most one tile a level, whatever the size of the tree.

Whoever keeps the tiles passes a `TileReader`; nothing here knows where they are kept. To check a
whole stored log in bounded memory, chain `grow` over batches of leaf hashes read in order, keeping
only the tiles that are not yet full, and compare each one that fills with the one stored:

    >>> edge: dict[tuple[int, int], bytes] = {}
    >>> size, root = 0, EMPTY_ROOT
    >>> leaves = [leaf_hash(b"%d" % n) for n in range(700)]
    >>> for batch in (leaves[:300], leaves[300:]):
    ...     size, root, tiles = grow(size, batch, lambda level, number: edge[level, number])
    ...     for tile, hashes in tiles.items():
    ...         edge[tile] = edge.get(tile, b"") + hashes
    ...         if len(edge[tile]) == TILE_WIDTH * HASH_SIZE:
    ...             full = edge.pop(tile)  # compare with the stored tile
    >>> sorted(edge)  # compare these, the partial ones, at the end; and then the root
    [(0, 2), (1, 0)]
    >>> root == subtree_root(leaves)
    True

Sizes, indexes and levels are counts from 0; hashes are 32 raw bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple, Protocol

HASH_SIZE = 32
TILE_WIDTH = 256
EMPTY_ROOT = sha256(b"").digest()

_TILE_HEIGHT = 8
_BLOCK = 16


class TileReader(Protocol):
    """Gives the hashes stored for tile (level, number), concatenated.

    It must give at least those that the tree size in question implies. It may give more, since
    a tile may have grown since; what is beyond that size is not looked at.
    """

    def __call__(self, level: int, number: int, /) -> bytes: ...


class ShortTileError(ValueError):
    """A tile holds fewer hashes than the tree size implies: lost, cut short or not yet written."""


class Growth(NamedTuple):
    """What an append makes of a tree.

    Attributes:
        size: leaves in the new tree.
        root: root of the new tree.
        tiles: by (level, number), the new hashes to append to what that tile already holds.
    """

    size: int
    root: bytes
    tiles: dict[tuple[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry's bytes as a leaf (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an interior node over its two children (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def subtree_root(hashes: Sequence[bytes]) -> bytes:
    """The root over hashes taken as leaves: MTH of RFC 6962 section 2.1, without the leaf step.

    Costs len(hashes) - 1 node hashes. Raises ValueError if there are no hashes.
    """
    if not hashes:
        raise ValueError("a subtree needs at least 1 hash, got none")
    whole = len(hashes) - len(hashes) % _BLOCK
    blocks = [_block_root(tuple(hashes[at : at + _BLOCK])) for at in range(0, whole, _BLOCK)]
    rest = hashes[whole:]
    return _root([*blocks, _root(rest)] if rest else blocks)


@lru_cache(maxsize=64)
def _block_root(hashes: tuple[bytes, ...]) -> bytes:
    """The root over a whole block, remembered: one append after another asks for the same ones."""
    return _root(hashes)


def _root(row: Sequence[bytes]) -> bytes:
    while len(row) > 1:
        row = _parents(row)
    return row[0]


def tile_widths(size: int) -> list[int]:
    """For each level from 0, how many hashes a tree of this size has at that level in all.

    >>> tile_widths(70_000)
    [70000, 273, 1]

    Raises ValueError if size is negative.
    """
    _check_size(size)
    widths = []
    while size:
        widths.append(size)
        size //= TILE_WIDTH
    return widths


def tree_root(size: int, read: TileReader) -> bytes:
    """The root of the first `size` leaves, from at most one tile a level.

    Raises ValueError if size is negative, ShortTileError if a tile lacks hashes.
    """
    _check_size(size)
    return _range_root(0, size, read) if size else EMPTY_ROOT


def grow(size: int, leaves: Sequence[bytes], read: TileReader) -> Growth:
    """Append leaf hashes to a tree of `size` leaves.

    Reads the partial tile of each level and nothing else. The cost is one node hash a leaf, and
    for the root at most 255 a level.

    Raises ValueError if size is negative or a leaf hash is not of 32 bytes, ShortTileError if a
    tile lacks hashes.
    """
    _check_size(size)
    if wrong := {*map(len, leaves)} - {HASH_SIZE}:
        raise ValueError(f"a leaf hash is {HASH_SIZE} bytes, got one of {min(wrong)}")
    tiles: dict[tuple[int, int], bytes] = {}
    remainder: list[bytes] = []
    level, stored, fresh = 0, size, list(leaves)
    while stored or fresh:
        begin, end = stored, stored + len(fresh)
        while begin < end:
            number = begin // TILE_WIDTH
            stop = min(end, (number + 1) * TILE_WIDTH)
            tiles[level, number] = b"".join(fresh[begin - stored : stop - stored])
            begin = stop
        row = _read_range(level, stored - stored % TILE_WIDTH, stored, read) + fresh
        full = len(row) - len(row) % TILE_WIDTH
        if full < len(row):
            remainder = [subtree_root(row[full:] + remainder)]
        fresh = row[:full]
        for _ in range(_TILE_HEIGHT):
            fresh = _parents(fresh)
        stored //= TILE_WIDTH
        level += 1
    return Growth(size + len(leaves), remainder[0] if remainder else EMPTY_ROOT, tiles)


def hash_at(tile: bytes, index: int) -> bytes:
    """A hash of a tile, by its place in it."""
    return tile[index * HASH_SIZE : (index + 1) * HASH_SIZE]


def inclusion_proof(index: int, size: int, read: TileReader) -> list[bytes]:
    """The proof that leaf `index` is in the tree of `size` leaves (RFC 6962 section 2.1.1).

    The leaf's sibling comes first, the root's child last.

    Raises ValueError unless 0 <= index < size, ShortTileError if a tile lacks hashes.
    """
    (proof,) = inclusion_proofs([index], size, read)
    return proof


def inclusion_proofs(indexes: Iterable[int], size: int, read: TileReader) -> Iterator[list[bytes]]:
    """The proofs of several leaves of one tree, as `inclusion_proof` makes each.

    What they share is hashed once: neighbours differ in a hash or two.

    Raises ValueError unless 0 <= index < size for each, ShortTileError if a tile lacks hashes.
    """
    read = cache(read)
    root = cache(lambda low, high: _range_root(low, high, read))
    for index in indexes:
        _check_index(index, size)
        yield [root(low, high) for low, high in _inclusion_path(index, size)]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof shows the leaf hash at `index` in the tree of `size` leaves and this root.

    A proof of the wrong length, or with hashes not of 32 bytes, shows nothing: False.

    Raises ValueError unless 0 <= index < size.
    """
    _check_index(index, size)
    path = _inclusion_path(index, size)
    if len(proof) != len(path) or not _are_hashes(leaf, root, *proof):
        return False
    node = leaf
    for (low, _), sibling in zip(path, proof, strict=True):
        node = node_hash(sibling, node) if low < index else node_hash(node, sibling)
    return node == root


def consistency_proof(old: int, new: int, read: TileReader) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with that of `old` (RFC 6962 section 2.1.2).

    It is empty if old is 0 or equal to new.

    Raises ValueError unless 0 <= old <= new, ShortTileError if a tile lacks hashes.
    """
    _check_sizes(old, new)
    read = cache(read)
    return [_range_root(low, high, read) for low, high in _consistency_path(old, new)]


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the new tree is the old one with leaves appended.

    A proof of the wrong length, or with hashes not of 32 bytes, shows nothing: False. The tree
    of no leaves has one root only, EMPTY_ROOT.

    Raises ValueError unless 0 <= old <= new.
    """
    _check_sizes(old, new)
    path = _consistency_path(old, new)
    if len(proof) != len(path) or not _are_hashes(old_root, new_root, *proof):
        return False
    if old == 0:
        return old_root == EMPTY_ROOT and (new > 0 or new_root == EMPTY_ROOT)
    steps = list(zip(path, proof, strict=True))
    # The old tree is either a node of the new one, so that its root is where the path starts,
    # or it is not, and then the proof starts with the last perfect subtree of the old tree.
    start = old_root
    if steps and steps[0][0][1] == old:
        start = steps.pop(0)[1]
    old_node = new_node = start
    for (low, _), sibling in steps:
        if low < old:
            old_node = node_hash(sibling, old_node)
            new_node = node_hash(sibling, new_node)
        else:
            new_node = node_hash(new_node, sibling)
    return old_node == old_root and new_node == new_root


def older_root(old: int, new: int, proof: Sequence[bytes]) -> bytes | None:
    """The root of the older tree that a consistency proof goes out from, where it tells it.

    It does not where the older tree is a node of the new one, whose hash the proof leaves out. The
    root is worth believing only if `verify_consistency` accepts it.

    Raises ValueError unless 0 <= old <= new.
    """
    _check_sizes(old, new)
    path = _consistency_path(old, new)
    if not path or len(proof) != len(path) or path[0][1] != old or not _are_hashes(*proof):
        return None
    node, *siblings = proof
    for (low, _), sibling in zip(path[1:], siblings, strict=True):
        if low < old:
            node = node_hash(sibling, node)
    return node


def _inclusion_path(index: int, size: int) -> list[tuple[int, int]]:
    """The leaves [low, high) under each hash of PATH(index, D[size]), RFC 6962 section 2.1.1."""
    path = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append((middle, high))
            high = middle
        else:
            path.append((low, middle))
            low = middle
    return path[::-1]


def _consistency_path(old: int, new: int) -> list[tuple[int, int]]:
    """The leaves [low, high) under each hash of PROOF(old, D[new]), RFC 6962 section 2.1.2."""
    if old == 0:
        return []
    path = []
    low, high = 0, new
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            path.append((middle, high))
            high = middle
        else:
            path.append((low, middle))
            low = middle
    if low > 0:
        path.append((low, old))
    return path[::-1]


def _split(count: int) -> int:
    """The largest power of two below count, for count > 1."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_root(low: int, high: int, read: TileReader) -> bytes:
    """The root over the leaves [low, high) of one subtree that splitting a tree leads to.

    Such a subtree starts at a multiple of some power of two that is not below its width. So one
    narrower than a tile lies in one tile. A wider one starts where a tile does: this level adds
    its partial tile, if any, and the rest is the same question a level up.
    """
    remainder: list[bytes] = []
    level = 0
    while high - low >= TILE_WIDTH:
        if partial := _read_range(level, high - high % TILE_WIDTH, high, read):
            remainder = [subtree_root(partial + remainder)]
        level, low, high = level + 1, low // TILE_WIDTH, high // TILE_WIDTH
    return subtree_root(_read_range(level, low, high, read) + remainder)


def _read_range(level: int, low: int, high: int, read: TileReader) -> list[bytes]:
    """The hashes [low, high) of a level, which must lie in one tile. None are read for none."""
    if low == high:
        return []
    number, first = divmod(low, TILE_WIDTH)
    last = first + high - low
    tile = read(level, number)
    if len(tile) < last * HASH_SIZE:
        raise ShortTileError(
            f"tile ({level}, {number}) holds {len(tile)} bytes, but the tree needs "
            f"{last} hashes of {HASH_SIZE} bytes there"
        )
    return [
        tile[at : at + HASH_SIZE] for at in range(first * HASH_SIZE, last * HASH_SIZE, HASH_SIZE)
    ]


def _parents(hashes: Sequence[bytes]) -> list[bytes]:
    """The row above: a node hash for each pair, and an odd last hash as it is."""
    digest = sha256  # node_hash inline, as nearly all the time of an append is spent here
    pairs = iter(hashes)
    row = [
        digest(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)
    ]
    if len(hashes) % 2:
        row.append(hashes[-1])
    return row


def _are_hashes(*candidates: bytes) -> bool:
    return all(len(candidate) == HASH_SIZE for candidate in candidates)


def _check_size(size: int) -> None:
    if size < 0:
        raise ValueError(f"a tree size is 0 or more, got {size}")


def _check_index(index: int, size: int) -> None:
    if not 0 <= index < size:
        allowed = f"0 to {size - 1}" if size > 0 else "none, as there are no leaves"
        raise ValueError(f"no leaf {index} in a tree of size {size}: allowed is {allowed}")


def _check_sizes(old: int, new: int) -> None:
    if not 0 <= old <= new:
        raise ValueError(f"the old size must be 0 to the new size, {new}, got {old}")
