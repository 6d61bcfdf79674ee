"""The tree against RFC 6962 section 2.1 written down word for word, slow and obvious."""

from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.ledger.tlog.merkle import (
    EMPTY_ROOT,
    HASH_SIZE,
    TILE_WIDTH,
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

MOST = 66_100
LEAVES = [leaf_hash(b"entry %d" % number) for number in range(MOST)]
EVERY = [range(250), range(250, 370), range(370, 450), range(450, 530), range(530, 601)]

Rows = dict[tuple[int, int], bytes]


# The textbook: D is LEAVES[low:high].


@cache
def textbook_root(low: int, high: int) -> bytes:
    if low == high:
        return EMPTY_ROOT
    if high - low == 1:
        return LEAVES[low]
    k = textbook_split(high - low)
    return node_hash(textbook_root(low, low + k), textbook_root(low + k, high))


def textbook_split(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def textbook_path(m: int, low: int, high: int) -> list[bytes]:
    n = high - low
    if n == 1:
        return []
    k = textbook_split(n)
    if m < k:
        return [*textbook_path(m, low, low + k), textbook_root(low + k, high)]
    return [*textbook_path(m - k, low + k, high), textbook_root(low, low + k)]


def textbook_subproof(m: int, low: int, high: int, known: bool) -> list[bytes]:
    n = high - low
    if m == n:
        return [] if known else [textbook_root(low, high)]
    k = textbook_split(n)
    if m <= k:
        return [*textbook_subproof(m, low, low + k, known), textbook_root(low + k, high)]
    return [*textbook_subproof(m - k, low + k, high, False), textbook_root(low, low + k)]


def textbook_proof(old: int, new: int) -> list[bytes]:
    return textbook_subproof(old, 0, new, True) if 0 < old < new else []


def textbook_tiles(size: int) -> Rows:
    return {
        (level, number): b"".join(
            textbook_root(at * TILE_WIDTH**level, (at + 1) * TILE_WIDTH**level)
            for at in range(number * TILE_WIDTH, min((number + 1) * TILE_WIDTH, width))
        )
        for level, width in enumerate(tile_widths(size))
        for number in range(-(-width // TILE_WIDTH))
    }


ALL_TILES = textbook_tiles(MOST)


def read_all(level: int, number: int) -> bytes:
    """Tiles of the largest tree, and so longer than most of the trees asked about imply."""
    return ALL_TILES[level, number]


def grown(ends: Iterable[int], rows: Rows, size: int = 0) -> bytes:
    """Grow the tree in rows to each of these sizes in turn; the last root."""
    root = EMPTY_ROOT
    for end in ends:
        growth = grow(size, LEAVES[size:end], lambda level, number: rows[level, number])
        size, root = growth.size, growth.root
        for tile, hashes in growth.tiles.items():
            assert hashes
            rows[tile] = rows.get(tile, b"") + hashes
    return root


sizes = st.one_of(
    st.integers(1, 600),
    st.integers(1, MOST),
    st.sampled_from([255, 256, 257, 511, 512, 513, 65_280, 65_535, 65_536, 65_537, 65_792, 66_048]),
)


@st.composite
def indexes_and_sizes(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(sizes)
    return draw(st.integers(0, size - 1)), size


@st.composite
def olds_and_news(draw: st.DrawFn) -> tuple[int, int]:
    old, new = sorted((draw(sizes), draw(sizes)))
    return old, new


@st.composite
def proofs_and_spoilt(draw: st.DrawFn, proof: list[bytes]) -> list[bytes]:
    """The proof with one thing wrong in it: a bit, an order, or a hash too few or too many."""
    spoilt = list(proof)
    ways = ["more"] + ["bit", "fewer", "short"] * bool(proof) + ["order"] * (len(proof) > 1)
    way = draw(st.sampled_from(ways))
    at = draw(st.integers(0, max(0, len(proof) - 1)))
    if way == "bit":
        spoilt[at] = flipped(spoilt[at], draw(st.integers(0, 255)))
    elif way == "fewer":
        del spoilt[at]
    elif way == "short":
        spoilt[at] = spoilt[at][:-1]
    elif way == "order":
        other = (at + 1) % len(spoilt)
        spoilt[at], spoilt[other] = spoilt[other], spoilt[at]
    else:
        spoilt.insert(at, draw(st.sampled_from([EMPTY_ROOT, *proof])))
    return spoilt


def flipped(hash_: bytes, bit: int) -> bytes:
    return bytes(byte ^ (bit // 8 == at) << bit % 8 for at, byte in enumerate(hash_))


# Roots


def test_every_root_up_to_600() -> None:
    for size in range(1, 601):
        root = textbook_root(0, size)
        assert subtree_root(LEAVES[:size]) == root
        assert tree_root(size, read_all) == root


@given(sizes)
def test_roots(size: int) -> None:
    assert tree_root(size, read_all) == textbook_root(0, size)
    assert subtree_root(LEAVES[:size]) == textbook_root(0, size)


# Growth


def test_growing_leaf_by_leaf() -> None:
    rows: Rows = {}
    for size in range(600):
        assert grown([size + 1], rows, size) == textbook_root(0, size + 1)
    assert rows == textbook_tiles(600)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=8).map(sorted))
def test_growing_in_any_batches_is_growing_at_once(ends: list[int]) -> None:
    rows: Rows = {}
    assert grown(ends, rows) == textbook_root(0, ends[-1])
    assert rows == textbook_tiles(ends[-1])


@settings(max_examples=examples(25))
@given(st.lists(st.integers(65_200, MOST), min_size=2, max_size=6).map(sorted))
def test_growing_past_the_first_hash_of_level_2(ends: list[int]) -> None:
    start = ends[0]
    rows = textbook_tiles(start)
    assert grown(ends, rows, start) == textbook_root(0, ends[-1])
    assert rows == textbook_tiles(ends[-1])


@pytest.mark.parametrize("start", [65_530, 65_785])
def test_growing_leaf_by_leaf_past_the_first_hash_of_level_2(start: int) -> None:
    rows = textbook_tiles(start)
    for size in range(start, start + 12):
        assert grown([size + 1], rows, size) == textbook_root(0, size + 1)
    assert rows == textbook_tiles(start + 12)


@given(sizes, st.integers(0, 700))
def test_growing_over_tiles_that_have_grown_since(size: int, count: int) -> None:
    leaves = LEAVES[size : size + count]
    growth = grow(size, leaves, read_all)
    assert growth.size == size + len(leaves)
    assert growth.root == textbook_root(0, growth.size)


@settings(max_examples=examples(25))
@given(st.integers(0, MOST), st.integers(300, 20_000))
def test_auditing_a_stream_in_bounded_memory(size: int, batch: int) -> None:
    edge: Rows = {}
    audited: Rows = {}
    root = EMPTY_ROOT
    for at in range(0, size, batch):
        leaves = LEAVES[at : min(at + batch, size)]
        _, root, tiles = grow(at, leaves, lambda level, number: edge[level, number])
        for tile, hashes in tiles.items():
            edge[tile] = edge.get(tile, b"") + hashes
            if len(edge[tile]) == TILE_WIDTH * HASH_SIZE:
                audited[tile] = edge.pop(tile)
        assert len(edge) <= len(tile_widths(size))
    assert audited | edge == textbook_tiles(size)
    assert root == textbook_root(0, size)


# Inclusion


@pytest.mark.parametrize("sizes", EVERY, ids=str)
def test_every_inclusion_proof_up_to_600_leaves(sizes: range) -> None:
    for size in sizes:
        root = textbook_root(0, size)
        for index in range(size):
            proof = inclusion_proof(index, size, read_all)
            assert proof == textbook_path(index, 0, size)
            assert verify_inclusion(LEAVES[index], index, size, proof, root)


@settings(max_examples=examples(90))
@given(indexes_and_sizes())
def test_inclusion_proofs(place: tuple[int, int]) -> None:
    index, size = place
    proof = inclusion_proof(index, size, read_all)
    assert proof == textbook_path(index, 0, size)
    assert verify_inclusion(LEAVES[index], index, size, proof, textbook_root(0, size))


@settings(max_examples=examples(90))
@given(st.data(), indexes_and_sizes(), st.integers(0, 255))
def test_spoilt_inclusion_proofs_fail(
    data: st.DataObject, place: tuple[int, int], bit: int
) -> None:
    index, size = place
    leaf, root = LEAVES[index], textbook_root(0, size)
    proof = textbook_path(index, 0, size)
    spoilt = data.draw(proofs_and_spoilt(proof))
    other = data.draw(st.integers(0, size - 1))
    assert not verify_inclusion(leaf, index, size, spoilt, root)
    assert not verify_inclusion(flipped(leaf, bit), index, size, proof, root)
    assert not verify_inclusion(leaf, index, size, proof, flipped(root, bit))
    assert verify_inclusion(leaf, other, size, proof, root) == (other == index)


# Consistency


@pytest.mark.parametrize("sizes", EVERY, ids=str)
def test_every_consistency_proof_up_to_600_leaves(sizes: range) -> None:
    for new in sizes:
        for old in range(new + 1):
            proof = consistency_proof(old, new, read_all)
            assert proof == textbook_proof(old, new)
            old_root, new_root = textbook_root(0, old), textbook_root(0, new)
            assert verify_consistency(old, new, old_root, new_root, proof)


@settings(max_examples=examples(90))
@given(olds_and_news())
def test_consistency_proofs(pair: tuple[int, int]) -> None:
    old, new = pair
    proof = consistency_proof(old, new, read_all)
    assert proof == textbook_proof(old, new)
    assert verify_consistency(old, new, textbook_root(0, old), textbook_root(0, new), proof)


@settings(max_examples=examples(90))
@given(st.data(), olds_and_news(), st.integers(0, 255))
def test_spoilt_consistency_proofs_fail(
    data: st.DataObject, pair: tuple[int, int], bit: int
) -> None:
    old, new = pair
    old_root, new_root = textbook_root(0, old), textbook_root(0, new)
    proof = textbook_proof(old, new)
    spoilt = data.draw(proofs_and_spoilt(proof))
    assert not verify_consistency(old, new, old_root, new_root, spoilt)
    assert not verify_consistency(old, new, flipped(old_root, bit), new_root, proof)
    assert not verify_consistency(old, new, old_root, flipped(new_root, bit), proof)


@given(st.integers(2, 600), st.data())
def test_a_rewritten_leaf_is_not_consistent(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    changed = data.draw(st.integers(0, old - 1))
    leaves = [*LEAVES[:changed], EMPTY_ROOT, *LEAVES[changed + 1 : new]]
    rewritten = grow(0, leaves, read_all)
    proof = consistency_proof(old, new, lambda *tile: rewritten.tiles[tile])
    assert verify_consistency(old, new, subtree_root(leaves[:old]), rewritten.root, proof)
    assert not verify_consistency(old, new, textbook_root(0, old), rewritten.root, proof)


# Mutations


def mutations(proof: list[bytes]) -> Iterable[list[bytes]]:
    """Each proof that a slip or a small lie makes of one."""
    for at, node in enumerate(proof):
        rest = (proof[:at], proof[at + 1 :])
        yield [*rest[0], *rest[1]]
        yield [*rest[0], node, node, *rest[1]]
        for bit in (0, 100, 255):
            yield [*rest[0], flipped(node, bit), *rest[1]]
        for size in (0, HASH_SIZE - 1):
            yield [*rest[0], node[:size], *rest[1]]
        yield [*rest[0], node + b"\0", *rest[1]]
        if at:
            yield [*proof[: at - 1], node, proof[at - 1], *rest[1]]
    yield [*proof, EMPTY_ROOT]
    yield [EMPTY_ROOT, *proof]


def test_every_mutated_inclusion_proof_fails() -> None:
    for size in range(1, 70):
        root = textbook_root(0, size)
        for index in range(size):
            for mutated in mutations(textbook_path(index, 0, size)):
                assert not verify_inclusion(LEAVES[index], index, size, mutated, root)


def test_every_mutated_consistency_proof_fails() -> None:
    for new in range(1, 70):
        for old in range(new + 1):
            old_root, new_root = textbook_root(0, old), textbook_root(0, new)
            for mutated in mutations(textbook_proof(old, new)):
                assert not verify_consistency(old, new, old_root, new_root, mutated)


# Huge trees: where all leaves are equal, a subtree's root depends on its width alone, so that
# trees of any size can be asked about without being there.


@cache
def equal_root(n: int) -> bytes:
    if n == 1:
        return LEAVES[0]
    k = textbook_split(n)
    return node_hash(equal_root(k), equal_root(n - k))


def read_equal(level: int, number: int) -> bytes:
    return equal_root(TILE_WIDTH**level) * TILE_WIDTH


@given(st.integers(1, 2**60), st.integers(0, 2**60))
def test_huge_trees(size: int, other: int) -> None:
    root = equal_root(size)
    assert tree_root(size, read_equal) == root
    assert grow(size, LEAVES[:1], read_equal).root == equal_root(size + 1)
    index = other % size
    proof = inclusion_proof(index, size, read_equal)
    assert verify_inclusion(LEAVES[0], index, size, proof, root)
    old = index + 1
    proof = consistency_proof(old, size, read_equal)
    assert verify_consistency(old, size, equal_root(old), root, proof)
