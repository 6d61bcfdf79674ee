"""Look at a tile of a damaged file."""

import pytest

from answerable.ledger.verify.tile import Tile


@pytest.mark.parametrize(
    ("owners", "in_order"),
    [([1, 1, 2], True), ([2, 1], False), ([None, 1], False), ([1, None], False), ([b"1"], False)],
)
def test_a_number_that_is_none_is_in_no_order(owners: list[object], in_order: bool) -> None:
    entries = [(1, "c", 1, "case-opened", b"{}"), (2, "c", 2, "case-closed", b"{}")]
    texts = [(owner, 0, "title", "", b"[]") for owner in owners]
    assert Tile(entries, texts).in_order is in_order  # type: ignore[arg-type]
