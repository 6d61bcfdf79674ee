"""Signatures as `ssh-keygen -Y sign` makes them (OpenSSH's PROTOCOL.sshsig), read and checked.

    -----BEGIN SSH SIGNATURE-----
    base64("SSHSIG" || u32 1 || string public key || string namespace || string "" ||
           string hash || string signature)
    -----END SSH SIGNATURE-----

The key signs "SSHSIG" || string namespace || string "" || string hash || string H(message), where
a string is its length in 32 bits and its bytes (RFC 4251 section 5). All is read strictly: nothing
may follow, the reserved string is empty, numbers have no needless zeros. What is weak is no
signature: RSA with SHA-1 or under 2,048 bits, DSA, and a security key that nobody touched.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256, sha512
from struct import pack
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from answerable.ledger.actors.errors import MalformedSignature, WrongNamespace
from answerable.ledger.errors import BadSignature
from answerable.ledger.tlog.note import decode_base64

NAMESPACE = "answerable"
"""The purpose that a signature must name, so that none made for another counts."""

MAGIC = b"SSHSIG"
VERSION = 1
HASHES = {"sha256": sha256, "sha512": sha512}

ARMOR = re.compile(
    r"-----BEGIN SSH SIGNATURE-----\n(?P<base64>[A-Za-z0-9+/=\n]+)\n"
    r"-----END SSH SIGNATURE-----\n?"
)
WIDTH = 70
"""The letters of a line, as OpenSSH folds them."""

LONGEST = 16 * 1024
"""The longest signature that is read, in letters."""

FEWEST_BITS = 2_048
MOST_BITS = 16_384
"""The sizes of RSA keys that are accepted; OpenSSH reads none larger."""

ED25519 = "ssh-ed25519"
RSA = "ssh-rsa"
SK_ED25519 = "sk-ssh-ed25519@openssh.com"
SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
ECDSA: dict[str, tuple[bytes, type[ec.EllipticCurve], type[hashes.HashAlgorithm]]] = {
    "ecdsa-sha2-nistp256": (b"nistp256", ec.SECP256R1, hashes.SHA256),
    "ecdsa-sha2-nistp384": (b"nistp384", ec.SECP384R1, hashes.SHA384),
    "ecdsa-sha2-nistp521": (b"nistp521", ec.SECP521R1, hashes.SHA512),
    SK_ECDSA: (b"nistp256", ec.SECP256R1, hashes.SHA256),
}
RSA_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "rsa-sha2-256": hashes.SHA256,
    "rsa-sha2-512": hashes.SHA512,
}
KINDS = (ED25519, RSA, *ECDSA, SK_ED25519)

PRESENT = 0x01
"""The flag by which a security key says that someone touched it (FIDO, user presence)."""


class PublicKey(NamedTuple):
    """A public key of OpenSSH's.

    Attributes:
        kind: its type, as `ssh-ed25519`.
        blob: the key as it is on the wire, its type included.
        key: checks its signatures.
        application: the purpose that a security key was made for; None for other keys.
    """

    kind: str
    blob: bytes
    key: Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    application: bytes | None = None

    @property
    def fingerprint(self) -> str:
        """Return the key in short, as `ssh-keygen -l` shows it: `SHA256:…`."""
        return f"SHA256:{b64encode(sha256(self.blob).digest()).decode().rstrip('=')}"


class SshSignature(NamedTuple):
    """A signature, taken apart and not yet checked.

    Attributes:
        key: the key that it says it is by.
        namespace: the purpose that it names.
        hashed: the hash that the message went through.
        algorithm: how the key signed.
        made: the bytes that the algorithm made.
        blob: the whole as it is on the wire.
    """

    key: PublicKey
    namespace: str
    hashed: str
    algorithm: str
    made: bytes
    blob: bytes

    @classmethod
    def parse(cls, text: str) -> SshSignature:
        """Read a signature, whatever the width of its lines.

        Raises:
            MalformedSignature: it is not one, or by a key that is not accepted.
        """
        armor = ARMOR.fullmatch(text.replace("\r\n", "\n")) if len(text) <= LONGEST else None
        blob = None if armor is None else decode_base64(armor["base64"].replace("\n", ""))
        if blob is None:
            raise MalformedSignature(
                "this is not an OpenSSH signature.",
                hint="`ssh-keygen -Y sign -n answerable -f KEY FILE` writes one.",
            )
        wire = _Wire(blob)
        if wire.take(len(MAGIC)) != MAGIC or wire.number() != VERSION:
            raise MalformedSignature(f"this is not an OpenSSH signature of version {VERSION}.")
        key = public_key(wire.string())
        namespace, reserved, hashed = wire.text(), wire.string(), wire.text()
        inner = _Wire(wire.string())
        wire.end()
        algorithm = inner.text()
        if reserved or hashed not in HASHES:
            raise MalformedSignature("this signature holds what OpenSSH's version 1 does not.")
        if algorithm not in (RSA_HASHES if key.kind == RSA else (key.kind,)):
            raise MalformedSignature(
                f"a key of type {key.kind} does not sign by {algorithm!r:.60}, or not safely."
            )
        return cls(key, namespace, hashed, algorithm, inner.rest(), blob)

    def check(self, message: bytes) -> None:
        """Check that the signature's key made it over a message, to record an event.

        Raises:
            WrongNamespace: it was made for something else.
            MalformedSignature: what the algorithm made is not written as it should be.
            BadSignature: it was not made by this key over this message.
        """
        if self.namespace != NAMESPACE:
            raise WrongNamespace(
                f"the signature was made for {self.namespace!r:.60}, not for {NAMESPACE!r}.",
                hint=f"Sign with `ssh-keygen -Y sign -n {NAMESPACE}`.",
            )
        digest = HASHES[self.hashed](message).digest()
        strings = (self.namespace.encode(), b"", self.hashed.encode(), digest)
        signed = MAGIC + b"".join(map(_wire_string, strings))
        try:
            _check_made(self.key, self.algorithm, _Wire(self.made), signed)
        except InvalidSignature:
            raise BadSignature(
                f"the key {self.key.fingerprint} did not sign this: it was altered, or the "
                "signature belongs to something else."
            ) from None

    @property
    def armored(self) -> str:
        """Return the signature as OpenSSH writes it."""
        letters = b64encode(self.blob).decode()
        lines = [letters[at : at + WIDTH] for at in range(0, len(letters), WIDTH)]
        return "\n".join(
            ("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", "")
        )


@lru_cache(maxsize=1_024)
def public_key(blob: bytes) -> PublicKey:
    """Read a key from its bytes on the wire.

    Raises:
        MalformedSignature: they tell none, or one that is not accepted.
    """
    wire = _Wire(blob)
    kind = wire.text()
    application: bytes | None = None
    key: Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    try:
        if kind in (ED25519, SK_ED25519):
            key = Ed25519PublicKey.from_public_bytes(wire.string())
        elif kind in ECDSA:
            key = _read_curve_point(wire, *ECDSA[kind][:2])
        elif kind == RSA:
            key = _read_modulus(wire)
        else:
            raise MalformedSignature(
                f"keys of type {kind!r:.60} are not accepted.",
                hint="Accepted are ed25519, ecdsa, rsa and security keys; no certificates.",
            )
    except ValueError:
        raise MalformedSignature(f"this is not a key of type {kind}.") from None
    if kind in (SK_ED25519, SK_ECDSA):
        application = wire.string()
    wire.end()
    return PublicKey(kind, blob, key, application)


def _read_curve_point(
    wire: _Wire, name: bytes, curve: type[ec.EllipticCurve]
) -> ec.EllipticCurvePublicKey:
    named, point = wire.string(), wire.string()
    # OpenSSH writes no compressed points.
    if named != name or point[:1] != b"\x04":
        raise ValueError("another curve, or another form of the point")
    return ec.EllipticCurvePublicKey.from_encoded_point(curve(), point)


def _read_modulus(wire: _Wire) -> rsa.RSAPublicKey:
    exponent, modulus = wire.integer(), wire.integer()
    if not FEWEST_BITS <= modulus.bit_length() <= MOST_BITS:
        raise MalformedSignature(
            f"an RSA key of {modulus.bit_length():,} bits is not accepted: {FEWEST_BITS:,} at "
            f"least, {MOST_BITS:,} at most."
        )
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()


def _check_made(key: PublicKey, algorithm: str, made: _Wire, signed: bytes) -> None:
    """Check what a key's algorithm made over a message; raises InvalidSignature too."""
    signature = made.string()
    if key.application is not None:
        flags, counter = made.take(1), made.take(4)
        if not flags[0] & PRESENT:
            raise MalformedSignature("nobody touched the security key when it signed.")
        signed = b"".join(
            (sha256(key.application).digest(), flags, counter, sha256(signed).digest())
        )
    made.end()
    if isinstance(key.key, Ed25519PublicKey):
        key.key.verify(signature, signed)
    elif isinstance(key.key, ec.EllipticCurvePublicKey):
        numbers = _Wire(signature)
        der = encode_dss_signature(numbers.integer(), numbers.integer())
        numbers.end()
        key.key.verify(der, signed, ec.ECDSA(ECDSA[key.kind][2]()))
    else:
        key.key.verify(signature, signed, padding.PKCS1v15(), RSA_HASHES[algorithm]())


def _wire_string(data: bytes) -> bytes:
    return pack(">I", len(data)) + data


class _Wire:
    """Bytes of the wire (RFC 4251 section 5), read from the front.

    Raises:
        MalformedSignature: they end too early, or too late.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        """Read as many bytes."""
        end = self._at + length
        if end > len(self._data):
            raise MalformedSignature("this signature or key is cut short.")
        found = self._data[self._at : end]
        self._at = end
        return found

    def number(self) -> int:
        """Read an unsigned number of 32 bits."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """Read a string of bytes."""
        return self.take(self.number())

    def text(self) -> str:
        """Read a string of printable ASCII."""
        found = self.string()
        if not (found.isascii() and found.decode("ascii").isprintable()):
            raise MalformedSignature("this signature or key holds a name that is none.")
        return found.decode("ascii")

    def integer(self) -> int:
        """Read a number above zero, of any length, without needless zeros."""
        found = self.string()
        value = int.from_bytes(found, "big")
        if not value or found[0] & 0x80 or value.bit_length() // 8 + 1 != len(found):
            raise MalformedSignature("this signature or key holds a number that is none.")
        return value

    def rest(self) -> bytes:
        """Read all that is left."""
        return self.take(len(self._data) - self._at)

    def end(self) -> None:
        """Check that nothing is left."""
        if self._at != len(self._data):
            raise MalformedSignature("something follows this signature or key.")
