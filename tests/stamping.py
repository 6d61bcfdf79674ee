"""Time-stamping authorities for tests: certificates of every sort, and tokens of any time.

`Authority` makes certificates with `cryptography` and tokens byte by byte, so that a test can have
a token of ten years ago, or one that lies. How real ones are made is openssl's: `OpenSSL`.
"""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from answerable.ledger.der import (
    BOOLEAN,
    GENERALIZED_TIME,
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    SET,
    context,
    encoded,
)

YEAR = timedelta(days=365)
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
    attributes = sorted(
        (
            _attribute(CONTENT_TYPE, encoded(OBJECT_IDENTIFIER, TST_INFO)),
            _attribute(MESSAGE_DIGEST, encoded(OCTET_STRING, sha256(info).digest())),
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


def integer(value: int) -> bytes:
    """An INTEGER."""
    return encoded(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return encoded(SEQUENCE, encoded(OBJECT_IDENTIFIER, kind), encoded(SET, value))


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
