"""Logs whose checkpoints say more than there is: found out by few requests, whatever they say."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import shake_256

import pytest
from tests.support.bulk_ledger import entry

from answerable.ledger.errors import NotVerified
from answerable.ledger.publish import soundings
from answerable.ledger.publish.audit import verify_published
from answerable.ledger.publish.errors import PageMissing, RootDiffers
from answerable.ledger.publish.reader import PublishedLog
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH
from answerable.ledger.tlog.note import ED25519, Note
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.tlog.tiles import ENTRIES, bundle, tile_path
from answerable.ledger.tlog.trust import Trust

NOW = datetime(2026, 1, 6, tzinfo=UTC)
ORIGIN = "example.com/liar"


class Liar:
    """A log that signs for any size, and makes up whatever page is asked for."""

    def __init__(self, size: int, *, fitting: bool) -> None:
        self.size = size
        self.asked = 0
        self.signer = Signer.generate(ORIGIN, ED25519)
        self.edge = {
            tile_path(level, number, self._width(level, number)): (level, number)
            for level, width in enumerate(merkle.tile_widths(size))
            for number in [max(0, width - 1) // TILE_WIDTH, width // TILE_WIDTH]
            if self._width(level, number)
        }
        root = merkle.tree_root(size, self.tile) if fitting else bytes(HASH_SIZE)
        text = Checkpoint(ORIGIN, size, root).text
        self.note = bytes(Note(text, (self.signer.sign(text, NOW),)))

    def _width(self, level: int, number: int) -> int:
        return max(0, min(TILE_WIDTH, (self.size >> 8 * level) - number * TILE_WIDTH))

    def tile(self, level: int, number: int) -> bytes:
        made = shake_256(f"{level} {number}".encode())
        return made.digest(self._width(level, number) * HASH_SIZE)

    def fetch(self, path: str, most: int) -> bytes | None:
        self.asked += 1
        assert self.asked < 200, "there is no end to what is asked for"
        if path == "checkpoint":
            return self.note
        if path in self.edge:
            return self.tile(*self.edge[path])
        if ENTRIES in path:
            return bundle([b"made up"] * TILE_WIDTH)
        return shake_256(path.encode()).digest(most)

    def audit(self) -> None:
        verify_published(PublishedLog("liar", self.fetch, remote=True), Trust([self.signer.key]))


@pytest.mark.parametrize("size", [2**21, 2**33 + 5, 2**40, 2**62, 2**63 - 1])
@pytest.mark.parametrize("fitting", [True, False])
def test_a_size_that_is_not_borne_out_is_refused(size: int, fitting: bool) -> None:
    liar = Liar(size, fitting=fitting)
    with pytest.raises(NotVerified):
        liar.audit()
    assert liar.asked < 40


def pages_of(entries: list[bytes]) -> tuple[dict[str, bytes], bytes]:
    """The pages of a log of these entries, and its root."""
    tree = merkle.grow(0, [merkle.leaf_hash(each) for each in entries], lambda level, number: b"")
    pages = {
        tile_path(level, number, len(tile) // HASH_SIZE): tile
        for (level, number), tile in tree.tiles.items()
    }
    for first in range(0, len(entries), TILE_WIDTH):
        some = entries[first : first + TILE_WIDTH]
        pages[tile_path(ENTRIES, first // TILE_WIDTH, len(some))] = bundle(some)
    return pages, tree.root


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundings, "WORTH_SOUNDING", 1_000)


SIZE = 3_000


@pytest.mark.usefixtures("small")
def test_a_true_log_is_found_to_be_as_long_as_it_says() -> None:
    pages, root = pages_of([entry(at) for at in range(SIZE)])
    published = PublishedLog("true", lambda path, most: pages.get(path), remote=True)
    soundings.sound(published, 0, Checkpoint(ORIGIN, SIZE, root))
    soundings.sound(published, 1_500, Checkpoint(ORIGIN, SIZE, root))
    with pytest.raises(RootDiffers):
        soundings.sound(published, 0, Checkpoint(ORIGIN, SIZE, bytes(HASH_SIZE)))


@pytest.mark.usefixtures("small")
def test_entries_that_are_not_those_of_the_tree_are_found() -> None:
    pages, root = pages_of([entry(at) for at in range(SIZE)])
    others, _ = pages_of([entry(at, "x") for at in range(SIZE)])
    pages |= {path: page for path, page in others.items() if ENTRIES in path}
    published = PublishedLog("other", lambda path, most: pages.get(path), remote=True)
    with pytest.raises(PageMissing):
        soundings.sound(published, 0, Checkpoint(ORIGIN, SIZE, root))


@pytest.mark.usefixtures("small")
def test_more_than_one_audit_takes_on_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundings, "MOST_AT_ONCE", 2_000)
    pages, root = pages_of([entry(at) for at in range(SIZE)])
    published = PublishedLog("true", lambda path, most: pages.get(path), remote=True)
    soundings.sound(published, 1_500, Checkpoint(ORIGIN, SIZE, root))
    with pytest.raises(NotVerified, match="more than one audit takes on"):
        soundings.sound(published, 0, Checkpoint(ORIGIN, SIZE, root))
