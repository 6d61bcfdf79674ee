"""The tree against published vectors, its tiles, its errors, and what it reads."""

import doctest
from collections.abc import Sequence
from hashlib import sha256

import pytest

from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.merkle import (
    EMPTY_ROOT,
    HASH_SIZE,
    TILE_WIDTH,
    ShortTileError,
    consistency_proof,
    grow,
    inclusion_proof,
    leaf_hash,
    node_hash,
    subtree_root,
    tile_widths,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

# The test vectors of google/certificate-transparency (merkletree/merkle_tree_test.cc).
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (leaf, size) -> the siblings, in the same file's PathTestVector.
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
# (old, new) -> the proof, in the same file's ProofTestVector.
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


class Tiles:
    """Tiles in memory, and which of them were read."""

    def __init__(self) -> None:
        self.size = 0
        self.root = EMPTY_ROOT
        self.rows: dict[tuple[int, int], bytes] = {}
        self.reads: list[tuple[int, int]] = []

    def __call__(self, level: int, number: int) -> bytes:
        self.reads.append((level, number))
        return self.rows[level, number]

    def append(self, leaves: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
        self.reads.clear()
        self.size, self.root, fresh = grow(self.size, leaves, self)
        for tile, hashes in fresh.items():
            self.rows[tile] = self.rows.get(tile, b"") + hashes
        return fresh


def numbered(count: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(count)]


@pytest.fixture(scope="module")
def seventy_thousand() -> Tiles:
    tiles = Tiles()
    tiles.append(numbered(70_000))
    return tiles


@pytest.fixture
def eight() -> Tiles:
    tiles = Tiles()
    tiles.append([leaf_hash(entry) for entry in ENTRIES])
    return tiles


def test_the_hashes_are_prefixed_by_what_they_stand_for() -> None:
    assert leaf_hash(b"entry") == sha256(b"\x00entry").digest()
    assert node_hash(b"l" * 32, b"r" * 32) == sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(("size", "root"), list(enumerate(ROOTS, start=1)))
def test_published_roots(size: int, root: str, eight: Tiles) -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES[:size]]
    assert subtree_root(leaves).hex() == root
    assert grow(0, leaves, eight).root.hex() == root
    assert tree_root(size, eight).hex() == root


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_published_inclusion_proofs(index: int, size: int, eight: Tiles) -> None:
    proof = inclusion_proof(index, size, eight)
    assert [sibling.hex() for sibling in proof] == INCLUSION[index, size]
    root = bytes.fromhex(ROOTS[size - 1])
    assert verify_inclusion(leaf_hash(ENTRIES[index]), index, size, proof, root)


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_published_consistency_proofs(old: int, new: int, eight: Tiles) -> None:
    proof = consistency_proof(old, new, eight)
    assert [node.hex() for node in proof] == CONSISTENCY[old, new]
    old_root, new_root = bytes.fromhex(ROOTS[old - 1]), bytes.fromhex(ROOTS[new - 1])
    assert verify_consistency(old, new, old_root, new_root, proof)


def test_the_module_documentation() -> None:
    assert doctest.testmod(merkle).failed == 0


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        (0, []),
        (1, [1]),
        (255, [255]),
        (256, [256, 1]),
        (65_535, [65_535, 255]),
        (65_536, [65_536, 256, 1]),
        (70_000, [70_000, 273, 1]),
    ],
)
def test_tile_widths(size: int, widths: list[int]) -> None:
    assert tile_widths(size) == widths


def test_tiles_of_seventy_thousand_are_those_of_the_specification(
    seventy_thousand: Tiles,
) -> None:
    leaves = numbered(70_000)
    levels = [leaves]
    while len(levels[-1]) >= TILE_WIDTH:
        row = levels[-1]
        full = range(0, len(row) - TILE_WIDTH + 1, TILE_WIDTH)
        levels.append([subtree_root(row[at : at + TILE_WIDTH]) for at in full])
    assert seventy_thousand.rows == {
        (level, at // TILE_WIDTH): b"".join(row[at : at + TILE_WIDTH])
        for level, row in enumerate(levels)
        for at in range(0, len(row), TILE_WIDTH)
    }
    assert len(seventy_thousand.rows[0, 273]) == 112 * HASH_SIZE
    assert len(seventy_thousand.rows[1, 1]) == 17 * HASH_SIZE
    assert len(seventy_thousand.rows[2, 0]) == 1 * HASH_SIZE
    assert seventy_thousand.root == subtree_root(leaves)


@pytest.mark.parametrize("start", [0, 1, 255, 256, 511, 65_535, 65_536, 65_791])
def test_one_leaf_touches_one_tile_a_level_and_reads_the_right_edge(start: int) -> None:
    leaves = numbered(start + 1)
    tiles = Tiles()
    tiles.append(leaves[:start])
    fresh = tiles.append(leaves[start:])
    partial = [(level, n // 256) for level, n in enumerate(tile_widths(start)) if n % 256]
    assert tiles.reads == partial
    touched = [level for level, _ in fresh]
    assert touched == sorted(set(touched))
    assert all(len(hashes) == HASH_SIZE for hashes in fresh.values())
    assert fresh[0, start // 256] == leaves[-1]
    assert tiles.root == subtree_root(leaves)


def test_no_leaves_change_nothing(seventy_thousand: Tiles) -> None:
    assert grow(0, [], seventy_thousand) == (0, EMPTY_ROOT, {})
    assert grow(70_000, [], seventy_thousand) == (70_000, seventy_thousand.root, {})


def test_the_root_is_read_from_one_tile_a_level(seventy_thousand: Tiles) -> None:
    seventy_thousand.reads.clear()
    assert tree_root(70_000, seventy_thousand) == seventy_thousand.root
    assert seventy_thousand.reads == [(0, 273), (1, 1), (2, 0)]


def test_a_proof_reads_each_tile_once(seventy_thousand: Tiles) -> None:
    seventy_thousand.reads.clear()
    inclusion_proof(12_345, 70_000, seventy_thousand)
    assert sorted(seventy_thousand.reads) == [(0, 48), (0, 273), (1, 0), (1, 1)]
    seventy_thousand.reads.clear()
    consistency_proof(12_345, 70_000, seventy_thousand)
    assert sorted(seventy_thousand.reads) == [(0, 48), (0, 273), (1, 0), (1, 1)]


def test_the_empty_tree_is_the_beginning_of_every_tree(eight: Tiles) -> None:
    assert tree_root(0, eight) == EMPTY_ROOT
    assert consistency_proof(0, 8, eight) == []
    assert verify_consistency(0, 8, EMPTY_ROOT, eight.root, [])
    assert verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not verify_consistency(0, 8, eight.root, eight.root, [])
    assert not verify_consistency(0, 0, EMPTY_ROOT, eight.root, [])
    assert not verify_consistency(0, 8, EMPTY_ROOT, eight.root, [eight.root])


def test_a_tree_is_consistent_with_itself_alone(eight: Tiles) -> None:
    assert verify_consistency(8, 8, eight.root, eight.root, [])
    assert not verify_consistency(8, 8, eight.root, EMPTY_ROOT, [])
    assert not verify_consistency(8, 8, eight.root, eight.root, [eight.root])


def test_malformed_proofs_show_nothing(eight: Tiles) -> None:
    leaf, root = leaf_hash(ENTRIES[5]), eight.root
    proof = inclusion_proof(5, 8, eight)
    assert verify_inclusion(leaf, 5, 8, proof, root)
    # A shorter hash beside a longer one makes the same bytes: only their lengths tell.
    assert not verify_inclusion(leaf[1:], 5, 8, [proof[0] + leaf[:1], *proof[1:]], root)
    assert not verify_inclusion(leaf, 5, 8, proof[:-1], root)
    assert not verify_inclusion(leaf, 5, 8, [*proof, root], root)
    assert not verify_inclusion(leaf, 5, 8, [b"", *proof[1:]], root)
    assert not verify_inclusion(b"", 0, 1, [], b"")
    old_root = tree_root(6, eight)
    proof = consistency_proof(6, 8, eight)
    assert verify_consistency(6, 8, old_root, root, proof)
    assert not verify_consistency(6, 8, old_root, root, proof[:-1])
    assert not verify_consistency(6, 8, old_root, root, [*proof, root])
    assert not verify_consistency(6, 8, old_root, root, [proof[0] + b"\x00", *proof[1:]])
    assert not verify_consistency(1, 1, b"", b"", [])


def test_bad_arguments_say_what_is_allowed(eight: Tiles) -> None:
    root = eight.root
    with pytest.raises(ValueError, match="no leaf 8 in a tree of size 8: allowed is 0 to 7"):
        inclusion_proof(8, 8, eight)
    with pytest.raises(ValueError, match="no leaf -1 in a tree of size 8: allowed is 0 to 7"):
        verify_inclusion(root, -1, 8, [], root)
    with pytest.raises(ValueError, match="no leaf 0 in a tree of size 0: allowed is none"):
        verify_inclusion(root, 0, 0, [], root)
    with pytest.raises(ValueError, match="the old size must be 0 to the new size, 7, got 8"):
        consistency_proof(8, 7, eight)
    with pytest.raises(ValueError, match="the old size must be 0 to the new size, 7, got -1"):
        verify_consistency(-1, 7, root, root, [])
    with pytest.raises(ValueError, match="a tree size is 0 or more, got -1"):
        grow(-1, [], eight)
    with pytest.raises(ValueError, match="a tree size is 0 or more, got -1"):
        tree_root(-1, eight)
    with pytest.raises(ValueError, match="a tree size is 0 or more, got -1"):
        tile_widths(-1)
    with pytest.raises(ValueError, match="a leaf hash is 32 bytes, got one of 5"):
        grow(8, [root, b"entry"], eight)
    with pytest.raises(ValueError, match="a subtree needs at least 1 hash, got none"):
        subtree_root([])


def test_a_tile_cut_short_is_an_error_and_not_another_root(eight: Tiles) -> None:
    eight.rows[0, 0] = eight.rows[0, 0][:-1]
    with pytest.raises(
        ShortTileError, match=r"tile \(0, 0\) holds 255 bytes, but .* needs 8 hashes"
    ):
        tree_root(8, eight)
    with pytest.raises(ShortTileError):
        grow(8, [EMPTY_ROOT], eight)
    with pytest.raises(ShortTileError):
        inclusion_proof(0, 8, eight)
    assert len(inclusion_proof(0, 7, eight)) == 3
