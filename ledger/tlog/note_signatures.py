"""Signatures of notes: Ed25519 for today's tools, ML-DSA-44 for those of a post-quantum world.

Three types of the C2SP signed-note registry:

- 0x01: Ed25519 (RFC 8032) over the note's text.
- 0x04: a cosignature: 8 bytes of POSIX time, then Ed25519 over `cosignature/v1`, that time and
  the text.
- 0x06: a cosignature: 8 bytes of POSIX time, then ML-DSA-44 (FIPS 204) over the structure
  `cosigned_message` of C2SP tlog-cosignature, which names the cosigner and the tree head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from answerable.ledger.errors import BadSignature, MalformedNote, UnknownSigner
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.note import (
    COSIGNATURE_ED25519,
    COSIGNATURE_ML_DSA_44,
    ED25519,
    Note,
    Signature,
    VerifierKey,
    check_key_name,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

    PrivateKey = Ed25519PrivateKey | MLDSA44PrivateKey

TIME_SIZE = 8
LATEST = 253_402_300_799
"""The last second that a date can tell: the end of the year 9999."""

ALGORITHMS = {
    ED25519: "Ed25519",
    COSIGNATURE_ED25519: "Ed25519",
    COSIGNATURE_ML_DSA_44: "ML-DSA-44",
}
"""The names of the signature types' algorithms."""


LONGEST_NAME = 255
"""The longest name of a cosigner, or origin of a log, that ML-DSA-44 cosigns, in bytes."""


class Signer(NamedTuple):
    """A key that signs notes, and its public half."""

    key: VerifierKey
    private: PrivateKey

    @classmethod
    def generate(cls, name: str, kind: int) -> Signer:
        """Make a new key of a signature type, under a name."""
        if kind == COSIGNATURE_ML_DSA_44:
            from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

            return cls.of(name, kind, MLDSA44PrivateKey.generate())
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls.of(name, kind, Ed25519PrivateKey.generate())

    @classmethod
    def of(cls, name: str, kind: int, private: PrivateKey) -> Signer:
        """Make a signer of a private key that is there already."""
        return cls(VerifierKey(name, kind, private.public_key().public_bytes_raw()), private)

    def sign(self, text: str, now: datetime) -> Signature:
        """Sign a note's text.

        Args:
            text: the text; for a cosignature, a checkpoint's.
            now: the time that a cosignature bears, in whole seconds.
        """
        time = 0 if self.key.kind == ED25519 else int(now.timestamp())
        made = self.private.sign(signed_message(self.key, text, time))
        if self.key.kind != ED25519:
            made = time.to_bytes(TIME_SIZE, "big") + made
        return Signature(self.key.name, self.key.id, made)


class VerifiedNote(NamedTuple):
    """A note of which a known key's signature is good.

    Attributes:
        text: the note's text, ending in a line feed.
        by: the keys whose signatures are good, and when a cosignature says it was made.
    """

    text: str
    by: Mapping[VerifierKey, datetime | None]


def check_signer_name(name: str) -> None:
    """Check that keys of every type can sign under a name.

    Raises:
        MalformedNote: they cannot.
    """
    check_key_name(name)
    if len(name.encode()) > LONGEST_NAME:
        raise MalformedNote(f"a name is at most {LONGEST_NAME} bytes long: {name!r:.80}.")


def signed_message(key: VerifierKey, text: str, time: int) -> bytes:
    """Return the bytes that a key of this type signs of a text, at a POSIX time in seconds.

    Raises:
        MalformedNote: the type cosigns checkpoints, and the text is none.
    """
    if key.kind == ED25519:
        return text.encode()
    if key.kind == COSIGNATURE_ED25519:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    head = Checkpoint.parse(text)
    name, origin = key.name.encode(), head.origin.encode()
    if max(len(name), len(origin)) > LONGEST_NAME:
        raise MalformedNote("a cosigner's name and a log's origin are at most 255 bytes long.")
    return b"".join(
        (
            b"subtree/v1\n\0",
            bytes([len(name)]) + name,
            time.to_bytes(8, "big"),
            bytes([len(origin)]) + origin,
            (0).to_bytes(8, "big"),
            head.size.to_bytes(8, "big"),
            head.root,
        )
    )


def check_signature(key: VerifierKey, text: str, signature: Signature) -> datetime | None:
    """Check that a key made a signature over a text.

    Returns:
        The time that a cosignature bears.

    Raises:
        BadSignature: the key did not make it.
    """
    from cryptography.exceptions import InvalidSignature

    bad = BadSignature(
        f"the signature of {key.name} ({ALGORITHMS[key.kind]}, key {key.id.hex()}) does not fit.",
        hint="What it stands under was altered, or another key made it.",
    )
    made, time = signature.made, 0
    if key.kind != ED25519:
        time, made = int.from_bytes(made[:TIME_SIZE], "big"), made[TIME_SIZE:]
        if not 0 < time <= LATEST:
            raise bad
    try:
        _verifier(key)(made, signed_message(key, text, time))
    except (InvalidSignature, MalformedNote, ValueError):
        raise bad from None
    return None if key.kind == ED25519 else datetime.fromtimestamp(time, UTC)


def _verifier(key: VerifierKey) -> Callable[[bytes, bytes], None]:
    """Return the function that checks a key's signature over a message, raising if it is bad."""
    if key.kind == COSIGNATURE_ML_DSA_44:
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

        return MLDSA44PublicKey.from_public_bytes(key.public).verify
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(key.public).verify


def open_note(data: bytes | Note, keys: Iterable[VerifierKey]) -> VerifiedNote:
    """Check a note against the keys that one trusts (C2SP signed-note, signatures).

    Raises:
        MalformedNote: it is not a note.
        BadSignature: a signature of a key that one trusts is bad.
        UnknownSigner: no such key signed it.
    """
    note = data if isinstance(data, Note) else Note.parse(data)
    known = list(keys)
    good: dict[VerifierKey, datetime | None] = {}
    for signature in note.signatures:
        for key in known:
            if signature.is_by(key):
                good.setdefault(key, check_signature(key, note.text, signature))
    if not good:
        signers = ", ".join(sorted({f"{s.name} ({s.key_id.hex()})" for s in note.signatures}))
        raise UnknownSigner(
            f"no key that you trust signed this; it bears the name of {signers}.",
            hint="Get the log's key from whoever runs it, by another way than this file.",
        )
    return VerifiedNote(note.text, good)
