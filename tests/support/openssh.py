"""Keys and signatures of OpenSSH's, made here from their specification, and OpenSSH itself.

What `Key.sign` makes, `ssh-keygen -Y verify` accepts (tests/unit/ledger/actors/test_sshsig.py),
security keys among it, for which no hardware is needed here.
"""

from __future__ import annotations

import os
import subprocess
from base64 import b64encode
from functools import cached_property
from hashlib import new, sha256
from pathlib import Path
from struct import pack
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

PRESENT = 0x01
CURVES: dict[str, tuple[str, ec.EllipticCurve, hashes.HashAlgorithm]] = {
    "ecdsa-sha2-nistp256": ("nistp256", ec.SECP256R1(), hashes.SHA256()),
    "ecdsa-sha2-nistp384": ("nistp384", ec.SECP384R1(), hashes.SHA384()),
    "ecdsa-sha2-nistp521": ("nistp521", ec.SECP521R1(), hashes.SHA512()),
    "sk-ecdsa-sha2-nistp256@openssh.com": ("nistp256", ec.SECP256R1(), hashes.SHA256()),
}
PLAIN = ("ssh-ed25519", *list(CURVES)[:3], "ssh-rsa")
SECURITY_KEYS = ("sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com")


def string(data: bytes | str) -> bytes:
    told = data.encode() if isinstance(data, str) else data
    return pack(">I", len(told)) + told


def integer(number: int) -> bytes:
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big"))


class Key(NamedTuple):
    """A private key, and what it is called on the wire."""

    kind: str
    private: Any
    application: str = "ssh:"

    @classmethod
    def generate(cls, kind: str, bits: int = 2048) -> Key:
        if "ed25519" in kind:
            return cls(kind, ed25519.Ed25519PrivateKey.generate())
        if kind == "ssh-rsa":
            return cls(kind, rsa.generate_private_key(65537, bits))
        return cls(kind, ec.generate_private_key(CURVES[kind][1]))

    @property
    def blob(self) -> bytes:
        public = self.private.public_key()
        if "ed25519" in self.kind:
            told = string(public.public_bytes_raw())
        elif self.kind == "ssh-rsa":
            numbers = public.public_numbers()
            told = integer(numbers.e) + integer(numbers.n)
        else:
            point = public.public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
            told = string(CURVES[self.kind][0]) + string(point)
        return string(self.kind) + told + (string(self.application) if self.secure else b"")

    @property
    def secure(self) -> bool:
        """Whether it is the key of a security key."""
        return self.kind.startswith("sk-")

    @property
    def line(self) -> str:
        """The public key as it stands in a file."""
        return f"{self.kind} {b64encode(self.blob).decode()}"

    def write(self, place: Path, passphrase: str | None = None) -> Path:
        """The private key as a file of OpenSSH's, with the public one beside it."""
        lock = serialization.NoEncryption()
        data = self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, lock
        )
        place.write_bytes(data)
        place.chmod(0o600)
        place.with_name(f"{place.name}.pub").write_text(f"{self.line}\n")
        if passphrase:
            command = ["ssh-keygen", "-q", "-p", "-P", "", "-N", passphrase, "-f", str(place)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return place

    def sign(
        self,
        message: bytes,
        *,
        namespace: str = "answerable",
        hashed: str = "sha512",
        algorithm: str | None = None,
        flags: int = PRESENT,
        counter: int = 7,
        reserved: bytes = b"",
        version: int = 1,
        after: bytes = b"",
    ) -> str:
        """What `ssh-keygen -Y sign` would write."""
        algorithm = algorithm or ("rsa-sha2-512" if self.kind == "ssh-rsa" else self.kind)
        told = string(namespace) + string(reserved) + string(hashed)
        signed = b"SSHSIG" + told + string(new(hashed, message).digest())
        behind = b""
        if self.secure:
            behind = bytes([flags]) + pack(">I", counter)
            signed = sha256(self.application.encode()).digest() + behind + sha256(signed).digest()
        made = string(algorithm) + string(self._made(signed, algorithm)) + behind
        head = b"SSHSIG" + pack(">I", version) + string(self.blob)
        return armored(head + told + string(made) + after)

    def _made(self, signed: bytes, algorithm: str) -> bytes:
        if "ed25519" in self.kind:
            made: bytes = self.private.sign(signed)
            return made
        if self.kind == "ssh-rsa":
            hash_of = {"rsa-sha2-256": hashes.SHA256(), "rsa-sha2-512": hashes.SHA512()}
            by: bytes = self.private.sign(
                signed, padding.PKCS1v15(), hash_of.get(algorithm, hashes.SHA1())
            )
            return by
        r, s = decode_dss_signature(self.private.sign(signed, ec.ECDSA(CURVES[self.kind][2])))
        return integer(r) + integer(s)


def armored(blob: bytes, width: int = 70) -> str:
    letters = b64encode(blob).decode()
    lines = [letters[at : at + width] for at in range(0, len(letters), width)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


class OpenSsh:
    """`ssh-keygen` as it is installed, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "SSH_ASKPASS_REQUIRE": "never"}

    def sign(self, key: Path, message: bytes, namespace: str = "answerable", *more: str) -> str:
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(key), *more]
        done = subprocess.run(command, input=message, capture_output=True, check=True)
        return done.stdout.decode()

    def accepts(
        self,
        signature: str,
        message: bytes,
        signers: bytes | None = None,
        *,
        who: str = "jane",
        at: str | None = None,
        zone: str = "UTC",
    ) -> bool:
        """Whether OpenSSH accepts a signature: of those who are allowed, or of anyone."""
        place = self.folder / "signature"
        place.write_text(signature)
        command = ["ssh-keygen", "-Y", "check-novalidate", "-n", "answerable", "-s", str(place)]
        if signers is not None:
            (self.folder / "signers").write_bytes(signers)
            command[2] = "verify"
            command += ["-I", who, "-f", str(self.folder / "signers")]
            command += ["-O", f"verify-time={at}"] if at else []
        environment = {**self.environment, "TZ": zone}
        done = subprocess.run(command, input=message, capture_output=True, env=environment)
        return done.returncode == 0
