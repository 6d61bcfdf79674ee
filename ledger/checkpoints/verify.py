"""Checking the checkpoints: that each is the ledger's, and that the log still fits it.

This is what finds a history that was rewritten whole, tree and all, or cut short at its end: the
database can be made to say anything, but not signed for by keys that are elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from answerable.domain.errors import AnswerableError
from answerable.domain.kinds import HOUSE_CASE
from answerable.ledger.checkpoints.memory import check_memory, read_memory
from answerable.ledger.entry.codec import decode
from answerable.ledger.errors import MalformedNote
from answerable.ledger.store.log_keys import OwnKey, read_keys
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import log_size, tile_reader
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import SignedCheckpoint
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.tlog.trust import Trust, VerifiedCheckpoint, verify_checkpoint

KEPT = "SELECT size, note FROM checkpoints ORDER BY size"
ROTATIONS = (
    "SELECT rowid, state FROM stored_events WHERE originator_id = ? AND topic = 'key-rotated' "
    "ORDER BY originator_version"
)


class CheckpointReport(NamedTuple):
    """The checkpoints that a log keeps, and what in them does not fit.

    Attributes:
        checkpoints: how many checkpoints are kept.
        last: the last of them, with those who vouch for it, where there is one.
        problems: what does not fit.
        unread: why the memory beside the private keys could not be looked at, which is for their
            owner's eyes, or lies elsewhere; empty where it could.
        unkept: the size of the last checkpoint that was signed, where the memory has it and the
            ledger does not keep it: it was taken away, or never came to be kept, as where signing
            was broken off or the ledger is restored from its entries.
    """

    checkpoints: int
    last: VerifiedCheckpoint | None
    problems: tuple[Problem, ...]
    unread: str = ""
    unkept: int | None = None


def verify_checkpoints(
    ledger: StoreReader, trust: Trust, memory: Path | None = None
) -> CheckpointReport:
    """Verify the checkpoints that a ledger keeps, against its own tree.

    The tree itself is checked by `answerable.ledger.verify.record`.

    Args:
        ledger: the ledger.
        trust: keys obtained elsewhere; the last checkpoint must be vouched for by them, if any
            are given. Without them it is the ledger that says which keys are its own.
        memory: the file beside the private keys that remembers the last checkpoint signed.
    """
    # The memory is looked at first: it is written before the ledger is, so it cannot be ahead.
    beside, unread, unreadable = _read_beside(memory)
    with ledger._reading() as cursor:
        record = _SignedRecord(
            read_keys(cursor),
            cursor.execute(KEPT).fetchall(),
            list(recorded_rotations(cursor)),
            log_size(cursor),
            tile_reader(cursor),
        )
        problems = [
            *unreadable,
            *_memory_problems(record, memory, beside),
            *(problem for row in record.kept for problem in _checkpoint_problems(row, record)),
            *_key_problems(record),
        ]
    last = None
    if not record.kept and trust.keys:
        what = "no checkpoint is signed here, so the keys that you trust say nothing"
        problems.append(Problem(None, what))
    elif record.kept and not problems:
        try:
            last = verify_checkpoint(record.kept[-1][1], _trust_for_last(record, trust))
        except AnswerableError as error:
            problems.append(Problem(None, error.message.rstrip(".")))
    if record.kept and memory is not None and beside is None and not (unread or unreadable):
        unread = f"{memory} is not there"
    unkept = None if beside is None or problems else _unkept(beside, record.kept)
    return CheckpointReport(len(record.kept), last, tuple(problems), unread, unkept)


class _SignedRecord(NamedTuple):
    """The keys and the checkpoints of a ledger as they are at one moment.

    Attributes:
        kept: the checkpoints by size, the smallest first.
        size: how many entries there are.
        read: reads the tiles of the tree.
    """

    own: list[OwnKey]
    kept: list[tuple[int, bytes]]
    rotations: list[Rotation]
    size: int
    read: merkle.TileReader


def _trust_for_last(record: _SignedRecord, trust: Trust) -> Trust:
    """Return whom to ask for the last checkpoint: whom the caller trusts, else own keys.

    Whoever trusts a key that was rotated trusts those that it signed over to.
    """
    if not trust.keys:
        return trust._replace(keys=[each.key for each in record.own])
    keys = list(trust.keys)
    for rotation in record.rotations:
        for note in (note for size, note in record.kept if size >= rotation.size):
            with suppress(AnswerableError):
                verify_checkpoint(
                    note, Trust([key for key in keys if str(key) in rotation.retired])
                )
                keys += [each.key for each in record.own if str(each.key) in rotation.adopted]
                break
    return trust._replace(keys=keys)


def _read_beside(memory: Path | None) -> tuple[bytes | None, str, list[Problem]]:
    """Return what the memory holds, else that others keep it to themselves, else what is wrong."""
    try:
        return (None if memory is None else read_memory(memory)), "", []
    except AnswerableError as error:
        said = error.message.rstrip(".")
        if isinstance(error.__context__, PermissionError):
            return None, said, []
        return None, "", [Problem(None, said)]


def _unkept(beside: bytes, kept: Sequence[tuple[int, bytes]]) -> int | None:
    """Return the size of the checkpoint in the memory where it is not among those kept."""
    size = SignedCheckpoint.parse(beside).checkpoint.size
    return None if any(size == each for each, _ in kept) else size


def _memory_problems(
    record: _SignedRecord, memory: Path | None, note: bytes | None
) -> Iterator[Problem]:
    if memory is None or note is None:
        return
    try:
        check_memory(memory, note, [each.key for each in record.own])
    except AnswerableError as error:
        yield Problem(None, error.message.rstrip("."))
    else:
        yield from _checkpoint_problems((None, note), record)


def _checkpoint_problems(row: tuple[int | None, bytes], record: _SignedRecord) -> Iterator[Problem]:
    filed, note = row
    where = "the last checkpoint signed" if filed is None else f"the checkpoint of {filed:,}"
    try:
        signed = SignedCheckpoint.parse(note).checkpoint
        verify_checkpoint(note, Trust(_keys_in_force(record.own, signed.size)))
    except AnswerableError as error:
        yield Problem(None, f"{where} is not one that this ledger signed: {error.message}"[:-1])
        return
    if filed not in (None, signed.size):
        yield Problem(None, f"{where} entries is of {signed.size:,}")
    elif signed.size > record.size:
        yield Problem(
            record.size,
            f"is not there, though {signed.size:,} entries were signed: the end was cut off",
        )
    else:
        try:
            fits = merkle.tree_root(signed.size, record.read) == signed.root
        except merkle.ShortTileError:
            fits = False
        if not fits:
            yield Problem(
                None,
                f"the first {signed.size:,} entries are not those that were signed: history was "
                "rewritten",
            )


def _keys_in_force(own: Sequence[OwnKey], size: int) -> list[VerifierKey]:
    """Return the keys that the ledger signed a log of this size with."""
    return [
        each.key
        for each in own
        if each.adopted <= size and (each.retired is None or size <= each.retired)
    ]


class Rotation(NamedTuple):
    """A change of keys on record, and the size of the log with it."""

    size: int
    retired: frozenset[str]
    adopted: frozenset[str]


def _key_problems(record: _SignedRecord) -> Iterator[Problem]:
    """Yield keys that are not the ledger's from, or until, when the record says so."""
    own, recorded = record.own, record.rotations
    signed = [(size, _signing_keys(note, own)) for size, note in record.kept] if recorded else []
    first = min((each.adopted for each in own), default=0)
    for each in own:
        vkey, shown = str(each.key), f"the ledger's key {each.key.id.hex()}"
        brought = [rotation.size for rotation in recorded if vkey in rotation.adopted]
        if each.adopted not in (brought or [first]):
            yield Problem(None, f"{shown} came by no rotation on record")
        ends = [
            (size, signers)
            for rotation in recorded
            if vkey in rotation.retired
            for size, signers in signed
            if size >= rotation.size and signers & rotation.adopted
        ]
        # The old keys and the new sign one checkpoint together. Until then a rotation that was
        # broken off has not ended the old ones; and a ledger restored from its entries lacks it.
        together = {size for size, signers in ends if vkey in signers}
        if ends and not (each.retired in together or _retired_by(each.retired, ends[0][0])):
            yield Problem(None, f"{shown} was retired at {ends[0][0]:,} entries, but could sign on")


def _retired_by(retired: int | None, size: int) -> bool:
    return retired is not None and retired <= size


def recorded_rotations(cursor: Cursor) -> Iterator[Rotation]:
    """Yield the rotations on record, oldest first."""
    for size, state in cursor.execute(ROTATIONS, (HOUSE_CASE,)).fetchall():
        fields = decode(size - 1, "key-rotated", state).fields
        # One that says something else was altered, and the check of the entries names it.
        with suppress(AttributeError, TypeError):
            retired, adopted = (frozenset(fields.get(name, ())) for name in ("retired", "adopted"))
            yield Rotation(size, retired, adopted)


def _signing_keys(note: bytes, own: Sequence[OwnKey]) -> frozenset[str]:
    """Return those of the ledger's keys by whose name a note is signed."""
    try:
        there = Note.parse(note).signatures
    except MalformedNote:
        return frozenset()
    return frozenset(
        str(each.key) for each in own if any(signature.is_by(each.key) for signature in there)
    )
