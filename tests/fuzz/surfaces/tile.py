"""Pages of a published log: of a bundle of entries, and of hashes, nothing is lost or made up."""

from __future__ import annotations

from answerable.ledger.errors import NotVerified
from answerable.ledger.publish.reader import PublishedLog
from answerable.ledger.tlog.tiles import CutShortError, bundle, unbundle

LONGEST = 16_384


def take(data: bytes) -> None:
    """Read what follows the first byte as a bundle and as a tile of as many as that says."""
    if not data:
        return
    width, page = data[0] + 1, data[1:]
    try:
        entries = unbundle(page, width)
    except CutShortError:
        pass
    else:
        assert len(entries) == width
        assert bundle(entries) == page

    def fetch(path: str, most: int) -> bytes | None:
        return page if len(page) <= most else None

    published = PublishedLog("a web server", fetch, remote=False)
    try:
        assert published.tile(0, 0, width) == page[: width * 32]
        assert len(page) in (width * 32, 256 * 32)
    except NotVerified:
        pass
    try:
        assert page.startswith(bundle(published.entries(0, width)))
    except NotVerified:
        return
