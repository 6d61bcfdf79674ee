"""Verifying a published log, without the ledger: an audit, as transparency logs call it.

The checkpoint is checked against the keys that one trusts. Every entry is hashed again; what comes
of it is held against the tiles served, these against each other, and all against the signed root.
The tiles above the first level, a hash for 256 entries, are read first. Where they fit under the
root, they are what was signed, and say of each tile below whether it or its entries were altered.

An audit can go on from one that found the log good. It then reads what is new and, from the last
tile of each level at that time, that the log still begins as it did. The file that remembers
the earlier audit is the checkpoint that was found good, as it was signed. Where a log shows another
history than it did then, the two checkpoints are kept beside that file: each signed by the log,
they prove the fork to anyone.

What this cannot see: another history under the same keys, shown to someone else. For that,
witnesses must have cosigned the checkpoint.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from answerable.ledger.errors import FileRefused, Forked, MalformedNote, NotVerified, RolledBack
from answerable.ledger.publish.errors import RootDiffers, TileAltered
from answerable.ledger.publish.reader import PublishedLog
from answerable.ledger.publish.soundings import sound
from answerable.ledger.publish.tile_range import FETCHERS, SignedHead, verify_published_tiles
from answerable.ledger.system import atomic_file
from answerable.ledger.system.parallel import Progress, no_progress, processes_worth, side_by_side
from answerable.ledger.system.regular_file import open_regular
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint, SignedCheckpoint
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH
from answerable.ledger.tlog.note import MAX_NOTE, VerifierKey
from answerable.ledger.tlog.tiles import tile_path
from answerable.ledger.tlog.trust import Trust, verify_checkpoint

STRETCH = 64
"""Tiles checked at a time."""

Edge = dict[tuple[int, int], bytes]
"""Tiles by level and number: of the levels above the first all that may be new, and the last."""


class PublishedReport(NamedTuple):
    """The good parts of a published log, as an audit found them.

    Attributes:
        checkpoint: the head of the log.
        since: the size up to which an earlier audit had found it good.
        signers: the log's keys whose signatures are good.
        witnesses: the witnesses who cosigned, and when.
    """

    checkpoint: Checkpoint
    since: int
    signers: tuple[VerifierKey, ...]
    witnesses: dict[str, datetime]


def verify_published(
    published: PublishedLog,
    trust: Trust,
    *,
    state: Path | None = None,
    progress: Progress = no_progress,
    processes: int | None = None,
) -> PublishedReport:
    """Verify a published log, whole or from where the last audit ended.

    Args:
        published: where it is.
        trust: the keys that one trusts.
        state: the file that remembers the last checkpoint found good. It is written when all is
            well, and only then.
        progress: told how far the check has come.
        processes: to use for a folder; by default one a processor, if there is much to hash.

    Raises:
        MalformedNote, BadSignature, UnknownSigner, TooFewWitnesses: of the checkpoint.
        RolledBack, Forked: it is not of a log that begins with the one found good before.
        EntryAltered, TileAltered, RootDiffers: something is not what was signed.
        PageMissing, PageMalformed: something is not there, or not whole.
        PublishedNotFound, Unreachable: the log cannot be had.
        FileRefused: the file is something else, or cannot be written.
    """
    note = published.checkpoint()
    good = verify_checkpoint(note, trust)
    found = SignedCheckpoint(good.checkpoint, note)
    before = _last_found_good(state, found.checkpoint.origin) if state else None
    since = before.checkpoint.size if before else 0
    if state and before:
        _compare_heads(before, found, state)
    if since < found.checkpoint.size:
        sound(published, since, found.checkpoint)
        edge = _edge_tiles(published, since, found.checkpoint.size)
        doubt = _edge_problem(published, found.checkpoint, edge)
        if state and before and not doubt:
            _check_prefix(before, found, edge, state)
        with progress(found.checkpoint.size - since) as advance:
            for entries in _verify_new(
                published, found.checkpoint, since, edge, doubt is None, processes
            ):
                advance(entries)
        if doubt:
            raise doubt
    if state:
        _remember(state, note)
    return PublishedReport(found.checkpoint, since, good.signers, good.witnesses)


def _compare_heads(before: SignedCheckpoint, found: SignedCheckpoint, state: Path) -> None:
    old, new = before.checkpoint, found.checkpoint
    if new.size < old.size:
        raise RolledBack(
            f"the published log of {new.origin} has {new.size:,} entries, but one of {old.size:,} "
            "was found good before: its end is gone, or an old copy is served.",
            hint=f"{state} holds the later checkpoint, signed by the log: keep it as evidence.",
        )
    if new.size == old.size and new.root != old.root:
        raise _forked(before, found, state)


def _check_prefix(
    before: SignedCheckpoint, found: SignedCheckpoint, edge: Edge, state: Path
) -> None:
    """Check that a log, whose edge is signed, begins with the one that was found good before."""
    if _root(before.checkpoint.size, edge) != before.checkpoint.root:
        raise _forked(before, found, state)


def _forked(before: SignedCheckpoint, found: SignedCheckpoint, state: Path) -> Forked:
    places = _keep_evidence(state, before.note, found.note)
    return Forked(
        f"the published log of {found.checkpoint.origin} does not begin with the "
        f"{before.checkpoint.size:,} entries that were found good before: its history was "
        "rewritten.",
        hint="Two checkpoints that contradict each other, both signed by the log, prove it: "
        + " and ".join(map(str, places)),
    )


def _edge_tiles(published: PublishedLog, since: int, size: int) -> Edge:
    """Read the tiles not full at either size, and those of the levels above from there on.

    They are kept, and not read twice: a server might answer otherwise.
    """
    places = [
        (level, number)
        for level, width in enumerate(merkle.tile_widths(size))
        for number in range(since // TILE_WIDTH ** (level + 1), -(-width // TILE_WIDTH))
        if level or number in (since // TILE_WIDTH, size // TILE_WIDTH)
    ]
    read = published.tiles(size)
    if not published.remote:
        return {place: read(*place) for place in places}
    with ThreadPoolExecutor(FETCHERS) as pool:
        return dict(zip(places, pool.map(lambda place: read(*place), places), strict=True))


def _root(size: int, edge: Edge) -> bytes:
    return merkle.tree_root(size, lambda level, number: edge[level, number])


def _edge_problem(published: PublishedLog, head: Checkpoint, edge: Edge) -> NotVerified | None:
    """Return what speaks against these tiles being those that were signed; None if nothing does."""
    for (level, number), tile in sorted(edge.items()):
        above, at = divmod(number, TILE_WIDTH)
        if len(tile) == TILE_WIDTH * HASH_SIZE:
            hashes = [merkle.hash_at(tile, each) for each in range(TILE_WIDTH)]
            if merkle.subtree_root(hashes) != merkle.hash_at(edge[level + 1, above], at):
                first = number * TILE_WIDTH ** (level + 1)
                return TileAltered(
                    f"{tile_path(level, number)} of {published.source} or the level above was "
                    f"altered: they differ about the entries from position {first} on."
                )
    if _root(head.size, edge) != head.root:
        return RootDiffers(
            f"the {head.size:,} entries at {published.source} fit the tiles beside them, but their "
            "root is not the one that the checkpoint's signature is over: the history was "
            "rewritten, or the checkpoint is of another log.",
            hint="Keep a copy as evidence.",
        )
    return None


def _verify_new(
    published: PublishedLog,
    head: Checkpoint,
    since: int,
    edge: Edge,
    confirmed: bool,
    processes: int | None,
) -> Iterator[int]:
    """Verify what is new, in stretches side by side; yield the entries of each, in their order."""
    first, last = since // TILE_WIDTH, -(-head.size // TILE_WIDTH)
    held = SignedHead(head.size, head.root, confirmed)
    # Where pages take long to come, one process hashes them faster than they do; and their limits
    # are kept in one.
    enough = 1 if published.remote else processes or processes_worth(head.size - since)
    with side_by_side(enough) as submit:
        waiting = [
            submit(
                verify_published_tiles,
                published,
                start,
                min(last, start + STRETCH),
                held,
                _roots(edge, start, min(head.size // TILE_WIDTH, start + STRETCH)),
            )
            for start in range(first, last, STRETCH)
        ]
        for result in waiting:
            yield result()


def _roots(edge: Edge, first: int, last: int) -> list[bytes]:
    """Return the roots of some tiles of level 0, as level 1 has them."""
    return [
        merkle.hash_at(edge[1, number // TILE_WIDTH], number % TILE_WIDTH)
        for number in range(first, last)
    ]


def _last_found_good(state: Path, origin: str) -> SignedCheckpoint | None:
    """Read the checkpoint of a log that was found good last; None if there is no file yet.

    Raises:
        FileRefused: what is there is something else, or of another log.
    """
    try:
        with open_regular(state, text=True) as file:
            kept = SignedCheckpoint.parse(file.read(MAX_NOTE + 1))
    except FileNotFoundError:
        return None
    except MalformedNote:
        raise FileRefused(
            f"{state} does not hold a checkpoint that an audit left there.",
            hint="Name another file, or remove this one to audit from the start.",
            cli_hint="Name another file with --state, or remove this one to audit from the start.",
        ) from None
    except OSError as error:
        raise FileRefused(f"{state} cannot be read: {error.strerror}.") from None
    if kept.checkpoint.origin != origin:
        raise FileRefused(
            f"{state} is of {kept.checkpoint.origin}, and this is {origin}.",
            hint="Name another file: each log needs its own.",
            cli_hint="Name another file with --state: each log needs its own.",
        )
    return kept


def _remember(place: Path, note: bytes) -> None:
    """Put a checkpoint in the place of the last one, durably.

    Raises:
        FileRefused: the disk would not take it.
    """
    try:
        atomic_file.write(place, note, f".{place.name}.{os.getpid()}.new")
        atomic_file.sync_folder(place.parent)
    except OSError as error:
        raise FileRefused(
            f"{place} cannot be written: {error.strerror}.",
            hint="Name another file.",
            cli_hint="Name another with --state.",
        ) from None


def _keep_evidence(state: Path, *notes: bytes) -> list[Path]:
    """Keep checkpoints that contradict each other beside the file; return where.

    Raises:
        FileRefused: the disk would not take it.
    """
    places = []
    for note in notes:
        head = SignedCheckpoint.parse(note).checkpoint
        places.append(state.with_name(f"{state.name}.fork-{head.size}-{head.root.hex()[:16]}"))
        _remember(places[-1], note)
    return places
