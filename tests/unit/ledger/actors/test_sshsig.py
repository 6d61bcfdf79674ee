"""OpenSSH signatures: both ways against ssh-keygen, security keys, and everything that is none."""

import re
from base64 import b64decode
from functools import cache
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.support.openssh import PLAIN, SECURITY_KEYS, Key, OpenSsh, armored, integer, string

from answerable.ledger.actors.errors import MalformedSignature, WrongNamespace
from answerable.ledger.actors.sshsig import SshSignature, public_key
from answerable.ledger.errors import BadSignature, NotVerified

MESSAGE = b"what was recorded"


@cache
def key(kind: str, bits: int = 2048) -> Key:
    return Key.generate(kind, bits)


def check(signature: str, message: bytes = MESSAGE) -> SshSignature:
    parsed = SshSignature.parse(signature)
    parsed.check(message)
    return parsed


def blob(signature: str) -> bytes:
    return b64decode("".join(signature.splitlines()[1:-1]))


@pytest.mark.parametrize("hashed", ["sha256", "sha512"])
@pytest.mark.parametrize(("kind", "bits"), [*((kind, 2048) for kind in PLAIN), ("ssh-rsa", 4096)])
def test_what_ssh_keygen_signs_is_good(
    openssh: OpenSsh, tmp_path: Path, kind: str, bits: int, hashed: str
) -> None:
    private = key(kind, bits).write(tmp_path / "key")
    made = openssh.sign(private, MESSAGE, "answerable", "-O", f"hashalg={hashed}")
    parsed = check(made)
    assert (parsed.key.kind, parsed.hashed, parsed.key.blob) == (kind, hashed, key(kind, bits).blob)
    assert parsed.armored == made
    with pytest.raises(BadSignature):
        parsed.check(MESSAGE + b".")


@pytest.mark.parametrize("kind", [*PLAIN, *SECURITY_KEYS])
def test_what_is_made_here_is_good_here_and_to_ssh_keygen(openssh: OpenSsh, kind: str) -> None:
    made = key(kind).sign(MESSAGE)
    assert check(made).armored == made
    assert openssh.accepts(made, MESSAGE)
    assert not openssh.accepts(made, MESSAGE + b".")


def test_a_fingerprint_is_the_one_that_ssh_keygen_shows(openssh: OpenSsh, tmp_path: Path) -> None:
    import subprocess

    place = key("ssh-ed25519").write(tmp_path / "key")
    shown = subprocess.run(
        ["ssh-keygen", "-l", "-f", str(place)], capture_output=True, text=True, check=True
    ).stdout
    assert public_key(key("ssh-ed25519").blob).fingerprint in shown.split()


@pytest.mark.parametrize("kind", [*PLAIN, *SECURITY_KEYS])
def test_every_byte_counts(kind: str) -> None:
    good = blob(key(kind).sign(MESSAGE))
    for at in range(len(good)):
        for flipped in (0x01, 0x80):
            altered = good[:at] + bytes([good[at] ^ flipped]) + good[at + 1 :]
            with pytest.raises(NotVerified):
                check(armored(altered))


def test_every_letter_of_the_armour_counts() -> None:
    good = key("ssh-ed25519").sign(MESSAGE)
    for at in range(len(good)):
        for letter in ("A", "B", "\n", " ", "=", "\r", "é"):
            altered = good[:at] + letter + good[at + 1 :]
            if altered.rstrip("\n") != good.rstrip("\n"):
                with pytest.raises(NotVerified):
                    check(altered)


@pytest.mark.parametrize("kind", [*PLAIN, *SECURITY_KEYS])
def test_a_signature_cut_short_or_drawn_out_is_none(kind: str) -> None:
    good = blob(key(kind).sign(MESSAGE))
    for end in range(len(good)):
        with pytest.raises(MalformedSignature):
            SshSignature.parse(armored(good[:end] or b"\0"))
    with pytest.raises(MalformedSignature, match="follows"):
        check(armored(good + b"\0"))


@pytest.mark.parametrize("width", [1, 64, 76, 10_000])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_may_be_of_any_width_and_are_written_as_openssh_writes_them(
    width: int, end: str
) -> None:
    good = key("ssh-ed25519").sign(MESSAGE)
    folded = armored(blob(good), width).replace("\n", end)
    assert check(folded).armored == good


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
        "-----BEGIN SSH SIGNATURE-----\n\n-----END SSH SIGNATURE-----\n",
        "-----BEGIN PGP SIGNATURE-----\nAAAA\n-----END PGP SIGNATURE-----\n",
        armored(b"SSHSIG"),
        armored(b"SSHSIG" + pack(">I", 1) + pack(">I", 0xFFFFFFFF)),
        armored(bytes(20_000)),
        "\0" * 100,
        "☃",
    ],
)
def test_what_is_no_signature(text: str) -> None:
    with pytest.raises(MalformedSignature):
        SshSignature.parse(text)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"version": 0}, "version 1"),
        ({"version": 2}, "version 1"),
        ({"reserved": b"x"}, "does not"),
        ({"hashed": "sha1"}, "does not"),
        ({"hashed": "md5"}, "does not"),
        ({"algorithm": "ssh-rsa"}, "does not sign by 'ssh-rsa'"),
        ({"algorithm": "rsa-sha2-512"}, "does not sign by"),
        ({"algorithm": "ssh-ed25519\n"}, "a name that is none"),
        ({"namespace": "an\x00swerable"}, "a name that is none"),
    ],
)
def test_what_version_1_does_not_hold(options: dict[str, Any], what: str) -> None:
    with pytest.raises(MalformedSignature, match=what):
        check(key("ssh-ed25519").sign(MESSAGE, **options))


def test_another_namespace() -> None:
    for namespace in ("file", "git", "answerable2", "Answerable", ""):
        with pytest.raises(WrongNamespace, match="was made for"):
            check(key("ssh-ed25519").sign(MESSAGE, namespace=namespace))


def test_rsa_with_sha_1_is_no_signature() -> None:
    with pytest.raises(MalformedSignature, match="not safely"):
        check(key("ssh-rsa").sign(MESSAGE, algorithm="ssh-rsa"))
    assert check(key("ssh-rsa").sign(MESSAGE, algorithm="rsa-sha2-256"))


def test_a_short_rsa_key_is_not_accepted() -> None:
    with pytest.raises(MalformedSignature, match="1,024 bits"):
        check(key("ssh-rsa", 1024).sign(MESSAGE))
    huge = string("ssh-rsa") + integer(65537) + integer(2**16384 + 1)
    with pytest.raises(MalformedSignature, match="16,385 bits"):
        public_key(huge)


@pytest.mark.parametrize("kind", SECURITY_KEYS)
def test_a_security_key_that_nobody_touched(kind: str) -> None:
    with pytest.raises(MalformedSignature, match="nobody touched"):
        check(key(kind).sign(MESSAGE, flags=0x04))
    assert check(key(kind).sign(MESSAGE, flags=0x05, counter=2**32 - 1))


@pytest.mark.parametrize("kind", SECURITY_KEYS)
def test_a_security_key_of_another_application(kind: str) -> None:
    first, second = key(kind), key(kind)._replace(application="ssh:other")
    signature = blob(first.sign(MESSAGE)).replace(string(first.blob), string(second.blob))
    with pytest.raises(BadSignature):
        check(armored(signature))


def test_the_signature_of_another_key() -> None:
    mine, yours = Key.generate("ssh-ed25519"), Key.generate("ssh-ed25519")
    with pytest.raises(BadSignature, match="did not sign this"):
        check(armored(blob(mine.sign(MESSAGE)).replace(mine.blob, yours.blob)))


def compressed() -> bytes:
    point = (
        key("ecdsa-sha2-nistp256")
        .private.public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
    )
    return string("ecdsa-sha2-nistp256") + string("nistp256") + string(point)


@pytest.mark.parametrize(
    "told",
    [
        b"",
        string(""),
        string("ssh-dss") + integer(5),
        string("ssh-ed25519-cert-v01@openssh.com") + string(bytes(32)),
        string("ssh-ed25519") + string(bytes(31)),
        string("ssh-ed25519") + string(bytes(33)),
        string("ecdsa-sha2-nistp256") + string("nistp384") + string(b"\x04" + bytes(64)),
        string("ecdsa-sha2-nistp256") + string("nistp256") + string(b"\x04" + bytes(64)),
        compressed(),
        string("ssh-rsa") + integer(2) + integer(2**2047 + 1),
        string("ssh-rsa") + string(b"") + integer(2**2047 + 1),
        string("ssh-rsa") + string(b"\x00\x03") + integer(2**2047 + 1),
        string("ssh-rsa") + string(b"\x80") + integer(2**2047 + 1),
    ],
    ids=range(13),
)
def test_what_is_no_key(told: bytes) -> None:
    with pytest.raises(MalformedSignature):
        public_key(told)


def test_numbers_of_a_signature_have_no_needless_zeros() -> None:
    good = blob(key("ecdsa-sha2-nistp256").sign(MESSAGE))
    assert check(armored(good))
    begin = good.index(string("ecdsa-sha2-nistp256"), good.index(b"sha512"))
    inner = good[begin + 4 + 19 + 4 :]
    length = int.from_bytes(inner[:4], "big")
    longer = pack(">I", length + 1) + b"\0" + inner[4:]
    kind = string("ecdsa-sha2-nistp256")
    altered = good[: begin - 4] + string(kind + string(longer))
    with pytest.raises(MalformedSignature, match="a number that is none"):
        check(armored(altered))


def test_the_other_root_of_an_ecdsa_signature_is_as_good() -> None:
    """ECDSA allows two signatures for one; each is by the key over the message all the same."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    kind = "ecdsa-sha2-nistp256"
    good = blob(key(kind).sign(MESSAGE))
    begin = good.index(string(kind), good.index(b"sha512"))
    inner = good[begin + 4 + len(kind) + 4 :]
    length = int.from_bytes(inner[:4], "big")
    r, rest = inner[4 : 4 + length], inner[4 + length + 4 :]
    other = integer(int.from_bytes(r, "big")) + integer(order - int.from_bytes(rest, "big"))
    altered = good[: begin - 4] + string(string(kind) + string(other))
    assert check(armored(altered)).key.blob == key(kind).blob
    assert isinstance(public_key(key(kind).blob).key, ec.EllipticCurvePublicKey)
    assert re.match("SHA256:", public_key(key(kind).blob).fingerprint)
