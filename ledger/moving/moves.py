"""Move a ledger to another store, back it up, and restore it: carried over, then verified.

A backup is a ledger in a file, so that whatever reads a ledger reads it: nothing has to be restored
to be looked at. Restoring never brings back what was erased, as far as that can be known: a ledger
as it was later can be named, and what was recorded in it since is taken from there, erasures too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from answerable.domain.documents import DocumentViews
from answerable.ledger.errors import FileRefused, LedgerExists, LedgerNotFound
from answerable.ledger.ledger import Ledger
from answerable.ledger.moving.carrying import Carried, carry, go_on
from answerable.ledger.moving.errors import NotTheSame, OtherLog
from answerable.ledger.store.opening import Address
from answerable.ledger.store.queries import log_size, recorded_at
from answerable.ledger.system import atomic_file
from answerable.ledger.system.parallel import Advance
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import LedgerReport, verify_ledger

Progress = Callable[[str, int], AbstractContextManager[Advance]]
"""Called with what is done, and to how many entries; gives what is told how far it has come."""


class Moved(NamedTuple):
    """The outcome of moving a ledger.

    Attributes:
        carried: what came over.
        report: the verification of where it came to, by keys that were given, or its own.
    """

    carried: Carried
    report: LedgerReport


def migrate(
    source: Ledger,
    dest: Ledger,
    trust: Trust | None = None,
    *,
    views: DocumentViews | None = None,
    progress: Progress,
) -> Moved:
    """Carry a ledger over into another store, and verify it there.

    Positions, bytes, times, texts, root, signatures and time stamps are the same afterwards; views
    and indexes are made again at the first question. What was broken off is gone on with.

    Args:
        source: the ledger. Nothing in it is changed.
        dest: an empty ledger, or one that was begun so.
        trust: keys of the log that were got elsewhere; without them, its own.
        views: the folds that views are made by.
        progress: told how far it has come.

    Raises:
        OtherLog: the destination holds something else.
        NotVerified: the source is not what it was, or what came is not what was there.
        StorageFailed: the destination would not take it.
    """
    with progress("Carrying over", len(source) - min(len(source), len(dest))) as advance:
        carried = carry(source, dest, advance)
    return _verified(dest, carried, trust or Trust([]), views, progress)


def _verified(
    dest: Ledger, carried: Carried, trust: Trust, views: DocumentViews | None, progress: Progress
) -> Moved:
    """Verify what came.

    Raises:
        NotTheSame: it does not verify.
    """
    with progress("Verifying", carried.size) as advance:
        report = verify_ledger(dest, trust, views=views, progress=advance)
    if not report.verified:
        problem = report.problems[0]
        where = "" if problem.position is None else f"position {problem.position} "
        raise NotTheSame(
            f"what was carried over does not verify, as what it was read from would not: {where}"
            f"{problem.what}.",
            hint="`verify_ledger` of the one that was read says more.",
            cli_hint="`answerable verify` of the one that was read says more.",
        )
    return Moved(carried, report)


def open_there(address: Address) -> Ledger:
    """Open the ledger that is to be read.

    Raises:
        LedgerNotFound: there is none.
    """
    try:
        return Ledger.open(address)
    except LedgerNotFound as error:
        raise LedgerNotFound(error.message, hint="Name one that is there.") from None


def open_or_make(address: Address) -> Ledger:
    """Open the ledger at a place, or make an empty one where there is none.

    Raises:
        NotALedger: there is something else.
        StorageFailed: it cannot be made there.
    """
    try:
        return Ledger.open(address)
    except LedgerNotFound:
        return Ledger.create(address)


@contextmanager
def opened_or_none(address: Address | None) -> Iterator[Ledger | None]:
    """Give the ledger at a place within the block; None where no place is named."""
    if address is None:
        yield None
        return
    with open_there(address) as opened:
        yield opened


def back_up(source: Ledger, place: Path, *, progress: Progress) -> Moved:
    """Write a backup of a ledger: a file, which appears whole and verified, or not at all.

    It may be written to meanwhile; the backup is of what was on record when it began. A backup
    that was broken off is gone on with.

    Args:
        source: the ledger, in whatever store.
        place: the file to make.
        progress: told how far it has come.

    Raises:
        LedgerExists: there is something at this place already.
        NotVerified: the ledger is not what it was. Such a thing is not backed up.
        StorageFailed, FileRefused: the disk would not take it.
    """
    if place.exists() or place.is_symlink():
        raise LedgerExists(
            f"there is something at {place} already, and it is not overwritten.",
            hint="Name another file.",
        )
    begun = place.with_name(f"{place.name}.partial")
    with open_or_make(begun) as dest:
        moved = migrate(source, dest, progress=progress)
    try:
        # Not `rename`, which would replace what somebody put there meanwhile.
        os.link(begun, place)
        begun.unlink()
        atomic_file.sync_folder(place.parent)
    except OSError as error:
        raise FileRefused(f"{place} cannot be written: {error.strerror}.") from None
    return moved


class Restored(NamedTuple):
    """The outcome of restoring a backup.

    Attributes:
        moved: what is there now, verified.
        from_backup: how many entries the backup held.
        until: when the last of them was recorded; None where it held none.
    """

    moved: Moved
    from_backup: int
    until: str | None


def restore_backup(
    backup: Ledger,
    dest: Ledger,
    later: Ledger | None = None,
    *,
    progress: Progress,
) -> Restored:
    """Restore a backup into an empty ledger, with what was recorded since where that is known.

    Args:
        backup: the backup.
        dest: an empty ledger, or one in which this was begun.
        later: the same ledger as it was later. What it recorded since is taken from there; and a
            text that is erased there is erased.
        progress: told how far it has come.

    Raises:
        OtherLog: what is later is not the same log, gone on.
        NotVerified: either is not what it was.
        StorageFailed: the destination would not take it.
    """
    size = len(backup)
    moved = None
    if len(dest) <= size:
        moved = migrate(backup, dest, progress=progress)
    if later is not None:
        with progress("Taking what was recorded since", max(0, len(later) - size)) as advance:
            carried = go_on(later, dest, advance)
        moved = _verified(dest, carried, Trust([]), None, progress)
    if moved is None:
        raise OtherLog(
            f"{dest.name} holds {len(dest):,} entries already, which is more than the backup has.",
            hint="Name an empty place.",
        )
    last = recorded_until(backup)
    return Restored(moved, size, last)


def recorded_until(ledger: Ledger) -> str | None:
    """Return when the last entry of a ledger was recorded; None where there is none."""
    with ledger._reading() as cursor:
        size = log_size(cursor)
        return recorded_at(cursor, size - 1) if size else None
