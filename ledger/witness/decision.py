"""The decision of a witness, and its grounds. Pure: no store, no clock, no network.

A witness cosigns a checkpoint if a key that it trusts for the log signed it, and the log is shown
to begin with the one that it cosigned last (C2SP tlog-witness, add-checkpoint). Otherwise it
refuses, by name; and where the log itself signed what cannot both be true, it keeps that.

What counts as proof against a log
    Anybody can replay an old checkpoint of an honest log, or send a true one with a wrong proof.
    So a refusal alone says nothing of the log. But nobody without the log's key can make

    - a fork: two signed trees of one size with different roots; or a longer one, and a proof that
      leads to its root from another beginning than the tree cosigned. Such a proof cannot be made
      up: its hashes are bound by the root that was signed (RFC 6962 section 2.1.2).
    - a rollback: a shorter tree that the log says it signed later than the longer one. Only
      cosignatures (type 0x06 on a log's own checkpoint) bear a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import BadSignature, Forked, ProofFails, RolledBack, UnknownSigner
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.tlog.note import Note, Signature, VerifierKey
from answerable.ledger.tlog.note_signatures import open_note
from answerable.ledger.witness.errors import NotWatched, StaleSize

FORK = "fork"
"""The log signed two histories: anyone can see it from what was kept."""

ROLLBACK = "rollback"
"""The log signed a shorter tree, by its own word later than a longer one."""

SHORTER = "shorter"
"""The log was seen shorter than before. No times tell which was signed last: the witness's word."""

Times = Mapping[VerifierKey, datetime | None]


class Watched(NamedTuple):
    """A log that a witness watches.

    Attributes:
        origin: what the log is called.
        keys: those trusted to speak for it.
        note: the checkpoint cosigned last, with the log's signatures and the witness's own.
        cosigned: when that was, in whole POSIX seconds; 0 for never.
    """

    origin: str
    keys: tuple[VerifierKey, ...]
    note: Note | None = None
    cosigned: int = 0

    @property
    def head(self) -> Checkpoint:
        """Return the checkpoint cosigned last; if none, the empty tree's, which any log extends."""
        if self.note is None:
            return Checkpoint(self.origin, 0, merkle.EMPTY_ROOT)
        return Checkpoint.parse(self.note.text)


class AddCheckpointRequest(NamedTuple):
    """A checkpoint that a witness is asked to cosign.

    Attributes:
        proof: as it came.
        note: the checkpoint's note.
        head: what it says.
        beginning: the root that the first `proof.old` entries have in the log that is shown,
            where the witness could work it out for itself.
    """

    proof: ConsistencyProof
    note: Note
    head: Checkpoint
    beginning: bytes | None = None

    @classmethod
    def of(cls, proof: ConsistencyProof) -> AddCheckpointRequest:
        """Return the request that a proof is.

        Raises:
            MalformedNote: what it is about is not a signed checkpoint.
            EmptyRootWrong: it is one of an empty tree that is not empty.
        """
        note = Note.parse(proof.checkpoint_note)
        return cls(proof, note, Checkpoint.parse(note.text))


class Misbehaviour(NamedTuple):
    """The misbehaviour of a log that a request shows, by signatures that are the log's own.

    Attributes:
        kind: FORK, ROLLBACK or SHORTER.
        log: what was known of it, with the checkpoint cosigned last.
        beginning: the root of another beginning that the request shows its tree to have, if it
            does.
    """

    kind: str
    log: Watched
    beginning: bytes | None = None


class Grant(NamedTuple):
    """The decision to cosign: the checkpoint extends the last one.

    Attributes:
        log: what was known of the log.
        signatures: those of the log's keys that are good.
    """

    log: Watched
    signatures: tuple[Signature, ...]


class Refusal(NamedTuple):
    """The decision not to cosign.

    Attributes:
        error: why.
        misbehaviour: what is to be kept against the log, if anything is.
    """

    error: AnswerableError
    misbehaviour: Misbehaviour | None = None


def decide(log: Watched | None, asked: AddCheckpointRequest) -> Grant | Refusal:
    """Decide whether to cosign.

    Args:
        log: what is known of the log that the request is about; None if it is not watched.
        asked: the request.
    """
    try:
        known, by = trusted_signers(log, asked)
    except (NotWatched, BadSignature, UnknownSigner) as error:
        return Refusal(error)
    refused = _refusal(known.head, asked)
    if refused is None:
        return Grant(known, tuple(_signatures(asked.note, by)))
    return Refusal(refused, _misbehaviour(known, asked, by))


def trusted_signers(log: Watched | None, asked: AddCheckpointRequest) -> tuple[Watched, Times]:
    """Return the log, which must be watched, and which of its keys signed the checkpoint, and when.

    Raises:
        NotWatched: it is not watched.
        BadSignature: a signature by a key that is trusted for it is bad.
        UnknownSigner: no such key signed it.
    """
    if log is None:
        raise NotWatched(
            f"the log {asked.head.origin!r:.80} is not watched here.",
            cli_hint="Its key is made known with `answerable witness watch`.",
        )
    return log, open_note(asked.note, log.keys).by


def other_beginning(last: Checkpoint, asked: AddCheckpointRequest) -> bytes | None:
    """Return the root of another beginning that the request shows its tree to have, if it does.

    The tree that was asked for is then not the one cosigned last with entries added, and the log
    signed both.
    """
    old, new = asked.proof.old, asked.head
    if old != last.size or not 0 < old < new.size:
        return None
    beginning = asked.beginning or merkle.older_root(old, new.size, asked.proof.hashes)
    if beginning is None or beginning == last.root:
        return None
    shown = merkle.verify_consistency(old, new.size, beginning, new.root, asked.proof.hashes)
    return beginning if shown else None


def _refusal(last: Checkpoint, asked: AddCheckpointRequest) -> AnswerableError | None:
    """Return why the tree asked for is not seen to extend the last one; None if it is."""
    (old, hashes, _), new = asked.proof, asked.head
    if old > new.size:
        return RolledBack(
            f"{new.origin} shows {new.size:,} entries, fewer than the {old:,} that it is said to "
            "extend: a witness never cosigns a smaller tree.",
            hint="Was it restored from a backup? Then from a later one it must be.",
        )
    if old != last.size:
        return StaleSize(new.origin, last.size, old)
    if merkle.verify_consistency(old, new.size, last.root, new.root, hashes):
        return None
    other_root = new.size == old and new.root != last.root
    if other_root or other_beginning(last, asked) is not None:
        return Forked(
            f"the log {new.origin} of {new.size:,} entries does not begin with the {old:,} that "
            "were cosigned: its history was rewritten.",
            hint="The log signed both. Both are kept as evidence.",
            cli_hint="The log signed both. Both are kept: see `answerable witness evidence`.",
        )
    return ProofFails(
        f"the proof does not show that the {new.size:,} entries of {new.origin} begin with the "
        f"{old:,} that were cosigned.",
        hint=f"Make it again, from {old:,} entries.",
        cli_hint=f"Make it again: `answerable prove --since {old}`.",
    )


def _misbehaviour(log: Watched, asked: AddCheckpointRequest, by: Times) -> Misbehaviour | None:
    """Return the misbehaviour that the log is shown to have committed, if any."""
    last, new = log.head, asked.head
    if log.note is None:
        return None
    if new.size < last.size:
        before, after = _latest(_times(log)), _latest(by)
        later = before is not None and after is not None and after > before
        return Misbehaviour(ROLLBACK if later else SHORTER, log)
    if new.size == last.size:
        return Misbehaviour(FORK, log) if new.root != last.root else None
    beginning = other_beginning(last, asked)
    return None if beginning is None else Misbehaviour(FORK, log, beginning)


def _times(log: Watched) -> Times:
    """Return when the log's keys signed the checkpoint cosigned last, by their own word."""
    if log.note is None:
        return {}
    try:
        return open_note(log.note, log.keys).by
    except UnknownSigner:
        # The keys that signed it were taken away since.
        return {}


def _latest(times: Times) -> datetime | None:
    return max((time for time in times.values() if time is not None), default=None)


def _signatures(note: Note, keys: Iterable[VerifierKey]) -> Iterable[Signature]:
    """Yield the first signature of each key below a note: the one that was checked."""
    for key in keys:
        yield next(each for each in note.signatures if each.is_by(key))
