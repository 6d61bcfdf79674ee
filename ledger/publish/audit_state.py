"""What an auditor remembers of a log: the last checkpoint that it found good, in a file.

The file is that checkpoint as it was signed. Where a log shows another history than it did then,
the two checkpoints are kept beside it: each signed by the log, they prove the fork to anyone.
"""

from __future__ import annotations

import os
from pathlib import Path

from answerable.ledger.checkpoints.signing import SignedCheckpoint
from answerable.ledger.errors import (
    FileRefused,
    MalformedNote,
)
from answerable.ledger.system import atomic_file as durable
from answerable.ledger.tlog.note import MAX_NOTE


def remembered(state: Path, origin: str) -> SignedCheckpoint | None:
    """The checkpoint of a log that was found good last; None if there is no file yet.

    Raises:
        FileRefused: what is there is something else, or of another log.
    """
    try:
        with state.open("rb") as file:
            kept = SignedCheckpoint.parse(file.read(MAX_NOTE + 1))
    except FileNotFoundError:
        return None
    except MalformedNote:
        raise FileRefused(
            f"{state} does not hold a checkpoint that an audit left there.",
            hint="Name another file with --state, or remove this one to audit from the start.",
        ) from None
    except OSError as error:
        raise FileRefused(f"{state} cannot be read: {error.strerror}.") from None
    if kept.checkpoint.origin != origin:
        raise FileRefused(
            f"{state} is of {kept.checkpoint.origin}, and this is {origin}.",
            hint="Name another file with --state: each log needs its own.",
        )
    return kept


def remember(place: Path, note: bytes) -> None:
    """Put a checkpoint in the place of the last one, durably.

    Raises:
        FileRefused: the disk would not take it.
    """
    try:
        durable.write(place, note, f".{place.name}.{os.getpid()}.new")
        durable.settle(place.parent)
    except OSError as error:
        raise FileRefused(
            f"{place} cannot be written: {error.strerror}.", hint="Name another with --state."
        ) from None


def keep_evidence(state: Path, *notes: bytes) -> list[Path]:
    """Keep checkpoints that contradict each other, beside the file; gives where.

    Raises:
        FileRefused: the disk would not take it.
    """
    places = []
    for note in notes:
        head = SignedCheckpoint.parse(note).checkpoint
        places.append(state.with_name(f"{state.name}.fork-{head.size}-{head.root.hex()[:16]}"))
        remember(places[-1], note)
    return places
