"""Signing the head of the log, and remembering the last checkpoint signed.

A log must never sign two checkpoints that are not consistent (C2SP tlog-checkpoint). So before it
signs, the ledger proves to itself that its tree begins with the last one it signed. It remembers
that one twice: in the database, and in a file beside the private keys, which is written first. A
database that was restored from a backup, or changed for another, is found out by the second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from answerable.domain.errors import Refused
from answerable.ledger.checkpoints.memory import last_remembered, remember, signing_alone
from answerable.ledger.checkpoints.succession import (
    check_confirmable,
    check_not_succeeded,
    check_replicated,
    read_signed_on,
    remember_followed,
    remember_signed_on,
)
from answerable.ledger.errors import Forked, NoKeys, NotALedger, RolledBack
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.log_keys import OwnKey, insert_keys, read_keys
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import log_size, tile_reader, tree_errors
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.system.clock import Clock, checked
from answerable.ledger.system.regular_file import real_file
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint, SignedCheckpoint
from answerable.ledger.tlog.note import Note, Signature, VerifierKey
from answerable.ledger.tlog.note_signatures import Signer, open_note

LATEST = "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1"
COVERING = "SELECT size, note FROM checkpoints WHERE size > ? ORDER BY size DESC LIMIT 1"
KEPT_OF = "SELECT size, note FROM checkpoints WHERE size = ?"
KEEP = "INSERT INTO checkpoints VALUES (?, ?) ON CONFLICT (size) DO UPDATE SET note = excluded.note"
KEEP_ONCE = "INSERT INTO checkpoints VALUES (?, ?) ON CONFLICT (size) DO NOTHING"


def key_file(ledger: Path) -> Path:
    """Return where the private keys of a ledger lie by default: beside its real file.

    Raises:
        NotALedger: it is a folder.
    """
    place = real_file(ledger)
    if not place.name:
        raise NotALedger(f"{ledger} is a folder, and no ledger.", hint="Name a file in it.")
    return place.with_name(f"{place.name}.key")


def latest_checkpoint(ledger: StoreReader) -> SignedCheckpoint | None:
    """Return the last checkpoint that was signed; None if none was."""
    with ledger._reading() as cursor:
        return _parse_row(cursor.execute(LATEST).fetchone())


def checkpoint_of_size(ledger: StoreReader, size: int) -> SignedCheckpoint | None:
    """Return the checkpoint of a log of this size; None if none was signed."""
    with ledger._reading() as cursor:
        return _parse_row(cursor.execute(KEPT_OF, (size,)).fetchone())


def checkpoint_covering(ledger: StoreReader, position: int) -> SignedCheckpoint | None:
    """Return the last checkpoint that commits to the entry at a position; None if none does."""
    with ledger._reading() as cursor:
        return _parse_row(cursor.execute(COVERING, (position,)).fetchone())


def adopt_first_keys(ledger: Ledger, keys: Iterable[VerifierKey]) -> None:
    """Make keys the ledger's own, as its first.

    Raises:
        Refused: it has keys already.
    """
    with ledger._writing() as cursor:
        if read_keys(cursor):
            raise keys_exist()
        insert_keys(cursor, keys, log_size(cursor))


def keys_exist() -> Refused:
    """Return the refusal of first keys to a ledger that has keys."""
    return Refused(
        "the ledger has keys already.",
        hint="To change them: `rotate_keys`.",
        cli_hint="To change them: `answerable key rotate`.",
    )


def command_to_sign(keys: Collection[OwnKey], what: str = "Sign the head of the log") -> str:
    """Tell the command line how something comes to be signed: without keys, not by signing.

    Args:
        keys: the log's own.
        what: what is to be done, in words.
    """
    if keys:
        return f"{what}: `answerable checkpoint`."
    return (
        "The log has no keys to sign with: `answerable key create --origin example.com/ledger` "
        "makes them."
    )


def no_keys() -> NoKeys:
    """Return the refusal to sign for a ledger that has no keys."""
    return NoKeys(
        "the ledger has no keys, so it cannot sign what it says of itself: whoever can write "
        "the file can rewrite history.",
        hint="Make them: `create_keys`.",
        cli_hint="Make them: `answerable key create --origin example.com/ledger`.",
    )


def sign_head(
    ledger: Ledger,
    signers: Sequence[Signer],
    memory: Path,
    *,
    retiring: Sequence[Signer] = (),
    clock: Clock | None = None,
) -> SignedCheckpoint:
    """Sign the head of the log, unless these keys signed it already.

    Args:
        ledger: the ledger. No one else can append while its head is signed, nor sign that of a copy
            of it.
        signers: its keys.
        memory: the file that remembers the last checkpoint signed.
        retiring: keys that sign for the last time, beside those that follow them.
        clock: tells the time that cosignatures bear; the system's by default.

    Raises:
        RolledBack, Forked: the log does not extend the last one signed. Nothing is signed.
        Unreplicated: a standby may lack what would be signed, and the ledger's `signs_unreplicated`
            does not say that it may be signed all the same.
        OldPrimary: a standby of the server was promoted, and was signed on since.
        NoKeys: the keys are not the ledger's.
        FileRefused: the memory cannot be written.
        ClockUnusable: the clock tells no time.
    """
    now = checked(clock)()
    with signing_alone(memory), ledger._writing() as cursor, tree_errors():
        standing = cursor.dialect.standing(cursor)
        if standing is not None:
            check_confirmable(ledger.name, standing)
        # Nobody records now; what was recorded has to be on disk before a signature vouches for it.
        ledger._store.settle(on_standbys=standing is not None and standing.covered)
        own = read_keys(cursor)
        _check_keys(own, [*signers, *retiring])
        size, read = log_size(cursor), tile_reader(cursor)
        head = Checkpoint(signers[0].key.name, size, merkle.tree_root(size, read))
        last = _last_signed(cursor, memory, own)
        signed_on = None if standing is None else read_signed_on(memory)
        if standing is not None:
            check_not_succeeded(ledger.name, standing, signed_on)
        if last is not None:
            check_extends(last.checkpoint, head, read)
            # It may have been remembered, and the process killed before the database kept it.
            cursor.execute(KEEP_ONCE, (last.checkpoint.size, last.note))
        if standing is not None:
            remember_followed(memory, standing, signed_on)
            check_replicated(
                ledger.name,
                standing,
                signed_on,
                size - (0 if last is None else last.checkpoint.size),
                unreplicated=ledger.signs_unreplicated,
            )
        note = Note(head.text, ())
        if last is not None and last.checkpoint.size == size:
            note = Note.parse(last.note)
        missing = [
            signer
            for signer in (*signers, *retiring)
            if not any(signature.is_by(signer.key) for signature in note.signatures)
        ]
        note = note.signed(signer.sign(note.text, now) for signer in missing)
        open_note(note, [signer.key for signer in signers])
        kept = SignedCheckpoint(head, bytes(note))
        if missing:
            if standing is not None:
                remember_signed_on(memory, standing)
            remember(memory, kept.note)
        cursor.execute(KEEP, (size, kept.note))
        for signer in retiring:
            cursor.execute("UPDATE keys SET retired = ? WHERE vkey = ?", (size, str(signer.key)))
        return kept


def add_signatures(ledger: Ledger, size: int, signatures: Iterable[Signature]) -> SignedCheckpoint:
    """Put others' signatures, checked before, below a checkpoint that was signed.

    Raises:
        Refused: no checkpoint of this size was signed.
    """
    with ledger._writing() as cursor:
        row = cursor.execute(KEPT_OF, (size,)).fetchone()
        if row is None:
            raise Refused(
                f"no checkpoint of {size:,} entries was signed here.",
                hint="Signatures belong to the checkpoint that they were made over.",
            )
        note = bytes(Note.parse(row[1]).signed(signatures))
        cursor.execute(KEEP, (size, note))
        return SignedCheckpoint.parse(note)


def check_extends(old: Checkpoint, new: Checkpoint, read: merkle.TileReader) -> None:
    """Check that a tree begins with an older one, by a proof made from its own tiles.

    Raises:
        RolledBack: it is shorter.
        Forked: it begins with something else, or is another log's.
    """
    if old.origin != new.origin:
        raise Forked(
            f"{old.origin} was signed before, and this is {new.origin}: another log.",
            hint="Each log needs keys and memory of its own.",
        )
    if old.size > new.size:
        raise RolledBack(
            f"the log of {new.origin} has {new.size:,} entries, but one of {old.size:,} was signed "
            "before: its end is gone.",
            hint="If it was restored from a backup, restore a later one. Keep both as evidence.",
        )
    proof = merkle.consistency_proof(old.size, new.size, read)
    if not merkle.verify_consistency(old.size, new.size, old.root, new.root, proof):
        raise Forked(
            f"the log of {new.origin} does not begin with the {old.size:,} entries that were "
            "signed before: its history was rewritten.",
            hint="Keep it, and the checkpoint signed before, as evidence; restore the true log.",
        )


def _last_signed(cursor: Cursor, memory: Path, own: Sequence[OwnKey]) -> SignedCheckpoint | None:
    """Return the last checkpoint signed: the database's or the memory's, whichever is later."""
    there = _parse_row(cursor.execute(LATEST).fetchone())
    here = last_remembered(memory, [each.key for each in own])
    if there is None or here is None:
        return there or here
    if there.checkpoint.size == here.checkpoint.size and there.checkpoint != here.checkpoint:
        raise Forked(
            f"two logs of {here.checkpoint.size:,} entries were signed as {here.checkpoint.origin},"
            " and they differ: the database was changed for another.",
            hint="Keep both as evidence; restore the true log.",
        )
    return max((there, here), key=lambda kept: kept.checkpoint.size)


def _check_keys(own: Sequence[OwnKey], signers: Sequence[Signer]) -> None:
    """Check that signers are keys that the ledger signs with now."""
    if not own:
        raise no_keys()
    current = {each.key for each in own if each.retired is None}
    if strange := [signer.key for signer in signers if signer.key not in current]:
        raise NoKeys(
            f"the key {strange[0].id.hex()} of {strange[0].name} is not one that this ledger signs "
            "with.",
            hint="Name the file of its own keys.",
            cli_hint="Name the file of its own keys with --key-file; `answerable key show` tells "
            "which "
            "they are.",
        )


def _parse_row(row: tuple[int, bytes] | None) -> SignedCheckpoint | None:
    return None if row is None else SignedCheckpoint.parse(row[1])
