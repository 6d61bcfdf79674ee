"""The signatures of those who recorded, in a bundle: both verifiers check what OpenSSH would."""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.support.bundles import Files, Packed, packed_case
from tests.support.forged_bundles import entries_of, forged, texts_of
from tests.support.openssh import PLAIN, SECURITY_KEYS, Key, armored

from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle import zip_file
from answerable.ledger.entry.disclosure import commitment, disclosure_text
from answerable.ledger.entry.statement import statement

KEYS = {kind: Key.generate(kind) for kind in (*PLAIN, *SECURITY_KEYS)}
Sign = Callable[[bytes], Any]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


def signed(packed: Packed, sign: Sign, edit: Callable[[bytes], bytes] = bytes) -> Files:
    """The bundle of a log in which who recorded the last event signed it."""
    files = zip_file.unpack(packed.made.data)
    entries, texts = entries_of(files), texts_of(files)
    entry = edit(entries[10])
    text = disclosure_text(b"0" * 22, "signature", json.dumps(sign(statement(entry))).encode())
    told = json.loads(entry)
    given = sorted([*texts[10], text.decode()], key=lambda each: commitment(str(each).encode()))
    told["_sd"] = [commitment(str(each).encode()).decode() for each in given]
    entries[10] = json.dumps(told, separators=(",", ":")).encode()
    texts[10] = given
    return forged(files, entries, texts, packed.signers)


def erased(entry: bytes) -> bytes:
    """The entry, with what an erasure tells of itself."""
    told = b'"destroyed":{"texts":1,"digest":"sha256:%b"},' % (b"0" * 64)
    return entry.replace(b'"recorded_at"', told + b'"recorded_at"')


def clocked(entry: bytes) -> bytes:
    """The entry, with what the first by an accepted clock tells of it."""
    said = json.loads(entry)["recorded_at"]
    told = b'"clock":{"said":"%b","last":"2020-01-01T00:00:00.000000Z"},' % said.encode()
    return entry.replace(b'"recorded_at"', told + b'"recorded_at"')


@pytest.mark.parametrize("kind", KEYS)
def test_a_signature_by_a_key_of_any_kind_is_taken(packed: Packed, kind: str) -> None:
    for edit in (bytes, erased, clocked, lambda entry: clocked(erased(entry))):
        assert packed.wrong(zip_file.pack(signed(packed, KEYS[kind].sign, edit))) == {}


def by(kind: str, **odd: Any) -> Sign:
    return lambda message: KEYS[kind].sign(message, **odd)


def otherwise(kind: str, at: int, new: bytes) -> Sign:
    """A signature in whose bytes some are others."""

    def sign(message: bytes) -> str:
        blob = bytearray(b64decode("".join(KEYS[kind].sign(message).split("\n")[1:-2])))
        blob[at : at + len(new)] = new
        return armored(bytes(blob))

    return sign


ED25519, RSA, CURVE = PLAIN[0], "ssh-rsa", "ecdsa-sha2-nistp256"
TOUCHED = SECURITY_KEYS[0]

BAD: dict[str, Sign] = {
    "over something else": lambda message: KEYS[ED25519].sign(b"x" + message),
    "over something else, by a curve": lambda message: KEYS[CURVE].sign(b"x" + message),
    "over something else, by RSA": lambda message: KEYS[RSA].sign(b"x" + message),
    "for something else": by(ED25519, namespace="git"),
    "with something in reserve": by(ED25519, reserved=b"x"),
    "of another version": by(ED25519, version=2),
    "with something behind it": by(ED25519, after=b"x"),
    "by an algorithm of another key": by(ED25519, algorithm="ssh-rsa"),
    "by SHA-1": by(RSA, algorithm="ssh-rsa"),
    "by a key that nobody touched": by(TOUCHED, flags=0),
    "by a key of few bits": lambda message: Key.generate(RSA, 1024).sign(message),
    "of another magic": otherwise(ED25519, 0, b"X"),
    "by another key": otherwise(ED25519, 40, b"\0\0\0\0"),
    "cut short": otherwise(ED25519, 10, b"\0\0\1\0"),
    "no text": lambda message: 5,
    "no armor": lambda message: "signed",
    "an armor of nothing": lambda message: armored(b""),
    "a space before it": lambda message: " " + KEYS[ED25519].sign(message),
    "padded twice": lambda message: (
        KEYS[ED25519].sign(message).replace("\n-----END", "=\n-----END")
    ),
    "long": lambda message: (
        KEYS[ED25519].sign(message).replace("\n-----END", "\n" * 17_000 + "-----END")
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_signature_that_is_none_is_found_by_both(packed: Packed, name: str) -> None:
    found = packed.wrong(zip_file.pack(signed(packed, BAD[name])))
    assert found == {("disclosures.json", 10): {"SignedByAnother"}}


def test_an_event_that_no_ledger_wrote_is_not_signed(packed: Packed) -> None:
    """What is signed is the entry's own bytes, so it has to be written as one."""
    files = signed(packed, KEYS[ED25519].sign)
    entries = entries_of(files)
    entries[10] = entries[10].replace(b'","case_id"', b'", "case_id"')
    found = packed.wrong(zip_file.pack(forged(files, entries, texts_of(files), packed.signers)))
    assert found == {("disclosures.json", 10): {"SignedByAnother"}}


def test_without_cryptography_it_is_said_that_a_signature_was_not_checked(
    packed: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = signed(packed, BAD["over something else"])
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    found = stranger.Bundle(files, [])
    assert found.problems == []
    assert any("event at position 10" in each for each in found.unchecked)
