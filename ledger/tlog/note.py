"""Signed notes: a text with signatures below it, that anyone can read and check (C2SP signed-note).

    <text, ends in a line feed>
    <blank line>
    — <key name> <base64(key id || signature)>

The text and the signatures part at the last blank line. A signature of an unknown key is passed
over; a known key's bad signature rejects the note; and so does the lack of any good one. How a
signature is made and checked is `answerable.ledger.tlog.note_signatures`; here it is bytes.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from answerable.ledger.errors import MalformedNote, NotAKey
from answerable.ledger.system.regular_file import SAVE_AS_UTF8, encoding_mark

ED25519 = 0x01
"""Ed25519 over the text, as a log signs its checkpoints."""

COSIGNATURE_ED25519 = 0x04
"""Ed25519 over the time and the text (C2SP tlog-cosignature)."""

COSIGNATURE_ML_DSA_44 = 0x06
"""ML-DSA-44 over time, name and tree head (C2SP tlog-cosignature)."""

LOG_KEYS = (ED25519, COSIGNATURE_ML_DSA_44)
"""The types of keys that a log signs its checkpoints with."""

KEY_SIZES = {ED25519: 32, COSIGNATURE_ED25519: 32, COSIGNATURE_ML_DSA_44: 1312}
"""The bytes of a public key, by signature type."""

MAX_NOTE = 1_000_000
"""The longest note that is read, in bytes."""

MAX_SIGNATURES = 64
"""The most signatures that a note may bear. C2SP asks for 16 at least."""

DASH = "— "
ID_SIZE = 4


class VerifierKey:
    """A public key with the name it signs under (C2SP signed-note, verifier keys).

    As text, a *vkey*: `<name>+<hex key id>+<base64(type || public key)>`.
    """

    def __init__(self, name: str, kind: int, public: bytes) -> None:
        check_key_name(name)
        if len(public) != KEY_SIZES.get(kind):
            raise NotAKey(f"{len(public)} bytes are no public key of type {kind:#04x}.")
        self.name = name
        self.kind = kind
        self.public = public

    @classmethod
    def parse(cls, vkey: str) -> VerifierKey:
        """Read a key from its vkey.

        Raises:
            NotAKey: it is not one, is of a type not known here, or its id is another key's.
        """
        name, _, rest = vkey.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        material = decode_base64(encoded)
        if not material or material[0] not in KEY_SIZES:
            raise NotAKey(
                f"{vkey.strip()!r:.80} is not a key to verify with.",
                hint="Such a key reads <name>+<id>+<base64>.",
                cli_hint="Such a key reads <name>+<id>+<base64>; `answerable key export` writes "
                "it.",
            )
        key = cls(name, material[0], material[1:])
        if key.id.hex() != key_id:
            raise NotAKey(
                f"the key of {name} bears the id {key_id}, but its own would be {key.id.hex()}.",
                hint="It was cut short or altered on its way: get it again.",
            )
        return key

    @cached_property
    def id(self) -> bytes:
        """Return SHA-256(name || 0x0A || type || public key)[:4] (C2SP signed-note)."""
        material = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(material).digest()[:ID_SIZE]

    def __str__(self) -> str:
        encoded = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    def __repr__(self) -> str:
        return f"<VerifierKey {self.name}+{self.id.hex()}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerifierKey) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash((self.name, self.id))

    @property
    def fingerprint(self) -> str:
        """Return SHA-256 of type and public key in hexadecimal, for two people to compare aloud."""
        return sha256(bytes([self.kind]) + self.public).hexdigest()


class Signature(NamedTuple):
    """A signature line: whose name, by which key, and the bytes that the algorithm made."""

    name: str
    key_id: bytes
    made: bytes

    @property
    def line(self) -> str:
        """Return the line as it stands in a note, with its line feed."""
        return f"{DASH}{self.name} {b64encode(self.key_id + self.made).decode()}\n"

    def is_by(self, key: VerifierKey) -> bool:
        """Tell whether the signature says that this key made it."""
        return (self.name, self.key_id) == (key.name, key.id)


class Note(NamedTuple):
    """A text, which ends in a line feed, and the signatures below it, none of them checked."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, data: bytes) -> Note:
        """Read a note.

        Raises:
            MalformedNote: it is not one.
        """
        if len(data) > MAX_NOTE:
            raise MalformedNote(f"a note of {len(data):,} bytes is too long.")
        if mark := encoding_mark(data):
            raise MalformedNote(f"this is not a signed note: {mark}.", hint=SAVE_AS_UTF8)
        try:
            whole = data.decode()
        except UnicodeDecodeError:
            raise MalformedNote("this is not a signed note: it is not UTF-8.") from None
        body, parted, below = whole.rpartition("\n\n")
        if not parted or not below.endswith("\n") or _has_controls(whole):
            raise MalformedNote(
                "this is not a signed note: a text, a blank line, then lines that begin with "
                f"{DASH.strip()!r}."
            )
        lines = below.removesuffix("\n").split("\n")
        if len(lines) > MAX_SIGNATURES:
            raise MalformedNote(f"a note of {len(lines):,} signatures is too long.")
        return cls(f"{body}\n", tuple(parse_signature(line) for line in lines))

    def signed(self, signatures: Iterable[Signature]) -> Note:
        """Return the note with more signatures below those it has; none is put there twice."""
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *signatures))))

    def __bytes__(self) -> bytes:
        return (f"{self.text}\n" + "".join(each.line for each in self.signatures)).encode()


def parse_signature(line: str) -> Signature:
    """Read a signature from a line without its line feed.

    Raises:
        MalformedNote: it tells none.
    """
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    blob = decode_base64(encoded)
    if not line.startswith(DASH) or not is_key_name(name) or blob is None or len(blob) <= ID_SIZE:
        raise MalformedNote(f"this is not a signature line of a note: {line!r:.80}.")
    return Signature(name, blob[:ID_SIZE], blob[ID_SIZE:])


def decode_base64(text: str) -> bytes | None:
    """Decode base64 (RFC 4648 section 4). None if the text is not its one padded form."""
    try:
        found = b64decode(text, validate=True)
    except ValueError:
        return None
    return found if b64encode(found).decode() == text else None


def is_key_name(name: str) -> bool:
    """Tell whether a key can be called so."""
    return bool(name) and "+" not in name and not any(map(str.isspace, name)) and name.isprintable()


def check_key_name(name: str) -> None:
    """Check that a key can be called so.

    Raises:
        NotAKey: it cannot.
    """
    if not is_key_name(name):
        raise NotAKey(
            f"{name!r:.80} cannot be a key's name: spaces, `+` and control characters cannot be in "
            "one.",
            hint="Choose a URL without its scheme, as example.com/ledger.",
        )


def _has_controls(text: str) -> bool:
    return any(sign < " " and sign != "\n" for sign in text)
