"""The edge of a tree against the tree: what it grows to, and the root that it tells."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.ledger.tlog.edge import edge_of, grown, leaves_of, root_of
from answerable.ledger.tlog.merkle import HASH_SIZE, grow, leaf_hash, tree_root

MOST = 66_000
LEAVES = [leaf_hash(b"entry %d" % number) for number in range(MOST)]

BATCHES = st.lists(st.sampled_from([1, 2, 3, 5, 100, 255, 256, 257, 511, 600]), max_size=6)


@settings(max_examples=examples(25))
@example([65_536, 1])
@example([65_535, 1, 255, 1])
@example([100, 65_800])
@given(BATCHES)
def test_an_edge_grows_with_its_tree(batches: list[int]) -> None:
    tiles: dict[tuple[int, int], bytes] = {}

    def read(level: int, number: int) -> bytes:
        return tiles.get((level, number), b"")

    size, edge = 0, b""
    for batch in batches:
        leaves = LEAVES[size : size + batch]
        growth = grow(size, leaves, read)
        assert leaves_of(growth.tiles) == leaves
        edge = grown(size, edge, growth.tiles)
        for place, hashes in growth.tiles.items():
            tiles[place] = read(*place) + hashes
        size = growth.size
        assert edge == edge_of(size, read)
        assert len(edge) == HASH_SIZE * size.bit_count()
        assert root_of(edge) == growth.root == tree_root(size, read)
