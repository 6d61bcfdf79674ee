"""Time-stamping authorities: which ones one trusts, and whether such a one made a token.

An authority is trusted through a root certificate that its own leads to. What lies between may come
with the token, or from a file; it is followed, and never trusted. A root that comes with the token
is no root: whoever made the token put it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from answerable.ledger.system.regular_file import read_regular
from answerable.ledger.timestamp.errors import (
    CertificatesUnusable,
    StampAltered,
    StampOfOther,
    UnfitAuthority,
    UnknownAuthority,
)
from answerable.ledger.timestamp.token import Token, reading_der, response

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LONGEST_FILE = 4 * 1024 * 1024
"""The most of a file of certificates that is read, in bytes: those of every public root fit."""

CHAIN_ERROR = re.compile(r'Verify error: ?([^"]+)')
"""OpenSSL's words for certificates that lead to no root, within what the library says."""


class Authorities(NamedTuple):
    """The authorities that one trusts.

    Attributes:
        roots: the certificates that theirs must lead to, one at least.
        between: certificates that a token may lack: the authority's, and those up to the root.
        policy: the policy that they must stamp under, as dotted numbers; None for any.
    """

    roots: tuple[Certificate, ...]
    between: tuple[Certificate, ...] = ()
    policy: str | None = None


def read_certificates(places: Iterable[Path]) -> tuple[Certificate, ...]:
    """Read the certificates in some files, each once: in PEM any number, in DER one a file.

    Raises:
        CertificatesUnusable: a file holds none.
    """
    return tuple(dict.fromkeys(each for place in places for each in _read(place)))


def _read(place: Path) -> list[Certificate]:
    import ssl

    from cryptography.x509 import (
        InvalidVersion,
        load_der_x509_certificate,
        load_pem_x509_certificates,
    )

    try:
        data = read_regular(place, LONGEST_FILE)
    except OSError as error:
        raise CertificatesUnusable(f"{place} cannot be read: {error.strerror}.") from None
    try:
        pem = b"-----BEGIN" in data
        found = load_pem_x509_certificates(data) if pem else [load_der_x509_certificate(data)]
        # The library hands them to OpenSSL, and dies of one that OpenSSL cannot read.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=b"".join(map(_der, found)))
    except (ValueError, InvalidVersion, ssl.SSLError):
        raise CertificatesUnusable(
            f"there is no certificate in {place}, or one that cannot be read.",
            hint="Get the authority's root certificate in PEM, by another way than its stamps.",
        ) from None
    return found


def verify_token(token: Token, data: bytes, authorities: Authorities) -> Certificate:
    """Verify that an authority which one trusts stamped these bytes.

    Its certificate counts if it was good at the time of the stamp, whatever became of it since.
    Nobody is asked whether it was revoked.

    Returns:
        The authority's certificate.

    Raises:
        StampOfOther: other bytes are stamped.
        UnknownAuthority: its certificate is not at hand, or leads to no root that one trusts.
        UnfitAuthority: it may not stamp, or not at that time, or has another policy.
        StampAltered: the signature does not fit.
        MalformedStamp: a certificate cannot be read.
    """
    from rfc3161_client import VerificationError, VerifierBuilder

    if not token.imprint.fits(data):
        raise StampOfOther("the time stamp is not over these bytes.")
    signer = signing_certificate(token, authorities)
    if signer is None:
        raise UnknownAuthority(
            "the certificate of the authority does not come with the time stamp.",
            hint="Give it with those between it and the root.",
            cli_hint="Give it with --chain, and with it those between it and the root.",
        )
    others = [each for each in _at_hand(token, authorities) if _identity(each) != _identity(signer)]
    try:
        with reading_der("the certificate of the authority cannot be read"):
            _check_fit(signer, token, authorities.policy)
        with reading_der("the time stamp cannot be verified"):
            brought = response(token.data, map(_der, (signer, *others)))
            verifier = VerifierBuilder(roots=list(authorities.roots)).build()
            verifier.verify(brought, token.imprint.digest)
    except VerificationError as error:
        raise _explained(str(error), signer) from None
    return signer


def signing_certificate(token: Token, authorities: Authorities | None = None) -> Certificate | None:
    """Return the certificate that a token's signature names, where at hand. It is not verified."""
    return next(
        (each for each in _at_hand(token, authorities) if token.signer.fits(_der(each))), None
    )


def holder(certificate: Certificate) -> str:
    """Return the name of a certificate's holder (RFC 4514)."""
    return certificate.subject.rfc4514_string()


def _at_hand(token: Token, authorities: Authorities | None) -> Iterator[Certificate]:
    """Yield the certificates that come with a token, as far as readable, and those given."""
    from cryptography.x509 import InvalidVersion, load_der_x509_certificate

    for data in token.certificates:
        try:
            brought = load_der_x509_certificate(data)
            # Names are read when they are asked for, and no sooner found to be none.
            _identity(brought), holder(brought)
        except (ValueError, InvalidVersion):
            continue
        yield brought
    if authorities:
        yield from authorities.between


def _check_fit(signer: Certificate, token: Token, policy: str | None) -> None:
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    who = holder(signer)
    try:
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        purposes = list(usage.value) if usage.critical else []
    except (x509.ExtensionNotFound, x509.DuplicateExtension):
        purposes = []
    if purposes != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise UnfitAuthority(
            f"{who} is no authority for time stamps: its certificate is not for these alone.",
            hint="RFC 3161 section 2.3 asks for a critical extended key usage, timeStamping only.",
        )
    since, until = signer.not_valid_before_utc, signer.not_valid_after_utc
    if not since <= token.time <= until:
        raise UnfitAuthority(
            f"the certificate of {who} was good from {since:%Y-%m-%d %H:%M} to "
            f"{until:%Y-%m-%d %H:%M} UTC, and the time stamp is of {token.time:%Y-%m-%d %H:%M}."
        )
    if policy is not None and token.policy != policy:
        raise UnfitAuthority(
            f"{who} stamped under the policy {token.policy}, and {policy} was asked for."
        )


def _explained(said: str, signer: Certificate) -> StampAltered | UnknownAuthority:
    """Return the error for what the library found wrong, and OpenSSL within it."""
    if chain := CHAIN_ERROR.search(said):
        return UnknownAuthority(
            f"the certificate of {holder(signer)} leads to no root that you trust "
            f"({chain[1].strip()}).",
            hint="Is the root that you trust this authority's, and nothing missing between?",
            cli_hint="Is what you gave with --ca the root of this authority? What is missing "
            "between "
            "them can be given with --chain.",
        )
    return StampAltered(
        f"the signature of {holder(signer)} does not fit: the time stamp was altered, or another "
        "made it.",
        hint="Get it again from whoever kept it, or ask for another.",
    )


def _identity(certificate: Certificate) -> tuple[bytes, int]:
    """Return what a signature is matched to a certificate by (RFC 5652 section 10.2.4)."""
    return certificate.issuer.public_bytes(), certificate.serial_number


def _der(certificate: Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
