"""The paths and the bundles of a published log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from answerable.ledger.tlog.tiles import (
    ENTRIES,
    LONGEST_ENTRY,
    CutShortError,
    bundle,
    partials_path,
    tile_path,
    unbundle,
)


@pytest.mark.parametrize(
    ("number", "path"),
    [
        (0, "000"),
        (5, "005"),
        (999, "999"),
        (1000, "x001/000"),
        (1_234_067, "x001/x234/067"),
        (1_000_000_000, "x001/x000/x000/000"),
    ],
)
def test_numbers_are_written_as_c2sp_has_them(number: int, path: str) -> None:
    assert tile_path(0, number) == f"tile/0/{path}"
    assert tile_path(ENTRIES, number) == f"tile/entries/{path}"
    assert tile_path(63, number, 255) == f"tile/63/{path}.p/255"
    assert partials_path(ENTRIES, number) == f"tile/entries/{path}.p"


@pytest.mark.parametrize(("number", "width"), [(-1, 256), (0, 0), (0, 257), (0, -3)])
def test_what_cannot_be_a_tile_has_no_path(number: int, width: int) -> None:
    with pytest.raises(ValueError, match="no tile"):
        tile_path(0, number, width)


def test_no_path_is_both_a_file_and_a_folder() -> None:
    numbers = [*range(3000), 999_999, 1_000_000, 1_000_001]
    paths = {tile_path(0, number) for number in numbers}
    paths |= {tile_path(0, number, 7) for number in numbers}
    folders = {path.rsplit("/", up)[0] for path in paths for up in range(1, path.count("/") + 1)}
    assert len(paths) == 2 * len(numbers)
    assert not paths & folders


def test_a_bundle_to_the_byte() -> None:
    assert bundle([b"", b"abc", b"d" * 258]) == b"\0\0\0\3abc\1\2" + b"d" * 258
    longest = b"e" * LONGEST_ENTRY
    assert unbundle(bundle([longest]), 1) == [longest]
    with pytest.raises(OverflowError):
        bundle([longest + b"e"])


@given(st.lists(st.binary(max_size=40), max_size=20), st.data())
def test_a_bundle_is_read_whole_or_not_at_all(entries: list[bytes], data: DataObject) -> None:
    page = bundle(entries)
    assert unbundle(page, len(entries)) == entries
    cut = data.draw(st.integers(0, max(0, len(page) - 1)))
    for wrong, count in ((page[:cut], len(entries)), (page + b"\0", len(entries))):
        if wrong != page:
            with pytest.raises(CutShortError) as caught:
                unbundle(wrong, count)
            whole = caught.value.whole
            assert wrong.startswith(bundle(entries[:whole]))
            assert whole == len(entries) or not wrong.startswith(bundle(entries[: whole + 1]))
    with pytest.raises(CutShortError):
        unbundle(page, len(entries) + 1)
