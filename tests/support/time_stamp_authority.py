"""Time-stamping authorities for tests: certificates of every sort, and tokens of any time.

Certificates are made with `cryptography`, and tokens byte by byte, so that a test can have one of
ten years ago, or one that lies. `OpenSSL` is a real authority, which openssl runs.
"""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from answerable.ledger.timestamp.der import (
    BIT_STRING,
    GENERALIZED_TIME,
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    SET,
    context,
    encoded,
)

CLIENT = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CLIENT_AUTH])
UTF8_STRING = 0x0C
STAMPING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
SERIALS = count(1000)

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")
ECDSA_SHA256 = bytes.fromhex("2a8648ce3d040302")
SHA256 = bytes.fromhex("608648016503040201")
POLICY = bytes.fromhex("2a0304")
"""The policy 1.2.3.4."""


class Identity(NamedTuple):
    """A certificate and its private key."""

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def private_pem(self) -> bytes:
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def issue(
    name: str,
    issuer: Identity | None = None,
    *,
    ca: bool = False,
    since: datetime = datetime(2010, 1, 1, tzinfo=UTC),
    until: datetime = datetime(2090, 1, 1, tzinfo=UTC),
    usage: x509.ExtendedKeyUsage | None = None,
    critical: bool = True,
    serial: int | None = None,
    issuer_name: str | None = None,
) -> Identity:
    """A certificate, signed by its issuer, or by itself."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    by = issuer.certificate.subject if issuer else subject
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by if issuer_name is None else _name(issuer_name))
        .public_key(private.public_key())
        .serial_number(serial or next(SERIALS))
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=critical)
    signing = issuer.private if issuer else private
    return Identity(builder.sign(signing, hashes.SHA256()), private)


def token(
    data: bytes,
    signer: Identity,
    *embedded: Identity,
    at: datetime = datetime(2026, 1, 6, 12, tzinfo=UTC),
    nonce: int | None = None,
    sort: bool = True,
    named: Identity | None = None,
    fraction: str = "",
    twice: bool = False,
) -> bytes:
    """A time-stamp token over data, made by hand (RFC 3161, RFC 5652, RFC 5816).

    Args:
        data: what is stamped.
        signer: whose signature it bears.
        embedded: whose certificates it brings.
        at: the time that it tells.
        nonce: the request's.
        sort: puts the certificates in DER's order, or in its reverse.
        named: whose certificate the signature names, if it is another's than the signer's.
        fraction: the fraction of the second, as `.25`.
        twice: signs the digest of what it says twice.
    """
    algorithm = encoded(SEQUENCE, encoded(OBJECT_IDENTIFIER, SHA256))
    info = encoded(
        SEQUENCE,
        integer(1),
        encoded(OBJECT_IDENTIFIER, POLICY),
        encoded(SEQUENCE, algorithm, encoded(OCTET_STRING, sha256(data).digest())),
        integer(next(SERIALS)),
        encoded(GENERALIZED_TIME, f"{at:%Y%m%d%H%M%S}{fraction}Z".encode()),
        encoded(SEQUENCE, integer(1)),
        b"" if nonce is None else integer(nonce),
    )
    claimed = (named or signer).certificate
    certificate = sha256(claimed.public_bytes(serialization.Encoding.DER)).digest()
    digest = _attribute(MESSAGE_DIGEST, encoded(OCTET_STRING, sha256(info).digest()))
    attributes = sorted(
        (
            _attribute(CONTENT_TYPE, encoded(OBJECT_IDENTIFIER, TST_INFO)),
            *([digest] * (2 if twice else 1)),
            _attribute(
                SIGNING_CERTIFICATE_V2,
                encoded(
                    SEQUENCE,
                    encoded(SEQUENCE, encoded(SEQUENCE, encoded(OCTET_STRING, certificate))),
                ),
            ),
        )
    )
    made = signer.private.sign(encoded(SET, *attributes), ec.ECDSA(hashes.SHA256()))
    signer_info = encoded(
        SEQUENCE,
        integer(1),
        encoded(SEQUENCE, claimed.issuer.public_bytes(), integer(claimed.serial_number)),
        algorithm,
        encoded(context(0), *attributes),
        encoded(SEQUENCE, encoded(OBJECT_IDENTIFIER, ECDSA_SHA256)),
        encoded(OCTET_STRING, made),
    )
    certificates = sorted((each.der for each in embedded), reverse=not sort)
    signed_data = encoded(
        SEQUENCE,
        integer(3),
        encoded(SET, algorithm),
        encoded(
            SEQUENCE,
            encoded(OBJECT_IDENTIFIER, TST_INFO),
            encoded(context(0), encoded(OCTET_STRING, info)),
        ),
        encoded(context(0), *certificates) if certificates else b"",
        encoded(SET, signer_info),
    )
    return encoded(
        SEQUENCE, encoded(OBJECT_IDENTIFIER, SIGNED_DATA), encoded(context(0), signed_data)
    )


def reply(made: bytes, status: int = 0) -> bytes:
    """The reply that brings a token."""
    return encoded(SEQUENCE, encoded(SEQUENCE, integer(status)), made)


def refusal(status: int, *said: str, bits: int | None = None) -> bytes:
    """A reply that brings no token. `bits` is the first byte of PKIFailureInfo."""
    texts = [encoded(UTF8_STRING, text.encode()) for text in said]
    failure = b"" if bits is None else encoded(BIT_STRING, bytes((0, bits)))
    return encoded(
        SEQUENCE,
        encoded(SEQUENCE, integer(status), encoded(SEQUENCE, *texts) if texts else b"", failure),
    )


def integer(value: int) -> bytes:
    """An INTEGER."""
    return encoded(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return encoded(SEQUENCE, encoded(OBJECT_IDENTIFIER, kind), encoded(SET, value))


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class OpenSSL:
    """A real authority: a root, a certificate below it that issues, and `openssl ts -reply`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ca = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
        stamping = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"
        self._issue("root", "root", ca)
        self._issue("middle", "root", ca)
        self._issue("tsa", "middle", stamping)
        self._issue("stranger", "stranger", ca)
        self.root = folder / "root.pem"
        self.stranger = folder / "stranger.pem"
        chain = b"".join((folder / f"{name}.pem").read_bytes() for name in ("middle", "root"))
        (folder / "chain.pem").write_bytes(chain)
        (folder / "serial").write_text("1f")
        for name, more in {"usual": "", "older": "ess_cert_id_alg = sha1\n"}.items():
            (folder / f"{name}.cnf").write_text(
                "[tsa]\ndefault_tsa = here\n[here]\nserial = serial\ncrypto_device = builtin\n"
                "signer_cert = tsa.pem\nsigner_key = tsa.key\ncerts = chain.pem\n"
                "signer_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256, sha512\n"
                f"accuracy = secs:1, millisecs:500\ntsa_name = yes\n{more}"
            )

    def reply(self, request: bytes, config: str = "usual") -> bytes:
        """What the authority answers."""
        (self.folder / "asked.tsq").write_bytes(request)
        return self.run("ts", "-reply", "-config", f"{config}.cnf", "-queryfile", "asked.tsq")

    def run(self, *arguments: str) -> bytes:
        """Run openssl in the authority's folder."""
        command = ["openssl", *arguments]
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True).stdout

    def _issue(self, name: str, issuer: str, extensions: str) -> None:
        (self.folder / f"{name}.ext").write_text(extensions)
        self.run(
            *f"req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {name}.key "
            f"-out {name}.csr -subj /CN={name}".split()
        )
        by = f"-CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial"
        if name == issuer:
            by = f"-signkey {name}.key"
        self.run(
            *f"x509 -req -in {name}.csr {by} -days 400 -sha256 -extfile {name}.ext "
            f"-out {name}.pem".split()
        )
