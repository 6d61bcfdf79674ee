"""Checking what was signed: that every checkpoint is the ledger's, and that the log still fits it.

This is what finds a history that was rewritten whole, tree and all, or cut short at its end: the
database can be made to say anything, but not signed for by keys that are elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from answerable.domain.errors import AnswerableError
from answerable.domain.kinds import HOUSE_CASE
from answerable.ledger import merkle
from answerable.ledger.audit import Problem
from answerable.ledger.codec import decode
from answerable.ledger.errors import MalformedNote
from answerable.ledger.notes import Note, VerifierKey
from answerable.ledger.reading import LedgerReader, log_size, tile_reader
from answerable.ledger.signing import Kept, OwnKey, latest, own_keys, remembered
from answerable.ledger.trust import Trust, Vouched, vouched

KEPT = "SELECT size, note FROM checkpoints ORDER BY size"
ROTATIONS = (
    "SELECT rowid, state FROM stored_events WHERE originator_id = ? AND topic = 'key-rotated' "
    "ORDER BY originator_version"
)


class Signed(NamedTuple):
    """What is signed of a log.

    Attributes:
        checkpoints: how many checkpoints are kept.
        last: the last of them, with those who vouch for it, where there is one.
        problems: what does not fit.
    """

    checkpoints: int
    last: Vouched | None
    problems: tuple[Problem, ...]


def check_signed(ledger: LedgerReader, trust: Trust, memory: Path | None = None) -> Signed:
    """Check the checkpoints that a ledger keeps, against its own tree.

    The tree itself is checked by `answerable.ledger.verify`.

    Args:
        ledger: the ledger.
        trust: keys obtained elsewhere; the last checkpoint must be vouched for by them, if any
            are given. Without them it is the ledger that says which keys are its own.
        memory: the file beside the private keys that remembers the last checkpoint signed.
    """
    own = own_keys(ledger)
    problems = list(_kept_problems(ledger, own, memory))
    problems += _key_problems(ledger, own)
    last = latest(ledger)
    by = None
    if last is None:
        if trust.keys:
            problems.append(
                Problem(
                    None, "no checkpoint is signed here, so the keys that you trust say nothing"
                )
            )
    elif not problems:
        try:
            by = vouched(last.note, _all_of(ledger, own, trust))
        except AnswerableError as error:
            problems.append(Problem(None, error.message.rstrip(".")))
    with ledger.reading() as cursor:
        (count,) = cursor.execute("SELECT count(*) FROM checkpoints").fetchone()
    return Signed(count, by, tuple(problems))


def _all_of(ledger: LedgerReader, own: Sequence[OwnKey], trust: Trust) -> Trust:
    """Whom to ask for the last checkpoint: whom the caller trusts, else the ledger's own keys.

    Whoever trusts a key that was rotated trusts those that it signed over to.
    """
    if not trust.keys:
        return trust._replace(keys=[each.key for each in own])
    keys = list(trust.keys)
    with ledger.reading() as cursor:
        recorded, kept = list(rotations(cursor)), cursor.execute(KEPT).fetchall()
    for rotation in recorded:
        for note in (note for size, note in kept if size >= rotation.size):
            with suppress(AnswerableError):
                vouched(note, Trust([key for key in keys if str(key) in rotation.retired]))
                keys += [each.key for each in own if str(each.key) in rotation.adopted]
                break
    return trust._replace(keys=keys)


def _kept_problems(
    ledger: LedgerReader, own: Sequence[OwnKey], memory: Path | None
) -> Iterator[Problem]:
    try:
        beside = remembered(memory, [each.key for each in own]) if memory else None
    except AnswerableError as error:
        yield Problem(None, error.message.rstrip("."))
        beside = None
    with ledger.reading() as cursor:
        size, read = log_size(cursor), tile_reader(cursor)
        for row in [*cursor.execute(KEPT).fetchall(), *([(None, beside.note)] if beside else ())]:
            yield from _problems(row, own, size, read)


def _problems(
    row: tuple[int | None, bytes], own: Sequence[OwnKey], size: int, read: merkle.TileReader
) -> Iterator[Problem]:
    filed, note = row
    where = "the last checkpoint signed" if filed is None else f"the checkpoint of {filed:,}"
    try:
        signed = Kept.parse(note).checkpoint
        vouched(note, Trust(_in_force(own, signed.size)))
    except AnswerableError as error:
        yield Problem(None, f"{where} is not one that this ledger signed: {error.message}"[:-1])
        return
    if filed not in (None, signed.size):
        yield Problem(None, f"{where} entries is of {signed.size:,}")
    elif signed.size > size:
        yield Problem(
            size, f"is not there, though {signed.size:,} entries were signed: the end was cut off"
        )
    else:
        try:
            fits = merkle.tree_root(signed.size, read) == signed.root
        except merkle.ShortTileError:
            fits = False
        if not fits:
            yield Problem(
                None,
                f"the first {signed.size:,} entries are not those that were signed: history was "
                "rewritten",
            )


def _in_force(own: Sequence[OwnKey], size: int) -> list[VerifierKey]:
    """The keys that the ledger signed a log of this size with."""
    return [
        each.key
        for each in own
        if each.adopted <= size and (each.retired is None or size <= each.retired)
    ]


class Rotation(NamedTuple):
    """What an event says of the keys, and the size of the log with it."""

    size: int
    retired: frozenset[str]
    adopted: frozenset[str]


def _key_problems(ledger: LedgerReader, own: Sequence[OwnKey]) -> Iterator[Problem]:
    """Keys that are not the ledger's from, or until, when the record says so."""
    with ledger.reading() as cursor:
        recorded = list(rotations(cursor))
        kept = cursor.execute(KEPT).fetchall() if recorded else []
    signed = [(size, _signers(note, own)) for size, note in kept]
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
        if ends and not (each.retired in together or _is_by(each.retired, ends[0][0])):
            yield Problem(None, f"{shown} was retired at {ends[0][0]:,} entries, but could sign on")


def _is_by(retired: int | None, size: int) -> bool:
    return retired is not None and retired <= size


def rotations(cursor: sqlite3.Cursor) -> Iterator[Rotation]:
    """The rotations on record, oldest first."""
    for size, state in cursor.execute(ROTATIONS, (HOUSE_CASE,)).fetchall():
        fields = decode(size - 1, "key-rotated", state).fields
        # One that says something else was altered, and the check of the entries names it.
        with suppress(AttributeError, TypeError):
            retired, adopted = (frozenset(fields.get(name, ())) for name in ("retired", "adopted"))
            yield Rotation(size, retired, adopted)


def _signers(note: bytes, own: Sequence[OwnKey]) -> frozenset[str]:
    """Those of the ledger's keys by whose name a note is signed."""
    try:
        there = Note.parse(note).signatures
    except MalformedNote:
        return frozenset()
    return frozenset(
        str(each.key) for each in own if any(signature.is_by(each.key) for signature in there)
    )
