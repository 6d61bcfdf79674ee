"""Trust in those who speak for a log: its keys, and the witnesses that saw it too.

A stranger starts from here: the log's key, got by another way than the log; and, against a log that
shows one history to one and another to others, witnesses of whom enough must have cosigned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from answerable.ledger.errors import UnknownSigner
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.errors import TooFewWitnesses
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.tlog.note_signatures import open_note


class Trust(NamedTuple):
    """The keys that one trusts.

    Attributes:
        keys: the log's; any one of them will do. A key speaks for the log of its own name.
        witnesses: those of witnesses.
        quorum: how many witnesses, by name, must have cosigned; by default all.
    """

    keys: Sequence[VerifierKey]
    witnesses: Sequence[VerifierKey] = ()
    quorum: int | None = None

    @property
    def needed(self) -> int:
        """Return how many witnesses must have cosigned."""
        return len({key.name for key in self.witnesses}) if self.quorum is None else self.quorum


class VerifiedCheckpoint(NamedTuple):
    """A checkpoint that enough of those whom one trusts have signed.

    Attributes:
        signers: the log's keys whose signatures are good.
        witnesses: the witnesses whose cosignatures are good, and when each last made one.
    """

    checkpoint: Checkpoint
    signers: tuple[VerifierKey, ...]
    witnesses: dict[str, datetime]


def verify_checkpoint(data: bytes | Note, trust: Trust) -> VerifiedCheckpoint:
    """Check the signatures below a checkpoint against the keys that one trusts.

    Raises:
        MalformedNote: it is not a signed checkpoint.
        BadSignature: a signature by a trusted key is bad.
        UnknownSigner: none of the keys that may speak for this log signed it.
        TooFewWitnesses: fewer witnesses cosigned it than must.
    """
    note = data if isinstance(data, Note) else Note.parse(data)
    checkpoint = Checkpoint.parse(note.text)
    speaking = [key for key in trust.keys if key.name == checkpoint.origin]
    if not speaking:
        named = ", ".join(sorted({key.name for key in trust.keys})) or "no log"
        raise UnknownSigner(
            f"this is a checkpoint of {checkpoint.origin}, and the keys that you trust are of "
            f"{named}.",
            hint="Give the key of this log.",
            cli_hint="Give the key of this log with --key.",
        )
    good = open_note(note, [*trust.keys, *trust.witnesses]).by
    # A log that cosigns its own checkpoints has been seen by nobody else.
    watching = [key for key in trust.witnesses if key.name != checkpoint.origin]
    signers = tuple(key for key in speaking if key in good)
    if not signers:
        raise UnknownSigner(
            f"none of the keys that you trust for {checkpoint.origin} signed this checkpoint.",
            hint="Were its keys rotated? Get the present one, by another way than this file.",
        )
    seen: dict[str, datetime] = {}
    for key in watching:
        time = good.get(key)
        if time is not None:
            seen[key.name] = max(time, seen.get(key.name, time))
    if len(seen) < trust.needed:
        missing = sorted({key.name for key in trust.witnesses} - seen.keys())
        raise TooFewWitnesses(
            f"{len(seen)} of the witnesses that you trust cosigned this checkpoint, and "
            f"{trust.needed} must; missing: {', '.join(missing)}.",
            hint="Ask the log for a checkpoint with their cosignatures.",
        )
    return VerifiedCheckpoint(checkpoint, signers, seen)
