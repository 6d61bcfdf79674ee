"""Publishing the log: its tiles, entries and checkpoint as files that any web server can serve.

What is published is the tree of the last checkpoint that was signed (C2SP tlog-tiles; the paths are
in `answerable.ledger.tlog.tiles`). A page appears whole, and the checkpoint last, when all that it
commits to is on disk. So a reader finds at any moment a checkpoint and its pages, and a publisher
that is killed leaves at worst pages that the next one writes again. Only what is new is written:
the checkpoint that is there says what is not.

A partial tile is kept until the full one is published; readers of an older checkpoint then take
that one in its place.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from answerable.ledger.checkpoints import signing
from answerable.ledger.errors import FileRefused, MalformedNote, NoCheckpoint, NoKeys, UnknownSigner
from answerable.ledger.publish.errors import EntryAltered
from answerable.ledger.publish.reader import published_in
from answerable.ledger.store.log_keys import own_keys
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import log_size, tile_reader, tree_errors
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.system import atomic_file
from answerable.ledger.system.parallel import Advance, Progress, no_progress
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint, SignedCheckpoint
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH
from answerable.ledger.tlog.note import MAX_NOTE, Note
from answerable.ledger.tlog.tiles import CHECKPOINT, ENTRIES, bundle, partials_path, tile_path
from answerable.ledger.tlog.trust import Trust, verify_checkpoint

WRITERS = 8
"""Files written at a time: the disk confirms many together about as fast as one."""

BATCH = 64
"""Files made ready at a time."""

STATES = "SELECT state FROM stored_events WHERE rowid > ? AND rowid <= ? ORDER BY rowid"


class Publication(NamedTuple):
    """The outcome of publishing.

    Attributes:
        checkpoint: the head that is published now.
        before: the size that was published before; None if there was nothing.
        pages: tiles and bundles written.
        announced: whether the checkpoint was written, for its size or its signatures.
        beyond: entries recorded since it was signed, which are not published.
    """

    checkpoint: Checkpoint
    before: int | None
    pages: int
    announced: bool
    beyond: int


class _Tile(NamedTuple):
    level: int
    number: int
    width: int


def publish(ledger: StoreReader, folder: Path, progress: Progress = no_progress) -> Publication:
    """Bring a folder up to the last checkpoint signed, writing what is not there yet.

    Publishers of one folder wait for each other. A folder in which the ledger itself lies is
    refused: who serves it would give away what is sealed, and the private keys.

    Args:
        ledger: the ledger.
        folder: where to; made if it is not there.
        progress: told how far it has come.

    Raises:
        NoKeys: nothing was signed, so there is nothing to publish.
        RolledBack, Forked: the ledger does not extend what it signed, or what is published.
        BadSignature, UnknownSigner: what is published was signed by others.
        EntryAltered, NotVerified: the record is not what it was. Nothing of it is published.
        FileRefused: the disk would not take it, what is there is no checkpoint, or the ledger lies
            in the folder.
    """
    _check_apart(ledger, folder)
    with _disk_errors(folder):
        _make(folder)
        with atomic_file.hold_alone(folder):
            before = _published_checkpoint(ledger, folder)
            kept, beyond = _to_publish(ledger, before)
            old = before.checkpoint.size if before else 0
            tiles = list(_new_tiles(old, kept.checkpoint.size))
            with progress(kept.checkpoint.size - old) as advance:
                pages = _write_all(folder, _pages(ledger, tiles, old, advance))
            announced = before is None or _says_more(kept, before)
            if announced:
                atomic_file.write(folder / CHECKPOINT, kept.note)
                atomic_file.sync_folder(folder)
            _forget_partials(folder, old, tiles)
    return Publication(kept.checkpoint, before and old, pages, announced, beyond)


def _check_apart(ledger: StoreReader, folder: Path) -> None:
    if ledger.place is not None and folder.resolve() in ledger.place.resolve().parents:
        raise FileRefused(
            f"{ledger.place} lies in {folder}, maybe with its private keys: whoever serves that "
            "folder gives them away.",
            hint="Publish to a folder of its own.",
        )


def _published_checkpoint(ledger: StoreReader, folder: Path) -> SignedCheckpoint | None:
    """Read the checkpoint that is published, which one of the ledger's own keys must have made."""
    note = published_in(folder).fetch(CHECKPOINT, MAX_NOTE)
    try:
        kept = None if note is None else SignedCheckpoint.parse(note)
        own = [each.key for each in own_keys(ledger)]
        if kept is not None and own:
            verify_checkpoint(kept.note, Trust(own))
        return kept
    except UnknownSigner:
        raise UnknownSigner(
            f"{folder / CHECKPOINT} was signed by none of this ledger's keys: another log is "
            "published there.",
            hint="Publish to another folder.",
        ) from None
    except MalformedNote as error:
        raise FileRefused(
            f"{folder / CHECKPOINT} is there, but is no checkpoint: {error.message}",
            hint="Publish to another folder, or restore this one from a copy.",
        ) from None


def _to_publish(
    ledger: StoreReader, before: SignedCheckpoint | None
) -> tuple[SignedCheckpoint, int]:
    """Return the last checkpoint signed, if the ledger holds it still, and how much is beyond."""
    kept = signing.latest_checkpoint(ledger)
    if kept is None:
        if not own_keys(ledger):
            raise NoKeys(
                "the ledger has no keys, so there is no signed checkpoint to publish.",
                hint="Make them: `create_keys`.",
                cli_hint="Make them: `answerable key create --origin example.com/ledger`.",
            )
        raise NoCheckpoint(
            "no checkpoint was signed yet, and what is not signed is not published.",
            hint="Sign one: `sign_head`.",
            cli_hint="Sign one: `answerable checkpoint`.",
        )
    with ledger._reading() as cursor, tree_errors():
        size, read = log_size(cursor), tile_reader(cursor)
        head = Checkpoint(kept.checkpoint.origin, size, merkle.tree_root(size, read))
        signing.check_extends(kept.checkpoint, head, read)
        if before is not None:
            signing.check_extends(before.checkpoint, kept.checkpoint, read)
    return kept, size - kept.checkpoint.size


def _says_more(kept: SignedCheckpoint, before: SignedCheckpoint) -> bool:
    """Tell whether our checkpoint has more entries than the one published, or more signatures."""
    if kept.checkpoint != before.checkpoint:
        return True
    return not {*Note.parse(kept.note).signatures} <= {*Note.parse(before.note).signatures}


def _new_tiles(old: int, new: int) -> Iterator[_Tile]:
    """Yield the tiles that hold more in the tree of `new` leaves than in that of `old`."""
    for level, width in enumerate(merkle.tile_widths(new)):
        known = old // TILE_WIDTH**level
        if known < width:
            for number in range(known // TILE_WIDTH, -(-width // TILE_WIDTH)):
                yield _Tile(level, number, min(TILE_WIDTH, width - number * TILE_WIDTH))


def _pages(
    ledger: StoreReader, tiles: list[_Tile], old: int, advance: Advance
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every page to be written."""
    for tile in tiles:
        # Each in a view of its own, so that no long one keeps an erasure from its end.
        with ledger._reading() as cursor, tree_errors():
            hashes = _hashes(cursor, tile)
            entries = None if tile.level else _entries(cursor, tile, hashes)
        yield tile_path(*tile), hashes
        if entries is not None:
            yield tile_path(ENTRIES, tile.number, tile.width), entries
            first = tile.number * TILE_WIDTH
            advance(first + tile.width - max(first, old))


def _hashes(cursor: Cursor, tile: _Tile) -> bytes:
    length = tile.width * HASH_SIZE
    hashes = tile_reader(cursor)(tile.level, tile.number)[:length]
    if len(hashes) < length:
        raise merkle.ShortTileError
    return hashes


def _entries(cursor: Cursor, tile: _Tile, hashes: bytes) -> bytes:
    """Return the bundle of the entries of a tile of level 0, each held against its hash."""
    first = tile.number * TILE_WIDTH
    entries = [row[0] for row in cursor.execute(STATES, (first, first + tile.width))]
    leaves = b"".join(map(merkle.leaf_hash, entries))
    if leaves != hashes:
        at = next(
            at
            for at in range(tile.width)
            if merkle.hash_at(leaves, at) != merkle.hash_at(hashes, at)
        )
        raise EntryAltered(
            f"position {first + at} is not the entry that the tree was built over, so it is not "
            "published.",
            hint="Keep the file as evidence, and restore a copy.",
            cli_hint="`answerable verify` says more. Keep the file as evidence, and restore a "
            "copy.",
        )
    return bundle(entries)


def _write_all(folder: Path, pages: Iterator[tuple[str, bytes]]) -> int:
    """Write pages, durably, and the folders that they are in; return how many."""
    count, folders = 0, {folder}
    with ThreadPoolExecutor(WRITERS) as pool:
        while batch := list(islice(pages, BATCH)):
            for path, _ in batch:
                parent = (folder / path).parent
                if parent not in folders:
                    parent.mkdir(parents=True, exist_ok=True)
                    folders.update(
                        each for each in (parent, *parent.parents) if folder in each.parents
                    )
            list(pool.map(lambda page: atomic_file.write(folder / page[0], page[1]), batch))
            count += len(batch)
        if count:
            list(pool.map(atomic_file.sync_folder, folders))
    return count


def _make(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    atomic_file.sync_folder(folder.parent)


def _forget_partials(folder: Path, old: int, tiles: list[_Tile]) -> None:
    """Remove the partial tiles that full tiles took the place of.

    The last tiles that were full before are among them: the publisher that filled them may have
    been killed before it came to this.
    """
    full = [(tile.level, tile.number) for tile in tiles if tile.width == TILE_WIDTH]
    full += [
        (level, width // TILE_WIDTH - 1)
        for level, width in enumerate(merkle.tile_widths(old))
        if width >= TILE_WIDTH
    ]
    for level, number in full:
        shutil.rmtree(folder / partials_path(level, number), ignore_errors=True)
        if level == 0:
            shutil.rmtree(folder / partials_path(ENTRIES, number), ignore_errors=True)


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileRefused(
            f"{error.filename or folder} cannot be written: {error.strerror}; what was published "
            "before is as it was.",
            hint="Free some space, or check the permissions, then publish again.",
        ) from None
