"""The layout of a published log: the paths of its pages, and the bundles of its entries.

C2SP tlog-tiles. Under a folder or a URL lie `checkpoint`, the tiles of the tree and, beside each
tile of level 0, a bundle of the entries that its hashes are of:

    tile/<level>/<number>           tile/entries/<number>
    tile/<level>/<number>.p/<width> tile/entries/<number>.p/<width>

The second form is of the last tile of a level, where fewer than 256 hashes are in it. A number is
written in groups of three digits, all but the last with an `x` before them, so that no folder
holds more than a thousand names and a name is never both a folder's and a file's. In a bundle,
each entry follows its length, 16 bits, the high byte first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from answerable.ledger.tlog.merkle import TILE_WIDTH

CHECKPOINT = "checkpoint"

ENTRIES: Literal["entries"] = "entries"
"""Stands in place of a level in the path of a bundle of entries."""

LONGEST_ENTRY = 65_535
"""The most bytes that an entry can be, here and in a bundle."""

Level = int | Literal["entries"]


class CutShortError(ValueError):
    """A bundle holds less than it says, or more.

    Attributes:
        whole: how many of its entries are there.
    """

    def __init__(self, whole: int) -> None:
        super().__init__(f"{whole} entries are whole, and what follows is not one more")
        self.whole = whole


def tile_path(level: Level, number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a tile, or of a bundle of entries, that holds `width` of them.

    >>> tile_path(0, 1_234_067)
    'tile/0/x001/x234/067'
    >>> tile_path("entries", 273, 112)
    'tile/entries/273.p/112'

    Raises:
        ValueError: number is negative, or width not 1 to 256.
    """
    if number < 0 or not 1 <= width <= TILE_WIDTH:
        raise ValueError(f"there is no tile {number} of {width} hashes")
    whole = f"tile/{level}/{_number_path(number)}"
    return whole if width == TILE_WIDTH else f"{whole}.p/{width}"


def partials_path(level: Level, number: int) -> str:
    """Return the path of the folder where a tile, or a bundle, lies as long as it is not full."""
    return f"{tile_path(level, number)}.p"


def bundle(entries: Iterable[bytes]) -> bytes:
    """Write entries as they are published, each after its length.

    Raises:
        OverflowError: one is over 65,535 bytes.
    """
    return b"".join(part for entry in entries for part in (len(entry).to_bytes(2, "big"), entry))


def unbundle(page: bytes, count: int) -> list[bytes]:
    """Read the entries of a bundle, which must be `count`, and nothing else in it.

    Raises:
        CutShortError: they are not.
    """
    entries: list[bytes] = []
    at, end = 0, len(page)
    for _ in range(count):
        start = at + 2
        at = start + (page[at] << 8 | page[at + 1]) if start <= end else end + 1
        if at > end:
            raise CutShortError(len(entries))
        entries.append(page[start:at])
    if at != end:
        raise CutShortError(count)
    return entries


def _number_path(number: int) -> str:
    """Write a number as a path (C2SP tlog-tiles): `1234067` is `x001/x234/067`."""
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *high, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
    return "/".join((*(f"x{group}" for group in high), last))
