"""Time stamps over a signed checkpoint (RFC 3161): what a ledger had signed, it had by then.

The whole note is stamped, text and signatures, as it stands when the stamp is asked for. So the
stamp proves that the signed checkpoint existed at its time, and with it every entry below its size;
and it goes on to prove that if the ledger's key leaks later, for whoever has the key then cannot
sign in the past. The note is kept beside the token, because below a checkpoint signatures can be
added later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from answerable.ledger.checkpoints.signing import check_extends, command_to_sign, latest_checkpoint
from answerable.ledger.errors import NoCheckpoint, NotVerified
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.log_keys import own_keys
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import log_size, tile_reader, tree_errors
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.timestamp.errors import (
    MalformedStamp,
    StampNotFound,
    StampOfOther,
    StampRefused,
)
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.tlog.trust import Trust, verify_checkpoint

if TYPE_CHECKING:
    from answerable.ledger.timestamp.authority import Authorities
    from answerable.ledger.timestamp.token import TimestampRequest, Token

NOTES = "SELECT note FROM checkpoints ORDER BY size DESC"
KEPT = "SELECT size, note FROM checkpoints"
STAMPS = "SELECT size, note, token FROM timestamps ORDER BY size, token"
ANY = "SELECT 1 FROM timestamps LIMIT 1"
KEEP = (
    "INSERT INTO timestamps SELECT ?, ?, ? "
    "WHERE NOT EXISTS (SELECT 1 FROM timestamps WHERE token = ?)"
)


class Stamp(NamedTuple):
    """A time stamp that the ledger keeps.

    Attributes:
        token: the authority's word.
        checkpoint: what is stamped.
        note: what is stamped, to the byte: the checkpoint with the signatures it then had.
        authority: who made it. That is a claim until it is verified against a root.
        verified: whether it was.
    """

    token: Token
    checkpoint: Checkpoint
    note: bytes
    authority: str | None
    verified: bool


class StampVerdict(NamedTuple):
    """The outcome of verifying a kept time stamp.

    Attributes:
        size: of the checkpoint that it is filed under.
        found: the time stamp if it is good, else what is wrong with it.
    """

    size: int
    found: Stamp | NotVerified


def request_stamp(ledger: StoreReader) -> tuple[Checkpoint, TimestampRequest]:
    """Request a time stamp over the last checkpoint signed, as its note stands now.

    Raises:
        NoCheckpoint: none was signed.
        RolledBack, Forked: the log does not extend it.
        BadSignature, UnknownSigner: the ledger did not sign it.
    """
    from answerable.ledger.timestamp.token import TimestampRequest

    kept = latest_checkpoint(ledger)
    if kept is None:
        raise NoCheckpoint(
            "nothing was signed yet, so there is nothing to be stamped.",
            hint="Sign the head of the log: `sign_head`.",
            cli_hint=command_to_sign(own_keys(ledger)),
        )
    keys = _keys(ledger)
    with ledger._reading() as cursor:
        _check(cursor, kept.note, keys)
    return kept.checkpoint, TimestampRequest.over(kept.note)


def attach(
    ledger: Ledger,
    reply: bytes,
    *,
    answering: bytes | None = None,
    authorities: Authorities | None = None,
) -> Stamp:
    """Keep a time stamp over a checkpoint of this ledger.

    Args:
        ledger: the ledger.
        reply: what the authority answered, or the token alone.
        answering: the request, as it was sent. Without it, the nonce is not checked.
        authorities: whom one trusts. Without them, the signature is not checked.

    Raises:
        MalformedStamp: the reply or the request is not one.
        StampRefused: the authority made no stamp.
        StampOfOther: it answers another request, or stamps what this ledger did not sign.
        StampAltered, UnknownAuthority, UnfitAuthority: no authority that one trusts made it.
        RolledBack, Forked: the log does not extend the checkpoint.
        BadSignature, UnknownSigner: the ledger did not sign the checkpoint.
    """
    from answerable.ledger.timestamp.token import TimestampRequest, Token

    token = Token.parse(reply)
    if answering is not None:
        token.check_answers(TimestampRequest.parse(answering))
    keys = _keys(ledger)
    with ledger._writing() as cursor:
        note = _stamped(cursor, token)
        stamp = _stamp(token, note, _check(cursor, note, keys), authorities)
        cursor.execute(KEEP, (token.data, stamp.checkpoint.size, note, token.data))
        return stamp


def verify_stamps(
    ledger: StoreReader, authorities: Authorities | None = None
) -> Iterator[StampVerdict]:
    """Verify every time stamp that is kept, those over the shortest log first.

    Each must be over its note, and the note a checkpoint that the ledger signed and that the log
    extends. With authorities, one of them must have made it.
    """
    with ledger._reading() as cursor:
        if cursor.execute(ANY).fetchone() is None:
            return
        rows = cursor.execute(STAMPS).fetchall()
    keys = _keys(ledger)
    for size, note, data in rows:
        try:
            yield StampVerdict(size, _kept(ledger, size, note, data, keys, authorities))
        except NotVerified as fault:
            yield StampVerdict(size, fault)


def find_stamp(ledger: StoreReader, number: int | None = None) -> Stamp:
    """Return a time stamp by its place in `verify_stamps`, from 1; by default the last.

    Raises:
        StampNotFound: there is none.
        NotVerified: it is not good.
    """
    verdicts = list(verify_stamps(ledger))
    place = len(verdicts) if number is None else number
    if not 0 < place <= len(verdicts):
        raise StampNotFound(
            f"there are {len(verdicts):,} time stamps.",
            cli_hint="`answerable timestamp list` tells them; `answerable timestamp get URL "
            "--ca FILE` gets one.",
        )
    found = verdicts[place - 1].found
    if isinstance(found, NotVerified):
        raise found
    return found


def timestamp_problems(ledger: StoreReader) -> tuple[int, list[Problem]]:
    """Return how many time stamps there are, and what shows to be wrong with them.

    Who made them is not asked: for that, `verify` has to know an authority.
    """
    verdicts = list(verify_stamps(ledger))
    with ledger._reading() as cursor:
        kept: dict[int, bytes] = dict(cursor.execute(KEPT).fetchall()) if verdicts else {}
    said = (
        (size, found.message.removesuffix("."))
        if isinstance(found, NotVerified)
        else (size, _unkept(found, kept))
        for size, found in verdicts
    )
    return len(verdicts), [
        Problem(None, f"a time stamp over the checkpoint of {size:,} entries: {what}")
        for size, what in said
        if what
    ]


def _unkept(stamp: Stamp, kept: Mapping[int, bytes]) -> str:
    """Tell what was taken away of the checkpoint that a time stamp is over; empty if nothing was.

    Below a checkpoint signatures can be added, so that the stamped note is how the kept one begins.
    """
    note = kept.get(stamp.checkpoint.size)
    if note is None:
        return "that checkpoint is not kept any more"
    return "" if note.startswith(stamp.note) else "that checkpoint has lost signatures"


def _kept(
    ledger: StoreReader,
    size: int,
    note: bytes,
    data: bytes,
    keys: Sequence[VerifierKey],
    authorities: Authorities | None,
) -> Stamp:
    from answerable.ledger.timestamp.token import Token

    try:
        token = Token.parse(data)
    except StampRefused:
        raise MalformedStamp("a refusal is kept in the place of a time stamp.") from None
    if not token.imprint.fits(note):
        raise StampOfOther("it is not over the note that is kept beside it.")
    with ledger._reading() as cursor:
        checkpoint = _check(cursor, note, keys)
    if checkpoint.size != size:
        raise StampOfOther(f"it is over a checkpoint of {checkpoint.size:,} entries.")
    return _stamp(token, note, checkpoint, authorities)


def _stamp(
    token: Token, note: bytes, checkpoint: Checkpoint, authorities: Authorities | None
) -> Stamp:
    from answerable.ledger.timestamp import authority

    if authorities is None:
        signer = authority.signing_certificate(token)
    else:
        signer = authority.verify_token(token, note, authorities)
    name = None if signer is None else authority.holder(signer)
    return Stamp(token, checkpoint, note, name, verified=authorities is not None)


def _stamped(cursor: Cursor, token: Token) -> bytes:
    """Return the kept note that a token is over, without the signatures added since.

    Raises:
        StampOfOther: it is over none.
    """
    for (kept,) in cursor.execute(NOTES):
        note = Note.parse(kept)
        for signatures in range(len(note.signatures), 0, -1):
            stood = bytes(Note(note.text, note.signatures[:signatures]))
            if token.imprint.fits(stood):
                return stood
    raise StampOfOther(
        "the time stamp is over none of the checkpoints that this ledger signed.",
        hint="Is it over another ledger's, or over a file that was changed on its way?",
    )


def _check(cursor: Cursor, note: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Return the checkpoint in a note that the ledger must have signed, and the log extend."""
    checkpoint = verify_checkpoint(note, Trust(keys)).checkpoint
    size, read = log_size(cursor), tile_reader(cursor)
    with tree_errors():
        head = Checkpoint(checkpoint.origin, size, merkle.tree_root(size, read))
        check_extends(checkpoint, head, read)
    return checkpoint


def _keys(ledger: StoreReader) -> list[VerifierKey]:
    return [own.key for own in own_keys(ledger)]
