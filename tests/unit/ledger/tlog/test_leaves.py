"""Entries are held against the leaves of the tree, whole tiles at one look, others one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.ledger.tlog import leaves as under_test
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.leaves import Leaves

SIZE = 2 * merkle.TILE_WIDTH + 88

ENTRIES = [b"%d" % number for number in range(SIZE)]

TILES = merkle.grow(0, [merkle.leaf_hash(each) for each in ENTRIES], lambda *_: b"").tiles


def _tile(level: int, number: int) -> bytes:
    return TILES[level, number]


ROOT = merkle.tree_root(SIZE, _tile)


@settings(max_examples=examples(30))
@given(
    st.sets(st.integers(0, SIZE - 1), max_size=4),
    st.sets(st.integers(0, SIZE - 1), max_size=3),
    st.integers(0, 2),
)
def test_what_is_not_as_hashed_is_found_wherever_it_is(
    altered: set[int], gone: set[int], beyond: int
) -> None:
    entries = [
        (at, b"otherwise" if at in altered else entry)
        for at, entry in enumerate([*ENTRIES, *[b"more"] * beyond])
        if at not in gone
    ]
    found = Leaves(SIZE, ROOT).altered(entries, _tile)
    assert found == sorted({*altered.difference(gone), *range(SIZE, SIZE + beyond)})


def test_entries_that_changed_places_are_not_as_hashed() -> None:
    entries = [*enumerate(ENTRIES)]
    entries[3], entries[300] = (3, ENTRIES[300]), (300, ENTRIES[3])
    assert Leaves(SIZE, ROOT).altered(entries, _tile) == [3, 300]


def test_a_tile_that_is_not_under_the_root_vouches_for_nothing() -> None:
    other = b"".join(merkle.leaf_hash(b"x%d" % at) for at in range(merkle.TILE_WIDTH))
    leaves = Leaves(SIZE, ROOT)

    def read(level: int, number: int) -> bytes:
        return other if (level, number) == (0, 1) else TILES[level, number]

    told = [(at, b"x%d" % (at - 256) if at // 256 == 1 else ENTRIES[at]) for at in range(SIZE)]
    assert leaves.altered(told, read) == [*range(256, 512)]


def test_few_tiles_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "MOST_TILES", 2)
    leaves = Leaves(SIZE, ROOT)
    assert leaves.altered(enumerate(ENTRIES), _tile) == []
    assert [*leaves._tiles] == [1, 2]
