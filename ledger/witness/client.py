"""Getting a ledger's checkpoint cosigned: asking witnesses, and keeping what they gave.

A witness is asked with the checkpoint and the proof that it extends the one it cosigned last (C2SP
tlog-witness, add-checkpoint). It may live behind a URL, or be reached by files that people carry.
What it gives is checked against its keys, which the caller has from elsewhere, before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from answerable.domain.errors import Refused
from answerable.ledger.checkpoints.proving import prove_growth
from answerable.ledger.checkpoints.signing import add_signatures, command_to_sign
from answerable.ledger.errors import (
    BadSignature,
    Forked,
    MalformedNote,
    NoCheckpoint,
    NotVerified,
    RolledBack,
    UnknownSigner,
)
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.log_keys import own_keys
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.tlog.checkpoint import SIZE, Checkpoint, SignedCheckpoint
from answerable.ledger.tlog.note import (
    DASH,
    ED25519,
    MAX_SIGNATURES,
    Note,
    Signature,
    VerifierKey,
    parse_signature,
)
from answerable.ledger.tlog.note_signatures import check_signature
from answerable.ledger.witness.errors import NotCosigned

if TYPE_CHECKING:
    from answerable.ledger.system.http import Reply

MAX_REPLY = 256 * 1024
"""The longest answer that is read, in bytes: 64 signatures of ML-DSA-44 fit in it."""

RECENT = 100
"""The number of kept checkpoints that are looked through, the newest first."""

KEPT = "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT ?"
KEPT_AT = "SELECT size, note FROM checkpoints WHERE size = ?"


def submit(ledger: Ledger, url: str, witnesses: Sequence[VerifierKey]) -> SignedCheckpoint:
    """Have a witness cosign the last checkpoint that was signed, and keep its cosignatures.

    Args:
        ledger: the ledger.
        url: the witness's submission prefix, with http or https.
        witnesses: its keys, and maybe those of others.

    Returns:
        The checkpoint with its cosignatures, found good, below.

    Raises:
        NoCheckpoint: nothing was signed yet.
        NotCosigned: it does not watch the log, does not trust its key, or does not answer.
        RolledBack: it has seen more of the log than there is.
        Forked: by its word, the log is not the one that it saw before.
        BadSignature, UnknownSigner, MalformedNote: it did not give what it should.
    """
    place = _add_checkpoint(url)
    proof = prove_growth(ledger, _last_cosigned(ledger, witnesses))
    reply = _post(place, bytes(proof))
    if reply.status == 409:
        head = SignedCheckpoint.parse(proof.checkpoint_note).checkpoint
        proof = prove_growth(ledger, _size_it_knows(url, reply, head))
        reply = _post(place, bytes(proof))
    kept = SignedCheckpoint.parse(proof.checkpoint_note)
    if reply.status != 200:
        raise _refusal(url, reply, kept.checkpoint)
    return keep(ledger, kept, cosignatures(kept.note, reply.body, witnesses))


def attach(ledger: Ledger, given: bytes, witnesses: Sequence[VerifierKey]) -> SignedCheckpoint:
    """Keep cosignatures that came in a file: signature lines, or a cosigned checkpoint.

    Lines alone do not tell of which checkpoint they are: the newest that they fit is found.

    Raises:
        NoCheckpoint: there is no such checkpoint.
        BadSignature, UnknownSigner, MalformedNote: they are not good cosignatures of these
            witnesses.
    """
    lines, checkpoints = given, list(_kept(ledger, RECENT))
    if not given.startswith(DASH.encode()):
        note = Note.parse(given)
        lines = given.removeprefix(f"{note.text}\n".encode())
        with ledger._reading() as cursor:
            row = cursor.execute(KEPT_AT, (Checkpoint.parse(note.text).size,)).fetchone()
        checkpoints = [] if row is None else [SignedCheckpoint.parse(row[1])]
        if any(Note.parse(kept.note).text != note.text for kept in checkpoints):
            raise NotVerified(
                "what was cosigned is not the checkpoint that this ledger signed.",
                hint="It is another log's, or of another history of this one: keep it as evidence.",
            )
    last: BadSignature | None = None
    for kept in checkpoints:
        try:
            return keep(ledger, kept, cosignatures(kept.note, lines, witnesses))
        except BadSignature as error:
            last = error
    if last is not None:
        raise last
    raise NoCheckpoint(
        "there is no such checkpoint: nothing that could be cosigned was signed here.",
        hint="Sign the head of the log: `sign_head`.",
        cli_hint=command_to_sign(own_keys(ledger)),
    )


def keep(
    ledger: Ledger, kept: SignedCheckpoint, signatures: Iterable[Signature]
) -> SignedCheckpoint:
    """Put good cosignatures below a kept checkpoint; of each key the first one stays."""
    there = {(each.name, each.key_id) for each in Note.parse(kept.note).signatures}
    new = [each for each in signatures if (each.name, each.key_id) not in there]
    return add_signatures(ledger, kept.checkpoint.size, new)


def cosignatures(note: bytes, lines: bytes, witnesses: Sequence[VerifierKey]) -> list[Signature]:
    """Return the signature lines that witnesses made over a checkpoint. Others are passed over.

    Raises:
        MalformedNote: they are not signature lines, or a key is not one of a witness.
        BadSignature: one that bears the name of a known key is not by it.
        UnknownSigner: none is by a known key.
    """
    for key in witnesses:
        if key.kind == ED25519:
            raise MalformedNote(
                f"{key.name}+{key.id.hex()} is a key that logs sign with, not one of a witness."
            )
    text = Note.parse(note).text
    good: dict[VerifierKey, Signature] = {}
    for signature in _parsed(lines):
        for key in witnesses:
            if signature.is_by(key):
                check_signature(key, text, signature)
                good.setdefault(key, signature)
    if not good:
        raise UnknownSigner(
            "none of these cosignatures is by a witness whose key you gave.",
            hint="Give its key among those of the witnesses.",
            cli_hint="Give its key with --witness; `answerable witness keys` writes it.",
        )
    return list(good.values())


def _parsed(lines: bytes) -> list[Signature]:
    try:
        text = lines.decode()
    except UnicodeDecodeError:
        raise MalformedNote("these are not signature lines: they are not UTF-8.") from None
    if not text.endswith("\n") or text.count("\n") > MAX_SIGNATURES:
        raise MalformedNote(
            f"these are not signature lines: up to {MAX_SIGNATURES}, each ending in a line feed."
        )
    return [parse_signature(line) for line in text.removesuffix("\n").split("\n")]


def _kept(ledger: StoreReader, most: int) -> Iterator[SignedCheckpoint]:
    """Yield the checkpoints that were signed last, the newest first."""
    with ledger._reading() as cursor:
        rows = cursor.execute(KEPT, (most,)).fetchall()
    for _, note in rows:
        yield SignedCheckpoint.parse(note)


def _last_cosigned(ledger: StoreReader, witnesses: Sequence[VerifierKey]) -> int:
    """Return the size that a witness most likely knows: of the last checkpoint with its name on."""
    for kept in _kept(ledger, RECENT):
        signatures = Note.parse(kept.note).signatures
        if any(each.is_by(key) for each in signatures for key in witnesses):
            return kept.checkpoint.size
    return 0


def _size_it_knows(url: str, reply: Reply, head: Checkpoint) -> int:
    text = reply.body.decode("ascii", "replace")
    if not SIZE.fullmatch(text.removesuffix("\n")):
        raise NotCosigned(f"{url} answers 409 without the size that it knows.")
    if int(text) > head.size:
        raise RolledBack(
            f"{url} has seen {int(text):,} entries of {head.origin}, and this ledger has signed "
            f"{head.size:,}: it lacks what was shown before.",
            hint="Was it restored from a backup? Then restore a later one. Keep both as evidence.",
        )
    return int(text)


def _refusal(url: str, reply: Reply, head: Checkpoint) -> Refused | NotVerified:
    """Return the error that tells why a witness did not cosign."""
    if reply.status == 422:
        return Forked(
            f"{url} says that the {head.size:,} entries of {head.origin} do not extend those that "
            "it cosigned before.",
            hint="Check the ledger, and ask the witness for what it has seen.",
            cli_hint="`answerable verify` checks the ledger; ask the witness for what it has seen.",
        )
    reasons = {
        400: ("does not understand the request", "Is this the URL of a witness?"),
        403: (
            f"trusts no key that signed the checkpoint of {head.origin}",
            "Were the keys rotated? Send it the new ones: `answerable key export`.",
        ),
        404: (
            f"does not watch {head.origin}",
            "Who runs it must be given the log's keys: `answerable key export`.",
        ),
        409: ("was given another checkpoint of this log meanwhile", "Try again."),
    }
    why, hint = reasons.get(reply.status, (f"answers {reply.status}", "Try again later."))
    if 300 <= reply.status < 400:
        from answerable.ledger.system.origin import pointed_at

        hint = pointed_at(url, reply.headers.get("Location"))
    return NotCosigned(f"{url} {why}.", hint=hint)


def _add_checkpoint(url: str) -> str:
    from answerable.ledger.system.http import is_prefix

    if not is_prefix(url):
        raise NotCosigned(
            f"{url!r:.80} is not where a witness can be.",
            hint="Name a URL that begins with https:// and has no `?` or `#`.",
        )
    return f"{url.rstrip('/')}/add-checkpoint"


def _post(url: str, body: bytes) -> Reply:
    from answerable.ledger.system.http import Failed, Web

    try:
        reply = Web().post(url, body, {"Content-Type": "text/plain; charset=utf-8"}, MAX_REPLY)
    except Failed as error:
        raise NotCosigned(
            f"{url} did not answer: {error}.", hint="Is the address right, and the witness up?"
        ) from None
    if len(reply.body) > MAX_REPLY:
        raise NotCosigned(f"{url} answers with no end.")
    return reply
