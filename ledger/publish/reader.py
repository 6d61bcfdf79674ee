"""A log as it is published, read page by page from a folder or from any web server.

Nothing that is read here is believed: a page has the length that it must have, or is refused. What
it says is checked by who asks, against a checkpoint that someone trusted signed. So what a check
reads is bounded by the size that was signed: a log of that size has so many pages, and for each
come in at most twice its longest form and 256 KiB, however often it is tried.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from answerable.ledger.errors import PageMalformed, Unreachable
from answerable.ledger.publish.errors import PageMissing, PublishedNotFound
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH, TileReader
from answerable.ledger.tlog.note import MAX_NOTE
from answerable.ledger.tlog.tiles import (
    CHECKPOINT,
    ENTRIES,
    LONGEST_ENTRY,
    CutShortError,
    Level,
    tile_path,
    unbundle,
)

if TYPE_CHECKING:
    from answerable.ledger.system.http import Web

Fetch = Callable[[str, int], bytes | None]
"""Gives the page at a path, of so many bytes at most; None if there is none."""


class PublishedLog(NamedTuple):
    """A published log.

    Attributes:
        source: where it is, as it was given.
        fetch: gives its pages. It may be called by many threads at once.
        remote: whether a page takes long to come, and little to wait for.
    """

    source: str
    fetch: Fetch
    remote: bool

    def checkpoint(self) -> bytes:
        """Read the signed checkpoint. Nothing about it is checked.

        Raises:
            PublishedNotFound: there is none.
            PageMalformed: it is too long to be one.
            Unreachable: it cannot be had.
        """
        note = self.fetch(CHECKPOINT, MAX_NOTE)
        if note is None:
            raise PublishedNotFound(
                f"there is no published log at {self.source}: it has no page `{CHECKPOINT}`.",
                hint="Name the folder or URL that this page lies in.",
            )
        return note

    def tile(self, level: int, number: int, width: int) -> bytes:
        """Read the first hashes of a tile, `width` of them.

        Raises:
            PageMissing: it is not there.
            PageMalformed: it is not as long as it must be.
            Unreachable: it cannot be had.
        """
        path, page, held = self._page(level, number, width, HASH_SIZE)
        if len(page) != held * HASH_SIZE:
            raise PageMalformed(
                f"{path} of {self.source} is {len(page):,} bytes long and must be "
                f"{held * HASH_SIZE:,}: the hashes {_range(number, width)} of level {level} are "
                "not all there, or there are more."
            )
        return page[: width * HASH_SIZE]

    def tiles(self, size: int) -> TileReader:
        """Return a reader of the tiles of the tree of `size` entries, raising as `tile` does."""

        def read(level: int, number: int) -> bytes:
            width = (size >> 8 * level) - number * TILE_WIDTH
            return self.tile(level, number, min(width, TILE_WIDTH)) if width > 0 else b""

        return read

    def entries(self, number: int, width: int) -> list[bytes]:
        """Read the first entries of a bundle, `width` of them.

        Raises:
            PageMissing: it is not there.
            PageMalformed: it is cut short, or holds more than it should.
            Unreachable: it cannot be had.
        """
        path, page, held = self._page(ENTRIES, number, width, 2 + LONGEST_ENTRY)
        try:
            return unbundle(page, held)[:width]
        except CutShortError as error:
            first = number * TILE_WIDTH + error.whole
            what = "goes on after its last entry, before position"
            if error.whole < held:
                what = "is cut short: it lacks the entry at position"
            raise PageMalformed(f"{path} of {self.source} {what} {first}.") from None

    def _page(self, level: Level, number: int, width: int, each: int) -> tuple[str, bytes, int]:
        """Read a page of `width` items, or the full one in its place; return path, page, width."""
        for held in dict.fromkeys((width, TILE_WIDTH)):
            path = tile_path(level, number, held)
            page = self.fetch(path, held * each)
            if page is not None:
                return path, page, held
        what = "entries" if level == ENTRIES else f"hashes of level {level},"
        raise PageMissing(
            f"{tile_path(level, number, width)} of {self.source} is not there, so the {what} "
            f"{_range(number, width)} are missing, which its checkpoint commits to.",
            hint="Whoever publishes the log withholds them, or has not published all of it.",
        )


def open_published(
    source: str, *, follow: bool = False, seconds: float | None = None
) -> PublishedLog:
    """Return the log published at a URL, http or https, or in a folder. Nothing is read yet.

    Args:
        source: the URL, or the folder.
        follow: whether redirects to another origin than the URL's are followed; from https to http
            they never are.
        seconds: how long all that is read from a URL may take, from now on; by default six hours.

    Raises:
        PublishedNotFound: it is neither.
    """
    if "://" not in source:
        folder = Path(source)
        if not folder.is_dir():
            raise PublishedNotFound(f"there is no folder {source}.")
        return published_in(folder)
    from answerable.ledger.system.http import ALL_PATIENCE, Web, is_prefix

    if not is_prefix(source):
        raise PublishedNotFound(
            f"{source!r:.80} is not where a published log can be.",
            hint="Name a folder, or a URL that begins with https:// and has no `?` or `#`.",
        )
    web = Web(follow=follow, seconds=ALL_PATIENCE if seconds is None else seconds)
    return PublishedLog(source, partial(_get, web, source.rstrip("/")), remote=True)


def published_in(folder: Path) -> PublishedLog:
    """Return the log that is published in a folder. Nothing is read yet."""
    return PublishedLog(str(folder), partial(_read, folder), remote=False)


def _get(web: Web, prefix: str, path: str, most: int) -> bytes | None:
    return web.get(f"{prefix}/{path}", most)


def _read(folder: Path, path: str, most: int) -> bytes | None:
    place = folder / path
    try:
        # A pipe in place of a file must not keep one waiting.
        opened = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
        try:
            about = os.fstat(opened)
            if stat.S_ISREG(about.st_mode) and about.st_size <= most:
                return os.read(opened, about.st_size)
        finally:
            os.close(opened)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unreachable(f"{place} cannot be read: {error.strerror}.") from None
    raise PageMalformed(
        f"{place} is longer than the {most:,} bytes that it can be, or is not a file."
    )


def _range(number: int, width: int) -> str:
    first = number * TILE_WIDTH
    return f"{first} to {first + width - 1}"
